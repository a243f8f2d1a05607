package dev.tarry.store;

import java.util.UUID;

/// A queue: its key (reference §1.3), and the state that a restart must not lose.
///
/// @param id            unique per shard; shown as `MAIL\4`
/// @param deliveryType  Exchange's name, e.g. `DnsConnectorDelivery`
/// @param nextHopDomain e.g. `external-company.com`
/// @param nextHopConnector zeros when not used
/// @param suspended     by an administrator
/// @param retryCount    retries since the first failure of this Retry episode
/// @param firstRetryMillis first failed attempt of this episode; 0 when not in Retry
/// @param lastRetryMillis  last failed attempt; 0 when not in Retry
/// @param nextRetryMillis  next scheduled attempt; 0 when not in Retry
/// @param lastError     what the last attempt ended with
public record QueueRecord(
        int id,
        String deliveryType,
        String nextHopDomain,
        UUID nextHopConnector,
        boolean suspended,
        int retryCount,
        long firstRetryMillis,
        long lastRetryMillis,
        long nextRetryMillis,
        ErrorRecord lastError) {}
