package dev.tarry.login;

import com.ibm.icu.text.StringPrep;
import com.ibm.icu.text.StringPrepParseException;
import java.util.Optional;

/// Names and passwords made comparable by SASLprep (RFC 4013), so that one person's two keyboards type the
/// same.
final class Prepared {
    private static final StringPrep SASLPREP = StringPrep.getInstance(StringPrep.RFC4013_SASLPREP);

    private Prepared() {}

    /// @return empty where it holds what neither a name nor a password may hold
    static Optional<String> of(String text) {
        if (plain(text)) {
            return Optional.of(text);
        }
        try {
            return Optional.of(SASLPREP.prepare(text, StringPrep.DEFAULT));
        } catch (StringPrepParseException _) {
            return Optional.empty();
        }
    }

    /// Most are, and nothing is done to them.
    private static boolean plain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
