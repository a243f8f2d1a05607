package dev.tarry.client;

import java.util.Optional;

/// A recipient who still waits for a queued message.
///
/// @param queue             identity of the queue that the copy is in
/// @param address           of the recipient
/// @param type              `External`, `Mailbox` …
/// @param finalDestination  the next hop
/// @param status            `Ready`, `Retry` or `Complete`
/// @param lastError         what the last attempt ended with; empty if it did not fail
/// @param notifyOn          NOTIFY as it was given: `NEVER`, `SUCCESS,FAILURE` …
/// @param originalRecipient ORCPT as it was given
/// @param ret               RET of the message: `FULL` or `HDRS`
/// @param envelopeId        ENVID of the message
public record WaitingRecipient(
        String queue,
        String address,
        String type,
        String finalDestination,
        String status,
        String lastError,
        Optional<String> notifyOn,
        Optional<String> originalRecipient,
        Optional<String> ret,
        Optional<String> envelopeId) {
    static WaitingRecipient of(Answer answer) {
        return new WaitingRecipient(
                answer.text("Queue"),
                answer.text("Address"),
                answer.text("Type"),
                answer.text("FinalDestination"),
                answer.text("Status"),
                answer.text("LastError"),
                answer.optionalText("Notify"),
                answer.optionalText("OriginalRecipient"),
                answer.optionalText("Return"),
                answer.optionalText("EnvelopeId"));
    }
}
