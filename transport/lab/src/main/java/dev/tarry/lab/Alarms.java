package dev.tarry.lab;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/// Alarms in lab time, given by whoever owns the clock.
public interface Alarms {
    /// Rings once when `wait` of lab time has passed; `ring` runs on `loop`. The result cancels; cancelling twice,
    /// or after the ring, does nothing.
    Runnable after(Duration wait, EventExecutor loop, Runnable ring);
}
