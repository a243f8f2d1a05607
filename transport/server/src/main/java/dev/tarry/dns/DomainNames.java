package dev.tarry.dns;

import dev.tarry.config.ALabels;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Between domains as mail writes them and names as DNS has them. DNS has A-labels only: a domain in another script is
/// put into its `xn--` form ([ALabels]).
final class DomainNames {
    private static final int MAX_TEXT_CHARACTERS = 254;

    private DomainNames() {}

    /// Absolute; empty if DNS cannot hold it as a host's or a domain's name.
    static Optional<Name> parse(String domain) {
        // lower case: keys of the cache and of joined lookups compare as text
        return ALabels.of(domain)
                .filter(name -> !name.isEmpty() && name.length() <= MAX_TEXT_CHARACTERS && hostCharacters(name))
                .flatMap(DomainNames::name);
    }

    private static Optional<Name> name(String text) {
        try {
            return Optional.of(Name.fromString(text, Name.root));
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
