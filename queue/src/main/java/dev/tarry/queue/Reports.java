package dev.tarry.queue;

import dev.tarry.dsn.Dsn;
import dev.tarry.dsn.DsnKind;
import dev.tarry.dsn.DsnRequest;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnWriter;
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

    Reports(Room room, Intake intake, QueueMeter meter) {
        this.room = room;
        this.intake = intake;
        this.meter = meter;
    }

    /// @param to gets a report for each notice, on the queue loop; nothing if one of them cannot be made, which is
    /// logged
    void make(List<Notice> notices, Consumer<Optional<List<Report>>> to) {
        QueueSettings settings = room.settings();
        Instant now = Instant.ofEpochMilli(room.now());
        List<DsnRequest.Ids> ids = notices.stream().map(_ -> ids()).toList();
        room.reads().read(() -> make(notices, settings, now, ids), made -> to.accept(made.filter(this::whole)));
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

    private Optional<List<Report>> make(
            List<Notice> notices, QueueSettings settings, Instant now, List<DsnRequest.Ids> ids) {
        List<Report> made = new ArrayList<>(notices.size());
        for (int i = 0; i < notices.size(); i++) {
            Optional<Report> report = make(notices.get(i), settings, now, ids.get(i));
            if (report.isEmpty()) {
                discard(made);
                return Optional.empty();
            }
            made.add(report.get());
        }
        return Optional.of(made);
    }

    private Optional<Report> make(Notice notice, QueueSettings settings, Instant now, DsnRequest.Ids ids) {
        MessageRecord about = notice.about();
        Submission.Body body = intake.newBody();
        try {
            EmailAddress sender = about.sender().address().orElseThrow();
            boolean internal = settings.internal(sender);
            Dsn dsn = DsnWriter.write(new DsnRequest(
                    notice.kind(),
                    server(settings, internal),
                    original(notice, sender, internal, settings.dsn().style(internal)),
                    notice.recipients(),
                    now,
                    ids));
            for (Dsn.Part part : dsn.parts()) {
                switch (part) {
                    case Dsn.Part.Octets(byte[] octets) -> body.append(Unpooled.wrappedBuffer(octets));
                    case Dsn.Part.WholeOriginal _ -> copy(about.content(), body);
                }
            }
            return Optional.of(new Report(notice.kind(), incoming(dsn, notice, settings), body));
        } catch (StoreException | RuntimeException e) {
            body.discard();
            LOG.error("no report could be made about message {}", about.id(), e);
            return Optional.empty();
        }
    }

    private static DsnRequest.ReportingServer server(QueueSettings settings, boolean internal) {
        QueueSettings.DsnStyle style = settings.dsn().style(internal);
        return new DsnRequest.ReportingServer(
                settings.fqdn(),
                settings.profile(),
                settings.defaultDomain(),
                EmailAddress.parse(settings.dsn().postmaster()),
                style.authority(),
                style.sendHtml(),
                style.maxMessageAttachBytes(),
                settings.dsn().texts().stream()
                        .filter(text -> text.internal() == internal)
                        .map(QueueSettings.OwnText::text)
                        .toList());
    }

    private DsnRequest.OriginalMessage original(
            Notice notice, EmailAddress sender, boolean internal, QueueSettings.DsnStyle style) throws StoreException {
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
                body(notice, style),
                about.smtpUtf8(),
                header(notice),
                about.content().bytes());
    }

    /// What BODY= should have said: clients send eight bits without saying so, and a report that returns them must not
    /// pass for seven-bit.
    private BodyType body(Notice notice, QueueSettings.DsnStyle style) throws StoreException {
        MessageRecord about = notice.about();
        boolean returned =
                notice.kind() instanceof DsnKind.Failure && about.content().bytes() <= style.maxMessageAttachBytes();
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
            return header;
        } catch (StoreException e) {
            return switch (notice.kind()) {
                case DsnKind.Relayed _ -> {
                    // the message is gone for good: better told without its header than not at all
                    LOG.warn("the header of message {} cannot be read", about.id(), e);
                    yield new byte[0];
                }
                case DsnKind.Failure _, DsnKind.Delay _, DsnKind.Delivered _ -> throw e;
            };
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
    private void copy(ContentRef content, Submission.Body to) throws StoreException {
        for (int n = 0; n < content.chunks(); n++) {
            to.append(Unpooled.wrappedBuffer(room.store().chunk(content, n)));
        }
    }
}
