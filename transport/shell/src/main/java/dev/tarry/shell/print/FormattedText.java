package dev.tarry.shell.print;

import java.util.List;

/// What a Format cmdlet made: finished lines, which nothing but a screen or Out-String has use for.
public record FormattedText(List<String> lines) {
    public FormattedText {
        lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
