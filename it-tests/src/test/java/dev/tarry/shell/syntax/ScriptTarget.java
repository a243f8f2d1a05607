package dev.tarry.shell.syntax;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A script: statements, or an error that points at a place in it. Nothing of it is run.
public final class ScriptTarget implements FuzzTarget {
    private static final int MAX_MESSAGE_CHARACTERS = 2 * MAX_INPUT_OCTETS;

    @Override
    public List<String> words() {
        return List.of(
                "Get-Queue",
                "Get-Message -Filter {Status -eq 'Retry'}",
                " | Where-Object {$_.",
                " | ForEach-Object { $_ }",
                " | Select-Object ",
                "@{n='a';e={",
                "@(",
                "$(",
                "${",
                "@'\n",
                "\n'@",
                "@\"\n",
                "\n\"@",
                "<#",
                "#>",
                "`\n",
                "if (",
                ") { } else { }",
                "foreach ($x in ",
                "function f { param($a) ",
                "try { } catch { }",
                "switch (",
                "while ($true) {",
                " -replace ",
                " -f ",
                "[int]",
                "[pscustomobject]@{",
                "1..9",
                "0x7fffffffffffffff",
                "1e999",
                "1kb",
                "$env:",
                "$script:",
                "&",
                "2>&1",
                "--%");
    }

    @Override
    public void run(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Parser.parse(Script.typed(text));
        } catch (ParseFailure failure) {
            Promise.holds(
                    !failure.getMessage().isBlank() && failure.getMessage().length() <= MAX_MESSAGE_CHARACTERS,
                    "an error says something, and is bounded");
            Promise.holds(!failure.errorId().isBlank(), "an error has a name");
            Extent at = failure.extent();
            Promise.holds(
                    at.start() >= 0 && at.start() <= at.end() && at.end() <= text.length(),
                    "an error points into the script");
            Promise.holds(
                    at.line() >= 1 && at.column() >= 1 && at.widthInLine() >= 1 && at.lineText() != null,
                    "what it points at can be shown");
        }
    }
}
