package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.run.Interruption;
import dev.tarry.shell.syntax.Script;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C, as far as the language goes: whatever runs ends at its next turn, and the session goes on.
final class InterruptionTest {
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    /// Asks for the end once so many lines have been put out.
    private static final class Patience extends OutputStream {
        private final StringBuilder text = new StringBuilder();
        private final Interruption interruption;
        private int linesLeft;

        Patience(Interruption interruption, int lines) {
            this.interruption = interruption;
            this.linesLeft = lines;
        }

        @Override
        public void write(int octet) {
            text.append((char) octet);
            if (octet == '\n' && --linesLeft == 0) {
                interruption.request();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while ($true) { Write-Host 'x' }",
                "for (;;) { Write-Host 'x' }",
                "do { Write-Host 'x' } while ($true)",
                "foreach ($i in 1..1000000) { Write-Host 'x' }",
                "1..1000000 | ForEach-Object { Write-Host 'x' }",
                "1..1000000 | Where-Object { Write-Host 'x'; $true } | Measure-Object",
                "function f { while ($true) { Write-Host 'x' } }; try { f } catch { Write-Host 'caught' }",
                "switch (1..1000000) { default { Write-Host 'x' } }",
                "(1..1000000).Where({ Write-Host 'x' })",
                "while ($true) { try { Write-Host 'x' } catch { } }"
            })
    void what_runs_ends_and_the_session_goes_on(String script) {
        Interruption interruption = new Interruption();
        Patience out = new Patience(interruption, 3);
        try (TarryClient client = new TarryClient(URI.create("http://127.0.0.1:1"))) {
            Shell shell = new Shell(io(out), client, interruption);
            assertTimeoutPreemptively(
                    GENEROUS, () -> assertEquals(Shell.FAILED, shell.run(Script.typed("$before = 1; " + script))));
            assertFalse(out.text.toString().contains("caught"), out.text.toString());
            interruption.clear();
            out.text.setLength(0);
            assertEquals(Shell.OK, shell.run(Script.typed("\"still $before\"")));
            assertEquals("still 1", out.text.toString().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try { while ($true) { Write-Host 'x' } } finally { Write-Host 'cleaned'; Write-Host 'up' }",
                "function f { try { for (;;) { Write-Host 'x' } } finally { Write-Host 'cleaned up' } }; f"
            })
    void the_last_block_of_a_try_runs_all_the_same(String script) {
        Interruption interruption = new Interruption();
        Patience out = new Patience(interruption, 3);
        try (TarryClient client = new TarryClient(URI.create("http://127.0.0.1:1"))) {
            Shell shell = new Shell(io(out), client, interruption);
            assertTimeoutPreemptively(GENEROUS, () -> shell.run(Script.typed(script)));
            assertTrue(out.text.toString().contains("cleaned"), out.text.toString());
            assertTrue(out.text.toString().strip().endsWith("up"), out.text.toString());
        }
    }

    private static ShellIo io(OutputStream out) {
        return new ShellIo(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                ShellIo.DEFAULT_WIDTH_COLUMNS,
                ZoneOffset.UTC,
                Map.of("COMPUTERNAME", "MAIL"),
                () -> false);
    }
}
