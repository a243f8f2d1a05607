package dev.tarry.shell.print;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lines of script that may hold a secret, which neither a history nor a transcript keeps, as with PSReadLine.
public final class Secrets {
    /// What stands for a secret.
    public static final String MASK = "********";

    private static final Pattern SIGN = Pattern.compile(
            "password|asplaintext|securestring|credential|token|api-?key|secret", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{3,})\"|'([^']{3,})'");

    private Secrets() {}

    /// Whether a line of script may hold one.
    public static boolean mayStandIn(String line) {
        return SIGN.matcher(line).find();
    }

    /// What stands in quotes in a line of script, three characters or more: where the line may hold a secret, that is
    /// where it is.
    static List<String> quotedIn(String line) {
        List<String> found = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(line);
        while (quoted.find()) {
            found.add(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
        }
        return found;
    }
}
