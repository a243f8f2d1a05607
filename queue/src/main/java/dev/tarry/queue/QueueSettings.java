package dev.tarry.queue;

import dev.tarry.config.ALabels;
import dev.tarry.dsn.DsnRequest;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.EnhancedStatus;
import dev.tarry.mail.ExchangeProfile;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the queues are told (names and defaults: reference §2.1). Immutable; replaced as a whole.
///
/// @param profile             whose words are used
/// @param computerName        short name, as identities print it: `MAIL`
/// @param fqdn                `mail.company.com`
/// @param defaultDomain       the default accepted domain, where postmaster is
/// @param internalDomains     accepted domains: their senders are our own; with a dot before it, what lies below one
/// @param zone                the server's own time zone, for what is shown in local time
/// @param retry               the ladder of a queue in Retry
/// @param mailboxDeliveryQueueRetryInterval the wait of a queue of a mailbox database in Retry, after every failure
/// (MailboxDeliveryQueueRetryInterval)
/// @param maxIdleTimeBeforeResubmit how long a delivery queue may be in Retry without success until its messages go
/// back
/// to the categorizer (MaxIdleTimeBeforeResubmit)
/// @param messageRetryInterval wait of a single message after a 4xx of its own (MessageRetryInterval)
/// @param resolverRetryInterval wait of a message in Submission or Unreachable that could not be categorized
/// (ResolverRetryInterval)
/// @param messageExpirationTimeout lifetime from receipt (MessageExpirationTimeout)
/// @param delayNotificationTimeout how long after receipt its sender hears that it is late (DelayNotificationTimeout)
/// @param expirationSweepInterval zero: a message expires at its very moment; else at the first multiple of this after
/// it
/// @param queueMaxIdleTime    how long an empty delivery queue stays (QueueMaxIdleTime)
/// @param maxPerDomainOutboundConnections connections a queue may have at once
/// @param messagesPerConnection a queue asks for one more connection per so many waiting messages
/// @param deferPerAttempt     whether each failed attempt of a queue writes a DEFER line for each of its messages, not
/// just the first of an episode and each other error
/// @param dsn                 how reports are made
/// @param keeping             what is kept aside
/// @param priorities          what comes first, and what that means
/// @param retryJitterPercent  by up to so much of itself each wait of a queue in Retry is longer or shorter, by chance
public record QueueSettings(
        ExchangeProfile profile,
        String computerName,
        String fqdn,
        String defaultDomain,
        Set<String> internalDomains,
        ZoneId zone,
        RetrySchedule retry,
        Duration mailboxDeliveryQueueRetryInterval,
        Duration maxIdleTimeBeforeResubmit,
        Duration messageRetryInterval,
        Duration resolverRetryInterval,
        Duration messageExpirationTimeout,
        Duration delayNotificationTimeout,
        Duration expirationSweepInterval,
        Duration queueMaxIdleTime,
        int maxPerDomainOutboundConnections,
        int messagesPerConnection,
        boolean deferPerAttempt,
        DsnSettings dsn,
        Keeping keeping,
        Priorities priorities,
        int retryJitterPercent) {
    /// Keeps nothing aside but poison.
    public QueueSettings(
            ExchangeProfile profile,
            String computerName,
            String fqdn,
            String defaultDomain,
            Set<String> internalDomains,
            ZoneId zone,
            RetrySchedule retry,
            Duration mailboxDeliveryQueueRetryInterval,
            Duration maxIdleTimeBeforeResubmit,
            Duration messageRetryInterval,
            Duration resolverRetryInterval,
            Duration messageExpirationTimeout,
            Duration delayNotificationTimeout,
            Duration expirationSweepInterval,
            Duration queueMaxIdleTime,
            int maxPerDomainOutboundConnections,
            int messagesPerConnection,
            boolean deferPerAttempt,
            DsnSettings dsn) {
        this(
                profile,
                computerName,
                fqdn,
                defaultDomain,
                internalDomains,
                zone,
                retry,
                mailboxDeliveryQueueRetryInterval,
                maxIdleTimeBeforeResubmit,
                messageRetryInterval,
                resolverRetryInterval,
                messageExpirationTimeout,
                delayNotificationTimeout,
                expirationSweepInterval,
                queueMaxIdleTime,
                maxPerDomainOutboundConnections,
                messagesPerConnection,
                deferPerAttempt,
                dsn,
                Keeping.POISON_ONLY,
                Priorities.OFF,
                0);
    }

    /// Lifetime from receipt.
    ///
    /// @param priority 0 High, 1 Normal, 2 Low
    Duration messageExpirationTimeout(int priority) {
        return priorities.on() ? priorities.of(priority).expirationTimeout() : messageExpirationTimeout;
    }

    /// How long after receipt the sender hears that it is late.
    Duration delayNotificationTimeout(int priority) {
        return priorities.on() ? priorities.of(priority).delayNotificationTimeout() : delayNotificationTimeout;
    }

    /// The priority that a message has here, of those that its header may ask for.
    int priority(int asked, long bytes) {
        boolean tooLarge = priorities.on() && asked == 0 && bytes > priorities.maxHighBytes();
        return tooLarge ? Incoming.NORMAL_PRIORITY : asked;
    }

    /// What is kept aside (reference §9.3, §9.5).
    ///
    /// @param safetyNetHoldTime how long delivered mail is kept; zero: it is not
    /// @param relayedToo        whether mail that another server took is kept too
    /// @param poisonThreshold   how often a message's processing may fail unexpectedly before it is poison
    public record Keeping(Duration safetyNetHoldTime, boolean relayedToo, int poisonThreshold) {
        /// No Safety Net, and Exchange's threshold.
        public static final Keeping POISON_ONLY = new Keeping(Duration.ZERO, false, 2);
    }

    /// How reports are made (reference §7.6).
    ///
    /// @param postmaster who a report to an outside sender comes from, and who gets the copies
    /// @param internal   for senders of our own domains
    /// @param external   for everybody else
    /// @param copyFor    failures of which the postmaster gets a copy (GenerateCopyOfDSNFor)
    /// @param texts      the operator's own texts
    /// @param remotes    what senders of domains outside are told
    public record DsnSettings(
            String postmaster,
            DsnStyle internal,
            DsnStyle external,
            Set<EnhancedStatus> copyFor,
            List<OwnText> texts,
            RemoteDomains remotes) {
        public DsnSettings {
            copyFor = Set.copyOf(copyFor);
            texts = List.copyOf(texts);
        }

        /// Everybody is told everything.
        public DsnSettings(
                String postmaster,
                DsnStyle internal,
                DsnStyle external,
                Set<EnhancedStatus> copyFor,
                List<OwnText> texts) {
            this(postmaster, internal, external, copyFor, texts, RemoteDomains.NONE);
        }

        /// Exchange's defaults, without copies.
        public static DsnSettings of(String postmaster) {
            return new DsnSettings(postmaster, DsnStyle.EXCHANGE, DsnStyle.EXCHANGE, Set.of(), List.of());
        }

        /// @param internal whether the sender is one of our own
        DsnStyle style(boolean internal) {
            return internal ? this.internal : external;
        }
    }

    /// @param delayEnabled    whether delays are reported (…DelayDsnEnabled)
    /// @param maxMessageAttachBytes a larger original is returned as its header only (…DsnMaxMessageAttachSize)
    /// @param sendHtml        whether there is an HTML part (…DsnSendHtml)
    /// @param authority       who reports, in the machine part; absent: this server (…DsnReportingAuthority)
    public record DsnStyle(
            boolean delayEnabled, long maxMessageAttachBytes, boolean sendHtml, Optional<String> authority) {
        /// Exchange's defaults.
        public static final DsnStyle EXCHANGE =
                new DsnStyle(true, DsnRequest.ReportingServer.DEFAULT_MAX_ATTACH_BYTES, true, Optional.empty());
    }

    /// A text of the operator's own (New-SystemMessage).
    ///
    /// @param internal whether it is for senders of our own domains, or for all others
    public record OwnText(boolean internal, DsnRequest.CustomText text) {}

    /// The ladder of a queue of this type in Retry.
    RetrySchedule retry(DeliveryType type) {
        return type == DeliveryType.SMTP_DELIVERY_TO_MAILBOX
                ? RetrySchedule.every(mailboxDeliveryQueueRetryInterval)
                : retry;
    }

    /// The same, but for what is kept aside.
    public QueueSettings with(Keeping other) {
        return with(other, priorities, retryJitterPercent);
    }

    /// The same, but for what priorities mean.
    QueueSettings with(Priorities other) {
        return with(keeping, other, retryJitterPercent);
    }

    /// The same, but for how far waits are spread.
    QueueSettings withJitter(int percent) {
        return with(keeping, priorities, percent);
    }

    private QueueSettings with(Keeping otherKeeping, Priorities otherPriorities, int otherJitterPercent) {
        return new QueueSettings(
                profile,
                computerName,
                fqdn,
                defaultDomain,
                internalDomains,
                zone,
                retry,
                mailboxDeliveryQueueRetryInterval,
                maxIdleTimeBeforeResubmit,
                messageRetryInterval,
                resolverRetryInterval,
                messageExpirationTimeout,
                delayNotificationTimeout,
                expirationSweepInterval,
                queueMaxIdleTime,
                maxPerDomainOutboundConnections,
                messagesPerConnection,
                deferPerAttempt,
                dsn,
                otherKeeping,
                otherPriorities,
                otherJitterPercent);
    }

    /// Whether the address is one of ours: it decides how a report to it looks.
    boolean internal(EmailAddress address) {
        String domain = ALabels.canonical(address.domain());
        return ours(domain) || dsn.remotes().of(domain).internal();
    }

    private boolean ours(String domain) {
        if (internalDomains.contains(domain)) {
            return true;
        }
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            if (internalDomains.contains(domain.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    /// Whether a sender is told of what failed, or was delivered, handed on, or is late: a domain outside may be spared
    /// either (Set-RemoteDomain).
    boolean reports(EmailAddress sender, boolean failure) {
        String domain = ALabels.canonical(sender.domain());
        RemoteDomains.Terms terms = dsn.remotes().of(domain);
        return (failure ? terms.ndr() : terms.deliveryReports()) || ours(domain);
    }
}
