package dev.tarry.config;

import static dev.tarry.config.Kinds.SPAN;

import java.time.Duration;
import java.util.List;

/// The outgoing SMTP client, whatever the connector. The time-outs are RFC 5321 §4.5.3.2's.
///
/// @param port             where DNS-routed delivery dials
/// @param connectTimeout   until a connection stands
/// @param greetingTimeout  until the 220
/// @param commandTimeout   until the reply to EHLO, MAIL, RCPT and others
/// @param dataInitTimeout  until the 354
/// @param dataBlockTimeout while the remote host does not read
/// @param dataEndTimeout   until the reply to the end of the data
/// @param handing          how messages are handed over
/// @param reaching         how hosts are chosen and connections shared
public record SmtpSendSettings(
        int port,
        Duration connectTimeout,
        Duration greetingTimeout,
        Duration commandTimeout,
        Duration dataInitTimeout,
        Duration dataBlockTimeout,
        Duration dataEndTimeout,
        Handing handing,
        Reaching reaching) {
    /// How messages are handed over.
    ///
    /// @param chunkingEnabled         whether BDAT is used where a host offers CHUNKING (RFC 3030)
    /// @param maxChunkSize            octets of one BDAT, at most
    /// @param maxRecipientsPerMessage recipients of one transaction; the rest follow in another
    /// @param sevenBitHosts           what becomes of eight bits where a host does not offer 8BITMIME
    public record Handing(
            boolean chunkingEnabled, int maxChunkSize, int maxRecipientsPerMessage, SevenBitHosts sevenBitHosts) {
        public static final Handing DEFAULT = new Handing(true, 256 * 1024, 1_000, SevenBitHosts.CONVERT);
    }

    /// How hosts are chosen and connections shared.
    ///
    /// @param attemptTimeout no further address is tried when an attempt has taken so long
    /// @param unhealthyHostInterval how long a host that could not be used stands behind the others; zero:
    /// not at all
    /// @param messagesPerFurtherConnection a queue has one more connection for so many waiting messages
    /// @param retryConnectionsPercent of all connections, those that may find out at once whether next hops
    /// in Retry are back
    public record Reaching(
            Duration attemptTimeout,
            Duration unhealthyHostInterval,
            int messagesPerFurtherConnection,
            int retryConnectionsPercent) {
        public static final Reaching DEFAULT = new Reaching(Duration.ofMinutes(10), Duration.ofMinutes(1), 20, 50);
    }

    private static final Setting<Integer> PORT = Setting.of(
                    "smtpSend.port", Kinds.COUNT, "25", "The port that DNS-routed delivery dials.")
            .between("1", "65535");
    private static final Setting<Duration> CONNECT =
            timeout("connectTimeout", "00:00:30", "How long a remote host may take to accept a connection.");
    private static final Setting<Duration> GREETING =
            timeout("greetingTimeout", "00:05:00", "How long a remote host may take to greet.");
    private static final Setting<Duration> COMMAND =
            timeout("commandTimeout", "00:05:00", "How long a remote host may take to answer a command.");
    private static final Setting<Duration> DATA_INIT =
            timeout("dataInitTimeout", "00:02:00", "How long a remote host may take to answer DATA.");
    private static final Setting<Duration> DATA_BLOCK =
            timeout("dataBlockTimeout", "00:03:00", "How long a remote host may stop reading within the data.");
    private static final Setting<Duration> DATA_END =
            timeout("dataEndTimeout", "00:10:00", "How long a remote host may take to answer the end of the data.");

    private static final Setting<Boolean> CHUNKING = Setting.of(
            "smtpSend.chunkingEnabled",
            Kinds.SWITCH,
            "true",
            "Whether messages are sent with BDAT to hosts that offer CHUNKING; without it always with DATA.");
    private static final Setting<Long> MAX_CHUNK = Setting.of(
                    "smtpSend.maxChunkSize", Kinds.SIZE, "256KB", "The most that one BDAT carries.")
            .between("1KB", "16MB");
    private static final Setting<Integer> MAX_RECIPIENTS = Setting.of(
                    "smtpSend.maxRecipientsPerMessage",
                    Kinds.COUNT,
                    "1000",
                    "The most recipients that a remote host gets with one message; the rest follow at once with the same"
                            + " message.")
            .between("1", "100000");
    private static final Setting<SevenBitHosts> SEVEN_BIT = Setting.of(
            "smtpSend.sevenBitHosts",
            Kinds.choice("what to do", SevenBitHosts.class, SevenBitHosts::word),
            "Convert",
            "What becomes of a message of eight bits for a host that does not offer 8BITMIME: Convert (to"
                    + " quoted-printable and base64), Send (as it is), Refuse (550 5.6.3).");
    private static final Setting<Duration> ATTEMPT = Setting.of(
                    "smtpSend.attemptTimeout",
                    SPAN,
                    "00:10:00",
                    "How long an attempt goes on to the next address of a next hop when none could be used so far.")
            .between("00:00:01", "1.00:00:00");
    private static final Setting<Duration> UNHEALTHY = Setting.of(
                    "smtpSend.unhealthyHostInterval",
                    SPAN,
                    "00:01:00",
                    "How long a host that could not be used is tried after all others only; 00:00:00 to forget it at"
                            + " once.")
            .between("00:00:00", "1.00:00:00");
    private static final Setting<Integer> FURTHER = Setting.of(
                    "smtpSend.messagesPerFurtherConnection",
                    Kinds.COUNT,
                    "20",
                    "How many waiting messages give a queue one more connection, up to"
                            + " transport.maxPerDomainOutboundConnections.")
            .between("1", "1000000");
    private static final Setting<Integer> RETRY_PERCENT = Setting.of(
                    "smtpSend.retryConnectionsPercent",
                    Kinds.COUNT,
                    "50",
                    "How much of transport.maxOutboundConnections queues in Retry may use to find out whether their next"
                            + " hop is back, so that hosts that keep silent leave room for the others.")
            .between("1", "100");

    static final List<Setting<?>> ROWS = List.of(
            PORT,
            CONNECT,
            GREETING,
            COMMAND,
            DATA_INIT,
            DATA_BLOCK,
            DATA_END,
            CHUNKING,
            MAX_CHUNK,
            MAX_RECIPIENTS,
            SEVEN_BIT,
            ATTEMPT,
            UNHEALTHY,
            FURTHER,
            RETRY_PERCENT);

    private static Setting<Duration> timeout(String key, String builtIn, String says) {
        return Setting.of("smtpSend." + key, SPAN, builtIn, says).between("00:00:00.1", "01:00:00");
    }

    static SmtpSendSettings from(Values values) {
        return new SmtpSendSettings(
                values.of(PORT),
                values.of(CONNECT),
                values.of(GREETING),
                values.of(COMMAND),
                values.of(DATA_INIT),
                values.of(DATA_BLOCK),
                values.of(DATA_END),
                new Handing(
                        values.of(CHUNKING),
                        Math.toIntExact(values.of(MAX_CHUNK)),
                        values.of(MAX_RECIPIENTS),
                        values.of(SEVEN_BIT)),
                new Reaching(values.of(ATTEMPT), values.of(UNHEALTHY), values.of(FURTHER), values.of(RETRY_PERCENT)));
    }
}
