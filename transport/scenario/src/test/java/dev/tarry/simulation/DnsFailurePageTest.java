package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.metrics.Metrics;
import dev.tarry.admin.metrics.Scrape;
import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.connectivity.ConnectivitySink;
import dev.tarry.dns.DnsRow;
import dev.tarry.eventlog.EventSink;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.pressure.BackPressure;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.LastError;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.receive.ProtocolLog;
import dev.tarry.send.SendLog;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportServer;
import dev.tarry.tracking.TrackingEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page about DNS failures is what happened: each row of reference §3.2 is brought about in the simulation, once
/// with each generation's words, and written down as it was seen.
final class DnsFailurePageTest {
    private static final Path PAGE = Path.of("../server/DNS-FAILURES.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";
    private static final Pattern METRIC = Pattern.compile("tarry_dns_outcomes_total\\{row=\"(d[0-9]+)\"} ([0-9.]+)");

    /// As long as a look-up may take, and a little more.
    private static final Duration ATTEMPT = Duration.ofSeconds(61);

    /// How a row is brought about.
    ///
    /// @param faults   in the words of the lab
    /// @param settings beside the profile
    private record Scene(DnsRow row, String domain, List<String> faults, List<String> settings, Duration span) {
        Scene(DnsRow row, String fault, String... settings) {
            this(row, "fabrikam.com", fault.isEmpty() ? List.of() : List.of(fault), List.of(settings), ATTEMPT);
        }

        String told() {
            List<String> parts = new ArrayList<>();
            faults.forEach(fault -> parts.add("`" + fault + "`"));
            settings.forEach(setting -> parts.add("`" + setting + "`"));
            if (!span.equals(ATTEMPT)) {
                parts.add(span.toHours() + " hours");
            }
            return parts.stream().collect(Collectors.joining(", "));
        }
    }

    /// What became of the message.
    ///
    /// @param fate      goes, waits, comes back
    /// @param lastError of the queue, or what the report says
    private record Seen(String fate, String lastError, Optional<TrackingEvent> tracked, List<String> metrics) {}

    private static final String SMART_HOST = "sendConnectors[0].smartHosts=relay.invalid";
    private static final String NO_ROUTING = "sendConnectors[0].dnsRoutingEnabled=false";

    private static final List<Scene> SCENES = List.of(
            new Scene(DnsRow.D1, "dns nxdomain name=*fabrikam.com"),
            new Scene(
                    DnsRow.D2,
                    "dns nxdomain name=*fabrikam.com",
                    "sendConnectors[0].errorPolicies=DowngradeDnsFailures"),
            new Scene(DnsRow.D3, "", NO_ROUTING, SMART_HOST),
            new Scene(DnsRow.D4, "", NO_ROUTING, SMART_HOST),
            new Scene(DnsRow.D5, "dns nodata type=MX"),
            new Scene(DnsRow.D6, "dns nodata name=*fabrikam.com"),
            new Scene(DnsRow.D7, "dns servfail"),
            new Scene(DnsRow.D8, "dns refused"),
            new Scene(DnsRow.D9, "dns noanswer"),
            new Scene(DnsRow.D10, "", "dns.adapterServers="),
            new Scene(DnsRow.D10, "connect refuse port=53"),
            new Scene(DnsRow.D11, "dns lame"),
            new Scene(DnsRow.D11, "dns cnameloop"),
            new Scene(DnsRow.D12, "dns mx to=self name=*fabrikam.com"),
            new Scene(
                    DnsRow.D13,
                    "external-company.com",
                    List.of("dns nodata name=backup.external-company.com"),
                    List.of(),
                    ATTEMPT),
            new Scene(DnsRow.D14, "dns mx to=nowhere name=*fabrikam.com"),
            new Scene(DnsRow.D15, "dns servfail type=A"),
            new Scene(DnsRow.D16, "dns mx to=null name=*fabrikam.com"),
            new Scene(DnsRow.D16, "dns mx to=null name=*fabrikam.com", "dns.nullMxAsRfc7505=true"),
            new Scene(DnsRow.D17, "dns mx to=cname"),
            new Scene(DnsRow.D18, "dns mx to=address name=*fabrikam.com"),
            new Scene(DnsRow.D19, "dns truncate"),
            new Scene(
                    DnsRow.D19,
                    "dns truncate",
                    "dns.internalDNSProtocolOption=UseUdpOnly",
                    "dns.externalDNSProtocolOption=UseUdpOnly"),
            new Scene(DnsRow.D20, "fabrikam.com", List.of("dns noanswer"), List.of(), Duration.ofHours(49)));

    private static Seen play(Scene scene, ExchangeProfile profile) throws ConfigException {
        List<String> sets = new ArrayList<>(scene.settings());
        sets.add("server.profile=" + profile.text());
        Plan plan = Plan.of(Settings.load(Optional.empty(), Map.of(), sets), ZoneOffset.UTC);
        Metrics metrics = new Metrics(() -> 0);
        List<TrackingEvent> tracked = new ArrayList<>();
        String to = "bob@" + scene.domain();
        try (Simulation simulation = new Simulation(
                "page " + scene.row() + scene.told() + profile,
                1,
                plan,
                tracked::add,
                new TransportServer.Observers(
                        metrics,
                        metrics,
                        ProtocolLog.OFF,
                        metrics,
                        metrics,
                        SendLog.NONE,
                        EventSink.NONE,
                        ConnectivitySink.NONE))) {
            scene.faults().forEach(fault -> simulation.lab().addFault(fault));
            simulation.send(
                    "alice@company.com", List.of(to), SimulationTest.TEXT, outcome -> assertTrue(outcome.accepted()));
            simulation.pass(scene.span());
            Optional<QueueView> waiting = simulation
                    .await(simulation.server().queues().views())
                    .stream()
                    .filter(view -> view.status() == QueueStatus.RETRY)
                    .findFirst();
            boolean gone = !simulation.lab().mail(to, "*", 10).isEmpty();
            Optional<TrackingEvent> failed = first(tracked, TrackingEvent.Event.FAIL);
            if (waiting.isPresent()) {
                assertTrue(!gone && failed.isEmpty(), () -> scene + ": one fate only");
                return new Seen(
                        "waits",
                        LastError.shown(waiting.get().lastError(), profile, ZoneOffset.UTC),
                        first(tracked, TrackingEvent.Event.DEFER),
                        metrics(metrics));
            }
            assertTrue(gone != failed.isPresent(), () -> scene + ": one fate only, " + tracked);
            return new Seen(
                    gone ? "goes" : "comes back",
                    failed.map(event -> event.recipientStatus().getFirst()).orElse(""),
                    failed,
                    metrics(metrics));
        }
    }

    private static Optional<TrackingEvent> first(List<TrackingEvent> tracked, TrackingEvent.Event kind) {
        return tracked.stream().filter(event -> event.event() == kind).findFirst();
    }

    /// The rows that stand above 0 where Prometheus would read them.
    private static List<String> metrics(Metrics metrics) {
        InstantSource time = InstantSource.fixed(Instant.EPOCH);
        Scrape scrape = new Scrape(
                metrics,
                new Scrape.Gauges(
                        Optional::empty,
                        _ -> Optional.empty(),
                        () -> 0,
                        () -> 0,
                        () -> 0,
                        () -> 0,
                        () -> 0,
                        Map.of(),
                        () -> 0,
                        new BackPressure(time, EventSink.NONE, BackPressure.Effects.NONE),
                        new IncomingMemory(),
                        time,
                        "0"),
                time);
        return METRIC.matcher(scrape.print("").text())
                .results()
                .filter(found -> Double.parseDouble(found.group(2)) > 0)
                .map(found -> found.group(1))
                .sorted()
                .toList();
    }

    private static String cause(TrackingEvent event) {
        return event.customData().stream()
                .filter(pair -> pair.startsWith("Cause="))
                .findFirst()
                .orElse("");
    }

    private static String cell(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
    }

    private static String observed() throws ConfigException {
        StringBuilder table = new StringBuilder("""

                ## What happens

                | row | what DNS does | the lab and the settings | mail | LastError, or the report's words (2019) | tracking | `source-context` | `custom-data` | counted as |
                |---|---|---|---|---|---|---|---|---|
                """);
        Map<String, Map<String, String>> words = new LinkedHashMap<>();
        for (Scene scene : SCENES) {
            // D3 is what D4 was before 2016
            ExchangeProfile shown = scene.row() == DnsRow.D3 ? ExchangeProfile.E2013 : ExchangeProfile.E2019;
            Map<String, String> perProfile = new LinkedHashMap<>();
            for (ExchangeProfile profile : ExchangeProfile.values()) {
                Seen seen = play(scene, profile);
                if (profile == shown) {
                    table.append(row(scene, seen));
                }
                if (!seen.lastError().isEmpty()) {
                    perProfile.put(profile.text(), seen.lastError());
                }
            }
            words.put(scene.row() + " " + scene.told(), perProfile);
        }
        Seen guide = play(new Scene(DnsRow.D21, "dns servfail", "server.profile=seed"), ExchangeProfile.SEED);
        table.append(row(new Scene(DnsRow.D21, "dns servfail", "server.profile=seed"), guide));
        table.append("\n## In each generation's words\n");
        words.forEach((scene, perProfile) -> {
            if (!perProfile.isEmpty()) {
                table.append("\n").append(scene).append("\n\n");
                perProfile.forEach((profile, text) -> table.append("- ")
                        .append(profile)
                        .append(": ")
                        .append(cell(text))
                        .append("\n"));
            }
        });
        return table.toString();
    }

    private static String row(Scene scene, Seen seen) {
        return "| " + scene.row() + " | " + scene.row().words() + " | " + scene.told() + " | " + seen.fate() + " | "
                + cell(seen.lastError()) + " | "
                + seen.tracked().map(e -> e.event() + " " + e.source()).orElse("") + " | "
                + cell(seen.tracked().map(TrackingEvent::sourceContext).orElse("")) + " | "
                + cell(seen.tracked().map(DnsFailurePageTest::cause).orElse("")) + " | "
                + seen.metrics().stream().map(DnsFailurePageTest::cell).collect(Collectors.joining(" ")) + " |\n";
    }

    @Test
    void the_page_says_what_each_failure_does() throws Exception {
        String text = Files.readString(PAGE);
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        String renewed = text.substring(0, begin) + observed() + "\n" + text.substring(text.indexOf(END));
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(PAGE, renewed);
        }
        assertEquals(
                renewed,
                Files.readString(PAGE),
                "DNS-FAILURES.md is stale; this test with -Dtarry.renew=true writes it anew");
        for (DnsRow row : DnsRow.values()) {
            assertTrue(renewed.contains("| " + row + " | "), row::name);
        }
    }

    /// Of the rows that keep mail waiting or fail it, each stands in LastError (or the trail), in tracking and in the
    /// metric under its own name.
    @Test
    void every_row_is_told_apart_wherever_it_is_told() throws Exception {
        for (Scene scene : SCENES) {
            ExchangeProfile profile = scene.row() == DnsRow.D3 ? ExchangeProfile.E2010 : ExchangeProfile.E2016;
            Seen seen = play(scene, profile);
            String row = scene.row().name();
            assertTrue(seen.metrics().contains(row.toLowerCase(Locale.ROOT)), () -> scene + " " + seen);
            if (!seen.fate().equals("goes")) {
                String code = scene.row() == DnsRow.D20 ? "D9" : row;
                assertEquals("Cause=" + code, cause(seen.tracked().orElseThrow()), scene::toString);
                assertTrue(
                        seen.tracked().orElseThrow().sourceContext().startsWith(code + " "), () -> scene + " " + seen);
            }
            if (seen.fate().equals("waits")) {
                assertTrue(seen.lastError().contains(" (" + row + " "), () -> scene + " " + seen);
            }
        }
    }
}
