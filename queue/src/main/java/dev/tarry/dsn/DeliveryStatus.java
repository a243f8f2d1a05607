package dev.tarry.dsn;

import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.RemoteHost;
import dev.tarry.mail.EmailAddress;
import java.util.Locale;

/// The machine part (RFC 3464; the order and the missing blanks after `;` are Exchange's, reference §7.4). Printable
/// ASCII throughout, one line a field.
final class DeliveryStatus {
    /// With the field's name well below the 998 of RFC 5322 §2.1.1.
    static final int MAX_VALUE_CHARACTERS = 900;

    private DeliveryStatus() {}

    static String of(DsnRequest request) {
        DsnRequest.OriginalMessage original = request.original();
        StringBuilder out = new StringBuilder(512);
        original.envelopeId()
                .map(id -> Cleaned.fromXtext(id, MAX_VALUE_CHARACTERS))
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> field(out, "Original-Envelope-Id", id));
        field(
                out,
                "Reporting-MTA",
                "dns;"
                        + request.server()
                                .authority()
                                .map(Cleaned::host)
                                .filter(name -> !name.isEmpty())
                                .orElse(request.server().fqdn()));
        String helo = Cleaned.host(original.heloName());
        if (!helo.isEmpty()) {
            field(out, "Received-From-MTA", "dns;" + helo);
        }
        field(out, "Arrival-Date", DsnText.date(original.arrival()));
        for (RecipientReport recipient : request.recipients()) {
            out.append("\r\n");
            recipient(out, request, recipient);
        }
        return out.toString();
    }

    private static void recipient(StringBuilder out, DsnRequest request, RecipientReport recipient) {
        recipient
                .originalRecipient()
                .map(DeliveryStatus::originalRecipient)
                .filter(o -> !o.isEmpty())
                .ifPresent(o -> field(out, "Original-Recipient", o));
        field(out, "Final-Recipient", finalRecipient(recipient.address()));
        field(out, "Action", request.kind().action());
        field(out, "Status", recipient.reply().status().toString());
        field(out, "Diagnostic-Code", "smtp;" + Cleaned.ascii(recipient.reply().toString(), MAX_VALUE_CHARACTERS));
        recipient
                .remote()
                .filter(RemoteHost::answered)
                .ifPresent(remote -> field(out, "Remote-MTA", "dns;" + Cleaned.host(remote.name())));
        switch (request.kind()) {
            case DsnKind.Delay delay -> field(out, "Will-Retry-Until", DsnText.date(delay.retryUntil()));
            case DsnKind.Failure _, DsnKind.Delivered _, DsnKind.Relayed _ -> {}
        }
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    /// `type;address`, decoded from xtext (RFC 3464 §2.3.1). The type `utf-8` has a seven-bit form of its own, in which
    /// no `+` stands (RFC 6533 §3): it stays as it is.
    private static String originalRecipient(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        String type = semicolon < 0 ? "rfc822" : Cleaned.host(orcpt.substring(0, semicolon));
        String given = orcpt.substring(semicolon + 1);
        String address = Cleaned.isAscii(given) ? Cleaned.fromXtext(given, MAX_VALUE_CHARACTERS) : sevenBit(given);
        return type.isEmpty() || address.isEmpty() ? "" : type + ";" + address;
    }

    private static String finalRecipient(EmailAddress address) {
        String text = address.toString();
        return Cleaned.isAscii(text)
                ? "rfc822;" + Cleaned.ascii(text, MAX_VALUE_CHARACTERS)
                : "utf-8;" + sevenBit(text);
    }

    /// An address that is not ASCII in the seven-bit form of RFC 6533 §3; what does not fit is left out, whole
    /// characters at a time.
    private static String sevenBit(String text) {
        StringBuilder out = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            boolean literal = c > 0x20 && c < 0x7f && c != '\\' && c != '+' && c != '=';
            String one = literal
                    ? String.valueOf((char) c)
                    : "\\x{" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + "}";
            if (out.length() + one.length() > MAX_VALUE_CHARACTERS) {
                break;
            }
            out.append(one);
        }
        return out.toString();
    }
}
