package dev.tarry.store;

/// One message in a local mailbox.
///
/// @param mailbox   `user@company.com`, lower case
/// @param id unique within the shard and growing: the delivering message's integer, so that delivering twice
///     writes once
/// @param deliveredMillis lab time
/// @param sender    the reverse-path, `<>` for the null sender
/// @param subject   as in [MessageRecord]
/// @param internetMessageId as in [MessageRecord]
/// @param prefix    header lines put before the content when it is read (Return-Path), with CRLFs; may be empty
/// @param content   its octets, shared with the message and other mailboxes
public record MailboxItem(
        String mailbox,
        long id,
        long deliveredMillis,
        String sender,
        String subject,
        String internetMessageId,
        String prefix,
        ContentRef content) {}
