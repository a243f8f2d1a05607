package dev.tarry.simulation;

import dev.tarry.queue.Administration;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.QueueView;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.StoreException;
import dev.tarry.time.Chance;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// An administrator who suspends, resumes, retries, resubmits, removes and redirects whatever there is, by seed; in the
/// end everything is resumed.
final class RestlessAdministrator {
    private static final List<QueueOrder> QUEUE_ORDERS = List.of(
            new QueueOrder.Suspend(),
            new QueueOrder.Resume(),
            new QueueOrder.Resume(),
            new QueueOrder.Retry(),
            new QueueOrder.Resubmit(),
            new QueueOrder.Resubmit());

    private static final List<MessageOrder> MESSAGE_ORDERS = List.of(
            new MessageOrder.Suspend(),
            new MessageOrder.Suspend(),
            new MessageOrder.Resume(),
            new MessageOrder.Remove(true),
            new MessageOrder.Remove(false));

    /// One that is there, and one that is not.
    private static final List<String> TARGETS = List.of("mail.fabrikam.com", "mail2.company.com");

    private final Simulation simulation;
    private final Truth truth;
    private final RandomGenerator chance;
    /// the number of the last order for each copy
    private final Map<CopyId, Integer> latest = new HashMap<>();
    private int ordered;

    RestlessAdministrator(Simulation simulation, Truth truth, long seed) {
        this.simulation = simulation;
        this.truth = truth;
        this.chance = new Chance(seed).of("administrator", 0);
    }

    Duration within(Duration span) {
        return Duration.ofMillis(chance.nextLong(span.toMillis()));
    }

    /// @return what was ordered
    String order() {
        if (truth.closed()) {
            return "nothing: the store is closed";
        }
        return switch (chance.nextInt(10)) {
            case 0, 1, 2, 3 -> queue();
            case 4 -> redirect();
            default -> message();
        };
    }

    /// Nothing if the power is cut while he looks.
    private <T> List<T> seen(CompletableFuture<List<T>> question) {
        simulation.run();
        return question.isDone() && !question.isCompletedExceptionally() ? question.join() : List.of();
    }

    private Administration administration() {
        return simulation.server().queues().administration();
    }

    private String redirect() {
        String target = TARGETS.get(chance.nextInt(TARGETS.size()));
        administration().redirect(target);
        return "Redirect-Message to " + target;
    }

    private String queue() {
        List<QueueView> queues = seen(simulation.server().queues().views());
        if (queues.isEmpty()) {
            return "nothing: the power is cut";
        }
        QueueView queue = queues.get(chance.nextInt(queues.size()));
        QueueOrder order = QUEUE_ORDERS.get(chance.nextInt(QUEUE_ORDERS.size()));
        administration().carryOut(order, queue.id());
        return order + " " + queue.key();
    }

    private String message() {
        List<MessageRow> rows = seen(simulation.server().queues().messages(Optional.empty()));
        if (rows.isEmpty()) {
            return "nothing: no messages";
        }
        MessageRow row = rows.get(chance.nextInt(rows.size()));
        CopyId copy = new CopyId(row.messageId(), row.queueId());
        MessageOrder order = MESSAGE_ORDERS.get(chance.nextInt(MESSAGE_ORDERS.size()));
        if (order instanceof MessageOrder.Remove(boolean withNdr) && !withNdr && !silence(copy)) {
            return "nothing: a report is not removed";
        }
        int number = ++ordered;
        latest.put(copy, number);
        if (order instanceof MessageOrder.Suspend) {
            Optional<Instant> expires = expires(copy);
            carryOut(order, copy).thenAccept(outcomes -> {
                if (outcomes.getFirst() instanceof Outcome.Done
                        && Integer.valueOf(number).equals(latest.get(copy))) {
                    expires.ifPresent(at -> truth.suspended(copy, at));
                }
            });
        } else {
            truth.notSuspended(copy);
            carryOut(order, copy);
        }
        return order + " " + copy;
    }

    private CompletableFuture<List<Outcome>> carryOut(MessageOrder order, CopyId copy) {
        return administration().carryOut(order, List.of(copy));
    }

    /// Absent if the disk cannot be read just now.
    private Optional<Instant> expires(CopyId copy) {
        try {
            return simulation.store().message(copy.messageId()).map(m -> Instant.ofEpochMilli(m.expiresMillis()));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /// Whoever may be lost from now on without a word is written down first.
    ///
    /// @return false if it is a message from nobody, a report perhaps: those are not removed in silence
    private boolean silence(CopyId copy) {
        try {
            Optional<MessageRecord> message = simulation.store().message(copy.messageId());
            Optional<CopyRecord> record = simulation.store().copy(copy.messageId(), copy.queueId());
            if (message.isEmpty() || record.isEmpty() || message.get().sender().isNull()) {
                return false;
            }
            record.get()
                    .recipients()
                    .forEach(r -> truth.silenced(
                            message.get().internetMessageId(),
                            r.recipient().address().toString()));
            return true;
        } catch (StoreException e) {
            return false; // the disk cannot be read just now
        }
    }

    /// Everything goes on from here.
    void resumeAll() {
        truth.allResumed();
        latest.clear();
        if (truth.closed()) {
            return;
        }
        seen(simulation.server().queues().views())
                .forEach(queue -> administration().carryOut(new QueueOrder.Resume(), queue.id()));
        seen(simulation.server().queues().messages(Optional.empty()))
                .forEach(row -> carryOut(new MessageOrder.Resume(), new CopyId(row.messageId(), row.queueId())));
    }
}
