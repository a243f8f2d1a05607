package dev.tarry.queue;

import dev.tarry.store.MessageStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What an administrator may do to queues and messages (reference §2.4). Got from [Queues#administration].
///
/// From any thread: each order is carried out on the queue loop, and its future completes there when the change is
/// durable. It fails with an [IllegalStateException] if the store is closed or fails meanwhile: how things stand is
/// seen when it is open again.
public final class Administration {
    /// Copies that one call may name.
    public static final int MAX_COPIES = 1_024;

    /// A copy of a message, as in [MessageRow].
    ///
    /// @param messageId the message's integer
    /// @param queueId   its queue's
    public record CopyId(long messageId, int queueId) {}

    /// What is to be done to a message's copy.
    public sealed interface MessageOrder {
        /// Suspend-Message: it does not leave any more; it still expires, and its sender hears that it is late.
        record Suspend() implements MessageOrder {}

        /// Resume-Message. In the Poison queue this has it processed once more.
        record Resume() implements MessageOrder {}

        /// Remove-Message.
        ///
        /// @param withNdr whether its sender is told, where he wants to hear of failures
        record Remove(boolean withNdr) implements MessageOrder {}
    }

    /// What is to be done to a queue.
    public sealed interface QueueOrder {
        /// Suspend-Queue: what is in flight finishes, what comes in stays, nothing else leaves.
        record Suspend() implements QueueOrder {}

        /// Resume-Queue: a queue in Retry goes on with its episode, and is tried at once if its next attempt came due
        /// meanwhile; messages that are suspended stay so.
        record Resume() implements QueueOrder {}

        /// Retry-Queue: one in Retry is tried now.
        record Retry() implements QueueOrder {}

        /// Retry-Queue -Resubmit: all messages of a delivery queue in Retry, or of Unreachable, that are not suspended
        /// go back to the categorizer.
        record Resubmit() implements QueueOrder {}
    }

    /// What became of one order.
    public sealed interface Outcome {
        /// It is done, and durable.
        ///
        /// @param messages how many copies it moved, changed or removed; of a queue that is suspended,
        /// resumed or tried: those that are in it
        record Done(int messages) implements Outcome {}

        /// It is in flight: it becomes so if the attempt fails (PendingSuspend, PendingRemove). After a crash
        /// meanwhile it is suspended.
        record Pending() implements Outcome {}

        /// It was so already, or the order has no effect in this status.
        record Unchanged() implements Outcome {}

        /// There is no such copy or queue, or not any more.
        record Gone() implements Outcome {}

        record Refused(Refusal why) implements Outcome {}
    }

    /// Why an order is refused in this place (reference §2.4).
    public enum Refusal {
        SUBMISSION_QUEUE("The operation is not allowed on the Submission queue."),
        POISON_QUEUE("The operation is not allowed on the Poison queue."),
        UNREACHABLE_WANTS_RESUBMIT(
                "Messages in the Unreachable queue can only be tried again by resubmitting them: use -Resubmit $true."),
        UNREADABLE("The message's record cannot be read; the message stays where it is."),
        TARGET_NOT_FQDN("The target server must be given as a fully qualified domain name, such as mail2.contoso.com."),
        TARGET_IS_THIS_SERVER("Messages cannot be redirected to the server that they are on."),
        REDIRECT_UNDER_WAY("Messages are being redirected already; wait until that is over."),
        NO_REPORT("The report to the sender cannot be made now; the message stays where it is.");

        private final String sentence;

        Refusal(String sentence) {
            this.sentence = sentence;
        }

        /// For people.
        public String sentence() {
            return sentence;
        }
    }

    /// A copy that an order is about, and who waits for what becomes of it.
    record Ordered(CopyId id, Consumer<Outcome> answer) {
        void answer(Outcome outcome) {
            answer.accept(outcome);
        }

        /// Null if it is not there any more.
        Node node(Room room) {
            return room.open() ? room.shelves().nodes().in(id.messageId, id.queueId) : null;
        }
    }

    private final Room room;
    private final Attempts attempts;
    private final Resubmits resubmits;
    private final Suspensions suspensions;
    private final Removals removals;
    private final Redirects redirects;
    /// whoever waits, in order; queue loop only
    private final Set<CompletableFuture<?>> waiting = new LinkedHashSet<>();

    Administration(
            Room room,
            Attempts attempts,
            Resubmits resubmits,
            Suspensions suspensions,
            Removals removals,
            Redirects redirects) {
        this.room = room;
        this.attempts = attempts;
        this.resubmits = resubmits;
        this.suspensions = suspensions;
        this.removals = removals;
        this.redirects = redirects;
    }

    /// Any thread.
    public CompletableFuture<Outcome> carryOut(QueueOrder order, int queueId) {
        return ask(answer -> {
            NextHopQueue queue = room.shelves().queue(queueId);
            if (queue == null) {
                answer.complete(new Outcome.Gone());
            } else {
                carryOut(order, queue, answer::complete);
            }
        });
    }

    private void carryOut(QueueOrder order, NextHopQueue queue, Consumer<Outcome> answer) {
        if (queue.id() == Shelves.POISON_ID) {
            answer.accept(new Outcome.Refused(Refusal.POISON_QUEUE));
            return;
        }
        switch (order) {
            case QueueOrder.Suspend _ -> suspensions.queue(queue, true, answer);
            case QueueOrder.Resume _ -> suspensions.queue(queue, false, answer);
            case QueueOrder.Retry _ -> answer.accept(retry(queue));
            case QueueOrder.Resubmit _ -> resubmit(queue, answer);
        }
    }

    private void resubmit(NextHopQueue queue, Consumer<Outcome> answer) {
        if (queue.id() == Shelves.SUBMISSION_ID) {
            answer.accept(new Outcome.Refused(Refusal.SUBMISSION_QUEUE));
        } else {
            resubmits.resubmit(queue, answer);
        }
    }

    private Outcome retry(NextHopQueue queue) {
        if (queue.id() == Shelves.SUBMISSION_ID) {
            return new Outcome.Refused(Refusal.SUBMISSION_QUEUE);
        }
        if (queue.id() == Shelves.UNREACHABLE_ID) {
            return new Outcome.Refused(Refusal.UNREACHABLE_WANTS_RESUBMIT);
        }
        if (queue.status() != QueueStatus.RETRY) {
            return new Outcome.Unchanged();
        }
        attempts.retryNow(queue);
        return new Outcome.Done(queue.messageCount());
    }

    /// Any thread. Each copy is treated for itself, whole or not at all; the same one named twice is treated twice.
    ///
    /// @param copies at most [#MAX_COPIES]
    /// @return one outcome each, in order
    /// @throws IllegalArgumentException if there are more
    public CompletableFuture<List<Outcome>> carryOut(MessageOrder order, List<CopyId> copies) {
        if (copies.size() > MAX_COPIES) {
            throw new IllegalArgumentException(
                    "an order names at most " + MAX_COPIES + " copies at a time, not " + copies.size());
        }
        List<CopyId> all = List.copyOf(copies);
        return ask(answer -> {
            Gathering gathering = new Gathering(all.size(), answer);
            List<Ordered> those = new ArrayList<>(all.size());
            for (int i = 0; i < all.size(); i++) {
                int place = i;
                those.add(new Ordered(all.get(i), outcome -> gathering.set(place, outcome)));
            }
            gathering.completeIfFull();
            switch (order) {
                case MessageOrder.Suspend _ -> suspensions.messages(those, true);
                case MessageOrder.Resume _ -> suspensions.messages(those, false);
                case MessageOrder.Remove(boolean withNdr) -> removals.messages(those, withNdr);
            }
        });
    }

    /// Redirect-Message: moves what waits in all delivery queues, but for suspended queues and messages, into the queue
    /// of another server, and takes no new mail until it is over. Any thread.
    ///
    /// @param targetFqdn the other server
    /// @return done when everything has been moved and taken by that server, or that server has failed to, or has
    /// refused the rest for now: what is left waits in its queue. With the number of copies moved; or refused
    public CompletableFuture<Outcome> redirect(String targetFqdn) {
        return ask(answer -> redirects.redirect(targetFqdn, answer::complete));
    }

    /// Ends the redirection that is under way, if any, at once: nothing more is moved, what has been moved stays
    /// where it is, and new mail is taken again. Any thread.
    ///
    /// @return done with the number of copies that had been moved, which is what the redirection itself ends
    /// with too; unchanged if none was under way
    public CompletableFuture<Outcome> cancelRedirect() {
        return ask(answer -> redirects.cancel(answer::complete));
    }

    /// Where mail is being redirected to just now: no new mail is taken meanwhile (421 4.3.2). Any thread.
    public Optional<String> redirecting() {
        return redirects.target();
    }

    /// The outcomes of one call, until all of them are known. Queue loop only.
    private static final class Gathering {
        private final Outcome[] outcomes;
        private final CompletableFuture<List<Outcome>> answer;
        private int missing;

        Gathering(int size, CompletableFuture<List<Outcome>> answer) {
            this.outcomes = new Outcome[size];
            this.answer = answer;
            this.missing = size;
        }

        void set(int place, Outcome outcome) {
            outcomes[place] = outcome;
            missing--;
            completeIfFull();
        }

        void completeIfFull() {
            if (missing == 0) {
                answer.complete(List.of(outcomes));
            }
        }
    }

    /// What was ordered and is not durable yet counts no more. Queue loop only.
    void storeClosed() {
        List<CompletableFuture<?>> all = List.copyOf(waiting);
        waiting.clear();
        redirects.storeClosed();
        all.forEach(answer -> answer.completeExceptionally(room.closed()));
    }

    private <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> order) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        room.world().loops().queue().execute(() -> {
            if (!room.open()) {
                answer.completeExceptionally(room.closed());
                return;
            }
            waiting.add(answer);
            try {
                order.accept(answer);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
            answer.whenComplete((_, _) -> waiting.remove(answer));
        });
        return answer;
    }

    /// Whether a queue is one that mail leaves by a delivery.
    static boolean delivers(NextHopQueue queue) {
        return queue.id() >= MessageStore.FIRST_DYNAMIC_QUEUE;
    }
}
