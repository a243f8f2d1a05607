package dev.tarry.config;

import static dev.tarry.config.Kinds.COUNT;
import static dev.tarry.config.Kinds.COUNT_OR_UNLIMITED;
import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;
import java.util.Optional;

/// What a receive connector looks at besides sizes, connections and time-outs (reference §6.2).
///
/// @param maxLocalHopCount   Received lines of this server; 0 for no limit
/// @param messageRateLimit   messages a minute; [Integer#MAX_VALUE] for no limit
/// @param messageRateSource  whose messages are counted
/// @param maxUnknownRecipients recipients that do not exist before the session is closed;
///                             [Integer#MAX_VALUE] for no limit
/// @param rejectReservedTopLevelRecipientDomains    such as `x.test` (RFC 2606 §2)
/// @param rejectReservedSecondLevelRecipientDomains such as `example.com` (RFC 2606 §3)
/// @param rejectSingleLabelRecipientDomains         such as `intranet`
/// @param defaultDomain      an accepted domain that is put behind addresses without one; absent: they are refused
public record ReceiveConnectorRules(
        int maxLocalHopCount,
        int messageRateLimit,
        MessageRateSource messageRateSource,
        int maxUnknownRecipients,
        boolean rejectReservedTopLevelRecipientDomains,
        boolean rejectReservedSecondLevelRecipientDomains,
        boolean rejectSingleLabelRecipientDomains,
        Optional<String> defaultDomain) {
    private static final Setting<Integer> LOCAL_HOPS = Setting.of(
                    "maxLocalHopCount",
                    COUNT,
                    "5",
                    "The most Received lines of this server that a message may bring; 0 for no limit.")
            .between("0", "50")
            .exchange("MaxLocalHopCount")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> RATE = Setting.of(
                    "messageRateLimit",
                    COUNT_OR_UNLIMITED,
                    "unlimited",
                    "The most messages a minute from one source; loopback is free of it unless receive.limitsHoldForLoopback"
                            + " is true.")
            .between("1", "unlimited")
            .exchange("MessageRateLimit")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<MessageRateSource> RATE_SOURCE = Setting.of(
                    "messageRateSource",
                    Kinds.choice("a source of messages", MessageRateSource.class, MessageRateSource::word),
                    "IPAddress",
                    "Whose messages messageRateLimit counts: of a sender (User), of a client (IPAddress), or both (All).")
            .exchange("MessageRateSource")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> UNKNOWN = Setting.of(
                    "maxUnknownRecipients",
                    COUNT_OR_UNLIMITED,
                    "100",
                    "The recipients that do not exist after which a session is closed: nobody tries out a directory.")
            .between("1", "unlimited")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> TOP_LEVEL = refused(
            "rejectReservedTopLevelRecipientDomains",
            "Whether recipients in reserved top-level domains (test, example, invalid, localhost) are refused.",
            "RejectReservedTopLevelRecipientDomains");
    private static final Setting<Boolean> SECOND_LEVEL = refused(
            "rejectReservedSecondLevelRecipientDomains",
            "Whether recipients in reserved second-level domains (example.com, example.net, example.org) are refused.",
            "RejectReservedSecondLevelRecipientDomains");
    private static final Setting<Boolean> SINGLE_LABEL = refused(
            "rejectSingleLabelRecipientDomains",
            "Whether recipients in domains without a dot are refused.",
            "RejectSingleLabelRecipientDomains");

    static final Setting<Optional<String>> DEFAULT_DOMAIN = Setting.of(
                    "defaultDomain",
                    Kinds.optional(Kinds.HOST),
                    "",
                    "The accepted domain that is put behind addresses in MAIL and RCPT that have none; without one they"
                            + " are refused.")
            .exchange("DefaultDomain")
            .holds(Effect.NEW_SESSIONS);

    static final List<Setting<?>> ROWS =
            List.of(LOCAL_HOPS, RATE, RATE_SOURCE, UNKNOWN, TOP_LEVEL, SECOND_LEVEL, SINGLE_LABEL, DEFAULT_DOMAIN);

    private static Setting<Boolean> refused(String key, String says, String exchangeName) {
        return Setting.of(key, SWITCH, "false", says).exchange(exchangeName).holds(Effect.NEW_SESSIONS);
    }

    static ReceiveConnectorRules from(Values values) {
        return new ReceiveConnectorRules(
                values.of(LOCAL_HOPS),
                values.of(RATE),
                values.of(RATE_SOURCE),
                values.of(UNKNOWN),
                values.of(TOP_LEVEL),
                values.of(SECOND_LEVEL),
                values.of(SINGLE_LABEL),
                values.of(DEFAULT_DOMAIN));
    }
}
