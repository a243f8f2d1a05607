package dev.tarry.store;

import dev.tarry.mail.Recipient;

/// One recipient of a copy that is still to be served.
///
/// @param recipient as the envelope had it
/// @param lastError what its last attempt ended with
public record RecipientRecord(Recipient recipient, ErrorRecord lastError) {
    public static RecipientRecord of(Recipient recipient) {
        return new RecipientRecord(recipient, ErrorRecord.NONE);
    }
}
