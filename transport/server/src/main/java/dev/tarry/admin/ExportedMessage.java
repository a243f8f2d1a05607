package dev.tarry.admin;

import dev.tarry.mail.EmailAddress;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import java.nio.charset.StandardCharsets;

/// A queued message as Export-Message gives it: what a Replay directory needs to know of its envelope stands
/// in X-headers before its own header (reference §9.4), so that mail tools open it and a server can take it
/// in again.
final class ExportedMessage {
    /// How much of a client's name for itself is repeated.
    private static final int MAX_WORDS = 255;

    private ExportedMessage() {}

    static RawContent of(MessageRecord message, CopyRecord copy, StoreDoor door) {
        byte[] envelope = envelope(message, copy).getBytes(StandardCharsets.UTF_8);
        return RawContent.of(message.id(), message.content(), door).after(envelope);
    }

    /// The X-headers, of whom is still waiting; the last says how many octets there were before it, and that
    /// none of those that follow is ours.
    private static String envelope(MessageRecord message, CopyRecord copy) {
        StringBuilder lines = new StringBuilder();
        lines.append("X-Sender: <")
                .append(message.sender().address().map(EmailAddress::toString).orElse(""))
                .append("> BODY=")
                .append(message.body().keyword());
        if (message.smtpUtf8()) {
            lines.append(" SMTPUTF8");
        }
        message.ret().ifPresent(ret -> lines.append(" RET=").append(ret));
        message.envelopeId().ifPresent(id -> lines.append(" ENVID=").append(id));
        lines.append("\r\n");
        for (RecipientRecord waiting : copy.recipients()) {
            lines.append("X-Receiver: <").append(waiting.recipient().address()).append('>');
            waiting.recipient()
                    .notifyOn()
                    .ifPresent(when -> lines.append(" NOTIFY=").append(when));
            waiting.recipient()
                    .originalRecipient()
                    .ifPresent(to -> lines.append(" ORCPT=").append(to));
            lines.append("\r\n");
        }
        lines.append("X-CreatedBy: MSExchange15\r\n");
        line(lines, "X-HeloDomain", message.heloName());
        line(lines, "X-Source", message.sourceName());
        line(lines, "X-SourceIPAddress", message.sourceIp());
        int octets = lines.toString().getBytes(StandardCharsets.UTF_8).length;
        return lines.append("X-EndOfInjectedXHeaders: ")
                .append(octets)
                .append("\r\n")
                .toString();
    }

    /// Nothing where there is nothing to say; what clients called themselves makes no lines of its own.
    private static void line(StringBuilder lines, String name, String value) {
        StringBuilder words = new StringBuilder();
        value.chars().limit(MAX_WORDS).forEach(c -> words.append(c > ' ' && c < 0x7f || c == ' ' ? (char) c : '?'));
        if (!words.isEmpty()) {
            lines.append(name).append(": ").append(words).append("\r\n");
        }
    }
}
