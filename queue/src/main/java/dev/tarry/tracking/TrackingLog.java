package dev.tarry.tracking;

import java.io.IOException;

/// Where events go. Writing is for any thread and never blocks; reading and closing may, so no loop does either.
public interface TrackingLog extends TrackingSink, AutoCloseable {
    /// Gives the events that a query wants, those just written included, roughly in the order in which they happened.
    ///
    /// @param query       its size aside; others than it wants may come too, if that is simpler
    /// @param newestFirst whether the last come first
    /// @throws IOException if what is kept cannot be read
    Reading read(TrackingQuery query, boolean newestFirst, Sink sink) throws IOException;

    /// What was read.
    ///
    /// @param events    how many were given
    /// @param malformed lines that were looked into and are no events
    record Reading(long events, long malformed) {}

    /// Takes what is read, on the reader's thread.
    interface Sink {
        void event(TrackingEvent event);

        /// Whether an event of that moment would still be wanted now. Once it is not, none that is further away from
        /// where the reading began will be, at any time.
        ///
        /// @param millis since 1970
        boolean wants(long millis);
    }

    /// Writes out what is still waiting.
    @Override
    void close();
}
