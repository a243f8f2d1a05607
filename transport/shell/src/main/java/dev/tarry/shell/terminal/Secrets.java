package dev.tarry.shell.terminal;

import java.util.regex.Pattern;

/// Which lines are not to be remembered.
public final class Secrets {
    private static final Pattern WORDS = Pattern.compile(
            "password|asplaintext|securestring|credential|token|api-?key|secret", Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /// Whether a line may hold a secret: rather too often than too seldom.
    public static boolean mayHold(String line) {
        return WORDS.matcher(line).find();
    }
}
