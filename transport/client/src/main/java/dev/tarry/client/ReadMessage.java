package dev.tarry.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A delivered message as somebody reads it.
///
/// @param message what the mailbox says of it
/// @param headers in their order
/// @param text    its first plain text, decoded; empty if it has none
/// @param textCut whether the text goes on
/// @param parts   media types of what it consists of, outer before inner
/// @param report  what it says, if it is a delivery status notification
/// @param whole   whether all of it was read
public record ReadMessage(
        MailboxMessage message,
        List<HeaderLine> headers,
        String text,
        boolean textCut,
        List<String> parts,
        Optional<Report> report,
        boolean whole) {
    /// Fields of RFC 3464 by name. @param message about the message @param recipients about each recipient
    public record Report(Map<String, String> message, List<Map<String, String>> recipients) {
        public Report {
            recipients = List.copyOf(recipients);
        }
    }

    public ReadMessage {
        headers = List.copyOf(headers);
        parts = List.copyOf(parts);
    }

    static ReadMessage of(Answer answer) {
        return new ReadMessage(
                MailboxMessage.of(answer),
                answer.objects("Headers").stream().map(HeaderLine::of).toList(),
                answer.text("Text"),
                answer.flag("TextCut"),
                answer.objects("Parts").stream().map(part -> part.text("Type")).toList(),
                answer.optionalObject("Report")
                        .map(report -> new Report(
                                report.textsByName("Message"),
                                report.objects("Recipients").stream()
                                        .<Map<String, String>>map(Answer::textsOf)
                                        .toList())),
                answer.flag("Whole"));
    }
}
