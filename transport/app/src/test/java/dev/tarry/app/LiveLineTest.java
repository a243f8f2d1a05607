package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class LiveLineTest {
    private final StringWriter err = new StringWriter();

    @Test
    void on_a_terminal_a_line_is_written_over_the_one_before() {
        var line = new LiveLine(new PrintWriter(err, true), true);
        line.show("a long one");
        line.show("short");
        line.end();
        line.end();
        assertEquals("\ra long one\rshort     " + System.lineSeparator(), err.toString());
    }

    @Test
    void elsewhere_each_is_a_line() {
        var line = new LiveLine(new PrintWriter(err, true), false);
        line.show("one");
        line.show("two");
        line.end();
        assertEquals("one%ntwo%n".formatted(), err.toString());
    }
}
