package dev.tarry.routing;

import dev.tarry.mail.EmailAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address of another kind within an SMTP address, as Exchange writes it: `IMCEAFAX-+2B31+20555@company.com`.
///
/// @param type    in upper case: `FAX`, `X400`, `EX`
/// @param address as it was before: `_` stands for `/`, `+` with two hexadecimal digits for any other character
record Encapsulated(String type, String address) {
    /// Exchange's own addresses, which name recipients of its directory.
    static final String EXCHANGE = "EX";

    private static final String PREFIX = "IMCEA";
    private static final Pattern FORM = Pattern.compile("(?i)IMCEA(?<type>[A-Z0-9]{1,16})-(?<rest>.+)");
    private static final Pattern CODED = Pattern.compile("\\+(?<code>[0-9A-Fa-f]{2})");

    static Optional<Encapsulated> of(EmailAddress recipient) {
        if (!recipient.localPart().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(recipient.localPart());
        if (!form.matches()) {
            return Optional.empty();
        }
        String address = CODED.matcher(form.group("rest").replace('_', '/'))
                .replaceAll(coded ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(coded.group("code"), 16))));
        return Optional.of(new Encapsulated(form.group("type").toUpperCase(Locale.ROOT), address));
    }
}
