package dev.tarry.shell.print;

import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;

/// Errors as PowerShell 5 prints them: what, where, the line with its part underlined, category and id. A
/// message is one line, because parts of it may be remote text, which must not make lines of its own.
public final class ErrorText {
    private ErrorText() {}

    public static List<String> of(ShellFailure failure) {
        if (failure.getCause() instanceof ParseFailure script
                && failure.cmdlet().isEmpty()) {
            return of(script);
        }
        List<String> lines = new ArrayList<>();
        String prefix = failure.speaker().isEmpty() ? "" : failure.speaker() + " : ";
        lines.add(SafeText.line(prefix + failure.getMessage()));
        failure.extent().ifPresent(extent -> place(lines, extent));
        String target = failure.target().isEmpty() ? "(:)" : "(" + SafeText.line(failure.target()) + ":String)";
        lines.add("    + CategoryInfo          : " + failure.category() + ": " + target + " [" + failure.cmdlet()
                + "], " + failure.exceptionName());
        lines.add("    + FullyQualifiedErrorId : " + SafeText.line(failure.errorId())
                + (failure.cmdlet().isEmpty() || failure.errorId().contains(",") ? "" : "," + failure.cmdlet()));
        return lines;
    }

    public static List<String> of(ParseFailure failure) {
        List<String> lines = new ArrayList<>();
        for (ParseFailure each : failure.all()) {
            place(lines, each.extent());
            lines.add(SafeText.line(each.getMessage()));
        }
        if (failure.hasMore()) {
            lines.add("Not all parse errors were reported.  Correct the reported errors and try again.");
        }
        // Of a file it is another exception than of what is typed.
        String exception =
                failure.extent().script().name().isEmpty() ? "ParentContainsErrorRecordException" : "ParseException";
        lines.add("    + CategoryInfo          : ParserError: (:) [], " + exception);
        lines.add("    + FullyQualifiedErrorId : " + SafeText.line(failure.errorId()));
        return lines;
    }

    private static void place(List<String> lines, Extent extent) {
        String name = extent.script().name();
        lines.add("At " + (name.isEmpty() ? "line" : SafeText.line(name)) + ":" + extent.line() + " char:"
                + extent.column());
        // One character for each, so that the underlining stays under what it means.
        StringBuilder source = new StringBuilder();
        for (char c : extent.lineText().toCharArray()) {
            source.append(c == '\t' ? ' ' : SafeText.isDangerous(c) ? '?' : c);
        }
        lines.add("+ " + source);
        lines.add("+ " + " ".repeat(extent.column() - 1) + "~".repeat(extent.widthInLine()));
    }
}
