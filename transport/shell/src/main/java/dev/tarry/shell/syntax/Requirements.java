package dev.tarry.shell.syntax;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `#Requires …`: a comment that a script means. What this shell can promise is kept, the rest is refused by name.
final class Requirements {
    /// The version of the language that this shell speaks, as scripts ask for it.
    static final double VERSION = 5.1;

    private static final Pattern LINE = Pattern.compile("#requires\\s+(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPTION = Pattern.compile("-(\\w+)(?::|\\s*)([^-\\s]\\S*(?:\\s*,\\s*\\S+)*)?\\s*");

    private Requirements() {}

    /// @param comment a comment of one line, with its `#`
    /// @throws ParseFailure where it asks for what is not here
    static void check(Extent comment) {
        String text = comment.text();
        if (text.length() < 9 || !text.regionMatches(true, 0, "#requires", 0, 9)) {
            return;
        }
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            return;
        }
        Matcher option = OPTION.matcher(line.group(1));
        while (option.find()) {
            String value = option.group(2) == null ? "" : option.group(2);
            boolean kept = switch (option.group(1).toLowerCase(Locale.ROOT)) {
                case "version" -> version(value) <= VERSION;
                // The server takes orders from whoever may talk to it.
                case "runasadministrator" -> true;
                case "pssnapin" ->
                    value.toLowerCase(Locale.ROOT).startsWith("microsoft.exchange.management.powershell");
                case "psedition" -> value.equalsIgnoreCase("Desktop");
                case "shellid" -> value.equalsIgnoreCase("Microsoft.PowerShell");
                default -> false;
            };
            if (!kept) {
                throw ParseFailure.outside(
                        comment, "The requirement '-" + (option.group(1) + " " + value).strip() + "'");
            }
        }
    }

    private static double version(String text) {
        try {
            return Double.parseDouble(text.replaceFirst("^(\\d+\\.\\d+)\\..*", "$1"));
        } catch (NumberFormatException _) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
