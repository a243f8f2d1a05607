package dev.tarry.receive;

import dev.tarry.smtp.Transcript;

/// Where sessions write what was said (reference §8.7). Called on io loops, from several threads.
@FunctionalInterface
public interface ProtocolLog {
    ProtocolLog OFF = (_, _, _) -> Transcript.OFF;

    /// A connection begins.
    ///
    /// @param sessionId sixteen hexadecimal digits
    /// @return [Transcript#OFF] if nobody reads it
    Transcript open(ReceiveConnector connector, String sessionId, Peer peer);
}
