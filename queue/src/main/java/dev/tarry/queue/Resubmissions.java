package dev.tarry.queue;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.CommitResult;
import dev.tarry.store.ContentRef;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.NetItem;
import dev.tarry.store.NetItem.Place;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.ResubmitRecord;
import dev.tarry.store.ResubmitRecord.Wanted;
import dev.tarry.store.StoreException;
import dev.tarry.store.Write;
import dev.tarry.time.Alarm;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what Safety Net has kept once more, as requests say (reference §2.4). A request is durable: how far it has
/// come goes into the commit that takes its message in, so a restart neither repeats nor leaves out one. One
/// message after the other, each as new mail from the same sender, about which nobody is sent a report.
///
/// The methods are for any thread; the rest lives on the queue loop. Futures fail with an [IllegalStateException] while
/// the store is closed.
public final class Resubmissions {
    private static final Logger LOG = LoggerFactory.getLogger(Resubmissions.class);

    /// Requests that are kept at once.
    public static final int MAX_REQUESTS = 1_000;

    /// Between two looks whether mail is taken again.
    static final Duration PAUSE = Duration.ofSeconds(5);

    /// Deliveries that are looked at in one read.
    private static final int SLICE = 256;

    /// After a disk could not give what a request wants, the request rests so long in lab time.
    static final Duration REST = Duration.ofMinutes(1);

    /// What a look found: the first delivery that is wanted, and how far the look came.
    ///
    /// @param body null if it could not be read
    private record Look(Optional<NetItem> item, Submission.Body body, Place next, boolean end) implements Found {}

    /// @param damaged whether looking again will not help
    private record Unreadable(boolean damaged) implements Found {}

    private sealed interface Found {}

    private final Room room;
    private final Intake intake;
    private final Tracks tracks;
    private volatile Supplier<Optional<Reply>> refusal = Optional::empty;
    private Alarm nextLook = () -> {};
    /// requests whose disk could not be read just now; another set each time the store is opened
    private Set<Integer> resting = new HashSet<>();

    private boolean looking;
    private boolean closing;

    Resubmissions(Room room, Intake intake, Tracks tracks) {
        this.room = room;
        this.intake = intake;
        this.tracks = tracks;
    }

    /// @param refusal what new mail is refused with just now; nothing is resubmitted then (reference §9.2)
    void refusal(Supplier<Optional<Reply>> refusal) {
        this.refusal = refusal;
    }

    // ---- orders

    /// Add-ResubmitRequest.
    ///
    /// @param wanted with a start before its end, neither of which lies ahead, and at least one other limit:
    ///     whoever asks has seen to that
    /// @return the request, durable; fails with an [IllegalStateException] if there are [#MAX_REQUESTS] already
    public CompletableFuture<ResubmitRecord> add(Wanted wanted) {
        return ask(answer -> {
            if (room.shelves().requests().size() >= MAX_REQUESTS) {
                answer.completeExceptionally(new IllegalStateException(
                        "there are " + MAX_REQUESTS + " resubmit requests already: remove some that are finished"));
                return;
            }
            int id = room.shelves().requests().isEmpty()
                    ? 1
                    : room.shelves().requests().lastKey() + 1;
            ResubmitRecord request = new ResubmitRecord(
                    id, room.now(), true, false, wanted, new Place(Math.max(0, wanted.startMillis()), 0, 0), 0, 0);
            put(request, answer, request);
        });
    }

    /// Get-ResubmitRequest: all, by id.
    public CompletableFuture<List<ResubmitRecord>> all() {
        return ask(
                answer -> answer.complete(List.copyOf(room.shelves().requests().values())));
    }

    /// Set-ResubmitRequest.
    ///
    /// @return the request as it is now; empty if there is none of this id
    public CompletableFuture<Optional<ResubmitRecord>> enable(int id, boolean enabled) {
        return ask(answer -> {
            ResubmitRecord request = room.shelves().requests().get(id);
            if (request == null) {
                answer.complete(Optional.empty());
            } else {
                put(request.enabled(enabled), answer, Optional.of(request.enabled(enabled)));
            }
        });
    }

