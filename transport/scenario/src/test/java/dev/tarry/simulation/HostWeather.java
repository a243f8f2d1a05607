package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.connectivity.ConnectivityRow;
import dev.tarry.connectivity.ConnectivitySink;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.send.SendMeter;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportServer;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One stretch of bad weather at a host, from the first mail that meets it until long after it is mended: two messages
/// for one domain, the first, from alice, to bob and carol, the second, from erin, to dave.
final class HostWeather implements AutoCloseable {
    /// What was seen after the first attempt had come to an end, and at the very end.
    ///
    /// @param size         whom it touched
    /// @param queue        how the queue stands then
    /// @param words        LastError of the queue, or else the status of those who were touched
    /// @param tracked      what the tracking log says of them
    /// @param counted      by the meters
    /// @param connectivity the steps of the attempts that failed
    /// @param copies       of the first message, for each of its recipients, when all is mended
    /// @param reports      that its sender got
    record Seen(
            Size size,
            String queue,
            String words,
            String tracked,
            String counted,
            String connectivity,
            String copies,
            int reports) {}

    /// How much a failure stops.
    enum Size {
        NOTHING,
        RECIPIENT,
        MESSAGE,
        DESTINATION
    }

    private static final String ALICE = "alice@company.com";
    private static final List<String> FIRST = List.of("bob", "carol");
    private static final List<String> ALL = List.of("bob", "carol", "dave");

    /// The longest time-outs, one after the other, end before.
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(45);

    /// All waits of the ladder are shorter; so is the greylisting in the table.
    private static final Duration MENDED = Duration.ofHours(4);

    private final String name;
    private final String domain;
    private final Simulation simulation;
    private final List<TrackingEvent> tracking = new ArrayList<>();
    private final List<ConnectivityRow> rows = new ArrayList<>();
    private final Set<String> counts = new LinkedHashSet<>();

    HostWeather(String name, String profile, String domain, List<String> faults) throws Exception {
        this.name = name;
        this.domain = domain;
        Settings settings = Settings.load(Optional.empty(), Map.of(), List.of("server.profile=" + profile));
        TransportServer.Observers nobody = TransportServer.Observers.NOBODY;
        simulation = new Simulation(
                "host weather " + name,
                1,
                Plan.of(settings, ZoneOffset.UTC),
                tracking::add,
                new TransportServer.Observers(
                        nobody.queues(),
                        nobody.receive(),
                        nobody.receiveLog(),
                        nobody.dns(),
                        new Counting(),
                        nobody.sendLog(),
                        nobody.events(),
                        new ConnectivitySink() {
                            @Override
                            public boolean on() {
                                return true;
                            }

                            @Override
                            public void write(ConnectivityRow row) {
                                rows.add(row);
                            }
                        }));
        faults.forEach(simulation.lab()::addFault);
    }

    private final class Counting implements SendMeter {
        @Override
        public void unusable(Trouble why) {
            counts.add("unusable " + why);
        }

        @Override
        public void broken(Trouble why) {
            counts.add("broken " + why);
        }
    }

    /// Sends, looks, mends, and checks that nothing is left.
    Seen pass() throws Exception {
        simulation.send(ALICE, addresses(FIRST), SimulationTest.TEXT, _ -> {});
        simulation.send("erin@company.com", addresses(List.of("dave")), SimulationTest.TEXT, _ -> {});
        Instant latest = simulation.time().instant().plus(LONGEST_ATTEMPT);
        simulation.run();
        while (underWay() && simulation.step(latest)) {}
        List<String> touched =
                ALL.stream().filter(person -> !sent(person) || told(person)).toList();
        Optional<QueueView> queue = queue();
        Size size = touched.isEmpty()
                ? Size.NOTHING
                : touched.contains("dave") ? Size.DESTINATION : touched.size() == 1 ? Size.RECIPIENT : Size.MESSAGE;
        String status = queue.filter(view -> view.messageCount() > 0)
                .map(view -> view.status().name())
                .orElse("empty");
        String tracked = tracked(touched);
        String words = queue.filter(view -> view.status() == QueueStatus.RETRY)
                .map(view -> view.lastError().details())
                .orElseGet(() -> statusOf(touched));
        String counted = counts.isEmpty() ? "" : String.join(", ", counts);
        String connectivity = connectivity();
        if (status.equals("RETRY")) {
            assertTrue(
                    rows.stream()
                            .anyMatch(row -> row.direction() == ConnectivityRow.Direction.END
                                    && row.description().endsWith("(Retry : " + words + ")")),
                    () -> name + ": the connectivity log does not end with " + words + ": " + rows);
        }
        mend();
        return new Seen(
                size,
                status,
                words,
                tracked,
                counted,
                connectivity,
                FIRST.stream().map(person -> Integer.toString(copies(person))).collect(Collectors.joining(" ")),
                simulation.store().items(ALICE).size());
    }

