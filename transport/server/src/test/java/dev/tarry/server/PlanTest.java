package dev.tarry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Effect;
import dev.tarry.config.Setting;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsDiff;
import dev.tarry.dns.Ourselves;
import dev.tarry.pickup.Terms;
import dev.tarry.receive.Peer;
import dev.tarry.routing.SmartHostLogin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each setting says of when it holds is so.
final class PlanTest {
    @TempDir
    private Path folder;

    private static final Settings STARTED = Settings.defaults();

    /// Something that each kind of setting can be, other than its default.
    private static final List<String> VALUES = List.of(
            "HubTransport",
            "true",
            "false",
            "network",
            "2013",
            "json",
            "debug",
            "7",
            "11m",
            "00:00:30",
            "2h",
            "900KB",
            "3MB",
            "127.0.0.1:4444",
            "4520e633-d83d-411a-bbe4-6a84648674ee",
            "8.8.8.8",
            "10.0.0.0/8",
            "UseTcpOnly",
            "Normal",
            "Disabled",
            "Refuse",
            "Pass",
            "InternalRelay",
            "DowngradeDnsFailures",
            "a.example",
            "SMTP:a.example;1",
            "EDGE",
            "a@b.example",
            "220 hello",
            "0123456789abcdef",
            "4520e633-d83d-411a-bbe4-6a84648674ee",
            "0",
            "elsewhere",
            "5.4.4",
            "Verbose",
            "EncryptionOnly",
            "ExchangeServer",
            "<I>CN=a<S>CN=b",
            "None",
            "MimeText",
            "SCRAM-SHA-256$4096:c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
                    + ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "2026-12-01T00:00:00Z",
            "550 5.1.1",
            "HubTransport:Maintenance:Draining",
            "SmtpSend:High",
            "company.com");

    /// These are obeyed outside the plan: by the logs, the event log among them, who picks up files, who watches the
    /// disk, the wires, the
    /// server's own log, who lists queues.
    private static final Set<String> ELSEWHERE = Set.of(
            "trackingLog",
            "connectivityLog",
            "dnsLog",
            "queueLog",
            "receiveProtocolLog",
            "sendProtocolLog",
            "pickup",
            "resources",
            "egress",
            "eventLog",
            "log");

    /// The same of single ones: an operator's listings ask what holds, each time.
    private static final Set<String> ASKED_EACH_TIME = Set.of("transport.maxQueueViewerQueryResultCount");

    private static final Set<String> ONE_VALUE_ONLY = Set.of("dsn.texts[0].language");

