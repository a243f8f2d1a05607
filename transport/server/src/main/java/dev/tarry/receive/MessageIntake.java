package dev.tarry.receive;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Reply;
import dev.tarry.mail.Submitter;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.Submission;
import dev.tarry.smtp.HeaderFirewall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One message between its 354, or its first BDAT, and its end of data. Keeps the header back until it is
/// complete, reads it, puts what a server adds in front of it (Received, and Message-ID and Date where
/// they are missing; the fields that tell our organization's servers who sent it), and passes everything on to the body
/// as it comes. Below the added lines the message is the client's, octet for octet, but for such fields that are not
/// its to write ([HeaderFirewall]).
///
/// Once it is refused, what still comes is dropped. On the channel's loop.
final class MessageIntake {
    private final Reception reception;
    private final Envelope envelope;
    private final Incoming.Source source;
    private final Rights rights;
    /// of the message as the client sends it
    private final long maxBytes;
    private final String receivedFrom;
    private final String receivedWith;
    private final Instant started;
    private final IncomingMemory memory;

    private final HeaderScan header;
    /// The header so far; null before the first octet and after it is complete.
    private ByteBuf head;
    /// What it has taken of the memory.
    private int headTaken;
    /// Null until the header is complete, and once it is refused or handed over.
    private Submission.Body body;
    private Optional<Reply> refusal = Optional.empty();
    private boolean headerComplete;
    private long clientBytes;
    private int headerBytes;
    private long bodyBytes;
    private String messageId = "";

    /// @param rights       of the client
    /// @param receivedFrom `helo (ip) by fqdn (ip)`, as it stands in Received
    /// @param receivedWith `Microsoft SMTP Server id …`, likewise
    MessageIntake(
            Reception reception,
            Rights rights,
            Envelope envelope,
            Incoming.Source source,
            String receivedFrom,
            String receivedWith) {
        this.reception = reception;
        this.rights = rights;
        this.maxBytes = rights.anySize()
                ? Long.MAX_VALUE
                : reception.connector().limits().maxMessageBytes();
        this.header = new HeaderScan(reception.connector().home().names());
        this.envelope = envelope;
        this.source = source;
        this.receivedFrom = receivedFrom;
        this.receivedWith = receivedWith;
        this.started = reception.wireTime().instant();
        this.memory = reception.submission().memory();
    }

    /// Takes octets over.
    void add(ByteBuf octets) {
        if (refusal.isPresent()) {
            octets.release();
            return;
        }
        clientBytes += octets.readableBytes();
        if (clientBytes > maxBytes) {
            octets.release();
            refuse(Replies.MESSAGE_TOO_LARGE);
        } else if (clientBytes > IncomingMemory.SMALL_BYTES && memory.spent()) {
            octets.release();
            refuse(Replies.NO_MEMORY);
        } else if (headerComplete) {
            body.append(octets);
        } else {
            head = head == null ? octets : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(octets.alloc(), head, octets);
            if (header.advance(head)) {
                headerComplete();
            } else if (head.readableBytes() > reception.connector().limits().maxHeaderBytes()) {
                refuse(Replies.HEADER_TOO_LARGE);
            } else {
                keepHead();
            }
        }
    }

    /// So many octets are about to come: more than fit are refused before they do.
    ///
    /// @param bytes 0 to [Long#MAX_VALUE]
    void announce(long bytes) {
        if (refusal.isEmpty() && bytes > maxBytes - clientBytes) {
            refuse(Replies.MESSAGE_TOO_LARGE);
        }
    }

    /// Why it has been refused, if it has; what still comes is dropped.
    Optional<Reply> refusal() {
        return refusal;
    }

    /// Whether the disk is behind.
    boolean full() {
        return body != null && body.full();
    }

    /// Rings on any thread when it has caught up.
    void whenDrained(Runnable bell) {
        body.whenDrained(bell);
    }

    /// The end of data has come.
    ///
    /// @param bareLineEnds whether it broke the rule about them
    /// @return why it is refused; empty if [#incoming] and [#handOver] are next
    Optional<Reply> end(boolean bareLineEnds) {
        if (refusal.isEmpty() && bareLineEnds) {
            refuse(Replies.BARE_LINE_ENDS);
        }
        if (refusal.isEmpty() && !headerComplete) {
            head = head == null ? Unpooled.EMPTY_BUFFER : head;
            header.end(head);
            headerComplete();
        }
        return refusal;
    }

