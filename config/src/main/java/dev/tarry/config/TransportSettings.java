package dev.tarry.config;

import static dev.tarry.config.Kinds.COUNT;
import static dev.tarry.config.Kinds.COUNT_OR_UNLIMITED;
import static dev.tarry.config.Kinds.SPAN;

import java.time.Duration;
import java.util.List;

/// Intervals and counters of the transport service (reference §2.1); defaults are those of the Mailbox role.
///
/// @param queueGlitchRetryCount                  first, fast retries after a failure of the next hop
/// @param queueGlitchRetryInterval               their spacing
/// @param transientFailureRetryCount             second-stage retries; 0 goes straight to the third stage
/// @param transientFailureRetryInterval          their spacing
/// @param outboundConnectionFailureRetryInterval spacing of the third stage, until expiry
/// @param mailboxDeliveryQueueRetryInterval      spacing of retries of a mailbox delivery queue
/// @param maxIdleTimeBeforeResubmit              a queue in Retry without success for so long is resubmitted
/// @param messageRetryInterval                   retry of a single message that got a 4xx over a working connection
/// @param resolverRetryInterval                  retry of a message that could not be categorized
/// @param messageExpirationTimeout               lifetime from first receipt
/// @param delayNotificationTimeout               how long after receipt the sender hears of the delay
/// @param expirationSweepInterval                how often expired messages are looked for
/// @param queueMaxIdleTime                       an empty queue lives this long
/// @param maxOutboundConnections                 concurrent sessions in all; [Integer#MAX_VALUE] for no limit
/// @param maxPerDomainOutboundConnections        concurrent sessions a next hop; [Integer#MAX_VALUE] for no limit
/// @param intraOrgConnectorSmtpMaxMessagesPerConnection messages a session to another server of ours, whom mail is
/// redirected to
/// @param intraOrgConnectorProtocolLoggingLevel  whether what is said in such a session is logged
/// @param retryJitterPercent                     by how many hundredths each wait of a queue in Retry is spread
/// @param maxQueueViewerQueryResultCount         queues or messages that one listing gives at most
public record TransportSettings(
        int queueGlitchRetryCount,
        Duration queueGlitchRetryInterval,
        int transientFailureRetryCount,
        Duration transientFailureRetryInterval,
        Duration outboundConnectionFailureRetryInterval,
        Duration mailboxDeliveryQueueRetryInterval,
        Duration maxIdleTimeBeforeResubmit,
        Duration messageRetryInterval,
        Duration resolverRetryInterval,
        Duration messageExpirationTimeout,
        Duration delayNotificationTimeout,
        Duration expirationSweepInterval,
        Duration queueMaxIdleTime,
        int maxOutboundConnections,
        int maxPerDomainOutboundConnections,
        int intraOrgConnectorSmtpMaxMessagesPerConnection,
        ProtocolLoggingLevel intraOrgConnectorProtocolLoggingLevel,
        int retryJitterPercent,
        int maxQueueViewerQueryResultCount) {

    private static final Setting<Integer> GLITCH_COUNT = Setting.of(
                    "transport.queueGlitchRetryCount",
                    COUNT,
                    "4",
                    "How many times a failed next hop is tried again in the first, fast stage.")
            .between("0", "15")
            .exchange("QueueGlitchRetryCount");
    private static final Setting<Duration> GLITCH_INTERVAL = Setting.of(
                    "transport.queueGlitchRetryInterval",
                    SPAN,
                    "00:01:00",
                    "The time between retries of the first, fast stage.")
            .between("00:00:01", "12:00:00")
            .exchange("QueueGlitchRetryInterval");
    private static final Setting<Integer> TRANSIENT_COUNT = Setting.of(
                    "transport.transientFailureRetryCount",
                    COUNT,
                    "6",
                    "How many times a failed next hop is tried again in the second stage; 0 leaves the stage out.")
            .between("0", "15")
            .exchange("TransientFailureRetryCount");
    private static final Setting<Duration> TRANSIENT_INTERVAL = Setting.of(
                    "transport.transientFailureRetryInterval",
                    SPAN,
                    "00:05:00",
                    "The time between retries of the second stage.")
            .between("00:00:01", "12:00:00")
            .exchange("TransientFailureRetryInterval");
    private static final Setting<Duration> OUTBOUND_INTERVAL = Setting.of(
                    "transport.outboundConnectionFailureRetryInterval",
                    SPAN,
                    "00:10:00",
                    "The time between retries of the last stage, which goes on until the messages expire.")
            .between("00:00:01", "20.00:00:00")
            .exchange("OutboundConnectionFailureRetryInterval");
    private static final Setting<Duration> MAILBOX_QUEUE_RETRY = Setting.of(
                    "transport.mailboxDeliveryQueueRetryInterval",
                    SPAN,
                    "00:05:00",
                    "The time between retries of a mailbox delivery queue.")
            .between("00:00:01", "1.00:00:00")
            .exchange("MailboxDeliveryQueueRetryInterval");
    private static final Setting<Duration> MAX_IDLE_BEFORE_RESUBMIT = Setting.of(
                    "transport.maxIdleTimeBeforeResubmit",
                    SPAN,
                    "12:00:00",
                    "How long a delivery queue may be in Retry without any success until its messages are routed anew.")
            .between("00:00:01", "90.00:00:00")
            .exchange("MaxIdleTimeBeforeResubmit");
    private static final Setting<Duration> MESSAGE_RETRY = Setting.of(
                    "transport.messageRetryInterval",
                    SPAN,
                    "00:05:00",
                    "How long a single message waits that the remote host deferred while the connection worked.")
            .between("00:00:01", "1.00:00:00")
            .exchange("MessageRetryInterval");
    private static final Setting<Duration> RESOLVER_RETRY = Setting.of(
                    "transport.resolverRetryInterval",
                    SPAN,
                    "00:30:00",
                    "How long a message waits in Submission or Unreachable that could not be categorized.")
            .between("00:00:01", "1.00:00:00")
            .exchange("ResolverRetryInterval");
    private static final Setting<Duration> EXPIRATION = Setting.of(
                    "transport.messageExpirationTimeout",
                    SPAN,
                    "2.00:00:00",
                    "How long after its receipt a message is given up and reported to its sender.")
            .between("00:00:05", "90.00:00:00")
            .exchange("MessageExpirationTimeout")
            .holds(Effect.NEW_MESSAGES);
    private static final Setting<Duration> DELAY_NOTIFICATION = Setting.of(
                    "transport.delayNotificationTimeout",
                    SPAN,
                    "04:00:00",
                    "How long after its receipt the sender of a message that still waits is told that it is late.")
            .between("00:00:01", "30.00:00:00")
            .exchange("DelayNotificationTimeout");
    private static final Setting<Duration> SWEEP = Setting.of(
                    "transport.expirationSweepInterval",
                    SPAN,
                    "00:00:00",
                    "0: a message expires at its very moment; else at the first multiple of this after it.")
            .between("00:00:00", "01:00:00");
    private static final Setting<Duration> MAX_IDLE = Setting.of(
                    "transport.queueMaxIdleTime", SPAN, "00:03:00", "How long an empty delivery queue is kept.")
            .between("00:00:05", "01:00:00")
            .exchange("QueueMaxIdleTime");
    private static final Setting<Integer> MAX_OUTBOUND = Setting.of(
                    "transport.maxOutboundConnections",
                    COUNT_OR_UNLIMITED,
                    "1000",
                    "How many outbound connections may be open at once.")
            .between("1", "unlimited")
            .exchange("MaxOutboundConnections");
    private static final Setting<Integer> MAX_PER_DOMAIN = Setting.of(
                    "transport.maxPerDomainOutboundConnections",
                    COUNT_OR_UNLIMITED,
                    "40",
                    "How many outbound connections may be open at once to one next hop.")
            .between("1", "unlimited")
            .exchange("MaxPerDomainOutboundConnections");

    private static final Setting<Integer> INTRA_ORG_MESSAGES = Setting.of(
                    "transport.intraOrgConnectorSmtpMaxMessagesPerConnection",
                    COUNT,
                    "20",
                    "How many messages one connection takes to another server that mail is redirected to.")
            .between("1", "2147483647")
            .exchange("IntraOrgConnectorSmtpMaxMessagesPerConnection");
    private static final Setting<ProtocolLoggingLevel> INTRA_ORG_LOGGING = Setting.of(
                    "transport.intraOrgConnectorProtocolLoggingLevel",
                    Kinds.choice("a level", ProtocolLoggingLevel.class, ProtocolLoggingLevel::word),
                    "None",
                    "Whether what is said to another server that mail is redirected to is written into the SMTP send"
                            + " protocol log.")
            .exchange("IntraOrgConnectorProtocolLoggingLevel");

    private static final Setting<Integer> JITTER = Setting.of(
                    "transport.retryJitterPercent",
                    COUNT,
                    "0",
                    "By up to how many percent of itself each wait of a queue in Retry is made longer or shorter, by chance"
                            + " (drawn from the seed, for each queue and attempt); 0: not at all, as in Exchange.")
            .between("0", "50");

    private static final Setting<Integer> MOST_SHOWN = Setting.of(
                    "transport.maxQueueViewerQueryResultCount",
                    COUNT,
                    "250000",
                    "How many queues or messages one listing gives at most, also if it is asked for an unlimited number.")
            .between("1", "1000000")
            .exchange("MaxQueueViewerQueryResultCount");

    static final List<Setting<?>> ROWS = List.of(
            GLITCH_COUNT,
            GLITCH_INTERVAL,
            TRANSIENT_COUNT,
            TRANSIENT_INTERVAL,
            OUTBOUND_INTERVAL,
            MAILBOX_QUEUE_RETRY,
            MAX_IDLE_BEFORE_RESUBMIT,
            MESSAGE_RETRY,
            RESOLVER_RETRY,
            EXPIRATION,
            DELAY_NOTIFICATION,
            SWEEP,
            MAX_IDLE,
            MAX_OUTBOUND,
            MAX_PER_DOMAIN,
            INTRA_ORG_MESSAGES,
            INTRA_ORG_LOGGING,
            JITTER,
            MOST_SHOWN);

    static TransportSettings from(Values values) {
        return new TransportSettings(
                values.of(GLITCH_COUNT),
                values.of(GLITCH_INTERVAL),
                values.of(TRANSIENT_COUNT),
                values.of(TRANSIENT_INTERVAL),
                values.of(OUTBOUND_INTERVAL),
                values.of(MAILBOX_QUEUE_RETRY),
                values.of(MAX_IDLE_BEFORE_RESUBMIT),
                values.of(MESSAGE_RETRY),
                values.of(RESOLVER_RETRY),
                values.of(EXPIRATION),
                values.of(DELAY_NOTIFICATION),
                values.of(SWEEP),
                values.of(MAX_IDLE),
                values.of(MAX_OUTBOUND),
                values.of(MAX_PER_DOMAIN),
                values.of(INTRA_ORG_MESSAGES),
                values.of(INTRA_ORG_LOGGING),
                values.of(JITTER),
                values.of(MOST_SHOWN));
    }
}
