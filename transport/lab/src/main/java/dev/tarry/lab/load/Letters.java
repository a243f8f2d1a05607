package dev.tarry.lab.load;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// What is sent: every message made up from the seed and its number, so the same seed gives the same messages to the
/// same recipients, but for their Date. Immutable, thread-safe.
///
/// @param sizes octets of a message, header included
/// @param recipients how many a message has
/// @param domains where they are; drawn for each
/// @param from the reverse-path without brackets; empty: the null sender
/// @param seed of all chance
/// @param date the Date of every message
public record Letters(Spread sizes, Spread recipients, Domains domains, String from, long seed, Instant date) {
    /// Mailboxes at a domain that are written to by messages with one recipient.
    private static final int MAILBOXES = 1_000;

    /// A To of more would be longer than most messages.
    private static final int NAMED_MAX = 10;

    /// RFC 5321 §4.5.3.1.3, without the brackets.
    private static final int PATH_MAX = 254;

    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^<>@,;:\"\\\\()]]+@[!-~&&[^<>@,;\"\\\\()]]+");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Letters {
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(recipients, "recipients");
        Objects.requireNonNull(domains, "domains");
        Objects.requireNonNull(date, "date");
        if (!from.isEmpty()
                && (from.length() > PATH_MAX || !ADDRESS.matcher(from).matches())) {
            throw new BadLoad(
                    "the sender", BadLoad.quoted(from), "an address such as alice@company.com, or <>, is needed");
        }
    }

    /// @param number from 0
    Letter letter(long number) {
        int count = (int) recipients.draw(new Dice(seed, number, Dice.Purpose.RECIPIENTS));
        var to = addresses(number, count);
        var head = head(number, to);
        long size = sizes.draw(new Dice(seed, number, Dice.Purpose.SIZE));
        long body = Math.max(0, size - head.length());
        // A line end alone takes two octets.
        return new Letter(number, from, to, head, body == 1 ? 2 : body);
    }

    private List<String> addresses(long number, int count) {
        var which = new Dice(seed, number, Dice.Purpose.DOMAIN);
        long first = 1 + new Dice(seed, number, Dice.Purpose.MAILBOX).below(MAILBOXES);
        if (count == 1) {
            return List.of("user" + first + "@" + domains.draw(which));
        }
        var addresses = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            addresses.add("user" + (first + i) + "@" + domains.draw(which));
        }
        return addresses;
    }

    private String head(long number, List<String> to) {
        var head = new StringBuilder(320);
        head.append("Date: ").append(DATE.format(date));
        head.append("\r\nFrom: <").append(from.isEmpty() ? "load@localhost" : from);
        head.append(">\r\nTo: ");
        for (int i = 0; i < Math.min(to.size(), NAMED_MAX); i++) {
            // RFC 5322 §2.2.3: one address a line keeps every line short.
            head.append(i == 0 ? "<" : ",\r\n <").append(to.get(i)).append('>');
        }
        head.append("\r\nMessage-ID: <load.").append(Long.toHexString(seed)).append('.');
        head.append(number).append("@localhost>\r\nSubject: Load ").append(number);
        head.append("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n");
        return head.toString();
    }
}
