package dev.tarry.lab;

import dev.tarry.lab.dns.NameServers;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.net.FirewallRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Weather that has a name: a combination of what can be had one by one, and nothing else.
///
/// @param name such as `dns-no-forwarders`
/// @param meaning for people: what it is, how it shows, what mends it
/// @param faults lines of the fault grammar
/// @param rules firewall rules, in the words of [dev.tarry.lab.net.RuleGrammar]
/// @param forwarders of internal DNS servers; those not named keep theirs
public record Preset(
        String name,
        String meaning,
        List<String> faults,
        List<Map<String, Object>> rules,
        Map<String, List<String>> forwarders) {
    public Preset {
        faults = List.copyOf(faults);
        rules = List.copyOf(rules);
        forwarders = Map.copyOf(forwarders);
    }

    /// What came of one.
    ///
    /// @param forwarders of all internal DNS servers, as they are now
    public record Applied(
            Preset preset,
            List<ActiveFault> faults,
            List<FirewallRule> rules,
            SequencedMap<String, List<String>> forwarders) {}

    /// All there are; the first five are the five usual causes of `451 4.4.0 DNS query failed`.
    public static List<Preset> all() {
        return ALL;
    }

    public static Optional<Preset> named(String name) {
        return ALL.stream()
                .filter(preset -> preset.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static final List<Preset> ALL = List.of(
            faults(
                    "dns-unreachable",
                    "The DNS servers that the server asks are down: every query times out. Other servers mend it.",
                    "connect blackhole address=192.168.1.10 port=53",
                    "connect blackhole address=192.168.1.11 port=53"),
            new Preset(
                    "dns-firewall",
                    "The firewall blocks port 53 on its way out: DNS works from other machines, not from this one. "
                            + "Outbound allow rules mend it.",
                    List.of(),
                    List.of(blocking("UDP"), blocking("TCP")),
                    Map.of()),
            new Preset(
                    "dns-no-forwarders",
                    "The internal DNS servers have no forwarders: internal names resolve, external ones get SERVFAIL. "
                            + "Forwarders mend it.",
                    List.of(),
                    List.of(),
                    Map.of(NameServers.INTERNAL.get(0), List.of(), NameServers.INTERNAL.get(1), List.of())),
            faults(
                    "dns-wrong-servers",
                    "The DNS servers in the server's settings are wrong: at those addresses no DNS server runs, and "
                            + "every query is refused at once. Right ones mend it.",
                    "connect refuse address=192.168.1.10 port=53",
                    "connect refuse address=192.168.1.11 port=53"),
            faults(
                    "dns-destination-broken",
                    "The name servers of one destination, external-company.com, fail: mail to all others flows. "
                            + "Only its owner can mend it; a smart host goes around it.",
                    "dns servfail server=198.51.100.33",
                    "dns servfail server=198.51.100.34"),
            faults(
                    "dns-intermittent",
                    "Every third query or so gets no answer.",
                    "dns noanswer probability=0.33 seed=1"),
            faults(
                    "dns-flapping",
                    "DNS fails for a minute, works for a minute, by turns.",
                    "dns servfail on=1m off=1m"),
            faults("dns-slow", "Every answer takes four seconds.", "dns delay by=4s"),
            faults(
                    "dns-spoofing",
                    "Somebody sends answers too: stray datagrams with other ids come before the true one.",
                    "dns stray count=5"),
            faults(
                    "dns-no-tcp",
                    "Answers are cut, and TCP port 53 is closed.",
                    "dns truncate protocol=udp",
                    "connect refuse port=53 protocol=tcp"),
            faults(
                    "mx-loop",
                    "The MX of fabrikam.com is the server itself.",
                    "dns mx to=self name=fabrikam.com type=MX"),
            faults("mx-null", "fabrikam.com says that it takes no mail.", "dns mx to=null name=fabrikam.com type=MX"),
            faults(
                    "hosts-unreachable",
                    "No mail host answers on port 25, as where a provider blocks it.",
                    "connect blackhole port=25"),
            faults("hosts-greylist", "All mail hosts greylist for five minutes.", "smtp greylist stage=rcpt wait=5m"),
            faults(
                    "hosts-busy",
                    "All mail hosts turn the server away.",
                    "smtp reply stage=banner code=421 text=\"4.3.2 Service not available\""),
            faults(
                    "hosts-tarpit",
                    "All mail hosts think for twenty seconds about each recipient.",
                    "smtp delay stage=rcpt by=20s"),
            faults(
                    "certificates-expired",
                    "The certificates of all mail hosts have expired.",
                    "tls certificate kind=expired"),
            faults("tls-stripped", "Somebody on the way takes STARTTLS out of the offer.", "tls strip"),
            faults(
                    "network-slow",
                    "300 ms each way, 16 kB a second, and one datagram in ten is lost.",
                    "link latency by=300ms",
                    "link bandwidth rate=16kB",
                    "link loss probability=0.1 seed=1"),
            faults("disk-full", "The server's disk is full.", "store full operation=commit"),
            faults(
                    "disk-slow",
                    "Every sync of the server's disk takes two seconds.",
                    "store slow by=2s operation=commit"));

    private static Preset faults(String name, String meaning, String... lines) {
        return new Preset(name, meaning, List.of(lines), List.of(), Map.of());
    }

    private static Map<String, Object> blocking(String protocol) {
        return Map.of(
                "DisplayName",
                "Block Outbound DNS (" + protocol + ")",
                "Direction",
                "Outbound",
                "Protocol",
                protocol,
                "RemotePort",
                "53",
                "Action",
                "Block");
    }
}
