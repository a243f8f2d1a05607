package dev.tarry.scenario.condition;

import dev.tarry.store.StoreException;
import java.io.IOException;

/// A single condition that is being watched.
interface Leaf {
    /// Begins to listen, then looks at what there is. Blocking.
    void begin() throws StoreException, IOException;

    /// Listens no more; also if it never began.
    void end();

    /// Quick; any thread.
    boolean holds();

    /// The condition and how it stands. Any thread.
    String standing();
}