    /// Remove-ResubmitRequest: what was sent stays sent.
    ///
    /// @return whether there was one of this id
    public CompletableFuture<Boolean> remove(int id) {
        return ask(answer -> {
            if (room.shelves().requests().remove(id) == null) {
                answer.complete(false);
                return;
            }
            room.journal().write(new Write.DropResubmit(id));
            room.journal().then(told(answer, true));
        });
    }

    private <T> void put(ResubmitRecord request, CompletableFuture<T> answer, T value) {
        put(request, true);
        room.journal().then(told(answer, value));
        room.journal().then(this::look);
    }

    private void put(ResubmitRecord request, boolean synced) {
        room.shelves().requests().put(request.id(), request);
        if (synced) {
            room.journal().write(new Write.PutResubmit(request));
        } else {
            room.journal().note(new Write.PutResubmit(request));
        }
    }

    private <T> Journal.Effect told(CompletableFuture<T> answer, T value) {
        return new Journal.Effect() {
            @Override
            public void committed() {
                answer.complete(value);
            }

            @Override
            public void failed(CommitResult result) {
                answer.completeExceptionally(room.closed());
            }
        };
    }

    private <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> order) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        room.world().loops().queue().execute(() -> {
            if (room.open()) {
                order.accept(answer);
            } else {
                answer.completeExceptionally(room.closed());
            }
        });
        return answer;
    }

    // ---- the work

    /// After the store was opened: goes on where it was.
    void resume() {
        closing = false;
        looking = false;
        resting = new HashSet<>();
        look();
    }

    /// Begins no more; what is begun ends.
    void close() {
        closing = true;
        nextLook.cancel();
    }

    private void look() {
        if (closing || looking || !room.open()) {
            return;
        }
        nextLook.cancel();
        if (refusal.get().isPresent()) {
            waitThatMailIsTaken();
            return;
        }
        Shelves shelves = room.shelves();
        Optional<ResubmitRecord> next = shelves.requests().values().stream()
                .filter(request -> request.enabled() && !request.finished() && !resting.contains(request.id()))
                .findFirst();
        if (next.isPresent()) {
            looking = true;
            ResubmitRecord request = next.get();
            room.reads().read(() -> look(request, shelves.shard()), found -> {
                if (room.shelves() == shelves) {
                    looking = false;
                    goOn(request.id(), found);
                } else {
                    discard(found);
                }
            });
        }
    }

    /// On wire time, as space on a disk and administrators come and go.
    private void waitThatMailIsTaken() {
        if (room.shelves().requests().values().stream().anyMatch(request -> request.enabled() && !request.finished())) {
            nextLook =
                    room.world().wireTimers().after(PAUSE, room.world().loops().queue(), this::look);
        }
    }

    private Found look(ResubmitRecord request, int shard) {
        try {
            List<NetItem> kept =
                    room.store().kept(shard, request.next(), request.wanted().endMillis(), SLICE);
            for (NetItem item : kept) {
                if (isWanted(item, request.wanted())) {
                    return new Look(Optional.of(item), body(item), item.place().next(), false);
                }
            }
            return kept.size() < SLICE
                    ? new Look(Optional.empty(), null, request.next(), true)
                    : new Look(Optional.empty(), null, kept.getLast().place().next(), false);
        } catch (StoreException e) {
            LOG.error("what Safety Net keeps cannot be read for resubmit request {}", request.id(), e);
            return new Unreadable(e.damaged());
        } catch (RuntimeException e) {
            LOG.error("what Safety Net keeps makes no sense to resubmit request {}", request.id(), e);
            return new Unreadable(true);
        }
    }

    /// @return null if it can never be read
    private Submission.Body body(NetItem item) throws StoreException {
        Submission.Body body = intake.newBody();
        try {
            ContentRef content = item.message().content();
            for (int n = 0; n < content.chunks(); n++) {
                body.append(Unpooled.wrappedBuffer(room.store().chunk(content, n)));
            }
            return body;
        } catch (StoreException | RuntimeException e) {
            LOG.error("message {} in Safety Net cannot be read", item.place().messageId(), e);
            body.discard();
            if (e instanceof StoreException store && !store.damaged()) {
                throw store;
            }
            return null;
        }
    }

    static boolean isWanted(NetItem item, Wanted wanted) {
        return wanted.destination().map(item.destination()::equals).orElse(true)
                && wanted.sender()
                        .map(item.message().sender().toString()::equalsIgnoreCase)
                        .orElse(true)
                && wanted.messageId()
                        .map(item.message().internetMessageId()::equals)
                        .orElse(true)
                && !recipients(item, wanted).isEmpty();
    }

    private static List<RecipientRecord> recipients(NetItem item, Wanted wanted) {
        return item.recipients().stream()
                .filter(r -> wanted.recipient()
                        .map(r.recipient().address().toString()::equalsIgnoreCase)
                        .orElse(true))
                .toList();
    }

    private static void discard(Found found) {
        if (found instanceof Look look && look.body() != null) {
            look.body().discard();
        }
    }

    private void goOn(int id, Found found) {
        switch (found) {
            case Look look -> goOn(id, look);
            case Unreadable(boolean damaged) -> giveUp(id, damaged);
        }
    }

    /// The others go on.
    private void giveUp(int id, boolean damaged) {
        ResubmitRecord request = room.shelves().requests().get(id);
        if (damaged && request != null) {
            put(request.enabled(false), true); // whoever enables it again has seen to the disk
        } else if (request != null) {
            rest(id);
        }
        look();
    }

    private void rest(int id) {
        Set<Integer> these = resting;
        these.add(id);
        room.world().labTimers().after(REST, room.world().loops().queue(), () -> {
            these.remove(id);
            if (resting == these) { // else everything was looked at anew
                look();
            }
        });
    }

    private void goOn(int id, Look look) {
        ResubmitRecord request = room.shelves().requests().get(id);
        if (closing || request == null || !request.enabled()) {
            discard(look);
            look();
            return;
        }
        if (look.item().isEmpty()) {
            put(request.advanced(look.next(), 0, 0, look.end()), look.end());
        } else if (look.body() == null || !intake.takes(look.body())) {
            discard(look);
            fail(request, look.item().get());
            put(request.advanced(look.next(), 0, 1, false), true);
        } else {
            NetItem item = look.item().get();
            intake.admit(incoming(item, request), look.body(), answer -> answered(answer, item, request));
            put(request.advanced(look.next(), 1, 0, false), true);
        }
        room.journal().then(this::look);
    }

    private void fail(ResubmitRecord request, NetItem item) {
        long now = room.now();
        room.journal()
                .then(() -> tracks.notResubmitted(
                        item.message(), recipients(item, request.wanted()), false, name(request), now));
    }

    /// If it was refused, how far the request has come is not in the store either.
    private void answered(Submission.Acceptance answer, NetItem item, ResubmitRecord request) {
        if (answer instanceof Submission.Acceptance.Refused) {
            tracks.notResubmitted(item.message(), recipients(item, request.wanted()), true, name(request), room.now());
        }
    }

    private static String name(ResubmitRecord request) {
        return "ResubmitRequest " + request.id();
    }

    private static Incoming incoming(NetItem item, ResubmitRecord request) {
        MessageRecord message = item.message();
        List<Recipient> recipients = new ArrayList<>();
        for (RecipientRecord r : recipients(item, request.wanted())) {
            Recipient as = r.recipient();
            recipients.add(new Recipient(as.address(), Optional.of(Notify.NEVER), as.originalRecipient()));
        }
        List<Recipient> to = request.wanted()
                .resubmitTo()
                .map(Recipient::of)
                .map(r -> List.of(new Recipient(r.address(), Optional.of(Notify.NEVER), Optional.empty())))
                .orElse(recipients);
        return new Incoming(
                new Envelope(
                        message.sender(), message.body(), message.smtpUtf8(), message.ret(), message.envelopeId(), to),
                message.internetMessageId(),
                message.subject(),
                Optional.empty(),
                message.headerBytes(),
                message.priority(),
                new Incoming.Source("SafetyNet", "", "SAFETYNET", name(request), "", "", ""));
    }
}
