package dev.tarry.tracking;

import java.io.IOException;
import java.time.Instant;

/// Where events go. Writing is for any thread and never blocks; reading and closing may, so no loop does either.
public interface TrackingLog extends TrackingSink, AutoCloseable {
    /// Gives all events of a span of time that are there, those just written included, roughly in the order in which
    /// they happened.
    ///
    /// @param from the earliest moment, inclusive
    /// @param to   the latest moment, exclusive
    /// @throws IOException if what is kept cannot be read
    Reading read(Instant from, Instant to, Sink sink) throws IOException;

    /// What was read. @param events how many @param malformed lines that are no events and were skipped
    record Reading(long events, long malformed) {}

    /// Takes what is read, on the reader's thread.
    interface Sink {
        void event(TrackingEvent event);

        /// Asked now and then: whether events no earlier than that are still wanted. Reading ends where they are not.
        boolean wants(Instant earliest);
    }

    /// Writes out what is still waiting.
    @Override
    void close();
}
