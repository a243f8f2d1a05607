package dev.tarry.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// How names are resolved (reference §4.1, §4.3).
///
/// @param externalDNSAdapterEnabled whether external look-ups use the network adapter's servers
/// @param externalDNSServers        used for external look-ups while that is off
/// @param externalDNSProtocolOption UDP, TCP or both, for external look-ups
/// @param internalDNSAdapterEnabled whether internal look-ups use the network adapter's servers
/// @param internalDNSServers        used for internal look-ups while that is off
/// @param internalDNSProtocolOption UDP, TCP or both, for internal look-ups
/// @param adapterServers            the servers that the network adapter has
/// @param ipv6Enabled               whether AAAA is asked and IPv6 dialled
/// @param queryTimeout              how long one server may take
/// @param queryBudget               how long one resolution may take in all
/// @param faultTolerance            what an MX host that cannot be resolved does to the others
public record DnsSettings(
        boolean externalDNSAdapterEnabled,
        List<InetSocketAddress> externalDNSServers,
        DnsProtocolOption externalDNSProtocolOption,
        boolean internalDNSAdapterEnabled,
        List<InetSocketAddress> internalDNSServers,
        DnsProtocolOption internalDNSProtocolOption,
        List<InetSocketAddress> adapterServers,
        boolean ipv6Enabled,
        Duration queryTimeout,
        Duration queryBudget,
        DnsFaultTolerance faultTolerance) {

    /// Where DNS servers listen unless a port is written.
    public static final int PORT = 53;

    private static final Kind<List<InetSocketAddress>> SERVERS = Kinds.list(Kinds.DNS_SERVER);
    private static final Kind<DnsProtocolOption> PROTOCOL =
            Kinds.choice("a protocol option", DnsProtocolOption.class, DnsProtocolOption::word);

    private static final Setting<Boolean> EXTERNAL_ADAPTER = Setting.of(
                    "dns.externalDNSAdapterEnabled",
                    Kinds.SWITCH,
                    "true",
                    "Whether external look-ups use the network adapter's DNS servers instead of externalDNSServers.")
            .exchange("ExternalDNSAdapterEnabled");
    private static final Setting<List<InetSocketAddress>> EXTERNAL_SERVERS = Setting.of(
                    "dns.externalDNSServers",
                    SERVERS,
                    "",
                    "The DNS servers for external look-ups, in order; unused while externalDNSAdapterEnabled is true.")
            .exchange("ExternalDNSServers");
    private static final Setting<DnsProtocolOption> EXTERNAL_PROTOCOL = Setting.of(
                    "dns.externalDNSProtocolOption", PROTOCOL, "Any", "Which protocols external look-ups use.")
            .exchange("ExternalDNSProtocolOption");
    private static final Setting<Boolean> INTERNAL_ADAPTER = Setting.of(
                    "dns.internalDNSAdapterEnabled",
                    Kinds.SWITCH,
                    "true",
                    "Whether internal look-ups use the network adapter's DNS servers instead of internalDNSServers.")
            .exchange("InternalDNSAdapterEnabled");
    private static final Setting<List<InetSocketAddress>> INTERNAL_SERVERS = Setting.of(
                    "dns.internalDNSServers",
                    SERVERS,
                    "",
                    "The DNS servers for internal look-ups, in order; unused while internalDNSAdapterEnabled is true.")
            .exchange("InternalDNSServers");
    private static final Setting<DnsProtocolOption> INTERNAL_PROTOCOL = Setting.of(
                    "dns.internalDNSProtocolOption", PROTOCOL, "Any", "Which protocols internal look-ups use.")
            .exchange("InternalDNSProtocolOption");
    private static final Setting<List<InetSocketAddress>> ADAPTER = Setting.of(
                    "dns.adapterServers",
                    SERVERS,
                    "192.168.1.10,192.168.1.11",
                    "The DNS servers that the network adapter has; outside the lab they must be named.")
            .inNetwork("");
    private static final Setting<Boolean> IPV6 = Setting.of(
                    "dns.ipv6Enabled", Kinds.SWITCH, "false", "Whether hosts are looked up and reached over IPv6.")
            .exchange("DnsIpv6Enabled");
    private static final Setting<Duration> QUERY_TIMEOUT = Setting.of(
                    "dns.queryTimeout",
                    Kinds.SPAN,
                    "00:00:05",
                    "How long one DNS server may take before the next one is asked.")
            .between("00:00:00.1", "00:01:00");
    private static final Setting<Duration> QUERY_BUDGET = Setting.of(
                    "dns.queryBudget", Kinds.SPAN, "00:01:00", "How long resolving one next hop may take in all.")
            .between("00:00:00.1", "00:10:00");
    private static final Setting<DnsFaultTolerance> TOLERANCE = Setting.of(
                    "dns.faultTolerance",
                    Kinds.choice("a fault tolerance", DnsFaultTolerance.class, DnsFaultTolerance::word),
                    "Lenient",
                    "Whether an MX host that cannot be resolved is left out (Lenient) or takes the less preferred with it (Normal).")
            .exchange("DnsFaultTolerance");

    static final List<Setting<?>> ROWS = List.of(
            EXTERNAL_ADAPTER,
            EXTERNAL_SERVERS,
            EXTERNAL_PROTOCOL,
            INTERNAL_ADAPTER,
            INTERNAL_SERVERS,
            INTERNAL_PROTOCOL,
            ADAPTER,
            IPV6,
            QUERY_TIMEOUT,
            QUERY_BUDGET,
            TOLERANCE);

    /// Lists are copied.
    public DnsSettings {
        externalDNSServers = List.copyOf(externalDNSServers);
        internalDNSServers = List.copyOf(internalDNSServers);
        adapterServers = List.copyOf(adapterServers);
    }

    static DnsSettings from(Values values) {
        return new DnsSettings(
                values.of(EXTERNAL_ADAPTER),
                values.of(EXTERNAL_SERVERS),
                values.of(EXTERNAL_PROTOCOL),
                values.of(INTERNAL_ADAPTER),
                values.of(INTERNAL_SERVERS),
                values.of(INTERNAL_PROTOCOL),
                values.of(ADAPTER),
                values.of(IPV6),
                values.of(QUERY_TIMEOUT),
                values.of(QUERY_BUDGET),
                values.of(TOLERANCE));
    }
}
