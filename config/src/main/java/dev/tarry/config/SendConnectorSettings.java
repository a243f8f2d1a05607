package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// A way out (reference §5.1).
///
/// @param name                         as tracking shows it
/// @param enabled                      whether it is used
/// @param addressSpaces                in full form, `TYPE:space;cost` (reference §5.2); at least one
/// @param dnsRoutingEnabled            MX of the recipient's domain, or else the smart hosts
/// @param smartHosts                   names or addresses (in brackets), in the order written
/// @param port                         where smart hosts are dialled
/// @param useExternalDNSServersEnabled whose DNS servers it asks (reference §4.2)
/// @param fqdn                         the name in EHLO; absent: the server's
/// @param forceHelo                    HELO instead of EHLO
/// @param maxMessageSize               bytes; [Long#MAX_VALUE] for no limit
/// @param smtpMaxMessagesPerConnection messages a connection
/// @param connectionInactivityTimeout  how long a session may be idle
/// @param errorPolicies                never empty
/// @param tls                          how connections are protected
/// @param login                        how it logs in at its smart hosts
/// @param scope                        who may use it
/// @param sourceAddress                where connections come from; absent: wherever the system likes
/// @param protocolLoggingLevel         whether its conversations are written down
/// @param notes                        what is kept and shown only
/// @param guid                         its GUID; absent: one made of the name, the same at every start
public record SendConnectorSettings(
        String name,
        boolean enabled,
        List<String> addressSpaces,
        boolean dnsRoutingEnabled,
        List<String> smartHosts,
        int port,
        boolean useExternalDNSServersEnabled,
        Optional<String> fqdn,
        boolean forceHelo,
        long maxMessageSize,
        int smtpMaxMessagesPerConnection,
        Duration connectionInactivityTimeout,
        Set<ErrorPolicy> errorPolicies,
        SendConnectorTls tls,
        SendConnectorLogin login,
        SendConnectorScope scope,
        Optional<InetAddress> sourceAddress,
        ProtocolLoggingLevel protocolLoggingLevel,
        SendConnectorNotes notes,
        Optional<UUID> guid) {

    private static final Setting<String> NAME = Setting.required("name", Kinds.NAME, "unnamed", "The connector's name.")
            .exchange("Name");
    private static final Setting<Boolean> ENABLED = Setting.of(
                    "enabled", SWITCH, "true", "Whether the connector is used.")
            .exchange("Enabled");
    private static final Setting<List<String>> SPACES = Setting.required(
                    "addressSpaces",
                    Kinds.list(DomainKinds.ADDRESS_SPACE),
                    "SMTP:*;1",
                    "The domains that the connector is for, each with its cost.")
            .exchange("AddressSpaces");
    private static final Setting<Boolean> DNS_ROUTING = Setting.of(
                    "dnsRoutingEnabled",
                    SWITCH,
                    "true",
                    "Whether the recipient domain's MX is used; if not, the smart hosts are.")
            .exchange("DNSRoutingEnabled");
    private static final Setting<List<String>> SMART_HOSTS = Setting.of(
                    "smartHosts",
                    Kinds.list(Kinds.SMART_HOST),
                    "",
                    "The hosts that take all mail of the connector where dnsRoutingEnabled is false.")
            .exchange("SmartHosts");
    private static final Setting<Integer> PORT = Setting.of(
                    "port",
                    Kinds.COUNT,
                    "25",
                    "The port on which smart hosts are dialled; on 0 nobody can be, so mail waits.")
            .between("0", "65535")
            .exchange("Port");
    private static final Setting<Boolean> EXTERNAL_DNS = Setting.of(
                    "useExternalDNSServersEnabled",
                    SWITCH,
                    "false",
                    "Whether the connector asks the external DNS servers instead of the internal ones.")
            .exchange("UseExternalDNSServersEnabled");
    private static final Setting<Optional<String>> FQDN = Setting.of(
                    "fqdn", Kinds.optional(Kinds.HOST), "", "The name in EHLO; without one, the server's.")
            .exchange("Fqdn");
    private static final Setting<Boolean> FORCE_HELO = Setting.of(
                    "forceHELO", SWITCH, "false", "Whether HELO is said instead of EHLO.")
            .exchange("ForceHELO");
    private static final Setting<Long> MESSAGE_SIZE = Setting.of(
                    "maxMessageSize", Kinds.SIZE_OR_UNLIMITED, "35MB", "The largest message that the connector takes.")
            .between("1KB", "unlimited")
            .exchange("MaxMessageSize");
    private static final Setting<Integer> PER_CONNECTION = Setting.of(
                    "smtpMaxMessagesPerConnection", Kinds.COUNT, "20", "The most messages that one connection carries.")
            .between("1", "1000000")
            .exchange("SmtpMaxMessagesPerConnection");
    private static final Setting<Duration> INACTIVITY = Setting.of(
                    "connectionInactivityTimeout", Kinds.SPAN, "00:10:00", "How long an outbound session may be idle.")
            .between("00:00:01", "1.00:00:00")
            .exchange("ConnectionInactivityTimeOut");
    private static final Setting<List<ErrorPolicy>> POLICIES = Setting.of(
                    "errorPolicies",
                    Kinds.list(Kinds.choice("an error policy", ErrorPolicy.class, ErrorPolicy::word)),
                    "Default",
                    "Which errors are taken for temporary or permanent ones instead.")
            .exchange("ErrorPolicies");

    private static final Setting<InetAddress> SOURCE = Setting.of(
                    "sourceIPAddress",
                    Kinds.ADDRESS,
                    "0.0.0.0",
                    "The address of this server that connections come from; 0.0.0.0 for whichever the system takes.")
            .exchange("SourceIPAddress");
    private static final Setting<ProtocolLoggingLevel> LOGGING = Setting.of(
                    "protocolLoggingLevel",
                    Kinds.choice("a logging level", ProtocolLoggingLevel.class, ProtocolLoggingLevel::word),
                    "None",
                    "Whether the connector's conversations are written to the protocol log.")
            .exchange("ProtocolLoggingLevel");

    private static final Setting<Optional<UUID>> GUID = Setting.of(
                    "guid",
                    Kinds.optional(Kinds.GUID),
                    "",
                    "The connector's GUID, which its queues are known by; without one, it is made of the name.")
            .exchange("Guid");

    static final SettingList LIST = new SettingList(
            "sendConnectors",
            "name",
            rows(
                    NAME,
                    ENABLED,
                    SPACES,
                    DNS_ROUTING,
                    SMART_HOSTS,
                    PORT,
                    EXTERNAL_DNS,
                    FQDN,
                    FORCE_HELO,
                    MESSAGE_SIZE,
                    PER_CONNECTION,
                    INACTIVITY,
                    POLICIES,
                    SOURCE,
                    LOGGING,
                    GUID),
            _ -> List.of(Map.of(
                    "name", "Internet",
                    "addressSpaces", "SMTP:*;1",
                    "useExternalDNSServersEnabled", "true",
                    "maxMessageSize", "unlimited")),
            "The ways out.");

    /// Collections are copied.
    public SendConnectorSettings {
        addressSpaces = List.copyOf(addressSpaces);
        smartHosts = List.copyOf(smartHosts);
        errorPolicies = Set.copyOf(errorPolicies);
    }

    private static List<Setting<?>> rows(Setting<?>... own) {
        return Stream.of(
                        List.of(own),
                        SendConnectorTls.ROWS,
                        SendConnectorLogin.ROWS,
                        SendConnectorScope.ROWS,
                        SendConnectorNotes.ROWS)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    static SendConnectorSettings from(Values values) {
        List<ErrorPolicy> policies = values.of(POLICIES);
        return new SendConnectorSettings(
                values.of(NAME),
                values.of(ENABLED),
                values.of(SPACES),
                values.of(DNS_ROUTING),
                values.of(SMART_HOSTS),
                values.of(PORT),
                values.of(EXTERNAL_DNS),
                values.of(FQDN),
                values.of(FORCE_HELO),
                values.of(MESSAGE_SIZE),
                values.of(PER_CONNECTION),
                values.of(INACTIVITY),
                policies.isEmpty() ? Set.of(ErrorPolicy.DEFAULT) : Set.copyOf(policies),
                SendConnectorTls.from(values),
                SendConnectorLogin.from(values),
                SendConnectorScope.from(values),
                Optional.of(values.of(SOURCE)).filter(address -> !address.isAnyLocalAddress()),
                values.of(LOGGING),
                SendConnectorNotes.from(values),
                values.of(GUID));
    }
}
