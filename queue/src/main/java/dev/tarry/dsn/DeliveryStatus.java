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

    /// `type;address`, decoded from xtext (RFC 3464 §2.3.1).
    private static String originalRecipient(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        String type = semicolon < 0 ? "rfc822" : Cleaned.host(orcpt.substring(0, semicolon));
        String address = Cleaned.fromXtext(orcpt.substring(semicolon + 1), MAX_VALUE_CHARACTERS);
        return type.isEmpty() || address.isEmpty() ? "" : type + ";" + address;
    }

    /// Addresses that are not ASCII go in the seven-bit form of RFC 6533 §3.
    private static String finalRecipient(EmailAddress address) {
        String text = address.toString();
        if (Cleaned.isAscii(text)) {
            return "rfc822;" + Cleaned.ascii(text, MAX_VALUE_CHARACTERS);
        }
        StringBuilder out = new StringBuilder("utf-8;");
        text.codePoints().forEach(c -> {
            boolean literal = c > 0x20 && c < 0x7f && c != '\\' && c != '+' && c != '=';
            if (literal) {
                out.append((char) c);
            } else {
                out.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return out.length() <= MAX_VALUE_CHARACTERS ? out.toString() : out.substring(0, MAX_VALUE_CHARACTERS);
    }
}