    /// What has to be set with it to make sense; of all keys that begin so.
    private static final Map<String, List<String>> COMPANIONS = mapOf(
            "receive.tls.certificate",
            List.of("receive.tls.key=k.pem"),
            "receive.tls.key",
            List.of("receive.tls.certificate=c.pem"),
            "smtpSend.tls.certificate",
            List.of("smtpSend.tls.key=k.pem"),
            "smtpSend.tls.key",
            List.of("smtpSend.tls.certificate=c.pem"),
            "dsn.texts",
            List.of("dsn.texts=[{dsnCode: 5.7.1, text: no}]"),
            "receiveConnectors[0].transportRole",
            List.of("components.states=FrontendTransport:Maintenance:Inactive"),
            "receiveConnectors[0].bareLineEnds",
            List.of("receiveConnectors[0].bareLinefeedRejectionEnabled=false"),
            "users[0]",
            List.of("users=[{name: ann}]"),
            "users[0].accessTokenExpires",
            List.of("users=[{name: ann, accessToken: 0123456789abcdef}]"),
            "resources.privateBytes.lowToMedium",
            List.of(
                    "resources.privateBytes.mediumToLow=5",
                    "resources.privateBytes.highToMedium=6",
                    "resources.privateBytes.mediumToHigh=9"),
            "resources.privateBytes.mediumToHigh",
            List.of(
                    "resources.privateBytes.mediumToLow=5",
                    "resources.privateBytes.highToMedium=6",
                    "resources.privateBytes.lowToMedium=6"),
            "resources.privateBytes.highToMedium",
            List.of(
                    "resources.privateBytes.mediumToLow=5",
                    "resources.privateBytes.lowToMedium=6",
                    "resources.privateBytes.mediumToHigh=9"),
            "resources.usedVersionBuckets.lowToMedium",
            List.of(
                    "resources.usedVersionBuckets.mediumToLow=5",
                    "resources.usedVersionBuckets.highToMedium=6",
                    "resources.usedVersionBuckets.mediumToHigh=9"),
            "resources.usedVersionBuckets.mediumToHigh",
            List.of(
                    "resources.usedVersionBuckets.mediumToLow=5",
                    "resources.usedVersionBuckets.highToMedium=6",
                    "resources.usedVersionBuckets.lowToMedium=6"),
            "resources.usedVersionBuckets.highToMedium",
            List.of(
                    "resources.usedVersionBuckets.mediumToLow=5",
                    "resources.usedVersionBuckets.lowToMedium=6",
                    "resources.usedVersionBuckets.mediumToHigh=9"),
            "resources.submissionQueue.lowToMedium",
            List.of(
                    "resources.submissionQueue.mediumToLow=5",
                    "resources.submissionQueue.highToMedium=6",
                    "resources.submissionQueue.mediumToHigh=9"),
            "resources.submissionQueue.mediumToHigh",
            List.of(
                    "resources.submissionQueue.mediumToLow=5",
                    "resources.submissionQueue.highToMedium=6",
                    "resources.submissionQueue.lowToMedium=6"),
            "resources.submissionQueue.highToMedium",
            List.of(
                    "resources.submissionQueue.mediumToLow=5",
                    "resources.submissionQueue.lowToMedium=6",
                    "resources.submissionQueue.mediumToHigh=9"),
            "dns.queryBudget",
            List.of("dns.queryTimeout=00:00:01"),
            "sendConnectors[0].dnsRoutingEnabled",
            List.of("sendConnectors[0].smartHosts=relay.example"),
            "sendConnectors[0].tls",
            List.of("sendConnectors[0].requireTLS=true", "sendConnectors[0].tlsAuthLevel=DomainValidation"),
            "sendConnectors[0].authentication",
            List.of(
                    "sendConnectors[0].smartHostAuthMechanism=BasicAuth",
                    "sendConnectors[0].authenticationUser=u",
                    "sendConnectors[0].authenticationSecret=s"),
            "acceptedDomains[0].default",
            List.of("acceptedDomains[1].default=true"),
            "acceptedDomains[1].default",
            List.of("acceptedDomains[0].default=false"));

