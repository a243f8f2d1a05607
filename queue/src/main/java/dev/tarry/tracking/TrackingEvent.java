package dev.tarry.tracking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One line of the message tracking log (reference §8.2). Texts may hold anything that a client or a remote
/// host said; the encoder makes them safe. Empty text means an empty field.
///
/// @param time             lab time, kept to the millisecond
/// @param event            what happened
/// @param source           which component
/// @param recipientStatus  one per recipient, in the same order, or none
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
    /// The custom-data key that [#nextHopDomain] is kept under; it has no other place there.
    static final String NEXT_HOP_DOMAIN = "NextHopDomain";

    /// More recipients than this make several lines (see [#slices]).
    public static final int MAX_RECIPIENTS_PER_LINE = 1_000;

    public TrackingEvent {
        time = time.truncatedTo(ChronoUnit.MILLIS);
        recipients = listed(recipients);
        recipientStatus = listed(recipientStatus);
        customData = customData.stream()
                .filter(pair -> !pair.isEmpty() && !pair.startsWith(NEXT_HOP_DOMAIN + "="))
                .toList();
    }

    /// A list whose only entry is empty says as much as none.
    private static List<String> listed(List<String> entries) {
        return entries.stream().allMatch(String::isEmpty) ? List.of() : List.copyOf(entries);
    }

    /// The same event without its subject (MessageTrackingLogSubjectLoggingEnabled `$false`).
    public TrackingEvent withoutSubject() {
        return new TrackingEvent(
                time,
                event,
                source,
                clientIp,
                clientHostname,
                serverIp,
                serverHostname,
                sourceContext,
                connectorId,
                internalMessageId,
                messageId,
                networkMessageId,
                recipients,
                recipientStatus,
                totalBytes,
                relatedRecipient,
                reference,
                "",
                sender,
                returnPath,
                messageInfo,
                directionality,
                originalClientIp,
                nextHopDomain,
                customData);
    }

    /// The same event, cut into lines of at most [#MAX_RECIPIENTS_PER_LINE] recipients; mostly itself.
    List<TrackingEvent> slices() {
        if (recipients.size() <= MAX_RECIPIENTS_PER_LINE && recipientStatus.size() <= MAX_RECIPIENTS_PER_LINE) {
            return List.of(this);
        }
        List<TrackingEvent> slices = new ArrayList<>();
        int most = Math.max(recipients.size(), recipientStatus.size());
        for (int from = 0; from < most; from += MAX_RECIPIENTS_PER_LINE) {
            slices.add(with(slice(recipients, from), slice(recipientStatus, from)));
        }
        return slices;
    }

    private static List<String> slice(List<String> all, int from) {
        int begin = Math.min(from, all.size());
        return all.subList(begin, Math.min(from + MAX_RECIPIENTS_PER_LINE, all.size()));
    }

    private TrackingEvent with(List<String> someRecipients, List<String> theirStatus) {
        return new TrackingEvent(
                time,
                event,
                source,
                clientIp,
                clientHostname,
                serverIp,
                serverHostname,
                sourceContext,
                connectorId,
                internalMessageId,
                messageId,
                networkMessageId,
                someRecipients,
                theirStatus,
                totalBytes,
                relatedRecipient,
                reference,
                subject,
                sender,
                returnPath,
                messageInfo,
                directionality,
                originalClientIp,
                nextHopDomain,
                customData);
    }

    /// Event ids (reference §8.3). Not all happen here; all may be searched for.
    public enum Event {
        AGENTINFO,
        BADMAIL,
        CLIENTSUBMISSION,
        DEFER,
        DELIVER,
        DELIVERFAIL,
        DROP,
        DSN,
        DUPLICATEDELIVER,
        DUPLICATEEXPAND,
        DUPLICATEREDIRECT,
        EXPAND,
        FAIL,
        HADISCARD,
        HARECEIVE,
        HAREDIRECT,
        HAREDIRECTFAIL,
        INITMESSAGECREATED,
        LOAD,
        MODERATIONEXPIRE,
        MODERATORAPPROVE,
        MODERATORREJECT,
        MODERATORSALLNDR,
        NOTIFYMAPI,
        NOTIFYSHADOW,
        POISONMESSAGE,
        PROCESS,
        PROCESSMEETINGMESSAGE,
        RECEIVE,
        REDIRECT,
        RESOLVE,
        RESUBMIT,
        RESUBMITDEFER,
        RESUBMITFAIL,
        SEND,
        SUBMIT,
        SUBMITDEFER,
        SUBMITFAIL,
        SUPPRESSED,
        THROTTLE,
        TRANSFER;

        /// @param name in any case
        /// @throws IllegalArgumentException naming the valid ones
        public static Event of(String name) {
            return named(values(), name, "EventId");
        }
    }

    /// Sources (reference §8.3).
    public enum Source {
        ADMIN,
        AGENT,
        APPROVAL,
        BOOTLOADER,
        DNS,
        DSN,
        GATEWAY,
        MAILBOXRULE,
        MEETINGMESSAGEPROCESSOR,
        ORAR,
        PICKUP,
        POISONMESSAGE,
        PUBLICFOLDER,
        QUEUE,
        REDUNDANCY,
        RESOLVER,
        ROUTING,
        SAFETYNET,
        SMTP,
        STOREDRIVER;

        /// @param name in any case
        /// @throws IllegalArgumentException naming the valid ones
        public static Source of(String name) {
            return named(values(), name, "Source");
        }
    }

    private static <E extends Enum<E>> E named(E[] all, String name, String parameter) {
        for (E one : all) {
            if (one.name().equalsIgnoreCase(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException(parameter + " is one of "
                + Stream.of(all).map(Enum::name).collect(Collectors.joining(", ")) + "; not \"" + name + "\"");
    }
}
