package dev.tarry.client;

import java.time.Instant;

/// A message in a local mailbox.
///
/// @param id names it within its mailbox
/// @param received when it was delivered, in lab time
/// @param from the From header, verbatim
/// @param subject the Subject header, verbatim
/// @param messageId the Message-Id header with its angle brackets
/// @param sizeBytes octets of the whole message
public record MailboxMessage(
        String id, Instant received, String from, String subject, String messageId, long sizeBytes) {
    static MailboxMessage of(Answer answer) {
        return new MailboxMessage(
                answer.text("Id"),
                answer.moment("Received"),
                answer.text("From"),
                answer.text("Subject"),
                answer.text("MessageId"),
                answer.count("SizeBytes"));
    }
}
