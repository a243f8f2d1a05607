package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_says_which_tarry_and_which_java() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("tarry \\S+ \\(Java 25\\S*\\)\\R"), out::toString);
    }

    @Test
    void help_lists_the_commands_but_not_the_launchers_own() {
        assertEquals(0, run("help"));
        assertTrue(out.toString().contains("Usage: tarry"), out::toString);
        assertTrue(!out.toString().contains("aot-train"), out::toString);
    }

    @Test
    void no_command_is_bad_usage() {
        assertEquals(2, run());
        assertTrue(err.toString().startsWith("Missing command"), err::toString);
    }

    @Test
    void an_unknown_command_is_bad_usage_and_says_what_was_probably_meant() {
        assertEquals(2, run("helpp"));
        assertTrue(err.toString().contains("Did you mean"), err::toString);
    }

    @Test
    void training_ends_well() {
        assertEquals(0, run("aot-train"));
    }

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