    private void mend() throws Exception {
        simulation.lab().clearFaults();
        simulation.pass(MENDED);
        assertEquals(Optional.empty(), queue(), name + ": the queue goes when it is empty and idle");
        assertEquals(1, copies("dave"), name + ": who has nothing to do with it gets one");
        assertEquals(0, simulation.connections(), name + ": connections are left open");
        assertTrue(simulation.ledger().settled(), () -> name + ": left in flight: " + simulation.ledger());
        assertTrue(
                simulation.lab().sessions(SessionSearch.newest(1_000)).stream()
                        .allMatch(session -> session.closed().isPresent()),
                name + ": a host still has a connection");
    }

    /// Alarms that are set.
    int alarms() {
        return simulation.time().alarmsSet();
    }

    private boolean underWay() {
        if (tracking.stream()
                        .filter(e -> e.event() == TrackingEvent.Event.RECEIVE)
                        .count()
                < 2) {
            return true;
        }
        return queue().filter(view -> view.messageCount() > 0 || view.connections() > 0)
                .filter(view -> switch (view.status()) {
                    case RETRY, SUSPENDED -> false;
                    // a message of its own may wait while the queue is ready for others
                    case READY -> view.connections() > 0 || view.messageCount() > view.deferredCount();
                    case ACTIVE, CONNECTING -> true;
                })
                .isPresent();
    }

    private Optional<QueueView> queue() {
        return simulation.await(simulation.server().queues().views()).stream()
                .filter(view -> view.key().nextHopDomain().equals(domain))
                .findFirst();
    }

    private List<String> addresses(List<String> people) {
        return people.stream().map(person -> person + "@" + domain).toList();
    }

    private int copies(String person) {
        return simulation.lab().mail(person + "@" + domain, "*", 100).size();
    }

    /// Whether somebody was given up, whatever the host has.
    private boolean told(String person) {
        return events(person)
                .anyMatch(e -> e.event() == TrackingEvent.Event.FAIL || e.event() == TrackingEvent.Event.DEFER);
    }

    private boolean sent(String person) {
        return events(person).anyMatch(e -> e.event() == TrackingEvent.Event.SEND);
    }

    private Stream<TrackingEvent> events(String person) {
        return tracking.stream().filter(e -> e.recipients().contains(person + "@" + domain));
    }

    private String tracked(List<String> touched) {
        Set<String> kinds = new LinkedHashSet<>();
        for (String person : touched) {
            events(person)
                    .filter(e -> e.event() != TrackingEvent.Event.RECEIVE)
                    .forEach(e -> kinds.add(e.event() + " " + e.source()));
        }
        return String.join(", ", kinds);
    }

    private String statusOf(List<String> touched) {
        Set<String> words = new LinkedHashSet<>();
        for (String person : touched) {
            events(person)
                    .filter(e -> e.event() == TrackingEvent.Event.FAIL || e.event() == TrackingEvent.Event.DEFER)
                    .forEach(e ->
                            words.add(led(e.recipientStatus().get(e.recipients().indexOf(person + "@" + domain)))));
        }
        return String.join(" / ", words);
    }

    /// What stands between `LED=` and the next field, if it is wrapped so.
    private static String led(String status) {
        int from = status.indexOf("{LED=");
        int to = status.indexOf("};{", Math.max(from, 0));
        return from < 0 || to < 0 ? status : status.substring(from + 5, to);
    }

    private String connectivity() {
        Map<String, String> once = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.direction() == ConnectivityRow.Direction.STEP)
                .map(ConnectivityRow::description)
                .filter(text -> text.startsWith("Failed") || text.startsWith("Connection"))
                .forEach(text -> once.put(text, text));
        return String.join("; ", once.values());
    }

    @Override
    public void close() {
        simulation.close();
    }
}
