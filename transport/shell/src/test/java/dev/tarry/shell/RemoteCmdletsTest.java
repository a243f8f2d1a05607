package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Invoke-Command, whose other computer is the server.
final class RemoteCmdletsTest {
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String quiet(String script) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        return said.out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invoke-Command -ComputerName MAIL -ScriptBlock { Get-Queue }",
                "icm MAIL { Get-Queue }",
                "icm mail.company.com, localhost -ScriptBlock { Get-Queue }",
                "Invoke-Command { Get-Queue }"
            })
    void a_block_runs_with_the_server_s_own_objects(String script) {
        assertEquals("Retry MAIL\\4\n", quiet("$q = " + script + "; \"$($q[0].Status) $($q[0].Identity)\""));
    }

    @Test
    void arguments_variables_and_input_reach_it_and_its_own_variables_stay_there() {
        assertEquals(
                "a-b-c\n1\n",
                quiet("$x = 'c'; $y = 1; icm -ComputerName MAIL { param($p, $q) $y = 2; \"$p-$q-$using:x\" }"
                        + " -ArgumentList a, b; $y"));
        assertEquals("6\n", quiet("1, 2, 3 | icm { ($input | measure -Sum).Sum }"));
    }

    @Test
    void another_computer_is_refused_and_nothing_runs() {
        Bench.Said said = bench.run("Invoke-Command -ComputerName MAIL, OTHER { 'ran' }; 'next'");
        assertEquals("next\n", said.out());
        assertTrue(
                said.err()
                        .contains("Invoke-Command : The computer 'OTHER' could not be found. This shell manages"
                                + " MAIL;"),
                said.err());
        assertTrue(bench.run("icm { 1 } -AsJob").err().contains("Nothing runs in the background here."));
    }
}
