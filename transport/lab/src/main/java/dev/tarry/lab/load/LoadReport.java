package dev.tarry.lab.load;

import java.util.SequencedMap;

/// How a run went. Every message that was begun is accepted, refused or failed; every recipient of those is accepted,
/// refused for now, refused, or lost with its message.
///
/// @param seconds from the first dial to the last goodbye
/// @param stopped whether it was stopped before its end
/// @param nobodyThere whether it ended because nobody ever accepted a connection
/// @param messages that were begun
/// @param accepted by a positive reply to the end of data
/// @param refused by a 4xx or 5xx reply, at any stage
/// @param failed by the connection, see `failures`
/// @param behind messages that were due before the end and found no free session; 0 without a rate
/// @param recipients of all messages begun
/// @param octets of accepted messages, as SIZE counts them
/// @param connections that were made
/// @param failures how often a connection came to nothing: stage, then kind, in words
/// @param replies how often each came: stage in words, then code with enhanced code
/// @param latencies by what was waited for, in words; `message` is the time from when a message was due (with a rate)
///     or begun to the reply to its end of data, of accepted ones, a connection made for it included
public record LoadReport(
        double seconds,
        boolean stopped,
        boolean nobodyThere,
        long messages,
        long accepted,
        long refused,
        long failed,
        long behind,
        Recipients recipients,
        long octets,
        long connections,
        SequencedMap<String, SequencedMap<String, Long>> failures,
        SequencedMap<String, SequencedMap<String, Long>> replies,
        SequencedMap<String, Latency> latencies) {
    /// @param accepted and so was the message
    /// @param refusedForNow by 4xx
    /// @param refused by 5xx
    /// @param lost with their message, whatever was said to themselves
    public record Recipients(long accepted, long refusedForNow, long refused, long lost) {
        public long all() {
            return accepted + refusedForNow + refused + lost;
        }
    }

    /// In milliseconds, to three digits.
    ///
    /// @param count of values
    public record Latency(long count, double mean, double p50, double p90, double p99, double p999, double max) {}

    /// Whether every message was accepted for every recipient.
    public boolean clean() {
        return messages > 0 && accepted == messages && recipients.accepted() == recipients.all();
    }

    public double messagesPerSecond() {
        return seconds > 0 ? accepted / seconds : 0;
    }

    public double recipientsPerSecond() {
        return seconds > 0 ? recipients.accepted() / seconds : 0;
    }

    public double octetsPerSecond() {
        return seconds > 0 ? octets / seconds : 0;
    }
}
