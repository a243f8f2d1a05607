package dev.tarry.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ErrorColoursTest {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(new ErrorColours(seen), true, StandardCharsets.UTF_8);

    private String seen() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void errors_are_red_and_warnings_yellow() {
        err.print("Get-Foo : nö\n\nWARNING: careful\n");
        err.flush();
        assertEquals("\u001b[91mGet-Foo : nö\u001b[0m\n\n\u001b[93mWARNING: careful\u001b[0m\n", seen());
    }

    @Test
    void a_progress_line_stays_as_it_is() {
        err.print("\r10 %");
        err.flush();
        err.print("\r    \r");
        err.flush();
        assertEquals("\r10 %\r    \r", seen());
    }
}
