package dev.tarry.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/// Waits for conditions, with limits that only a broken server reaches.
final class Wait {
    private static final Duration LOOK = Duration.ofMillis(20);

    private Wait() {}

    static void until(String what, Callable<Boolean> holds) {
        await(what)
                .atMost(TarryProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(holds);
    }

    static void untilNoError(String what, org.awaitility.core.ThrowingRunnable holds) {
        await(what)
                .atMost(TarryProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .untilAsserted(holds);
    }

    /// Waits until there is one.
    static <T> T untilThereIs(String what, Callable<Optional<T>> one) {
        AtomicReference<T> found = new AtomicReference<>();
        until(what, () -> {
            one.call().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }
}
