package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.Submission;
import dev.tarry.queue.Submission.Acceptance;
import dev.tarry.receive.MailDate;
import dev.tarry.time.World;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What Test-SmtpConnectivity does, and the sending half of what Test-Mailflow does (reference §11.4): whoever asks
/// waits for the message himself. Thread-safe; blocks, so not for a loop.
public final class ProbeOperations {
    /// Where a receive connector listens.
    ///
    /// @param binding   as it is set
    /// @param endpoint  what is dialled
    public record Door(String connector, String binding, InetSocketAddress endpoint) {}

    /// Dials, and reads what it is greeted with.
    @FunctionalInterface
    public interface Dialler {
        /// @return the first line, without its end
        /// @throws IOException if nobody answers, or not in time
        String greeting(InetSocketAddress endpoint) throws IOException;
    }

    /// The server, as a message that is made here needs to know it.
    ///
    /// @param name          its short name
    /// @param fqdn          its full one
    /// @param defaultDomain the default accepted domain
    public record Sender(String name, String fqdn, String defaultDomain) {}

    private final Supplier<List<Door>> doors;
    private final Dialler dialler;
    private final Supplier<Sender> sender;
    private final Supplier<Optional<Reply>> refusal;
    private final Submission submission;
    private final World world;
    private final ZoneId zone;

    /// @param refusal what new mail is refused with at the moment
    /// @param zone    the server's own
    public ProbeOperations(
            Supplier<List<Door>> doors,
            Dialler dialler,
            Supplier<Sender> sender,
            Supplier<Optional<Reply>> refusal,
            Submission submission,
            World world,
            ZoneId zone) {
        this.doors = doors;
        this.dialler = dialler;
        this.sender = sender;
        this.refusal = refusal;
        this.submission = submission;
        this.world = world;
        this.zone = zone;
    }

    /// Dials every binding of every receive connector.
    public List<SequencedMap<String, Object>> smtpConnectivity() {
        List<SequencedMap<String, Object>> rows = new ArrayList<>();
        for (Door door : doors.get()) {
            SequencedMap<String, Object> row = new LinkedHashMap<>();
            row.put("Server", sender.get().name());
            row.put("ReceiveConnector", door.connector());
            row.put("Binding", door.binding());
            row.put("EndPoint", shown(door.endpoint()));
            try {
                String greeting = dialler.greeting(door.endpoint());
                row.put("StatusCode", status(greeting));
                row.put("Details", greeting);
            } catch (IOException e) {
                row.put("StatusCode", "Unable to connect");
                row.put("Details", e.getMessage() == null ? e.toString() : e.getMessage());
            }
            rows.add(row);
        }
        return rows;
    }

    private static String shown(InetSocketAddress endpoint) {
        String address = endpoint.getAddress().getHostAddress();
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + endpoint.getPort();
    }

    /// As Exchange words it.
    private static String status(String greeting) {
        return switch (greeting.isEmpty() ? ' ' : greeting.charAt(0)) {
            case '2' -> "Success";
            case '4' -> "Transient error";
            case '5' -> "Permanent error";
            default -> "External error";
        };
    }

    /// The mailbox that the server writes to when nobody says whom to.
    private static String systemMailbox(String server, String domain) {
        UUID id = UUID.nameUUIDFromBytes(("system mailbox of " + server).getBytes(StandardCharsets.UTF_8));
        return "SystemMailbox{" + id + "}@" + domain;
    }

    /// Hands in a message that tests the flow of mail.
    ///
    /// @param target whom to; absent: the system mailbox
    /// @return Server, Sender, Recipient, Subject, MessageId, InternalMessageId, Timestamp, and Remote: whether
    /// somebody said whom to
    /// @throws OperationRefused if it is no address, or the queues take nothing
    public SequencedMap<String, Object> sendMail(Optional<String> target) {
        refusal.get().ifPresent(ProbeOperations::refuse);
        Sender from = sender.get();
        String system = systemMailbox(from.name(), from.defaultDomain());
        EmailAddress reversePath = address(system);
        EmailAddress recipient = target.map(ProbeOperations::address).orElse(reversePath);
        UUID test = world.secrets().uuid();
        String subject = "Test-Mailflow " + test;
        String messageId = "<" + test + "@" + from.fqdn() + ">";
        Instant now = world.labTime().instant();
        byte[] header = String.join(
                        "\r\n",
                        "From: <" + reversePath + ">",
                        "To: <" + recipient + ">",
                        "Subject: " + subject,
                        "Message-ID: " + messageId,
                        "Date: " + MailDate.format(now, zone),
                        "MIME-Version: 1.0",
                        "Content-Type: text/plain; charset=\"us-ascii\"",
                        "",
                        "")
                .getBytes(StandardCharsets.UTF_8);
        Submission.Body body = submission.newBody();
        body.append(Unpooled.wrappedBuffer(header));
        body.append(Unpooled.wrappedBuffer(
                "This is a Test-Mailflow probe message.\r\n".getBytes(StandardCharsets.US_ASCII)));
        Incoming incoming = new Incoming(
                new Envelope(
                        ReversePath.of(reversePath),
                        BodyType.SEVEN_BIT,
                        !recipient.ascii(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(Recipient.of(recipient))),
                messageId,
                subject,
                Optional.empty(),
                header.length,
                Incoming.NORMAL_PRIORITY,
                new Incoming.Source("Test-Mailflow", "", "STOREDRIVER", "", "", "", ""));
        CompletableFuture<Acceptance> answer = new CompletableFuture<>();
        submission.accept(incoming, body, answer::complete);
        return switch (Answers.await(answer)) {
            case Acceptance.Queued(long internalId) -> {
                SequencedMap<String, Object> bag = new LinkedHashMap<>();
                bag.put("Server", from.name());
                bag.put("Sender", reversePath.toString());
                bag.put("Recipient", recipient.toString());
                bag.put("Subject", subject);
                bag.put("MessageId", messageId);
                bag.put("InternalMessageId", internalId);
                bag.put("Timestamp", now);
                bag.put("Remote", target.isPresent());
                yield bag;
            }
            case Acceptance.Refused(Reply reply) -> throw refused(reply);
        };
    }

    private static void refuse(Reply reply) {
        throw refused(reply);
    }

    private static OperationRefused refused(Reply reply) {
        return new OperationRefused(Reason.UNAVAILABLE, "the server takes no mail just now: " + reply);
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text)
                .orElseThrow(() -> new OperationRefused(
                        Reason.INVALID_PARAMETER, OperationRefused.quoted(text) + " isn't a valid SmtpAddress"));
    }
}
