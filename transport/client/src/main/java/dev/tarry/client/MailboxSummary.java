package dev.tarry.client;

/// A local mailbox that holds mail.
///
/// @param mailbox its address
/// @param count how many messages are in it
public record MailboxSummary(String mailbox, long count) {}
