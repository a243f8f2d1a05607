package dev.tarry.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// Replies of remote hosts that are meant by a list of failures (reference §5.4): `550 5.7.1` means every reply with
/// these codes, `504 5.7.4 Unrecognized authentication type` those whose text begins so, in any case; `*` stands for
/// any text.
///
/// @param text as it was written
public record ReplyPattern(String text) {
    static final Kind<ReplyPattern> KIND = Kind.plain(
            "a reply",
            "write the two codes of a reply and, if you like, how its text begins, with * for any text (550 5.7.1, 535"
                    + " 5.7.3 Authentication unsuccessful)",
            ReplyPattern::new,
            ReplyPattern::text);

    private static final int MAX_CHARACTERS = 500;
    private static final Pattern FORM = Pattern.compile("[45]\\d\\d [45]\\.\\d{1,3}\\.\\d{1,3}([ *][\\x21-\\x7e ]*)?");

    /// @throws IllegalArgumentException if it is no such pattern
    public ReplyPattern {
        if (text.length() > MAX_CHARACTERS || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
    }

    /// @param reply in one line: `550 5.7.1 Unable to relay`
    public boolean matches(String reply) {
        String[] pieces = text.toLowerCase(Locale.ROOT).split("\\*", -1);
        String words = reply.toLowerCase(Locale.ROOT);
        if (!words.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        if (pieces.length == 1) {
            // 5.7.1 is not 5.7.10
            return at == words.length() || !Character.isLetterOrDigit(words.charAt(at));
        }
        for (int i = 1; i < pieces.length; i++) {
            int found = words.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
