package dev.tarry.queue;

import dev.tarry.mail.ExchangeProfile;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/// What the queues are told (names and defaults: reference §2.1). Immutable; replaced as a whole.
///
/// @param profile             whose words are used
/// @param computerName        short name, as identities print it: `MAIL`
/// @param fqdn                `mail.company.com`
/// @param defaultDomain       the default accepted domain, where postmaster is
/// @param internalDomains     accepted domains: their senders are our own
/// @param zone                the server's own time zone, for what is shown in local time
/// @param retry               the ladder of a queue in Retry
/// @param messageRetryInterval wait of a single message after a 4xx of its own (MessageRetryInterval)
/// @param messageExpirationTimeout lifetime from receipt (MessageExpirationTimeout)
/// @param expirationSweepInterval zero: a message expires at its very moment; else at the first multiple of this after
/// it
/// @param queueMaxIdleTime    how long an empty delivery queue stays (QueueMaxIdleTime)
/// @param maxPerDomainOutboundConnections connections a queue may have at once
/// @param messagesPerConnection a queue asks for one more connection per so many waiting messages
/// @param deferPerAttempt     whether each failed attempt of a queue writes a DEFER line for each of its messages, not
/// just the first of an episode and each other error
/// @param dsn                 how reports are made
public record QueueSettings(
        ExchangeProfile profile,
        String computerName,
        String fqdn,
        String defaultDomain,
        Set<String> internalDomains,
        ZoneId zone,
        RetrySchedule retry,
        Duration messageRetryInterval,
        Duration messageExpirationTimeout,
        Duration expirationSweepInterval,
        Duration queueMaxIdleTime,
        int maxPerDomainOutboundConnections,
        int messagesPerConnection,
        boolean deferPerAttempt,
        DsnSettings dsn) {
    /// @param postmaster      who a report to an outside sender comes from
    /// @param maxMessageAttachBytes a larger original is returned as its header only (DsnMaxMessageAttachSize)
    /// @param sendHtml        whether there is an HTML part (DsnSendHtml)
    public record DsnSettings(String postmaster, long maxMessageAttachBytes, boolean sendHtml) {}
}
