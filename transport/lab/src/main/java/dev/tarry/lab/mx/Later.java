package dev.tarry.lab.mx;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/// Does something when `wait` of lab time has passed, on that loop; the result cancels.
@FunctionalInterface
public interface Later {
    Runnable run(Duration wait, EventExecutor loop, Runnable ring);
}
