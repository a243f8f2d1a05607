package dev.tarry.lab.mx;

import dev.tarry.lab.tls.CertificateKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/// Mail hosts in plain words, as the API and the files have them: texts, numbers, flags, lists. What is
/// not given is as with a host of whom nothing was said.
public final class HostGrammar {
    private static final Set<String> WORDS = Set.of(
            "name",
            "addresses",
            "banner",
            "esmtp",
            "extensions",
            "auth",
            "users",
            "mailboxes",
            "certificate",
            "requireTls",
            "requireAuth",
            "messageOctets",
            "recipients");

    /// Shown, and allowed on reading so that what was shown can be sent back.
    private static final Set<String> SHOWN = Set.of("listens", "listening", "given");

    private HostGrammar() {}

    /// @param before who had this name before: a user that is only named keeps the password
    /// @throws BadHost naming the first word that is wrong
    public static MailHost read(String name, Map<String, ?> words, Optional<MailHost> before) {
        for (var word : words.keySet()) {
            if (!WORDS.contains(word) && !SHOWN.contains(word)) {
                throw new BadHost(
                        word,
                        "is not known",
                        "known are " + String.join(", ", WORDS.stream().sorted().toList()));
            }
        }
        if (words.get("name") != null && !text(words, "name").orElse(name).equalsIgnoreCase(name)) {
            throw new BadHost("name", "is another than the one in the path", "leave it out, or write " + name);
        }
        boolean esmtp = flag(words, "esmtp", true);
        return new MailHost(
                name,
                texts(words, "addresses"),
                text(words, "banner"),
                esmtp,
                extensions(name, words, esmtp),
                texts(words, "auth").stream()
                        .map(word -> word.toUpperCase(Locale.ROOT))
                        .toList(),
                users(words, before),
                texts(words, "mailboxes"),
                certificate(words),
                flag(words, "requireTls", false),
                flag(words, "requireAuth", false),
                number(words, "messageOctets").map(OptionalLong::of).orElse(OptionalLong.empty()),
                number(words, "recipients")
                        .map(many -> OptionalInt.of((int) Math.min(many, Integer.MAX_VALUE)))
                        .orElse(OptionalInt.empty()));
    }

    /// As people may see it: passwords are not shown.
    public static SequencedMap<String, Object> write(MailHost host) {
        return write(host, List.copyOf(host.users().keySet()));
    }

    /// As it is kept.
    public static SequencedMap<String, Object> writeWhole(MailHost host) {
        return write(host, host.users());
    }

    private static SequencedMap<String, Object> write(MailHost host, Object users) {
        SequencedMap<String, Object> words = new LinkedHashMap<>();
        words.put("name", host.name());
        words.put("addresses", host.addresses());
        words.put("banner", host.banner().orElse(null));
        words.put("esmtp", host.esmtp());
        words.put(
                "extensions", host.extensions().stream().map(Extension::keyword).toList());
        words.put("auth", host.mechanisms());
        words.put("users", users);
        words.put("mailboxes", host.mailboxes());
        words.put("certificate", word(host.certificate()));
        words.put("requireTls", host.tlsRequired());
        words.put("requireAuth", host.authRequired());
        words.put(
                "messageOctets",
                host.messageOctets().isPresent() ? host.messageOctets().getAsLong() : null);
        words.put(
                "recipients", host.recipients().isPresent() ? host.recipients().getAsInt() : null);
        return words;
    }

    private static Set<Extension> extensions(String name, Map<String, ?> words, boolean esmtp) {
        if (words.get("extensions") == null) {
            return esmtp ? MailHost.usually(name) : Set.of();
        }
        var extensions = EnumSet.noneOf(Extension.class);
        for (var keyword : texts(words, "extensions")) {
            extensions.add(Extension.of(keyword)
                    .orElseThrow(() -> new BadHost(
                            "extensions",
                            "'" + keyword + "' is not known",
                            "known are "
                                    + String.join(
                                            ", ",
                                            Arrays.stream(Extension.values())
                                                    .map(Extension::keyword)
                                                    .toList())
                                    + "; auth has its own word")));
        }
        return extensions;
    }

    private static SequencedMap<String, String> users(Map<String, ?> words, Optional<MailHost> before) {
        var users = new LinkedHashMap<String, String>();
        switch (words.get("users")) {
            case null -> {}
            case Map<?, ?> given ->
                given.forEach((user, password) -> {
                    if (!(password instanceof String secret)) {
                        throw new BadHost("users", "the password of " + user + " is no text", "write one");
                    }
                    users.put(user.toString(), secret);
                });
            case List<?> names -> {
                for (var user : names) {
                    if (!(user instanceof String)) {
                        throw new BadHost("users", "a name is no text", "write {\"user\": \"password\"}");
                    }
                    var known = before.map(host -> host.users().get(user.toString()));
                    users.put(
                            user.toString(),
                            known.orElseThrow(() -> new BadHost(
                                    "users", user + " has no password", "write {\"" + user + "\": \"password\"}")));
                }
            }
            default -> throw new BadHost("users", "is no object", "write {\"user\": \"password\"}");
        }
        return users;
    }

    private static CertificateKind certificate(Map<String, ?> words) {
        var given = text(words, "certificate").orElse("good").toLowerCase(Locale.ROOT);
        return Arrays.stream(CertificateKind.values())
                .filter(kind -> word(kind).equals(given))
                .findFirst()
                .orElseThrow(() -> new BadHost(
                        "certificate",
                        "'" + given + "' is not known",
                        "write good, expired, notyet, selfsigned, wrongname or unknownca"));
    }

    private static String word(CertificateKind kind) {
        return switch (kind) {
            case GOOD -> "good";
            case EXPIRED -> "expired";
            case NOT_YET -> "notyet";
            case SELF_SIGNED -> "selfsigned";
            case WRONG_NAME -> "wrongname";
            case UNKNOWN_AUTHORITY -> "unknownca";
        };
    }

    private static Optional<String> text(Map<String, ?> words, String word) {
        return switch (words.get(word)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw new BadHost(word, "is no text", "a text is needed");
        };
    }

    private static boolean flag(Map<String, ?> words, String word, boolean otherwise) {
        return switch (words.get(word)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            default -> throw new BadHost(word, "is neither true nor false", "one of them is needed");
        };
    }

    private static Optional<Long> number(Map<String, ?> words, String word) {
        return switch (words.get(word)) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            default -> throw new BadHost(word, "is no whole number", "a whole number is needed");
        };
    }

    private static List<String> texts(Map<String, ?> words, String word) {
        return switch (words.get(word)) {
            case null -> List.of();
            case List<?> list -> {
                var texts = new ArrayList<String>();
                for (var item : list) {
                    if (!(item instanceof String text)) {
                        throw new BadHost(word, "holds something that is no text", "a list of texts is needed");
                    }
                    texts.add(text);
                }
                yield texts;
            }
            default -> throw new BadHost(word, "is no list", "a list of texts is needed");
        };
    }
}
