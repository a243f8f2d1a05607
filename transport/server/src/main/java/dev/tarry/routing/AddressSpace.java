package dev.tarry.routing;

import java.util.Locale;

/// Recipient domains that a send connector takes (reference §5.2), as administrators write them:
/// `SMTP:*.contoso.com;1`.
///
/// @param type  `SMTP`, or another address type in upper case, which never matches an SMTP recipient
/// @param space `*`, `contoso.com`, or `*.contoso.com`, which is the domain itself and everything below it
/// @param cost  1 to 100; decides only between spaces that are equally specific
public record AddressSpace(String type, String space, int cost) {
    public static final String SMTP = "SMTP";
    public static final int MIN_COST = 1;
    public static final int MAX_COST = 100;

    /// Everything, at the least cost.
    public static final AddressSpace EVERYTHING = new AddressSpace(SMTP, "*", MIN_COST);

    private static final String BELOW = "*.";

    /// @throws IllegalArgumentException saying what would be right
    public AddressSpace {
        type = type.toUpperCase(Locale.ROOT);
        space = type.equals(SMTP) && !space.equals(BELOW) ? Domains.canonical(space) : space;
        if (type.isEmpty()) {
            throw new IllegalArgumentException("an address space's type is SMTP or another address type, not empty");
        }
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException("an address space's cost is 1 to 100, not " + cost);
        }
        if (type.equals(SMTP)) {
            if (space.equals("--")) {
                throw new IllegalArgumentException("the address space -- exists on Edge Transport servers only");
            }
            String name = space.startsWith(BELOW) ? space.substring(BELOW.length()) : space;
            if (!space.equals("*") && !Domains.valid(name)) {
                throw new IllegalArgumentException(
                        "an SMTP address space is *, contoso.com or *.contoso.com, not " + space);
            }
        } else if (space.isEmpty()) {
            throw new IllegalArgumentException("an address space is not empty");
        }
    }

    /// Reads `[Type:]Space[;Cost]`; without a type it is SMTP, without a cost it is 1.
    ///
    /// @throws IllegalArgumentException saying what would be right
    public static AddressSpace of(String text) {
        String rest = text.strip();
        int cost = MIN_COST;
        int semicolon = rest.lastIndexOf(';');
        if (semicolon >= 0) {
            String number = rest.substring(semicolon + 1).strip();
            try {
                cost = Integer.parseInt(number);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("an address space's cost is 1 to 100, not \"" + number + "\"", e);
            }
            rest = rest.substring(0, semicolon).strip();
        }
        int colon = rest.indexOf(':');
        return colon < 0
                ? new AddressSpace(SMTP, rest, cost)
                : new AddressSpace(
                        rest.substring(0, colon).strip(),
                        rest.substring(colon + 1).strip(),
                        cost);
    }

    /// Whether a recipient domain in lower case falls into it. An address literal falls into `*` only.
    public boolean takes(String domain) {
        if (!type.equals(SMTP)) {
            return false;
        }
        if (space.equals("*")) {
            return true;
        }
        return space.startsWith(BELOW) ? Domains.within(domain, space.substring(BELOW.length())) : domain.equals(space);
    }

    /// Whether an address of another type falls into it: `*` takes all, and stands for any text within a space.
    ///
    /// @param otherType in upper case
    boolean takes(String otherType, String address) {
        if (!type.equals(otherType) || type.equals(SMTP)) {
            return false;
        }
        return like(space.toLowerCase(Locale.ROOT).split("\\*", -1), address.toLowerCase(Locale.ROOT));
    }

    /// In time that grows with the text alone, since strangers write it: each piece where it comes first.
    ///
    /// @param pieces between any text; at least one
    private static boolean like(String[] pieces, String text) {
        String first = pieces[0];
        String last = pieces[pieces.length - 1];
        if (pieces.length == 1) {
            return text.equals(first);
        }
        int end = text.length() - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = text.indexOf(pieces[i], at);
            at = found + pieces[i].length();
            if (found < 0 || at > end) {
                return false;
            }
        }
        return true;
    }

    /// More is more specific: `*` is least, a longer suffix beats a shorter one, and a plain domain beats every
    /// wildcard.
    int specificity() {
        if (space.equals("*")) {
            return 0;
        }
        return space.startsWith(BELOW) ? space.length() : 1_000 + space.length();
    }

    /// As the shell prints it: `SMTP:*;1`.
    @Override
    public String toString() {
        return type + ":" + space + ";" + cost;
    }
}
