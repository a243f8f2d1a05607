package dev.tarry.lab.mx;

import dev.tarry.lab.tls.CertificateKind;
import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/// Who a mail host is, and how it behaves when no fault strikes it. Plain values, checked.
///
/// @param name as its zone has it; also in its greeting
/// @param addresses where it lives; none: where the zones outside say that this name lives
/// @param banner what follows the 220; empty: the name and ESMTP
/// @param esmtp whether it knows EHLO; if not, it offers nothing
/// @param extensions what it offers; it refuses what it does not
/// @param mechanisms of AUTH: `PLAIN`, `LOGIN`, `XOAUTH2`; none: not offered
/// @param users who may log in, with their passwords, or tokens for XOAUTH2
/// @param mailboxes patterns of addresses that it knows; others get 550 5.1.1; none: it knows everybody
/// @param certificate what it shows when TLS begins
/// @param tlsRequired whether it takes mail only behind STARTTLS
/// @param authRequired whether it takes mail only from users
/// @param messageOctets the largest message it takes; empty: what the lab takes
/// @param recipients the most it takes in one transaction; empty: what the lab takes
public record MailHost(
        String name,
        List<String> addresses,
        Optional<String> banner,
        boolean esmtp,
        Set<Extension> extensions,
        List<String> mechanisms,
        SequencedMap<String, String> users,
        List<String> mailboxes,
        CertificateKind certificate,
        boolean tlsRequired,
        boolean authRequired,
        OptionalLong messageOctets,
        OptionalInt recipients) {
    /// What AUTH can be.
    static final List<String> MECHANISMS = List.of("PLAIN", "LOGIN", "XOAUTH2");

    static final Set<Extension> STANDARD = Collections.unmodifiableSet(EnumSet.of(
            Extension.PIPELINING,
            Extension.SIZE,
            Extension.EIGHT_BIT_MIME,
            Extension.DSN,
            Extension.ENHANCED_STATUS_CODES,
            Extension.STARTTLS));

    /// Whose hosts take internationalised mail, as the real ones do: Gmail's and Outlook's.
    private static final List<String> WITH_SMTPUTF8 = List.of(".google.com", ".outlook.com");

    private static final int NAME_MAX = 253;
    private static final int ADDRESSES_MAX = 100;
    private static final int BANNER_MAX = 500;
    private static final int USERS_MAX = 10_000;
    private static final int MAILBOXES_MAX = 10_000;

    /// @throws BadHost naming the first word that is wrong
    public MailHost {
        name = checkedName(name);
        addresses = List.copyOf(addresses);
        bounded("addresses", addresses.size(), ADDRESSES_MAX);
        addresses.forEach(MailHost::checkAddress);
        banner.ifPresent(MailHost::checkBanner);
        var offered = EnumSet.noneOf(Extension.class);
        offered.addAll(extensions);
        extensions = Collections.unmodifiableSet(offered);
        mechanisms = List.copyOf(mechanisms);
        users = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(users));
        mailboxes = List.copyOf(mailboxes);
        bounded("users", users.size(), USERS_MAX);
        bounded("mailboxes", mailboxes.size(), MAILBOXES_MAX);
        if (!MECHANISMS.containsAll(mechanisms)) {
            throw new BadHost("auth", "holds " + mechanisms, "PLAIN, LOGIN and XOAUTH2 are known");
        }
        if (extensions.contains(Extension.BINARYMIME) && !extensions.contains(Extension.CHUNKING)) {
            throw new BadHost("extensions", "BINARYMIME stands without CHUNKING", "offer both (RFC 3030)");
        }
        if (!esmtp && !(extensions.isEmpty() && mechanisms.isEmpty())) {
            throw new BadHost("esmtp", "is false, but there are extensions", "a host without EHLO offers nothing");
        }
        if (tlsRequired && !extensions.contains(Extension.STARTTLS)) {
            throw new BadHost("requireTls", "is true without STARTTLS", "offer STARTTLS");
        }
        if (authRequired && mechanisms.isEmpty()) {
            throw new BadHost("requireAuth", "is true without auth", "offer PLAIN, LOGIN or XOAUTH2");
        }
        if (messageOctets.isPresent() && messageOctets.getAsLong() < 1) {
            throw new BadHost("messageOctets", "is " + messageOctets.getAsLong(), "at least 1 is needed");
        }
        if (recipients.isPresent() && recipients.getAsInt() < 1) {
            throw new BadHost("recipients", "is " + recipients.getAsInt(), "at least 1 is needed");
        }
    }

    /// With the manners that every host has of whom nothing was said.
    public static MailHost standard(String name) {
        return offering(name, usually(name));
    }

    /// What a host offers of whom nothing was said.
    static Set<Extension> usually(String name) {
        var host = name.toLowerCase(Locale.ROOT);
        if (WITH_SMTPUTF8.stream().noneMatch(host::endsWith)) {
            return STANDARD;
        }
        var extensions = EnumSet.copyOf(STANDARD);
        extensions.add(Extension.SMTPUTF8);
        return extensions;
    }

    /// The same, but for STARTTLS.
    public static MailHost withoutTls(String name) {
        var extensions = EnumSet.copyOf(STANDARD);
        extensions.remove(Extension.STARTTLS);
        return offering(name, extensions);
    }

    private static MailHost offering(String name, Set<Extension> extensions) {
        return new MailHost(
                name,
                List.of(),
                Optional.empty(),
                true,
                extensions,
                List.of(),
                new LinkedHashMap<>(),
                List.of(),
                CertificateKind.GOOD,
                false,
                false,
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    boolean offers(Extension extension) {
        return extensions.contains(extension);
    }

    private static String checkedName(String name) {
        if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new BadHost("name", "is no host name", "write one such as mail.fabrikam.com");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static void checkAddress(String address) {
        try {
            InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException _) {
            throw new BadHost("addresses", "'" + address + "' is no address", "write one such as 198.51.100.51");
        }
    }

    private static void checkBanner(String banner) {
        if (banner.length() > BANNER_MAX || banner.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new BadHost(
                    "banner",
                    "is too long, or holds a control character",
                    "one line of at most " + BANNER_MAX + " characters is needed");
        }
    }

    private static void bounded(String field, int count, int most) {
        if (count > most) {
            throw new BadHost(field, "has " + count + " entries", "at most " + most + " are allowed");
        }
    }
}
