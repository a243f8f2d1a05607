package dev.tarry.queue;

import dev.tarry.dsn.Dsn;
import dev.tarry.dsn.DsnKind;
import dev.tarry.dsn.DsnRequest;
import dev.tarry.dsn.DsnWriter;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Recipient;
import dev.tarry.store.ContentRef;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreException;
import dev.tarry.tracking.TrackingEvent;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes reports: reads what they quote of the original off the loop, and writes their octets, unsynced, to
/// where a message's octets go. Whoever asked then hands the report in, in the commit that settles what it is
/// about.
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private static final Incoming.Source FROM_US = new Incoming.Source("DSN", "", "DSN", "", "", "", "");

    /// A report that is ready to be handed in.
    record Report(Incoming incoming, Submission.Body body) {}

    private final Room room;
    private final Intake intake;

    Reports(Room room, Intake intake) {
        this.room = room;
        this.intake = intake;
    }

    /// @param to gets the report on the queue loop; nothing if it cannot be made, which is logged
    void make(Leased about, List<Verdict.Failed> failed, Endpoint endpoint, Consumer<Optional<Report>> to) {
        QueueSettings settings = room.settings();
        Instant now = Instant.ofEpochMilli(room.now());
        DsnRequest.Ids ids = new DsnRequest.Ids(
                room.world().secrets().uuid(),
                room.world().secrets().uuid(),
                room.world().secrets().uuid());
        room.reads().read(() -> make(about, failed, endpoint, settings, now, ids), to);
    }

    private Optional<Report> make(
            Leased leased,
            List<Verdict.Failed> failed,
            Endpoint endpoint,
            QueueSettings settings,
            Instant now,
            DsnRequest.Ids ids) {
        MessageRecord about = leased.message();
        Set<Recipient> refused = refused(leased);
        Submission.Body body = intake.newBody();
        try {
            Dsn dsn = DsnWriter.write(new DsnRequest(
                    DsnKind.FAILURE,
                    server(settings),
                    original(about, settings),
                    failed.stream()
                            .map(f -> recipient(f, endpoint, refused.contains(f.recipient()), now))
                            .toList(),
                    now,
                    ids));
            for (Dsn.Part part : dsn.parts()) {
                switch (part) {
                    case Dsn.Part.Octets(byte[] octets) -> body.append(Unpooled.wrappedBuffer(octets));
                    case Dsn.Part.WholeOriginal _ -> copy(about.content(), body);
                }
            }
            return Optional.of(new Report(incoming(dsn, about), body));
        } catch (StoreException | RuntimeException e) {
            body.discard();
            LOG.error("no report could be made about message {}", about.id(), e);
            return Optional.empty();
        }
    }

    private static DsnRequest.ReportingServer server(QueueSettings settings) {
        return new DsnRequest.ReportingServer(
                settings.fqdn(),
                settings.profile(),
                settings.defaultDomain(),
                EmailAddress.parse(settings.dsn().postmaster()),
                settings.dsn().sendHtml(),
                settings.dsn().maxMessageAttachBytes());
    }

    private DsnRequest.OriginalMessage original(MessageRecord about, QueueSettings settings) throws StoreException {
        EmailAddress sender = about.sender().address().orElseThrow();
        return new DsnRequest.OriginalMessage(
                sender,
                settings.internalDomains().contains(sender.domain()),
                about.subject(),
                about.internetMessageId(),
                Instant.ofEpochMilli(about.receivedMillis()),
                about.heloName(),
                about.ret(),
                about.envelopeId(),
                about.body(),
                about.smtpUtf8(),
                header(about),
                about.content().bytes());
    }

    private byte[] header(MessageRecord about) throws StoreException {
        byte[] header = new byte[about.headerBytes()];
        int filled = 0;
        for (int n = 0; filled < header.length && n < about.content().chunks(); n++) {
            ByteBuffer chunk = room.store().chunk(about.content(), n);
            int take = Math.min(chunk.remaining(), header.length - filled);
            chunk.get(header, filled, take);
            filled += take;
        }
        return header;
    }

    /// Those whom a host has answered for already: an error of their own, not of their queue, names it.
    private static Set<Recipient> refused(Leased leased) {
        Set<Recipient> refused = new HashSet<>();
        for (RecipientRecord r : leased.copy().recipients()) {
            if (!r.lastError().ip().isEmpty()) {
                refused.add(r.recipient());
            }
        }
        return refused;
    }

    private static DsnRequest.RecipientReport recipient(
            Verdict.Failed failed, Endpoint endpoint, boolean refused, Instant now) {
        ErrorRecord cause = failed.cause();
        // reference §7.3: what we decide ourselves without an attempt carries no time and names no host
        Optional<Instant> at = Optional.empty();
        Optional<DsnRequest.RemoteHost> remote = Optional.empty();
        if (failed.source() == TrackingEvent.Source.SMTP) {
            at = Optional.of(now);
            remote = remote(endpoint.host(), endpoint.ip(), true);
        } else if (failed.source() == TrackingEvent.Source.QUEUE) {
            at = Optional.of(now);
            remote = cause.ip().isEmpty() ? remote : remote(cause.host(), cause.ip(), refused);
        }
        List<DsnRequest.Diagnostic> earlier = cause.isNone()
                ? List.of()
                : List.of(new DsnRequest.Diagnostic(
                        Instant.ofEpochMilli(cause.atMillis()),
                        cause.details(),
                        remote(cause.host(), cause.ip(), false)));
        return new DsnRequest.RecipientReport(
                failed.recipient().address(),
                failed.recipient().originalRecipient(),
                failed.reply(),
                at,
                remote,
                earlier);
    }

    private static Optional<DsnRequest.RemoteHost> remote(String host, String ip, boolean answered) {
        return host.isEmpty() && ip.isEmpty()
                ? Optional.empty()
                : Optional.of(new DsnRequest.RemoteHost(
                        host.isEmpty() ? ip : host, ip.isEmpty() ? Optional.empty() : Optional.of(ip), answered));
    }

    private static Incoming incoming(Dsn dsn, MessageRecord about) {
        return new Incoming(
                dsn.envelope(),
                dsn.messageId(),
                dsn.subject(),
                Optional.of(new Incoming.About(
                        about.sender(), about.internetMessageId(), dsn.from().toString())),
                dsn.headerBytes(),
                Incoming.NORMAL_PRIORITY,
                FROM_US);
    }

    /// At most DsnMaxMessageAttachSize, chunk by chunk; nothing waits for the disk here.
    private void copy(ContentRef content, Submission.Body to) throws StoreException {
        for (int n = 0; n < content.chunks(); n++) {
            to.append(Unpooled.wrappedBuffer(room.store().chunk(content, n)));
        }
    }
}
