package dev.tarry.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One line of the message tracking log (reference §8.2). Texts may hold anything that a client or a remote host said;
/// the encoder
/// makes them safe. Empty text means an empty field.
///
/// @param time             lab time, written to the millisecond in UTC
/// @param event            what happened
/// @param source           which component
/// @param recipientStatus  one per recipient, in the same order, or empty
/// @param nextHopDomain    not a column of the log: kept in custom-data as `S:NextHopDomain=…`, shown by
/// Get-MessageTrackingLog because the fix guide relies on it (reference §0.2, §12.1)
/// @param reference        e.g. a DSN's original Message-ID
/// @param customData       `key=value` pairs, written as `S:key=value` joined by `;`
public record TrackingEvent(
        Instant time,
        Event event,
        Source source,
        String clientIp,
        String clientHostname,
        String serverIp,
        String serverHostname,
        String sourceContext,
        String connectorId,
        long internalMessageId,
        String messageId,
        Optional<UUID> networkMessageId,
        List<String> recipients,
        List<String> recipientStatus,
        long totalBytes,
        String relatedRecipient,
        String reference,
        String subject,
        String sender,
        String returnPath,
        String messageInfo,
        String directionality,
        String originalClientIp,
        String nextHopDomain,
        List<String> customData) {

    /// Event ids (reference §8.3) that happen here so far.
    public enum Event {
        RECEIVE,
        SEND,
        DEFER,
        FAIL,
        DSN,
        DELIVER,
        LOAD,
        RESUBMIT,
        DROP
    }

    /// Sources (reference §8.3).
    public enum Source {
        SMTP,
        DNS,
        DSN,
        QUEUE,
        ROUTING,
        STOREDRIVER,
        BOOTLOADER,
        ADMIN,
        RESOLVER
    }
}
