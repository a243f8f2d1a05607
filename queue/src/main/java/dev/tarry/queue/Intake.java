package dev.tarry.queue;

import dev.tarry.mail.Reply;
import dev.tarry.store.CommitResult;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.Write;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Mail comes in: it is numbered, put into Submission, and usually shelved in the queues of its next hops in
/// the same turn, so that one commit covers receipt and routing. Copies enter the index when they are durable,
/// not before: nothing can be delivered that a crash could undo. Queue loop only, but for the [Submission]
/// methods.
final class Intake implements Submission {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /// The store is full, has failed, or is not open yet: for a client these are one thing (reference §9.4).
    private static final Reply NO_STORE = Reply.of(452, "4.3.1 Insufficient system resources");
    private static final Reply CLOSED = Reply.of(421, "4.3.2 Service not available");

    private final Room room;
    private final IncomingMemory memory = new IncomingMemory();
    private final Tracks tracks;
    private Runnable arrived = () -> {};
    private final Attempts attempts;
    private final Leases leases;
    private final Expiry expiry;
    private Delays delays;
    private final QueueMeter meter;
    private final ArrayDeque<Submitted> submitted = new ArrayDeque<>();
    private volatile Supplier<Body> bodies = RefusedBody::new;
    private Runnable bell = () -> {};
    private final Poison poison;
    private final RefusedArrivals refused;
    private Settlements settlements;
    private Moves moves;
    private Resubmits resubmits;
    private boolean closing;
    private BooleanSupplier refusing = () -> false;

    Intake(
            Room room,
            Tracks tracks,
            Attempts attempts,
            Leases leases,
            Expiry expiry,
            QueueMeter meter,
            Poison poison,
            RefusedArrivals refused) {
        this.refused = refused;
        this.poison = poison;
        this.room = room;
        this.tracks = tracks;
        this.attempts = attempts;
        this.leases = leases;
        this.expiry = expiry;
        this.meter = meter;
    }

    void bell(Runnable bell) {
        this.bell = bell;
        resubmits.bell(bell);
    }

    /// What waits for the categorizer.
    ArrayDeque<Submitted> submitted() {
        return submitted;
    }

    /// Who moves copies between queues.
    void moves(Moves moves, Resubmits resubmits) {
        this.moves = moves;
        this.resubmits = resubmits;
    }

    /// Who deals with recipients that the categorizer rejects.
    void settlements(Settlements settlements) {
        this.settlements = settlements;
    }

    /// @param bell rings when a message is in its queue
    void arrived(Runnable bell) {
        arrived = bell;
    }

    /// @param refusing whether new mail is refused for now; reports of our own are not
    void refusing(BooleanSupplier refusing) {
        this.refusing = refusing;
    }

    /// Who watches for what is late.
    void delays(Delays delays) {
        this.delays = delays;
    }

    /// From now on nothing is accepted.
    void close() {
        closing = true;
    }

    /// Mail is taken again when the store is open.
    void reopen() {
        closing = false;
    }

    @Override
    public Body newBody() {
        return bodies.get();
    }

    @Override
    public IncomingMemory memory() {
        return memory;
    }

    /// The store is open: bodies may be written.
    void open(Shelves shelves) {
        bodies = () -> new StoredBody(room.committer(), shelves.shard(), shelves.epoch(), shelves.contentIds(), memory);
    }

    @Override
    public void accept(Incoming message, Body body, Consumer<Acceptance> answer) {
        room.world().loops().queue().execute(() -> {
            if (closing || refusing.getAsBoolean()) {
                refuse(body, answer, CLOSED);
            } else {
                admit(message, body, answer, true);
            }
        });
    }

    /// As [#accept], on the queue loop, in the turn that is under way; also while closing: a report goes with the
    /// settling that caused it, or neither does.
    void admit(Incoming message, Body body, Consumer<Acceptance> answer) {
        admit(message, body, answer, false);
    }

