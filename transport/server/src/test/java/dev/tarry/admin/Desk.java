package dev.tarry.admin;

import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.mail.Submitter;
import dev.tarry.queue.CopyPlace;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import dev.tarry.queue.RetrySchedule;
import dev.tarry.store.ContentRef;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Queues as a test lays them out.
final class Desk implements QueueDesk {
    static final Instant NOW = Instant.parse("2026-03-04T09:15:00Z");
    static final UUID CONNECTOR = UUID.fromString("4520e633-d83d-411a-bbe4-6a84648674ee");
    static final QueueSettings SERVER = new QueueSettings(
            ExchangeProfile.E2019,
            "MAIL",
            "mail.company.com",
            "company.com",
            Set.of("company.com"),
            ZoneId.of("UTC"),
            RetrySchedule.EXCHANGE,
            Duration.ofMinutes(5),
            Duration.ofHours(12),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(48),
            Duration.ofHours(4),
            Duration.ZERO,
            Duration.ofMinutes(3),
            40,
            20,
            false,
            QueueSettings.DsnSettings.of("postmaster@company.com"));
    static final ErrorRecord DNS_FAILED = new ErrorRecord(
            "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
            "external-company.com",
            "",
            NOW.toEpochMilli());

    final List<QueueView> views = new ArrayList<>();
    final List<MessageRow> rows = new ArrayList<>();
    final Map<Long, Queues.Records> records = new HashMap<>();
    final List<Integer> retried = new ArrayList<>();
    int reads;
    int slices;
    boolean broken;
    boolean closed;

    static NextHopKey dns(String domain) {
        return new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, domain, CONNECTOR);
    }

    static QueueView queue(int id, NextHopKey key) {
        return new QueueView(
                id,
                key,
                QueueStatus.READY,
                0,
                ErrorRecord.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(0, 0, 0, 0),
                List.of(0, 0, 0, 0),
                0,
                0,
                0);
    }

    static QueueView retrying(int id, NextHopKey key, int messages) {
        return new QueueView(
                id,
                key,
                QueueStatus.RETRY,
                messages,
                DNS_FAILED,
                3,
                Optional.of(NOW.minusSeconds(180)),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(60)),
                messages,
                List.of(0, 0, 0, 0),
                List.of(0, messages, 0, 0),
                0.5,
                0,
                0);
    }

    void message(long id, QueueView queue, String from, String to, String subject) {
        boolean waits = queue.status() == QueueStatus.RETRY;
        rows.add(new MessageRow(
                id,
                queue.id(),
                queue.key(),
                waits ? MessageRow.Status.RETRY : MessageRow.Status.READY,
                waits ? 4 : 0,
                queue.lastError(),
                NOW.toEpochMilli(),
                NOW.plus(Duration.ofHours(48)).toEpochMilli(),
                1,
                3_539));
        records.put(
                id,
                new Queues.Records(
                        new MessageRecord(
                                id,
                                new UUID(0, id),
                                "<" + id + "@company.com>",
                                subject,
                                ReversePath.of(from),
                                Optional.empty(),
                                BodyType.SEVEN_BIT,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                NOW.toEpochMilli(),
                                NOW.plus(Duration.ofHours(48)).toEpochMilli(),
                                "SMTP:Default Frontend MAIL",
                                "192.168.1.50",
                                "client",
                                1,
                                100,
                                new ContentRef(id, 1, 3_539),
                                0,
                                Submitter.ANONYMOUS),
                        new CopyRecord(
                                id,
                                queue.id(),
                                NOW.toEpochMilli() + 1_230,
                                false,
                                false,
                                0,
                                0,
                                List.of(RecipientRecord.of(Recipient.of(to))))));
    }

    /// Every recipient of the message has this error of its own.
    void failed(long id, ErrorRecord error) {
        records.computeIfPresent(id, (_, there) -> {
            CopyRecord copy = there.copy();
            return new Queues.Records(
                    there.message(),
                    new CopyRecord(
                            id,
                            copy.queueId(),
                            copy.enteredMillis(),
                            false,
                            false,
                            0,
                            0,
                            copy.recipients().stream()
                                    .map(r -> new RecipientRecord(r.recipient(), error))
                                    .toList()));
        });
    }

    @Override
    public CompletableFuture<List<QueueView>> views() {
        return closed
                ? CompletableFuture.failedFuture(new IllegalStateException("the queues are not open"))
                : CompletableFuture.completedFuture(List.copyOf(views));
    }

    /// Slices of one or two, whatever is wanted.
    @Override
    public CompletableFuture<Queues.RowSlice> rows(Queues.RowsWanted wanted) {
        slices++;
        Comparator<MessageRow> order =
                Comparator.comparingLong(MessageRow::messageId).thenComparingInt(MessageRow::queueId);
        Comparator<CopyPlace> places =
                Comparator.comparingLong(CopyPlace::messageId).thenComparingInt(CopyPlace::queueId);
        List<MessageRow> behind = rows.stream()
                .sorted(wanted.forward() ? order : order.reversed())
                .filter(row -> wanted.forward() == places.compare(row.place(), wanted.behind()) > 0
                        && !row.place().equals(wanted.behind()))
                .toList();
        List<MessageRow> slice = behind.subList(0, Math.min(Math.min(2, wanted.most()), behind.size()));
        return CompletableFuture.completedFuture(new Queues.RowSlice(
                slice.stream()
                        .filter(row ->
                                wanted.queueIds().isEmpty() || wanted.queueIds().contains(row.queueId()))
                        .toList(),
                slice.size() == behind.size()
                        ? Optional.empty()
                        : Optional.of(slice.getLast().place())));
    }

    @Override
    public CompletableFuture<List<MessageRow>> copies(long messageId) {
        return CompletableFuture.completedFuture(
                rows.stream().filter(row -> row.messageId() == messageId).toList());
    }

    @Override
    public Optional<Queues.Records> records(MessageRow row) throws StoreException {
        if (broken) {
            throw new StoreException("the disk is gone");
        }
        reads++;
        return Optional.ofNullable(records.get(row.messageId()));
    }

    @Override
    public List<Optional<Queues.Records>> records(List<MessageRow> rows) throws StoreException {
        List<Optional<Queues.Records>> all = new ArrayList<>();
        for (MessageRow row : rows) {
            all.add(records(row));
        }
        return all;
    }

    @Override
    public CompletableFuture<Boolean> retryNow(int queueId) {
        retried.add(queueId);
        return CompletableFuture.completedFuture(views.stream().anyMatch(v -> v.id() == queueId));
    }
}
