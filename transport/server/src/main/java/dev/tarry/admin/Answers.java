package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.ServiceStoppedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for the queue loop. For threads that may block.
final class Answers {
    /// How long the queue loop may take, in real time; it answers in milliseconds unless it is in trouble.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Answers() {}

    /// @throws OperationRefused if it cannot answer now
    static <T> T await(CompletableFuture<T> answer) {
        return await(answer, LIMIT);
    }

    /// @param limit in real time
    /// @throws OperationRefused if it cannot answer now
    static <T> T await(CompletableFuture<T> answer, Duration limit) {
        try {
            return got(answer, limit);
        } catch (TimeoutException e) {
            throw new OperationRefused(
                    Reason.UNAVAILABLE, "the queues did not answer within " + limit.toSeconds() + " seconds", e);
        }
    }

    /// @param limit in real time
    /// @return empty if it has not answered by then
    /// @throws OperationRefused if it cannot answer now
    static <T> Optional<T> within(CompletableFuture<T> answer, Duration limit) {
        try {
            return Optional.of(got(answer, limit));
        } catch (TimeoutException _) {
            return Optional.empty();
        }
    }

    private static <T> T got(CompletableFuture<T> answer, Duration limit) throws TimeoutException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceStoppedException stopped) {
                throw new OperationRefused(
                        Reason.SERVICE_STOPPED,
                        stopped.getMessage() + ": its queues are closed until it is started",
                        e);
            }
            if (e.getCause() instanceof IllegalStateException closed) {
                throw new OperationRefused(Reason.UNAVAILABLE, String.valueOf(closed.getMessage()), closed);
            }
            throw new IllegalStateException("the queues could not answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationRefused(Reason.UNAVAILABLE, "the server is stopping", e);
        }
    }
}