    private void admit(Incoming message, Body body, Consumer<Acceptance> answer, boolean resent) {
        if (!room.open()
                || !(body instanceof StoredBody stored)
                || stored.epoch() != room.shelves().epoch()) {
            refuse(body, answer, NO_STORE); // its chunks were swept when the store was opened anew
        } else if (stored.broken().isPresent()) {
            refuse(body, answer, NO_STORE);
        } else {
            admit(message, stored, answer, resent);
        }
    }

    /// Whether a body of our own would be taken now: not if the disk has refused a part of it already.
    boolean takes(Body body) {
        return body instanceof StoredBody stored && stored.broken().isEmpty();
    }

    private static void refuse(Body body, Consumer<Acceptance> answer, Reply reply) {
        body.discard();
        answer.accept(new Acceptance.Refused(reply));
    }

    private void admit(Incoming message, StoredBody body, Consumer<Acceptance> answer, boolean resent) {
        Optional<StoredBody.LastChunk> last = body.end();
        last.ifPresent(chunk -> room.journal().write(chunk.write()));
        MessageRecord record = record(message, body);
        List<RecipientRecord> recipients = message.envelope().recipients().stream()
                .map(RecipientRecord::of)
                .toList();
        room.journal().write(new Write.PutMessage(record));
        Arrival arrival = new Arrival(record, recipients, message, last, answer, resent);
        if (!room.shelves().submission().suspended()) {
            submitted.add(Submitted.arriving(record, recipients, arrival));
            bell.run();
        }
        arrival.restIfUnplaced();
        room.journal().then(arrival);
    }

    private MessageRecord record(Incoming message, StoredBody body) {
        long now = room.now();
        int priority =
                room.settings().priority(message.priority(), body.content().bytes());
        return new MessageRecord(
                room.shelves().newMessageId(),
                room.world().secrets().uuid(),
                message.internetMessageId(),
                message.subject(),
                message.envelope().sender(),
                message.about().map(Incoming.About::sender),
                message.envelope().body(),
                message.envelope().smtpUtf8(),
                message.envelope().ret(),
                message.envelope().envelopeId(),
                now,
                now + room.settings().messageExpirationTimeout(priority).toMillis(),
                message.source().name(),
                message.source().clientIp(),
                message.source().clientHostname(),
                priority,
                message.headerBytes(),
                body.content(),
                message.receiving().toMillis(),
                message.submitter());
    }

    /// Where a part of a message goes.
    private record Place(NextHopQueue queue, CopyRecord copy) {}

    /// A message between its acceptance and the disk.
    final class Arrival implements Journal.Effect {
        private final MessageRecord message;
        private final List<RecipientRecord> recipients;
        private final Incoming incoming;
        private final Optional<StoredBody.LastChunk> last;
        private final Consumer<Acceptance> answer;
        /// whether whoever brought it brings it again if it is refused; what is our own is there again, or not,
        /// together with what made it
        private final boolean resent;
        private final Shelves shelves = room.shelves();
        private final List<Place> places = new ArrayList<>(1);
        private final List<Placement.Rejected> rejections = new ArrayList<>(0);

        Arrival(
                MessageRecord message,
                List<RecipientRecord> recipients,
                Incoming incoming,
                Optional<StoredBody.LastChunk> last,
                Consumer<Acceptance> answer,
                boolean resent) {
            this.resent = resent;
            this.message = message;
            this.recipients = recipients;
            this.incoming = incoming;
            this.last = last;
            this.answer = answer;
        }

        private void place(NextHopQueue queue, List<RecipientRecord> recipients) {
            CopyRecord copy = copy(message, queue, recipients, false);
            room.journal().write(new Write.PutCopy(copy));
            queue.arriving(1);
            places.add(new Place(queue, copy));
        }

        private void restIfUnplaced() {
            if (places.isEmpty()) {
                submitted.removeIf(s -> s.arrival() == this);
                place(room.shelves().submission(), recipients);
            }
        }

