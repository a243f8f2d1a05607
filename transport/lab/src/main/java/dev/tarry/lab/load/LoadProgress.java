package dev.tarry.lab.load;

/// How far a run is.
///
/// @param seconds since it began
/// @param accepted messages
/// @param refused messages, by an answer
/// @param failed messages, by the connection
/// @param inFlight messages begun and not ended
/// @param behind messages that were due and have found no session yet; 0 without a rate
/// @param perSecond messages accepted a second, since the look before
/// @param p50Millis half of these took at most so long
/// @param p99Millis of a hundred of these 99 took at most so long
public record LoadProgress(
        double seconds,
        long accepted,
        long refused,
        long failed,
        long inFlight,
        long behind,
        double perSecond,
        double p50Millis,
        double p99Millis) {}
