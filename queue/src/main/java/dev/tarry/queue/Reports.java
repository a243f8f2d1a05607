package dev.tarry.queue;

import dev.tarry.dsn.Dsn;
import dev.tarry.dsn.DsnKind;
import dev.tarry.dsn.DsnRequest;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnWriter;
import dev.tarry.dsn.ReturnedHeader;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Recipient;
import dev.tarry.store.ContentRef;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.StoreException;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes reports: reads what they quote of the original off the loop, and writes their octets, unsynced, to
/// where a message's octets go. Whoever asked then hands the reports in, in the commit that settles what they are
/// about. Queue loop only.
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private static final Incoming.Source FROM_US = new Incoming.Source("DSN", "", "DSN", "", "", "", "");

    /// A report that is ready to be handed in.
    record Report(DsnKind kind, Incoming incoming, Submission.Body body) {}

    private final Room room;
    private final Intake intake;
    private final QueueMeter meter;
    private final Poison poison;

    Reports(Room room, Intake intake, QueueMeter meter, Poison poison) {
        this.room = room;
        this.intake = intake;
        this.meter = meter;
        this.poison = poison;
    }

    /// What came of making some.
    ///
    /// @param reports absent if one of them could not be made
    /// @param over    the message whose report threw, where nothing of the disk's was to blame
    private record Made(Optional<List<Report>> reports, Optional<MessageRecord> over, Throwable why) {
        static Made none() {
            return new Made(Optional.empty(), Optional.empty(), null);
        }
    }

    /// @param to gets a report for each notice, on the queue loop; nothing if one of them cannot be made, which is
    /// logged; where that is neither the disk's fault nor its octets', the message is suspected of being poison
    void make(List<Notice> notices, Consumer<Optional<List<Report>>> to) {
        QueueSettings settings = room.settings();
        Instant now = Instant.ofEpochMilli(room.now());
        List<DsnRequest.Ids> ids = notices.stream().map(_ -> ids()).toList();
        room.reads().read(() -> make(notices, settings, now, ids), made -> {
            made.over().ifPresent(message -> poison.suspect(message, made.why()));
            to.accept(made.reports().filter(this::whole));
        });
    }

    /// A boundary that a sender can foresee lets him forge parts of a report.
    private DsnRequest.Ids ids() {
        return new DsnRequest.Ids(
                room.world().secrets().uuid(),
                room.world().secrets().uuid(),
                room.world().secrets().uuid());
    }

    /// Whether all their octets have got to the disk so far; if not, they are given up.
    private boolean whole(List<Report> reports) {
        if (reports.stream().allMatch(report -> intake.takes(report.body()))) {
            return true;
        }
        LOG.error("the disk has not taken a report whole");
        discard(reports);
        return false;
    }

    /// Hands them in, in the turn that is under way: they go into its commit.
    void submit(List<Report> reports) {
        for (Report report : reports) {
            intake.admit(report.incoming(), report.body(), _ -> {});
            room.journal().then(() -> meter.reported(report.kind()));
        }
    }

    static void discard(List<Report> reports) {
        reports.forEach(report -> report.body().discard());
    }

    private Made make(List<Notice> notices, QueueSettings settings, Instant now, List<DsnRequest.Ids> ids) {
        List<Report> made = new ArrayList<>(notices.size());
        for (int i = 0; i < notices.size(); i++) {
            Notice notice = notices.get(i);
            try {
                made.add(make(notice, settings, now, ids.get(i)));
            } catch (StoreException e) {
                LOG.error(
                        "no report can be made about message {} now",
                        notice.about().id(),
                        e);
                discard(made);
                return Made.none();
            } catch (RuntimeException e) {
                LOG.error(
                        "no report can be made about message {}", notice.about().id(), e);
                discard(made);
                return new Made(Optional.empty(), Optional.of(notice.about()), e);
            }
        }
        return new Made(Optional.of(made), Optional.empty(), null);
    }

    /// Octets that are damaged will never be read: its sender is better told without them than not at all.
    private Report make(Notice notice, QueueSettings settings, Instant now, DsnRequest.Ids ids) throws StoreException {
        try {
            return make(notice, settings, now, ids, true);
        } catch (StoreException e) {
            if (!e.damaged()) {
                throw e;
            }
            LOG.warn(
                    "the octets of message {} are damaged; it is reported without them",
                    notice.about().id(),
                    e);
            return make(notice, settings, now, ids, false);
        }
    }

    /// @param returning whether the original is returned whole, where it should be
    private Report make(Notice notice, QueueSettings settings, Instant now, DsnRequest.Ids ids, boolean returning)
            throws StoreException {
        MessageRecord about = notice.about();
        EmailAddress sender = about.sender().address().orElseThrow();
        boolean internal = settings.internal(sender);
        long most = returning ? settings.dsn().style(internal).maxMessageAttachBytes() : 0;
        Submission.Body body = intake.newBody();
        boolean done = false;
        try {
            Dsn dsn = DsnWriter.write(new DsnRequest(
                    notice.kind(),
                    server(settings, internal, most),
                    original(notice, sender, internal, most),
                    notice.recipients(),
                    now,
                    ids));
            for (Dsn.Part part : dsn.parts()) {
                switch (part) {
                    case Dsn.Part.Octets(byte[] octets) -> body.append(Unpooled.wrappedBuffer(octets));
                    case Dsn.Part.WholeOriginal _ -> {
                        byte[] header = header(notice);
                        body.append(Unpooled.wrappedBuffer(header));
                        copy(about.content(), header.length == 0 ? 0 : about.headerBytes(), body);
                    }
                }
            }
            Report report = new Report(notice.kind(), incoming(dsn, notice, settings), body);
            done = true;
            return report;
        } finally {
            if (!done) {
                body.discard();
            }
        }
    }

    private static DsnRequest.ReportingServer server(QueueSettings settings, boolean internal, long mostBytes) {
        QueueSettings.DsnStyle style = settings.dsn().style(internal);
        return new DsnRequest.ReportingServer(
                settings.fqdn(),
                settings.profile(),
                settings.defaultDomain(),
                EmailAddress.parse(settings.dsn().postmaster()),
                style.authority(),
                style.sendHtml(),
                mostBytes,
                settings.dsn().texts().stream()
                        .filter(text -> text.internal() == internal)
                        .map(QueueSettings.OwnText::text)
                        .toList());
    }

    private DsnRequest.OriginalMessage original(Notice notice, EmailAddress sender, boolean internal, long mostBytes)
            throws StoreException {
        MessageRecord about = notice.about();
        return new DsnRequest.OriginalMessage(
                sender,
                internal,
                about.subject(),
                about.internetMessageId(),
                Instant.ofEpochMilli(about.receivedMillis()),
                about.heloName(),
                about.ret(),
                about.envelopeId(),
                body(notice, mostBytes),
                about.smtpUtf8(),
                header(notice),
                about.content().bytes());
    }

    /// What BODY= should have said: clients send eight bits without saying so, and a report that returns them must not
    /// pass for seven-bit.
    private BodyType body(Notice notice, long mostBytes) throws StoreException {
        MessageRecord about = notice.about();
        boolean returned = notice.kind() instanceof DsnKind.Failure
                && mostBytes > 0
                && about.content().bytes() <= mostBytes;
        if (about.body() == BodyType.SEVEN_BIT && returned) {
            for (int n = 0; n < about.content().chunks(); n++) {
                ByteBuffer chunk = room.store().chunk(about.content(), n);
                while (chunk.hasRemaining()) {
                    if (chunk.get() < 0) {
                        return BodyType.EIGHT_BIT_MIME;
                    }
                }
            }
        }
        return about.body();
    }

    private byte[] header(Notice notice) throws StoreException {
        MessageRecord about = notice.about();
        try {
            byte[] header = new byte[about.headerBytes()];
            int filled = 0;
            for (int n = 0; filled < header.length && n < about.content().chunks(); n++) {
                ByteBuffer chunk = room.store().chunk(about.content(), n);
                int take = Math.min(chunk.remaining(), header.length - filled);
                chunk.get(header, filled, take);
                filled += take;
            }
            return ReturnedHeader.of(header);
        } catch (StoreException e) {
            // better told without its header than not at all: it is damaged, or the message is gone for good
            if (e.damaged() || notice.kind() instanceof DsnKind.Relayed) {
                LOG.warn("the header of message {} cannot be read", about.id(), e);
                return new byte[0];
            }
            throw e;
        }
    }

    private static Incoming incoming(Dsn dsn, Notice notice, QueueSettings settings) {
        Envelope envelope = dsn.envelope();
        Optional<EmailAddress> copyTo = copyTo(notice, settings).filter(to -> !to.equals(dsn.to()));
        if (copyTo.isPresent()) {
            List<Recipient> recipients = new ArrayList<>(envelope.recipients());
            recipients.add(Recipient.of(copyTo.get()));
            envelope = new Envelope(
                    envelope.sender(),
                    envelope.body(),
                    envelope.smtpUtf8(),
                    envelope.ret(),
                    envelope.envelopeId(),
                    recipients);
        }
        return new Incoming(
                envelope,
                dsn.messageId(),
                dsn.subject(),
                Optional.of(new Incoming.About(
                        notice.about().sender(),
                        notice.about().internetMessageId(),
                        dsn.from().toString(),
                        notice.kind(),
                        notice.recipients().getFirst().reply().toString())),
                dsn.headerBytes(),
                Incoming.NORMAL_PRIORITY,
                FROM_US);
    }

    /// GenerateCopyOfDSNFor: the postmaster sees failures of these codes too, if he has a mailbox here.
    private static Optional<EmailAddress> copyTo(Notice notice, QueueSettings settings) {
        boolean listed = notice.kind() instanceof DsnKind.Failure
                && notice.recipients().stream()
                        .map(RecipientReport::reply)
                        .anyMatch(reply -> settings.dsn().copyFor().contains(reply.status()));
        return listed ? EmailAddress.parse(settings.dsn().postmaster()).filter(settings::internal) : Optional.empty();
    }

    /// At most …DsnMaxMessageAttachSize, chunk by chunk; nothing waits for the disk here.
    ///
    /// @param from the first octet that is wanted
    private void copy(ContentRef content, int from, Submission.Body to) throws StoreException {
        int skip = from;
        for (int n = 0; n < content.chunks(); n++) {
            ByteBuffer chunk = room.store().chunk(content, n);
            int skipped = Math.min(skip, chunk.remaining());
            skip -= skipped;
            to.append(Unpooled.wrappedBuffer(chunk.position(chunk.position() + skipped)));
        }
    }
}
