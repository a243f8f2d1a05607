package dev.tarry.client;

/// What became of a verb on one queue or message.
///
/// @param word     `done`; `pending`: the message is in flight, and it will be so if its attempt fails;
///     `unchanged`: it was so already, or has no effect in this status
/// @param messages how many messages that concerned
public record Outcome(String word, long messages) {}
