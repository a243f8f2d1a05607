package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String input, String... args) {
        return ShellCommand.main(
                args,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void a_script_on_the_command_line_runs_and_exits_with_0() {
        assertEquals(0, run("", "-c", "1 + 1; $env:COMPUTERNAME"));
        assertEquals("2\nMAIL\n", out());
    }

    @Test
    void a_script_from_a_file_names_the_file_in_its_errors() throws IOException {
        Path file = Files.writeString(folder.resolve("my.ps1"), "\uFEFF'hi'\r\n\r\nGet-Foo\r\n'there'\r\n");
        assertEquals(1, run("", file.toString()));
        assertEquals("hi\nthere\n", out());
        assertTrue(err().contains("At " + file + ":3 char:1\n+ Get-Foo\n+ ~~~~~~~\n"), err());
    }

    @Test
    void a_script_comes_from_standard_input_where_none_is_named() {
        assertEquals(0, run("'a'\n'b' |\n Out-Null\n'c'\n"));
        assertEquals(0, run("'d'", "-"));
        assertEquals("a\nc\nd\n", out());
    }

    @Test
    void the_server_may_be_named() throws IOException {
        try (StubServer server = new StubServer()) {
            server.json("GET /api/v1/queues", 200, Bench.TWO_QUEUES);
            assertEquals(0, run("", "--server", server.uri().toString(), "-c", "(Get-Queue).Count"));
            assertEquals(0, run("", "-c", "(Get-Queue).Count", "--server=" + server.uri() + "/"));
            assertEquals("2\n2\n", out());
        }
    }

    @Test
    void where_no_server_answers_one_line_says_so() throws IOException {
        int port;
        try (Socket bound = new Socket()) { // and not listening: nobody else can listen there
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = bound.getLocalPort();
            assertEquals(
                    1,
                    run("", "-c", "'before'; Get-Queue; Get-Message; 'after'", "--server", "http://127.0.0.1:" + port));
        }
        assertEquals("before\n", out());
        assertEquals(
                "tarry shell: No server answers at http://127.0.0.1:" + port
                        + ": the connection was refused. Start a server with './tarry serve', or name another one "
                        + "with --server URL.\n",
                err());
    }

    @Test
    void bad_usage_exits_with_2_and_shows_the_usage() {
        String[][] wrong = {
            {"-c"},
            {"-c", "1", "-c", "2"},
            {"-c", "1", "file.ps1"},
            {"a.ps1", "b.ps1"},
            {"--nope"},
            {"--server"},
            {"--server", "localhost:8025"},
            {"--server", "::"},
            {"/no/such/script.ps1"},
            {"\0"}
        };
        for (String[] args : wrong) {
            out.reset();
            err.reset();
            assertEquals(2, run("", args), String.join(" ", args));
            assertTrue(err().startsWith("tarry shell: "), err());
            assertTrue(err().contains("Usage: tarry shell"), err());
            assertEquals("", out());
        }
    }

    @Test
    void a_cmdlet_taken_for_a_file_is_told_how_a_script_is_given() {
        assertEquals(2, run("", "Get-Queue"));
        assertTrue(err().startsWith("tarry shell: there is no file 'Get-Queue'; -c runs a script"), err());
    }

    @Test
    void help_is_no_error() {
        assertEquals(0, run("", "--help"));
        assertTrue(out().startsWith("Usage: tarry shell"), out());
    }

    @Test
    void help_is_no_error_after_other_options_either() {
        assertEquals(0, run("", "--server", "http://127.0.0.1:1", "-h"));
        assertTrue(out().startsWith("Usage: tarry shell"), out());
        assertEquals("", err());
    }
}