    @SuppressWarnings("unchecked") // a key, its list, a key …
    private static Map<String, List<String>> mapOf(Object... pairs) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (List<String>) pairs[i + 1]);
        }
        return map;
    }

    private static Stream<Arguments> settings() {
        return Settings.table().entrySet().stream()
                .map(row -> argumentSet(row.getKey(), row.getKey().replace("[]", "[0]"), row.getValue()));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_setting_holds_when_it_says(String key, Setting<?> row) throws Exception {
        if (ONE_VALUE_ONLY.contains(key)) {
            return;
        }
        List<String> companions = new ArrayList<>();
        COMPANIONS.forEach((prefix, sets) -> {
            if (key.startsWith(prefix)) {
                companions.addAll(sets);
            }
        });
        Settings before = load(companions).orElse(STARTED); // alone, one of a pair may be a fault
        Settings after = changed(before, key, companions);
        String was = described(before.runningSince(STARTED));
        String is = described(after.runningSince(STARTED));
        String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
        if (row.effect() == Effect.AT_START) {
            assertEquals(was, is, key);
            assertFalse(differs(STARTED, after.runningSince(STARTED), key), key);
        } else if (row.effect() == Effect.KEPT) {
            assertEquals(was, is, () -> key + " says that it is only kept, and somebody obeys");
        } else if (!ASKED_EACH_TIME.contains(key)
                && (!ELSEWHERE.contains(section) || key.equals("trackingLog.deferPerAttempt"))) {
            assertNotEquals(
                    was, is, () -> key + " says that it holds " + row.effect().words() + ", and nobody obeys");
        }
    }

    private static boolean differs(Settings before, Settings after, String key) {
        String last = key.substring(key.indexOf(']') + 1);
        return SettingsDiff.between(before, after).stream()
                .anyMatch(one -> one.key().endsWith(last)
                        && one.key()
                                .startsWith(key.substring(0, key.length() - last.length())
                                        .replace("[0]", "")));
    }

    private static Optional<Settings> load(List<String> sets) {
        try {
            return Optional.of(Settings.load(Optional.empty(), Map.of(), sets));
        } catch (ConfigException _) {
            return Optional.empty();
        }
    }

    private static Settings changed(Settings before, String key, List<String> companions) {
        for (String value : VALUES) {
            List<String> sets = new ArrayList<>(companions);
            sets.add(key + "=" + value);
            Optional<Settings> settings = load(sets);
            if (settings.isPresent() && differs(before, settings.get(), key)) {
                return settings.get();
            }
        }
        throw new AssertionError("nothing else fits " + key);
    }

    /// Everything that the rooms are told, comparable.
    private static String described(Settings settings) {
        Plan plan = Plan.of(settings, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder();
        text.append(plan.profile())
                .append(plan.queue())
                .append(plan.dnsServers())
                .append(plan.lookup());
        text.append(plan.organization());
        text.append(plan.router().connectors()).append(plan.router().acceptedDomains());
        plan.router()
                .connectors()
                .forEach(connector -> text.append(
                        connector.login().map(SmartHostLogin::secret).orElse("")));
        text.append(plan.deliveries(false).customFailures());
        text.append(plan.connectionsPerMinute()).append(' ');
        text.append(plan.receiveMemoryBytes()).append(plan.slowness());
        text.append(plan.nullMxAsRfc7505()).append(plan.dnsJournalEntries());
        text.append(plan.send()).append(plan.maxOutboundConnections()).append(plan.ourselves());
        text.append(plan.deliveries(false).intraOrganisation().smtpMaxMessagesPerConnection());
        text.append(plan.deliveries(false).intraOrganisation().protocolLogging());
        text.append(plan.logins()).append(plan.resting());
        text.append(Terms.of(settings, ZoneOffset.UTC)); // which the directories ask at each look
        plan.receiveConnectors()
                .forEach(connector -> text.append(connector
                        .toString()
                        .replaceAll(
                                "relay=[^,]*,",
                                "relay="
                                        + settings.receiveConnectors()
                                                .getFirst()
                                                .anonymousRelayRanges() + settings.lab() + ",")));
        return text.toString();
    }

    @Test
    void we_are_at_the_external_address_and_where_we_listen_at_the_port_that_hosts_are_dialled_at() throws Exception {
        Settings settings = load(List.of(
                        "server.externalIPAddress=203.0.113.9",
                        "smtpSend.port=2525",
                        "receiveConnectors[0].bind=192.0.2.25:2525",
                        "receiveConnectors[0].fqdn=mx.company.com",
                        "receiveConnectors[1].bind=192.0.2.26:2587"))
                .orElseThrow();
        Plan plan = Plan.of(settings, ZoneOffset.UTC);
        assertEquals(
                new Ourselves(
                        Set.of("mail.company.com", "mx.company.com"),
                        Set.of(InetAddress.ofLiteral("203.0.113.9"), InetAddress.ofLiteral("192.0.2.25"))),
                plan.ourselves());
        assertEquals(
                "company.com",
                plan.router().acceptedDomain("[192.0.2.25]").orElseThrow().domain());
        assertEquals(Optional.empty(), plan.router().acceptedDomain("[192.0.2.26]"), "at 2525 is another server");
    }

    @Test
    void loopback_is_ours_where_we_listen_on_it_and_never_in_the_lab() throws Exception {
        List<String> listening = List.of("receiveConnectors[0].bind=127.0.0.1:2525", "smtpSend.port=2525");
        assertEquals(Set.of(), own(listening));
        List<String> outside = new ArrayList<>(listening);
        outside.add("world=network");
        assertEquals(Set.of(InetAddress.ofLiteral("127.0.0.1")), own(outside), "127.0.0.2 may be anybody");
        assertEquals(
                Set.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
                own(List.of("receiveConnectors[0].bind=0.0.0.0:2525", "smtpSend.port=2525", "world=network")));
        assertEquals(
                Set.of(),
                own(List.of("receiveConnectors[0].bind=127.0.0.1:2525", "smtpSend.port=25", "world=network")));
    }

    private static Set<InetAddress> own(List<String> sets) throws Exception {
        return Plan.of(load(sets).orElseThrow(), ZoneOffset.UTC).ourselves().addresses();
    }

    @Test
    void the_computers_network_adds_its_dns_servers_where_none_is_named_and_its_addresses_where_we_listen_on_all()
            throws Exception {
        InetSocketAddress own = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 53);
        InetAddress address = InetAddress.ofLiteral("10.0.0.25");
        Plan.Network network = new Plan.Network(List.of(own), Set.of(address));
        Plan lab = Plan.of(STARTED, ZoneOffset.UTC);
        assertEquals(lab.dnsServers(), lab.in(network).dnsServers(), "the lab's adapter is named");
        assertEquals(lab.ourselves(), lab.in(network).ourselves(), "it listens on loopback alone");
        Plan outside = Plan.of(
                load(List.of("world=network", "receiveConnectors[0].bind=0.0.0.0:2525", "smtpSend.port=2525"))
                        .orElseThrow(),
                ZoneOffset.UTC);
        assertEquals(List.of(), outside.dnsServers().adapter());
        assertEquals(List.of(own), outside.in(network).dnsServers().adapter());
        assertTrue(outside.in(network).ourselves().addresses().contains(address));
        assertTrue(outside.in(network).router().acceptedDomain("[10.0.0.25]").isPresent());
        assertFalse(outside.router().acceptedDomain("[10.0.0.25]").isPresent());
        Plan beside = Plan.of(
                load(List.of("world=network", "receiveConnectors[0].bind=0.0.0.0:2525"))
                        .orElseThrow(),
                ZoneOffset.UTC);
        assertEquals(Set.of(), beside.in(network).ourselves().addresses(), "at port 25 there is another server");
    }

    private static final String RANGES = "lab.relayRanges=10.88.0.0/16";

    /// May a client, by address, relay at each connector of a server that was started with some settings and then
    /// given others?
    private static List<Boolean> relays(Settings started, Settings now, String client) {
        Peer peer = new Peer(client, 50_000, "10.88.0.2", 2525, false);
        return Plan.of(now.runningSince(started), ZoneOffset.UTC).receiveConnectors().stream()
                .map(connector -> connector.relay().allows(peer))
                .toList();
    }

    @Test
    void in_the_lab_its_relay_ranges_hold_at_every_connector() throws Exception {
        Settings lab = load(List.of(RANGES)).orElseThrow();
        Settings own = load(List.of(RANGES, "receiveConnectors[0].anonymousRelayRanges=192.0.2.1"))
                .orElseThrow();

        assertEquals(List.of(true, true), relays(lab, lab, "10.88.0.1"));
        assertEquals(List.of(false, false), relays(lab, lab, "10.89.0.1"));
        assertEquals(List.of(true, true), relays(own, own, "10.88.0.1"));
        assertEquals(List.of(true, false), relays(own, own, "192.0.2.1"));
        assertEquals(List.of(false, false), relays(STARTED, STARTED, "10.88.0.1"));
        assertEquals(List.of(true, true), relays(STARTED, lab, "10.88.0.1"));
    }

    @Test
    void against_a_real_network_the_labs_relay_ranges_give_nobody_anything() throws Exception {
        Settings lab = load(List.of(RANGES)).orElseThrow();
        Settings network = load(List.of("world=network", RANGES)).orElseThrow();
        Settings fromFile = Settings.load(
                Optional.of(Files.writeString(folder.resolve("tarry.yaml"), "world: network")),
                Map.of(),
                Map.of("TARRY_LAB_RELAYRANGES", "10.88.0.0/16,0.0.0.0/0"),
                List.of());
        Settings atRunTime = Settings.load(
                Optional.empty(),
                Map.of("world", "network"),
                Map.of("TARRY_LAB_RELAYRANGES", "10.88.0.0/16,0.0.0.0/0"),
                List.of());

        for (Settings settings : List.of(network, fromFile, atRunTime)) {
            assertEquals(List.of(false, false), relays(settings, settings, "10.88.0.1"));
        }
        // the world changes at the next start, and the ranges with it
        assertEquals(List.of(false, false), relays(network, lab, "10.88.0.1"));
        assertEquals(List.of(true, true), relays(lab, network, "10.88.0.1"));
    }

    @Test
    void a_plan_can_be_made_of_whatever_the_settings_accept() throws Exception {
        List<String> odd = List.of(
                "sendConnectors[0].addressSpaces=SMTP:_x.example;100",
                "sendConnectors[0].addressSpaces=SMTP:*.a-b.example;7",
                "sendConnectors[0].smartHosts=[2001:db8::1],10.0.0.1,relay",
                "sendConnectors[0].fqdn=9.example",
                "sendConnectors[0].maxMessageSize=unlimited",
                "acceptedDomains[0].domainName=localhost",
                "receiveConnectors[0].banner=220 x",
                "receiveConnectors[0].fqdn=" + "a".repeat(63) + "." + "b".repeat(63) + ".example");
        for (String set : odd) {
            assertFalse(
                    described(Settings.load(Optional.empty(), Map.of(), List.of(set)))
                            .isEmpty(),
                    set);
        }
    }
}
