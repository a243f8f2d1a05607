package dev.tarry.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which tracking events to find; every part that is present narrows the search (reference §8.5).
///
/// @param start the first moment, included
/// @param end the last moment, excluded
/// @param eventId `SEND`, `DEFER` …; case does not count
/// @param source `SMTP`, `DNS` …
/// @param sender the exact sender address
/// @param recipients addresses of which any one must be among the recipients; empty: any
/// @param messageId the Message-Id header, with or without angle brackets
/// @param internalMessageId the server's own number of the message
/// @param networkMessageId the GUID given at receipt
/// @param messageSubject a part of the subject
/// @param reference the Message-Id that an event refers to: of the report that follows a FAIL, of what a DSN is about
/// @param transportTrafficType `Email` is the only one
/// @param limit how many at most
public record TrackingQuery(
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<String> eventId,
        Optional<String> source,
        Optional<String> sender,
        List<String> recipients,
        Optional<String> messageId,
        Optional<String> internalMessageId,
        Optional<String> networkMessageId,
        Optional<String> messageSubject,
        Optional<String> reference,
        Optional<String> transportTrafficType,
        ResultLimit limit) {
    public TrackingQuery {
        recipients = List.copyOf(recipients);
    }

    /// Without what is seldom asked for.
    public TrackingQuery(
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<String> eventId,
            Optional<String> source,
            Optional<String> sender,
            List<String> recipients,
            Optional<String> messageId,
            Optional<String> internalMessageId,
            Optional<String> messageSubject,
            ResultLimit limit) {
        this(
                start,
                end,
                eventId,
                source,
                sender,
                recipients,
                messageId,
                internalMessageId,
                Optional.empty(),
                messageSubject,
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    public static TrackingQuery everything() {
        return new TrackingQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.serverDefault());
    }

    /// The same from another moment on.
    TrackingQuery from(Instant moment) {
        return new TrackingQuery(
                Optional.of(moment),
                end,
                eventId,
                source,
                sender,
                recipients,
                messageId,
                internalMessageId,
                networkMessageId,
                messageSubject,
                reference,
                transportTrafficType,
                limit);
    }

    /// So many of the same at most.
    TrackingQuery within(ResultLimit size) {
        return new TrackingQuery(
                start,
                end,
                eventId,
                source,
                sender,
                recipients,
                messageId,
                internalMessageId,
                networkMessageId,
                messageSubject,
                reference,
                transportTrafficType,
                size);
    }
}
