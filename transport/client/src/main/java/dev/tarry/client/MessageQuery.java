package dev.tarry.client;

import java.util.Optional;

/// Which queued messages to list.
///
/// @param queue identity of the one queue to look in (`MAIL\4`); absent: all
/// @param filter a filter in Exchange's words (`FromAddress -like '*@contoso.com'`); absent: all
/// @param limit how many at most
/// @param includeRecipientInfo whether `Recipients` is filled; without it Exchange leaves it blank
/// @param includeComponentLatencyInfo whether `ComponentLatency` is filled
public record MessageQuery(
        Optional<String> queue,
        Optional<String> filter,
        ResultLimit limit,
        boolean includeRecipientInfo,
        boolean includeComponentLatencyInfo) {
    /// Without `ComponentLatency`.
    public MessageQuery(
            Optional<String> queue, Optional<String> filter, ResultLimit limit, boolean includeRecipientInfo) {
        this(queue, filter, limit, includeRecipientInfo, false);
    }

    public static MessageQuery all() {
        return new MessageQuery(Optional.empty(), Optional.empty(), ResultLimit.serverDefault(), false);
    }

    /// What an API address says of it.
    Query with(Query query) {
        if (includeRecipientInfo) {
            query.with("includeRecipientInfo", Optional.of("true"));
        }
        if (includeComponentLatencyInfo) {
            query.with("includeComponentLatencyInfo", Optional.of("true"));
        }
        return query;
    }

    public MessageQuery inQueue(String identity) {
        return new MessageQuery(
                Optional.of(identity), filter, limit, includeRecipientInfo, includeComponentLatencyInfo);
    }
}
