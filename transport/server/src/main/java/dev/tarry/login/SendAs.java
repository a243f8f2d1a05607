package dev.tarry.login;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.ReversePath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// In whose name a user may send (reference §6.3). Case does not count, as it does not to Exchange.
///
/// @param anybody   whether in everybody's
/// @param domains   of which all addresses, in lower case
/// @param addresses in lower case
public record SendAs(boolean anybody, Set<String> domains, Set<String> addresses) {
    public static final SendAs ANYBODY = new SendAs(true, Set.of(), Set.of());

    private static final String ALL_OF = "*@";

    /// The sets are copied.
    public SendAs {
        domains = Set.copyOf(domains);
        addresses = Set.copyOf(addresses);
    }

    /// @param entries addresses, `*@domain`, or `*`
    static SendAs of(List<String> entries) {
        return new SendAs(
                entries.contains("*"),
                entries.stream()
                        .filter(entry -> entry.startsWith(ALL_OF))
                        .map(entry -> lower(entry.substring(ALL_OF.length())))
                        .collect(Collectors.toUnmodifiableSet()),
                entries.stream().map(SendAs::lower).collect(Collectors.toUnmodifiableSet()));
    }

    /// Whether mail may have this sender. Reports have none, and need no leave.
    public boolean allows(ReversePath sender) {
        return anybody || sender.address().map(this::allows).orElse(true);
    }

    private boolean allows(EmailAddress sender) {
        return domains.contains(lower(sender.domain())) || addresses.contains(lower(sender.toString()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
