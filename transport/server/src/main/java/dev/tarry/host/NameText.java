package dev.tarry.host;

import dev.tarry.config.ALabels;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Names between people and DNS.
final class NameText {
    private NameText() {}

    /// Absolute and in lower case, with or without a last dot, in A-labels; empty if DNS cannot hold it.
    static Optional<Name> parse(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (bare.isBlank() || bare.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '\\')) {
            return text.equals(".") ? Optional.of(Name.root) : Optional.empty();
        }
        try {
            return Optional.of(Name.fromString(ALabels.of(bare).orElse(bare).toLowerCase(Locale.ROOT), Name.root));
        } catch (TextParseException _) {
            return Optional.empty();
        }
    }

    /// Without the last dot; what a server sends there is printable, since dnsjava escapes what is not.
    static String of(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true).toLowerCase(Locale.ROOT);
    }
}
