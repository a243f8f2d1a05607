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
/// @param ednsEnabled               whether queries say that we can take larger datagrams
/// @param negativeCacheEnabled      whether what does not exist is remembered as well
/// @param nullMxAsRfc7505           whether a null MX is reported in the words of RFC 7505
/// @param journalEntries            queries that are remembered for people to look at
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
        DnsFaultTolerance faultTolerance,
        boolean ednsEnabled,
        boolean negativeCacheEnabled,
        boolean nullMxAsRfc7505,
        int journalEntries) {

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
                    "The DNS servers that the network adapter has; outside the lab, if none is named, those of this"
                            + " computer, also when they change.")
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
    private static final Setting<Boolean> EDNS = Setting.of(
            "dns.ednsEnabled",
            Kinds.SWITCH,
            "true",
            "Whether queries offer to take larger datagrams (RFC 6891); to be turned off where a server or a firewall"
                    + " drops such queries without a word.");
    private static final Setting<Boolean> NEGATIVE_CACHE = Setting.of(
            "dns.negativeCacheEnabled",
            Kinds.SWITCH,
            "false",
            "Whether what does not exist is remembered as long as its zone allows (RFC 2308), so that a retry does not"
                    + " ask again.");
    private static final Setting<Boolean> NULL_MX = Setting.of(
            "dns.nullMxAsRfc7505",
            Kinds.SWITCH,
            "false",
            "Whether mail for a domain that takes none (a null MX) fails with 556 5.1.10 of RFC 7505, instead of with"
                    + " Exchange's 554 5.4.4.");
    private static final Setting<Integer> JOURNAL_ENTRIES = Setting.of(
                    "dns.journalEntries",
                    Kinds.COUNT,
                    "5000",
                    "How many of the server's own DNS queries are remembered for people to look at; 0 for none.")
            .between("0", "100000");

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
            TOLERANCE,
            EDNS,
            NEGATIVE_CACHE,
            NULL_MX,
            JOURNAL_ENTRIES);

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
                values.of(TOLERANCE),
                values.of(EDNS),
                values.of(NEGATIVE_CACHE),
                values.of(NULL_MX),
                values.of(JOURNAL_ENTRIES));
    }
}
