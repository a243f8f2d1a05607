package dev.tarry.config;

import static dev.tarry.config.Kinds.COUNT;
import static dev.tarry.config.Kinds.COUNT_OR_UNLIMITED;
import static dev.tarry.config.Kinds.SIZE;
import static dev.tarry.config.Kinds.SPAN;
import static dev.tarry.config.Kinds.SWITCH;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A listener for SMTP (reference §6.1, §6.2); defaults are what real servers show.
///
/// @param name                         as tracking shows it
/// @param bindings                     where it listens, one or more; port 0 takes a free one
/// @param fqdn                         the name it greets with; absent: the server's
/// @param banner                       the whole greeting, beginning with 220; absent: Exchange's own
/// @param anonymousRelayRanges         clients that may send to any domain without logging in
/// @param maxMessageSize               bytes
/// @param maxHeaderSize                bytes
/// @param maxRecipientsPerMessage      recipients a message
/// @param maxHopCount                  Received lines
/// @param maxInboundConnection         connections at once; [Integer#MAX_VALUE] for no limit
/// @param maxInboundConnectionPerSource connections at once a client address; [Integer#MAX_VALUE] for no limit
/// @param maxInboundConnectionPercentagePerSource the same, as a share of what is left, in per cent
/// @param maxProtocolErrors            errors before the session is closed
/// @param connectionTimeout            how long a session may last
/// @param connectionInactivityTimeout  how long a client may be silent
/// @param tarpitInterval               delay before a 5xx to a client that has not logged in
/// @param sizeAdvertisement            how SIZE is offered
/// @param pipeliningEnabled            whether PIPELINING is offered
/// @param eightBitMimeEnabled          whether 8BITMIME is offered
/// @param deliveryStatusNotificationEnabled whether DSN is offered
/// @param enhancedStatusCodesEnabled   whether ENHANCEDSTATUSCODES is offered
/// @param requireEhloDomain            whether a client must name itself in EHLO and HELO
/// @param bareLinefeedRejectionEnabled whether a message with bare line ends or NUL is refused
/// @param protocolLoggingLevel         whether what is said is written into the receive protocol log
/// @param formats                      the shapes that mail may have
/// @param scope                        whom it is for
/// @param rules                        what else it looks at
/// @param notes                        what is kept and shown only
/// @param signIn                       who may use it, and how that is proved
public record ReceiveConnectorSettings(
        String name,
        List<InetSocketAddress> bindings,
        Optional<String> fqdn,
        Optional<String> banner,
        List<IpRange> anonymousRelayRanges,
        long maxMessageSize,
        long maxHeaderSize,
        int maxRecipientsPerMessage,
        int maxHopCount,
        int maxInboundConnection,
        int maxInboundConnectionPerSource,
        int maxInboundConnectionPercentagePerSource,
        int maxProtocolErrors,
        Duration connectionTimeout,
        Duration connectionInactivityTimeout,
        Duration tarpitInterval,
        SizeAdvertisement sizeAdvertisement,
        boolean pipeliningEnabled,
        boolean eightBitMimeEnabled,
        boolean deliveryStatusNotificationEnabled,
        boolean enhancedStatusCodesEnabled,
        boolean requireEhloDomain,
        boolean bareLinefeedRejectionEnabled,
        ProtocolLoggingLevel protocolLoggingLevel,
        ReceiveFormats formats,
        ReceiveConnectorScope scope,
        ReceiveConnectorRules rules,
        ReceiveConnectorNotes notes,
        ReceiveConnectorSignIn signIn) {

    private static final Setting<String> NAME = Setting.required("name", Kinds.NAME, "unnamed", "The connector's name.")
            .exchange("Name");
    private static final Setting<List<InetSocketAddress>> BIND = Setting.required(
                    "bind",
                    Kinds.list(Kinds.BINDING),
                    "127.0.0.1:0",
                    "Where the connector listens; several connectors may share an address if their remoteIPRanges tell"
                            + " their clients apart.")
            .exchange("Bindings");
    private static final Setting<Optional<String>> FQDN = Setting.of(
                    "fqdn",
                    Kinds.optional(Kinds.HOST),
                    "",
                    "The name that the connector greets with; without one, the server's.")
            .exchange("Fqdn")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Optional<String>> BANNER = Setting.of(
                    "banner",
                    Kinds.optional(Kinds.BANNER),
                    "",
                    "The whole greeting, beginning with 220; without one, Exchange's.")
            .exchange("Banner")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<List<IpRange>> RELAY = Setting.of(
                    "anonymousRelayRanges",
                    Kinds.list(Kinds.IP_RANGE),
                    "127.0.0.0/8,::1",
                    "The clients that may send to any domain without logging in, whatever the permission groups; others reach"
                            + " accepted domains only.")
            .inNetwork("")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Long> MESSAGE_SIZE = Setting.of(
                    "maxMessageSize", SIZE, "36MB", "The largest message that is accepted.")
            .between("64KB", "2047MB")
            .exchange("MaxMessageSize")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Long> HEADER_SIZE = Setting.of(
                    "maxHeaderSize", SIZE, "256KB", "The largest message header that is accepted.")
            .between("1KB", "16MB")
            .exchange("MaxHeaderSize")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> RECIPIENTS = Setting.of(
                    "maxRecipientsPerMessage", COUNT, "200", "The most recipients of one message.")
            .between("1", "512000")
            .exchange("MaxRecipientsPerMessage")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> HOPS = Setting.of(
                    "maxHopCount", COUNT, "60", "The most Received lines that a message may bring.")
            .between("1", "500")
            .exchange("MaxHopCount")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> CONNECTIONS = Setting.of(
                    "maxInboundConnection", COUNT_OR_UNLIMITED, "5000", "The most connections at once.")
            .between("1", "unlimited")
            .exchange("MaxInboundConnection")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> PER_SOURCE = Setting.of(
                    "maxInboundConnectionPerSource",
                    COUNT_OR_UNLIMITED,
                    "20",
                    "The most connections at once from one address; loopback is free of it unless receive.limitsHoldForLoopback"
                            + " is true.")
            .between("1", "unlimited")
            .exchange("MaxInboundConnectionPerSource")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> PERCENTAGE = Setting.of(
                    "maxInboundConnectionPercentagePerSource",
                    COUNT,
                    "2",
                    "The share of the connections still free that one address may take, in per cent; loopback is free"
                            + " of it unless receive.limitsHoldForLoopback is true.")
            .between("1", "100")
            .exchange("MaxInboundConnectionPercentagePerSource")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> ERRORS = Setting.of(
                    "maxProtocolErrors", COUNT_OR_UNLIMITED, "5", "The errors after which a session is closed.")
            .between("1", "unlimited")
            .exchange("MaxProtocolErrors")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Duration> SESSION = Setting.of(
                    "connectionTimeout", SPAN, "00:10:00", "How long a session may last.")
            .between("00:00:01", "1.00:00:00")
            .exchange("ConnectionTimeout")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Duration> INACTIVITY = Setting.of(
                    "connectionInactivityTimeout", SPAN, "00:05:00", "How long a client may be silent.")
            .between("00:00:01", "1.00:00:00")
            .exchange("ConnectionInactivityTimeout")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Duration> TARPIT = Setting.of(
                    "tarpitInterval",
                    SPAN,
                    "00:00:05",
                    "The delay before a refusal to a client that has not logged in; loopback is free of it unless receive.limitsHoldForLoopback"
                            + " is true.")
            .between("00:00:00", "00:10:00")
            .exchange("TarpitInterval")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<SizeAdvertisement> SIZE_ENABLED = Setting.of(
                    "sizeEnabled",
                    Kinds.choice("a way to offer SIZE", SizeAdvertisement.class, SizeAdvertisement::word),
                    "Enabled",
                    "Whether SIZE is offered, and with its number.")
            .exchange("SizeEnabled")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> PIPELINING = offered("pipeliningEnabled", "PIPELINING", "PipeliningEnabled");
    private static final Setting<Boolean> EIGHT_BIT = offered("eightBitMimeEnabled", "8BITMIME", "EightBitMimeEnabled");
    private static final Setting<Boolean> DSN =
            offered("deliveryStatusNotificationEnabled", "DSN", "DeliveryStatusNotificationEnabled");
    private static final Setting<Boolean> ENHANCED =
            offered("enhancedStatusCodesEnabled", "ENHANCEDSTATUSCODES", "EnhancedStatusCodesEnabled");
    private static final Setting<Boolean> EHLO_DOMAIN = Setting.of(
                    "requireEHLODomain", SWITCH, "false", "Whether a client must name itself in EHLO and HELO.")
            .exchange("RequireEHLODomain")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> BARE_LINEFEED = Setting.of(
                    "bareLinefeedRejectionEnabled",
                    SWITCH,
                    "true",
                    "Whether a message with a bare CR, bare LF or NUL is refused, which BINARYMIME may have; Exchange's"
                            + " own default is false.")
            .exchange("BareLinefeedRejectionEnabled")
            .holds(Effect.NEW_SESSIONS);

    private static final Setting<ProtocolLoggingLevel> PROTOCOL_LOGGING = Setting.of(
                    "protocolLoggingLevel",
                    Kinds.choice("a level", ProtocolLoggingLevel.class, ProtocolLoggingLevel::word),
                    "None",
                    "Whether what clients and the connector say is written into the SMTP receive protocol log.")
            .exchange("ProtocolLoggingLevel")
            .holds(Effect.NEW_SESSIONS);

    static final SettingList LIST = new SettingList(
            "receiveConnectors",
            "name",
            rows(
                    NAME,
                    BIND,
                    FQDN,
                    BANNER,
                    RELAY,
                    MESSAGE_SIZE,
                    HEADER_SIZE,
                    RECIPIENTS,
                    HOPS,
                    CONNECTIONS,
                    PER_SOURCE,
                    PERCENTAGE,
                    ERRORS,
                    SESSION,
                    INACTIVITY,
                    TARPIT,
                    SIZE_ENABLED,
                    PIPELINING,
                    EIGHT_BIT,
                    DSN,
                    ENHANCED,
                    EHLO_DOMAIN,
                    BARE_LINEFEED,
                    PROTOCOL_LOGGING),
            values -> {
                String computer = values.of(ServerSettings.COMPUTER_NAME);
                InetAddress address = values.of(ReceiveDoorSettings.ADDRESS);
                return List.of(
                        Map.of(
                                "name",
                                "Default Frontend " + computer,
                                "bind",
                                on(address, 2525),
                                "protocolLoggingLevel",
                                "Verbose"),
                        Map.of(
                                "name",
                                "Client Frontend " + computer,
                                "bind",
                                on(address, 2587),
                                "authMechanism",
                                ReceiveConnectorSignIn.CLIENT_FRONTEND_MECHANISMS,
                                "permissionGroups",
                                PermissionGroup.EXCHANGE_USERS.word(),
                                "messageRateLimit",
                                "5",
                                "messageRateSource",
                                "User"));
            },
            "The listeners for SMTP.");

    /// Lists are copied.
    public ReceiveConnectorSettings {
        bindings = List.copyOf(bindings);
        anonymousRelayRanges = List.copyOf(anonymousRelayRanges);
    }

    /// Whether a client may send to any domain without logging in.
    public boolean mayRelay(InetAddress client) {
        return anonymousRelayRanges.stream().anyMatch(range -> range.contains(client));
    }

    private static List<Setting<?>> rows(Setting<?>... own) {
        return Stream.of(
                        List.of(own),
                        ReceiveFormats.ROWS,
                        ReceiveConnectorScope.ROWS,
                        ReceiveConnectorRules.ROWS,
                        ReceiveConnectorNotes.ROWS,
                        ReceiveConnectorSignIn.ROWS)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    private static Setting<Boolean> offered(String key, String keyword, String exchangeName) {
        return Setting.of(key, SWITCH, "true", "Whether " + keyword + " is offered.")
                .exchange(exchangeName)
                .holds(Effect.NEW_SESSIONS);
    }

    private static String on(InetAddress address, int port) {
        return Endpoints.print(new InetSocketAddress(address, port));
    }

    static ReceiveConnectorSettings from(Values values) {
        return new ReceiveConnectorSettings(
                values.of(NAME),
                values.of(BIND),
                values.of(FQDN),
                values.of(BANNER),
                values.of(RELAY),
                values.of(MESSAGE_SIZE),
                values.of(HEADER_SIZE),
                values.of(RECIPIENTS),
                values.of(HOPS),
                values.of(CONNECTIONS),
                values.of(PER_SOURCE),
                values.of(PERCENTAGE),
                values.of(ERRORS),
                values.of(SESSION),
                values.of(INACTIVITY),
                values.of(TARPIT),
                values.of(SIZE_ENABLED),
                values.of(PIPELINING),
                values.of(EIGHT_BIT),
                values.of(DSN),
                values.of(ENHANCED),
                values.of(EHLO_DOMAIN),
                values.of(BARE_LINEFEED),
                values.of(PROTOCOL_LOGGING),
                ReceiveFormats.from(values),
                ReceiveConnectorScope.from(values),
                ReceiveConnectorRules.from(values),
                ReceiveConnectorNotes.from(values),
                ReceiveConnectorSignIn.from(values));
    }

    /// The same on free ports of its addresses.
    ///
    /// @param freed which of its bindings
    ReceiveConnectorSettings onFreePorts(Predicate<InetSocketAddress> freed) {
        return new ReceiveConnectorSettings(
                name,
                bindings.stream()
                        .map(bind -> freed.test(bind) ? new InetSocketAddress(bind.getAddress(), 0) : bind)
                        .toList(),
                fqdn,
                banner,
                anonymousRelayRanges,
                maxMessageSize,
                maxHeaderSize,
                maxRecipientsPerMessage,
                maxHopCount,
                maxInboundConnection,
                maxInboundConnectionPerSource,
                maxInboundConnectionPercentagePerSource,
                maxProtocolErrors,
                connectionTimeout,
                connectionInactivityTimeout,
                tarpitInterval,
                sizeAdvertisement,
                pipeliningEnabled,
                eightBitMimeEnabled,
                deliveryStatusNotificationEnabled,
                enhancedStatusCodesEnabled,
                requireEhloDomain,
                bareLinefeedRejectionEnabled,
                protocolLoggingLevel,
                formats,
                scope,
                rules,
                notes,
                signIn);
    }
}
