package dev.tarry.client;

import java.util.Optional;

/// Which queued messages to list.
///
/// @param queue identity of the one queue to look in (`MAIL\4`); absent: all
/// @param filter a filter in Exchange's words (`FromAddress -like '*@contoso.com'`); absent: all
/// @param limit how many at most
/// @param includeRecipientInfo whether `Recipients` is filled; without it Exchange leaves it blank
public record MessageQuery(
        Optional<String> queue, Optional<String> filter, ResultLimit limit, boolean includeRecipientInfo) {
    public static MessageQuery all() {
        return new MessageQuery(Optional.empty(), Optional.empty(), ResultLimit.serverDefault(), false);
    }

    public MessageQuery inQueue(String identity) {
        return new MessageQuery(Optional.of(identity), filter, limit, includeRecipientInfo);
    }
}
