package dev.tarry.pickup;

import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.Submitter;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.Submission;
import dev.tarry.queue.Submission.Acceptance;
import dev.tarry.receive.HeaderScan;
import dev.tarry.receive.MailDate;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one file into the queues: reads its header, puts in front what a server adds, and passes the rest on piece
/// by piece, no faster than the queues' disk takes it. On the loop of the directories, which it never holds up for
/// long.
final class FileIntake {
    private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);

    /// Octets read at a time.
    private static final int PIECE_BYTES = 64 * 1024;

    /// Octets of the header of a file in Replay: room for its most recipients.
    private static final int MAX_REPLAY_HEADER_BYTES = 8 * 1024 * 1024;

    /// As receive connectors have it (reference §6.2).
    private static final int MAX_HOPS = 60;

    /// What became of a file.
    sealed interface Outcome {
        /// Its message is durable.
        record Taken(long bytes) implements Outcome {}

        /// It can never be sent.
        ///
        /// @param known what was found out about it before
        record Bad(String reason, Known known) implements Outcome {}

        /// It is to be tried again: it changes while it is read, or could not be read.
        record Later(String why) implements Outcome {}

        /// A fault of ours, as it seems: it may be tried again, though not for ever.
        record Failed(String why) implements Outcome {}

        /// The queues take nothing just now.
        record Refused(Reply reply) implements Outcome {}
    }

    /// What could be read out of a bad file; empty where it could not.
    record Known(String messageId, String subject, String sender, List<String> recipients) {
        static final Known NOTHING = new Known("", "", "", List.of());
    }

    private final World world;
    private final Loop loop;
    private final Terms terms;
    private final Submission submission;
    private final Drop drop;
    private final Path file;
    private final String name;
    private final Consumer<Outcome> ended;
    private final LineEnds lineEnds = new LineEnds();
    private FileChannel channel;
    private BasicFileAttributes found;
    private Prepared prepared;
    private HeaderScan scan;
    private String messageId = "";
    private int headerBytes;
    private Submission.Body body;
    private boolean over;

    /// @param file  under the name that nobody else writes to
    /// @param name  the one that it had
    /// @param ended told once, on the loop
    FileIntake(
            World world,
            Loop loop,
            Terms terms,
            Submission submission,
            Drop drop,
            Path file,
            String name,
            Consumer<Outcome> ended) {
        this.world = world;
        this.loop = loop;
        this.terms = terms;
        this.submission = submission;
        this.drop = drop;
        this.file = file;
        this.name = name;
        this.ended = ended;
    }

    void begin() {
        guarded(() -> {
            found = attributes();
            if (!found.isRegularFile()) {
                throw new BadFile("it is not a regular file");
            }
            if (found.size() > terms.maxMessageBytes()) {
                throw new BadFile("it has " + found.size() + " bytes, and a message may have " + terms.maxMessageBytes()
                        + " (the largest MaxMessageSize of the receive connectors)");
            }
            channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            header();
            passOn();
        });
    }

    /// Gives up what is under way, unless it is in the queues' hands already.
    void abandon() {
        if (!over && body != null) {
            end(new Outcome.Later("the server ends"));
        }
    }

    private interface Step {
        void run() throws IOException, BadFile;
    }

    private void guarded(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (BadFile bad) {
            end(new Outcome.Bad(bad.getMessage(), known()));
        } catch (IOException e) {
            end(new Outcome.Later("it cannot be read: " + e));
        } catch (RuntimeException | Error unexpected) { // also when there is no memory for it: the others go on
            LOG.error("a file in {} cannot be read", drop.word(), unexpected);
            end(new Outcome.Failed("unexpected: " + unexpected));
        }
    }

    private void end(Outcome outcome) {
        over = true;
        close();
        try {
            if (body != null) {
                body.discard();
                body = null;
            }
        } finally {
            ended.accept(outcome);
        }
    }

    private void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException _) {
                // it was only read
            }
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private Known known() {
        return new Known(
                messageId,
                scan == null ? "" : scan.subject(),
                prepared == null ? "" : prepared.sender().toString(),
                prepared == null
                        ? List.of()
                        : prepared.recipients().stream()
                                .map(Recipient::address)
                                .map(Object::toString)
                                .toList());
    }

    // ---- the header

    private void header() throws IOException, BadFile {
        int most = drop == Drop.PICKUP ? terms.maxHeaderBytes() : MAX_REPLAY_HEADER_BYTES;
        byte[] head = new byte[Math.min(most + 1, PIECE_BYTES)];
        int length = 0;
        int end = -1;
        while (end < 0) {
            if (length == head.length) {
                if (length > most) {
                    throw new BadFile("the header has more than " + most + " bytes");
                }
                head = Arrays.copyOf(head, Math.min(most + 1, 2 * length));
            }
            int read = channel.read(ByteBuffer.wrap(head, length, head.length - length));
            if (read < 0) {
                throw new BadFile("no empty line ends the header");
            }
            length += read;
            end = FileHeader.end(head, length);
        }
        FileHeader header = FileHeader.parse(head, end);
        scan = scanned(header.lines());
        messageId = scan.messageId().orElse("");
        prepared = switch (drop) {
            case PICKUP -> PickupForm.read(header, terms.maxRecipients());
            case REPLAY -> ReplayForm.read(header, terms.defaultDomain());
        };
        put(prepared);
        body.append(lineEnds.convert(head, end, length));
    }

    private static HeaderScan scanned(String lines) {
        return HeaderScan.of(Unpooled.copiedBuffer(lines + "\r\n", StandardCharsets.ISO_8859_1));
    }

    private void put(Prepared prepared) throws BadFile {
        scan = scanned(prepared.kept());
        if (scan.received() > MAX_HOPS) {
            throw new BadFile("it has been through more than " + MAX_HOPS + " servers (Received)");
        }
        String date = MailDate.format(world.labTime().instant(), terms.zone());
        StringBuilder lines = new StringBuilder(prepared.kept().length() + 256)
                .append("Received: from localhost by ")
                .append(drop.word())
                .append(" with Microsoft SMTP Server id ")
                .append(ReceiveConnector.SERVER_VERSION)
                .append("; ")
                .append(date)
                .append("\r\n");
        messageId = scan.messageId().orElseGet(() -> "<" + world.secrets().uuid() + "@" + terms.defaultDomain() + ">");
        if (scan.messageId().isEmpty()) {
            lines.append("Message-ID: ").append(messageId).append("\r\n");
        }
        if (!scan.hasDate()) {
            lines.append("Date: ").append(date).append("\r\n");
        }
        byte[] octets = lines.append(prepared.kept()).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        headerBytes = octets.length;
        body = submission.newBody();
        body.append(lineEnds.convert(octets, 0, octets.length));
    }

    // ---- the rest

    private void passOn() throws IOException, BadFile {
        byte[] piece = new byte[PIECE_BYTES];
        while (!body.full()) {
            int read = channel.read(ByteBuffer.wrap(piece));
            if (read < 0) {
                handOver();
                return;
            }
            body.append(lineEnds.convert(piece, 0, read));
            if (body.bytes() > 2 * terms.maxMessageBytes()) {
                throw new BadFile("it grows while it is read");
            }
        }
        body.whenDrained(() -> loop.execute(() -> guarded(this::passOn)));
    }

    private void handOver() throws IOException {
        BasicFileAttributes now = attributes();
        if (now.size() != found.size() || !now.lastModifiedTime().equals(found.lastModifiedTime())) {
            end(new Outcome.Later("it is still being written"));
            return;
        }
        close();
        long bytes = body.bytes();
        Incoming incoming = new Incoming(
                prepared.envelope(lineEnds.eightBit()),
                messageId,
                scan.subject(),
                Optional.empty(),
                headerBytes,
                scan.priority(),
                new Incoming.Source(prepared.source(), "", "PICKUP", name, prepared.clientIp(), prepared.helo(), ""),
                Duration.ZERO,
                Submitter.ANONYMOUS);
        submission.accept(
                incoming,
                body,
                acceptance -> loop.execute(() -> end(
                        switch (acceptance) {
                            case Acceptance.Queued _ -> new Outcome.Taken(bytes);
                            case Acceptance.Refused(Reply reply) -> new Outcome.Refused(reply);
                        })));
        body = null; // theirs, now that they have it
    }
}
