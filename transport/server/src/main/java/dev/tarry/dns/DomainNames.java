package dev.tarry.dns;

import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Between domains as mail writes them and names as DNS has them. Only A-labels are names: a domain in another
/// script must come in its `xn--` form.
final class DomainNames {
    private static final int MAX_TEXT_CHARACTERS = 254;

    private DomainNames() {}

    /// Absolute; empty if DNS cannot hold it as a host's or a domain's name.
    static Optional<Name> parse(String domain) {
        if (domain.isEmpty() || domain.length() > MAX_TEXT_CHARACTERS || !hostCharacters(domain)) {
            return Optional.empty();
        }
        try {
            // lower case: keys of the cache and of joined lookups compare as text
            return Optional.of(Name.fromString(domain.toLowerCase(Locale.ROOT), Name.root));
        } catch (TextParseException _) {
            return Optional.empty();
        }
    }

    /// Without the last dot, in lower case.
    static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    static boolean hostCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean good = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.';
            if (!good) {
                return false;
            }
        }
        return true;
    }
}