    Incoming incoming() {
        return new Incoming(
                envelope,
                messageId,
                header.subject(),
                Optional.empty(),
                headerBytes,
                header.priority(),
                source,
                Duration.between(started, reception.wireTime().instant()),
                rights.internal() ? Submitter.MEMBER : Submitter.ANONYMOUS);
    }

    /// Gives the body away; it is no longer this intake's to discard.
    Submission.Body handOver() {
        Submission.Body whole = body;
        bodyBytes = whole.bytes();
        body = null;
        return whole;
    }

    /// As stored, after [#handOver].
    long bytes() {
        return bodyBytes;
    }

    int recipients() {
        return envelope.recipients().size();
    }

    String messageId() {
        return messageId;
    }

    /// When the 354 left, or the first BDAT came, on wire time.
    Instant started() {
        return started;
    }

    /// Gives up whatever has come.
    void discard() {
        if (head != null) {
            head.release();
            forgetHead();
        }
        if (body != null) {
            body.discard();
            body = null;
        }
    }

    /// What waits for the rest of the header is in a buffer of its own: the one that was read into may be far larger.
    private void keepHead() {
        if (headTaken == 0) {
            ByteBuf own = head.alloc()
                    .buffer(head.readableBytes())
                    .writeBytes(head, head.readerIndex(), head.readableBytes());
            head.release();
            head = own;
        }
        memory.take(head.capacity() - headTaken);
        headTaken = head.capacity();
    }

    private void forgetHead() {
        memory.give(headTaken);
        headTaken = 0;
        head = null;
    }

    /// Refuses it; only what it was refused for first counts.
    void refuse(Reply reply) {
        if (refusal.isPresent()) {
            return;
        }
        refusal = Optional.of(reply);
        discard();
    }

    private void headerComplete() {
        ReceiveConnector.Limits limits = reception.connector().limits();
        if (header.headerBytes() > limits.maxHeaderBytes()) {
            refuse(Replies.HEADER_TOO_LARGE);
            return;
        }
        int localHops = reception.connector().rules().maxLocalHopCount();
        if (header.received() > limits.maxHopCount() || localHops > 0 && header.receivedHere() > localHops) {
            refuse(Replies.TOO_MANY_HOPS);
            return;
        }
        headerComplete = true;
        ByteBuf added = Unpooled.copiedBuffer(addedLines(), StandardCharsets.US_ASCII);
        ByteBuf first = head;
        forgetHead();
        HeaderFirewall firewall = new HeaderFirewall(rights.organization() ? 0 : header.headerBytes());
        first = firewall.pass(first);
        headerBytes = Math.toIntExact(added.readableBytes() + header.headerBytes() - firewall.dropped());
        body = reception.submission().newBody();
        body.append(added);
        if (first.isReadable()) {
            body.append(first);
        } else {
            first.release();
        }
    }

    private String addedLines() {
        ReceiveConnector connector = reception.connector();
        String date = MailDate.format(reception.labTime().instant(), connector.zone());
        StringBuilder lines = new StringBuilder(320);
        lines.append("Received: from ").append(receivedFrom);
        lines.append(" with ").append(receivedWith);
        lines.append("\r\n via Frontend Transport; ").append(date).append("\r\n");
        if (header.messageId().isPresent()) {
            messageId = header.messageId().get();
        } else {
            messageId = "<" + reception.secrets().uuid() + "@" + connector.fqdn() + ">";
            lines.append("Message-ID: ").append(messageId).append("\r\n");
        }
        if (!header.hasDate()) {
            lines.append("Date: ").append(date).append("\r\n");
        }
        if (!rights.organization() || !header.hasAuthAs()) {
            // reference §6.7; what SCL such mail has it does not say
            lines.append("X-MS-Exchange-Organization-AuthSource: ")
                    .append(connector.home().server())
                    .append("\r\nX-MS-Exchange-Organization-AuthAs: ")
                    .append(rights.internal() ? "Internal" : "Anonymous")
                    .append("\r\n");
        }
        if (!header.hasEmptyLine() && header.headerBytes() == 0) {
            lines.append("\r\n"); // no header at all: what came is all body
        }
        return lines.toString();
    }
}
