package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.client.LabMail;
import dev.tarry.client.MailboxMessage;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.client.TrackingQuery;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What can be seen of a server from outside, by its APIs.
final class Seen {
    /// One Received field at the beginning, with its continuation lines.
    private static final Pattern RECEIVED = Pattern.compile("\\AReceived: [^\\r\\n]*\\r\\n([ \\t][^\\r\\n]*\\r\\n)*");

    private final TarryClient client;

    Seen(TarryProcess server) {
        this(server.client());
    }

    Seen(TarryClient client) {
        this.client = client;
    }

    Optional<SequencedMap<String, Object>> queue(String domain) {
        return client.queues(Optional.of("NextHopDomain -eq '" + domain + "'"), ResultLimit.unlimited()).stream()
                .findFirst();
    }

    /// Waits until the queue is in Retry and holds so many messages.
    SequencedMap<String, Object> inRetry(String domain, long messages) {
        return Wait.untilThereIs(
                domain + " in Retry",
                () -> queue(domain)
                        .filter(q -> q.get("Status").equals("Retry")
                                && q.get("MessageCount").equals(messages)));
    }

    /// What hosts of the lab received for an address, oldest first.
    List<LabMail> labMail(String recipient) {
        return client.labMail(Optional.of(recipient), Optional.empty(), ResultLimit.unlimited());
    }

    LabMail oneLabMail(String recipient) {
        Wait.until("mail for " + recipient, () -> !labMail(recipient).isEmpty());
        List<LabMail> all = labMail(recipient);
        assertEquals(1, all.size(), recipient);
        return all.getFirst();
    }

    String labContent(LabMail mail) {
        return TarryProcess.text(client.labMailContent(mail.id()));
    }

    /// Tracking events in the order of the log of what this sender sent.
    List<SequencedMap<String, Object>> eventsFrom(String sender) {
        return tracked(Optional.empty(), Optional.of(sender), List.of());
    }

    /// Tracking events of what was addressed to this recipient.
    List<SequencedMap<String, Object>> eventsTo(String recipient) {
        return tracked(Optional.empty(), Optional.empty(), List.of(recipient));
    }

    /// All tracking events of one kind.
    List<SequencedMap<String, Object>> events(String eventId) {
        return tracked(Optional.of(eventId), Optional.empty(), List.of());
    }

    private List<SequencedMap<String, Object>> tracked(
            Optional<String> eventId, Optional<String> sender, List<String> recipients) {
        return client.tracking(new TrackingQuery(
                Optional.empty(),
                Optional.empty(),
                eventId,
                Optional.empty(),
                sender,
                recipients,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.unlimited()));
    }

    static List<String> ids(List<? extends Map<String, Object>> events) {
        return events.stream().map(e -> String.valueOf(e.get("EventId"))).toList();
    }

    List<MailboxMessage> mailbox(String address) {
        return client.mailboxMessages(address);
    }

    /// Waits for the one message that a mailbox gets.
    String oneReport(String address) {
        Wait.until(
                "a message in the mailbox of " + address,
                () -> !mailbox(address).isEmpty());
        List<MailboxMessage> all = mailbox(address);
        assertEquals(1, all.size(), address);
        return TarryProcess.text(
                client.mailboxMessageContent(address, all.getFirst().id()));
    }

    /// The reports in a mailbox that say so: `Undeliverable`, `Delivery delayed`, `Delivered` or `Relayed`.
    List<MailboxMessage> reports(String word, String address) {
        return mailbox(address).stream()
                .filter(message -> message.subject().startsWith(word + ":"))
                .toList();
    }

    /// Waits for the one report of its kind that a mailbox gets.
    String oneReport(String word, String address) {
        Wait.until(
                word + " in the mailbox of " + address,
                () -> !reports(word, address).isEmpty());
        List<MailboxMessage> all = reports(word, address);
        assertEquals(1, all.size(), address);
        return TarryProcess.text(
                client.mailboxMessageContent(address, all.getFirst().id()));
    }

    /// A message as somebody else's library reads it.
    static MimeMessage mime(String content) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    /// What stands below the Received field that the server added, which must be there.
    static String belowReceived(String content) {
        Matcher field = RECEIVED.matcher(content);
        assertEquals(true, field.find(), () -> "no Received field at the beginning of " + head(content));
        return content.substring(field.end());
    }

    static String head(String content) {
        return content.substring(0, Math.min(800, content.length()));
    }
}
