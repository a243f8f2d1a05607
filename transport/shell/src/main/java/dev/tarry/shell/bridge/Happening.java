package dev.tarry.shell.bridge;

import java.util.Map;

/// What a running call has to tell, in its order.
sealed interface Happening {
    /// Something that came out: one name, `output`, `error`, `warning` or `host`, and what.
    record Told(Map<String, Object> entry) implements Happening {}

    /// It has worked off its input.
    record Hungry() implements Happening {}

    /// It is about to do this, and waits for a consent.
    record Asks(String deed) implements Happening {}

    /// It has ended.
    record Done() implements Happening {}
}
