package dev.tarry.config;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kinds of value that name domains of recipients. Domains of any script may be written; A-labels are kept
/// ([ALabels]).
final class DomainKinds {
    private static final String BELOW = "*.";
    private static final int MAX_COST = 100;
    private static final Pattern LABELS = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?" + "(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern PATTERN =
            Pattern.compile("[^@,{}\\s\\p{Cntrl}<>]{1,64}(@[^@,{}\\s\\p{Cntrl}<>]{1,255})?");
    private static final Pattern SPACE =
            Pattern.compile("((?<type>[A-Za-z0-9]{1,16}):)?(?<space>[^,\\p{Cntrl}]*?)(;(?<cost>\\d{1,3}))?");

    /// A domain, or with `*.` before it the domain and all that lies below.
    static final Kind<String> DOMAIN = Kind.plain(
            "a domain", "write a domain (contoso.com), or *.contoso.com", DomainKinds::domain, Function.identity());

    /// The same, or `*` for all.
    static final Kind<String> DOMAIN_OR_ALL = Kind.plain(
            "a domain",
            "write a domain (contoso.com), *.contoso.com, or * for all",
            text -> text.equals("*") ? text : domain(text),
            Function.identity());

    static final Kind<String> ADDRESS_SPACE = Kind.plain(
            "an address space",
            "write SMTP:domain;cost with a cost of 1 to 100 (SMTP:*;1, SMTP:*.contoso.com;5)",
            DomainKinds::addressSpace,
            Function.identity());

    /// Recipients of a domain: a local part or an address, with `*` and `?` in it.
    static final Kind<String> RECIPIENTS = Kind.plain(
                    "a recipient",
                    "write a local part or an address, with * and ? where anything may stand (bob, sales-*,"
                            + " *@eu.contoso.com)",
                    text -> {
                        if (!PATTERN.matcher(text).matches()) {
                            throw new IllegalArgumentException();
                        }
                        return text.toLowerCase(Locale.ROOT);
                    },
                    Function.identity())
            .shaped(Shape.ANY);

    private DomainKinds() {}

    private static String domain(String text) {
        String domain = ALabels.canonical(text);
        if (!LABELS.matcher(domain.startsWith(BELOW) ? domain.substring(BELOW.length()) : domain)
                .matches()) {
            throw new IllegalArgumentException();
        }
        return domain;
    }

    /// Reference §5.2; kept as the full form `TYPE:space;cost`.
    private static String addressSpace(String text) {
        Matcher match = SPACE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException();
        }
        int cost = match.group("cost") == null ? 1 : Integer.parseInt(match.group("cost"));
        if (cost < 1 || cost > MAX_COST) {
            throw new IllegalArgumentException();
        }
        String type = match.group("type") == null ? "SMTP" : match.group("type").toUpperCase(Locale.ROOT);
        String space = match.group("space").strip();
        if (type.equals("SMTP")) {
            space = space.equals("*") ? space : domain(space);
        } else if (space.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return type + ":" + space + ";" + cost;
    }
}
