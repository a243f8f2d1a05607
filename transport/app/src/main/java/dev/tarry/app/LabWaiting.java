package dev.tarry.app;

import dev.tarry.admin.ComputerOperations;
import dev.tarry.admin.OperationRefused;
import dev.tarry.time.Journey;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what lab time brings: lets time pass on a running clock, steps a frozen one alarm by alarm, as
/// somebody does who sits and waits (design §3.7). Where the clock may not be moved, real time is all there
/// is to wait in. Blocks its caller, never a loop.
final class LabWaiting implements ComputerOperations.Waiting {
    /// Beyond what may take so long in lab time, in real time: a clock that runs slowly is not waited for.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// How long a running clock is waited for before it is looked at again.
    private static final Duration LOOK = Duration.ofMillis(50);

    private final LabClock clock;

    LabWaiting(LabClock clock) {
        this.clock = clock;
    }

    @Override
    public <T> Optional<T> until(CompletableFuture<T> answer, Duration limit) {
        Duration patience = limit.plus(GRACE);
        boolean movable = true;
        try {
            for (Duration waited = Duration.ZERO; waited.compareTo(patience) < 0; waited = waited.plus(LOOK)) {
                try {
                    return Optional.of(answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
                } catch (TimeoutException _) {
                    movable = movable && (!clock.read().pace().frozen() || step(answer, limit));
                }
            }
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationRefused(OperationRefused.Reason.UNAVAILABLE, "the server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("it could not be done", e.getCause());
        } finally {
            answer.cancel(false); // whoever gives up leaves no socket and no alarm behind
        }
    }

    /// @return whether it could be moved
    private boolean step(CompletableFuture<?> answer, Duration limit) throws InterruptedException {
        try {
            clock.await(answer::isDone, limit, Optional.of(limit.plus(GRACE)), false);
            return true;
        } catch (LabClock.Refused | Journey.Stalled | IOException _) {
            return false;
        }
    }
}