        @Override
        public void committed() {
            last.ifPresent(StoredBody.LastChunk::release);
            incoming.about()
                    .ifPresentOrElse(
                            about -> tracks.reported(message, recipients, about),
                            () -> tracks.received(message, recipients, incoming.source()));
            meter.accepted(message.content().bytes());
            if (room.shelves() != shelves) {
                // the store was closed since; it is in there, and is found when it is opened again
                answer.accept(new Acceptance.Queued(message.id()));
                return;
            }
            for (Place place : places) {
                NextHopQueue queue = place.queue();
                Node node = Node.of(message, place.copy());
                queue.arriving(-1);
                queue.entered(message.receivedMillis());
                if (Poison.holds(queue)) {
                    queue.addSuspended(node, 0);
                    poison.isAside(message, place.copy().recipients());
                } else {
                    queue.add(node);
                }
                room.shelves().nodes().add(node);
                expiry.add(node);
                delays.add(node);
            }
            answer.accept(new Acceptance.Queued(message.id()));
            if (!rejections.isEmpty()) {
                settlements.reject(room.shelves().nodes().in(message.id(), Shelves.SUBMISSION_ID), rejections);
            }
            places.forEach(place -> attempts.changed(place.queue()));
            arrived.run();
            offerUnplaced();
        }

        /// What rests in Submission, for whatever reason, is offered to the categorizer.
        private void offerUnplaced() {
            for (Place place : places) {
                if (place.queue() == shelves.submission()) {
                    resubmits.offerAgain(shelves.nodes().in(message.id(), Shelves.SUBMISSION_ID));
                }
            }
        }

        @Override
        public void failed(CommitResult result) {
            last.ifPresent(StoredBody.LastChunk::release);
            if (resent) {
                refused.add(message.id());
            }
            answer.accept(new Acceptance.Refused(NO_STORE));
        }
    }

    /// A copy that is new in its queue.
    private CopyRecord copy(
            MessageRecord message, NextHopQueue queue, List<RecipientRecord> recipients, boolean delayTold) {
        return new CopyRecord(message.id(), queue.id(), room.now(), Poison.holds(queue), delayTold, 0, 0, recipients);
    }

    // ---- the categorizer's side

    /// The next message to categorize.
    Optional<Submitted> nextSubmitted() {
        for (Submitted next = submitted.poll(); next != null; next = submitted.poll()) {
            if (!poison.is(next.message())) {
                poison.categorizing(next.message());
                return Optional.of(next);
            }
            setAside(next);
        }
        poison.categorized();
        return Optional.empty();
    }

    private void setAside(Submitted message) {
        if (message.arrival() != null) {
            message.arrival().place(room.shelves().poison(), message.recipients());
        } else if (leases.valid(message.resting())) {
            poison.setAside(message.resting());
        }
    }

    /// Puts a message's recipients where the categorizer says. Together the placements hold each recipient once.
    void shelve(Submitted message, List<Placement> placements) {
        poison.fine(message.message());
        if (message.arrival() != null) {
            shelve(message.arrival(), placements);
        } else if (leases.valid(message.resting())) {
            resubmits.shelve(message.resting(), placements);
        }
    }

    private void shelve(Arrival arrival, List<Placement> placements) {
        for (Placement placement : placements) {
            switch (placement) {
                case Placement.Shelf(NextHopKey key, List<RecipientRecord> recipients) ->
                    arrival.place(moves.queue(key), recipients);
                case Placement.Nowhere(List<RecipientRecord> recipients) ->
                    arrival.place(room.shelves().unreachable(), recipients);
                case Placement.Rejected rejected -> arrival.rejections.add(rejected);
            }
        }
        if (!arrival.rejections.isEmpty()) {
            arrival.place(room.shelves().submission(), Moves.recipients(arrival.rejections));
        }
    }

    /// The message could not be categorized: it rests in Submission and is tried again later.
    void postpone(Submitted message, Throwable why) {
        if (poison.suspect(message.message(), why)) {
            setAside(message);
        } else if (message.resting() != null && leases.valid(message.resting())) {
            resubmits.postpone(message.resting());
        }
    }

    /// Takes octets while the store is closed; the message will be refused.
    private static final class RefusedBody implements Body {
        private long bytes;

        @Override
        public void append(ByteBuf octets) {
            bytes += octets.readableBytes();
            octets.release();
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public void whenDrained(Runnable bell) {
            bell.run();
        }

        @Override
        public void discard() {}
    }
}
