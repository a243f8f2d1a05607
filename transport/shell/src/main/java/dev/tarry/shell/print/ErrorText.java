package dev.tarry.shell.print;

import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;

/// Errors as PowerShell 5 prints them: what, where, the line with its part underlined, category and id. A
/// message is one paragraph, because parts of it may be remote text, which must not make lines of its own; it goes on
/// in the next line at a blank, category and id anywhere.
public final class ErrorText {
    /// How much of a source line is shown. Of a longer one it is what stands around the error.
    private static final int SOURCE_COLUMNS = 69;
    private static final String DOTS = "... ";
    private static final String INDENT = "   ";

    private final List<String> lines = new ArrayList<>();
    /// PowerShell leaves the last column of a window free.
    private final int room;

    private ErrorText(int widthColumns) {
        this.room = Math.max(INDENT.length() + 1, widthColumns - 1);
    }

    /// @param widthColumns how wide the window is; no line fills it
    public static List<String> of(ShellFailure failure, int widthColumns) {
        if (failure.getCause() instanceof ParseFailure script
                && failure.cmdlet().isEmpty()) {
            return of(script, widthColumns);
        }
        ErrorText text = new ErrorText(widthColumns);
        String prefix = failure.speaker().isEmpty() ? "" : failure.speaker() + " : ";
        text.paragraph(SafeText.line(prefix + failure.getMessage()));
        failure.extent().ifPresent(text::place);
        String target = failure.target().isEmpty() ? "(:)" : "(" + SafeText.line(failure.target()) + ":String)";
        text.cut("    + CategoryInfo          : " + failure.category() + ": " + target + " [" + failure.cmdlet() + "], "
                + failure.exceptionName());
        text.cut("    + FullyQualifiedErrorId : " + SafeText.line(failure.errorId())
                + (failure.cmdlet().isEmpty() || failure.errorId().contains(",") ? "" : "," + failure.cmdlet()));
        return text.lines;
    }

    /// @param widthColumns how wide the window is; no line fills it
    public static List<String> of(ParseFailure failure, int widthColumns) {
        ErrorText text = new ErrorText(widthColumns);
        for (ParseFailure each : failure.all()) {
            text.place(each.extent());
            text.paragraph(SafeText.line(each.getMessage()));
        }
        if (failure.hasMore()) {
            text.paragraph("Not all parse errors were reported.  Correct the reported errors and try again.");
        }
        // Of a file it is another exception than of what is typed.
        String exception =
                failure.extent().script().name().isEmpty() ? "ParentContainsErrorRecordException" : "ParseException";
        text.cut("    + CategoryInfo          : ParserError: (:) [], " + exception);
        text.cut("    + FullyQualifiedErrorId : " + SafeText.line(failure.errorId()));
        return text.lines;
    }

    private void place(Extent extent) {
        String name = extent.script().name();
        paragraph("At " + (name.isEmpty() ? "line" : SafeText.line(name)) + ":" + extent.line() + " char:"
                + extent.column());
        // One character for each, so that the underlining stays under what it means.
        StringBuilder whole = new StringBuilder();
        for (char c : extent.lineText().toCharArray()) {
            whole.append(c == '\t' ? ' ' : SafeText.isDangerous(c) ? '?' : c);
        }
        int most = Math.max(1, Math.min(SOURCE_COLUMNS, room - 2 * DOTS.length() - 1));
        int column = extent.column() - 1;
        int start = start(whole.length(), column, extent.widthInLine(), most);
        int end = Math.min(whole.length(), start + most);
        String before = start > 0 ? DOTS : "";
        lines.add("+ " + before + whole.substring(start, end) + (end < whole.length() ? " ..." : ""));
        lines.add("+ " + " ".repeat(before.length() + column - start)
                + "~".repeat(Math.max(1, Math.min(extent.widthInLine(), end - column))));
    }

    /// Where the part of a line begins that is shown: the front, if the error is in it, else what is around the error.
    private static int start(int length, int column, int width, int most) {
        if (length <= most || column + width <= most) {
            return 0;
        }
        return width >= most ? column : Math.min(length - most, column - (most - width) / 2);
    }

    private void paragraph(String text) {
        CellText.wrapped(text, room).forEach(line -> lines.add(line.stripTrailing()));
    }

    private void cut(String line) {
        int end = CellText.fitting(line, 0, room);
        lines.add(line.substring(0, end));
        while (end < line.length()) {
            int start = end;
            end = CellText.fitting(line, start, room - INDENT.length());
            lines.add(INDENT + line.substring(start, end));
        }
    }
}
