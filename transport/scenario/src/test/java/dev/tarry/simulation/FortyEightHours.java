package dev.tarry.simulation;

import dev.tarry.config.Settings;
import dev.tarry.lab.mx.Extension;
import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.MailHost;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportService;
import dev.tarry.tracking.MemoryTrackingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/// 48 hours of bad weather, and as long again of good weather for everything to come to its end; all of it from
/// one seed. Whatever must hold is looked at after every event.
final class FortyEightHours {
    private static final Duration WEATHER = Duration.ofHours(48);
    /// In the others no host offers TLS while the weather is bad: its arithmetic would take most of the time.
    /// With an operator it never is offered: such runs must be the same each time, and a handshake is some octets
    /// longer or shorter, which a slow link makes milliseconds of.
    private static final int TLS_EVERY = 5;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Plan PLAN = Plan.of(Settings.defaults(), ZoneOffset.UTC);

    /// Where a host has said 220 to STARTTLS and means nothing by it. Its octets are different ones each time.
    private static final Pattern HANDSHAKE = Pattern.compile("\\\\x16\\\\x03.*");

    /// One of them with other extensions, one of them with none; they never say what became of a message.
    private static final List<MailHost> HOSTS_WITHOUT_DSN = List.of(
            host("mail.fabrikam.com", true, Set.of(Extension.PIPELINING, Extension.ENHANCED_STATUS_CODES)),
            host("mta5.am0.yahoodns.net", false, Set.of()));

    private final long seed;
    private final boolean powerCuts;
    private final boolean operator;
    private final MemoryTrackingLog tracking = new MemoryTrackingLog();
    private final TreeMap<Instant, List<Runnable>> script = new TreeMap<>();
    private final StringBuilder transcript = new StringBuilder();

    FortyEightHours(long seed, boolean powerCuts) {
        this(seed, powerCuts, false);
    }

    /// @param operator whether somebody changes settings meanwhile
    FortyEightHours(long seed, boolean powerCuts, boolean operator) {
        this.seed = seed;
        this.powerCuts = powerCuts;
        this.operator = operator;
    }

    /// @return everything that happened, the same for the same seed
    String run() {
        try (Simulation simulation =
                new Simulation("weather-" + seed + "-" + powerCuts + "-" + operator, seed, PLAN, tracking)) {
            try {
                run(simulation);
            } finally {
                simulation
                        .lab()
                        .sessions(SessionSearch.newest(Integer.MAX_VALUE))
                        .forEach(this::write);
            }
            simulation
                    .lab()
                    .queries(Integer.MAX_VALUE)
                    .forEach(query -> transcript.append(query).append('\n'));
            simulation
                    .lab()
                    .mail("*", "*", Integer.MAX_VALUE)
                    .forEach(mail -> transcript.append(mail).append('\n'));
            return transcript.append(tracking.text()).toString();
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError(
                    "seed " + seed + (powerCuts ? " with" : " without") + " power cuts: " + failed.getMessage()
                            + "; what happened is in " + written(),
                    failed);
        }
    }

    private void write(JournaledSession session) {
        transcript
                .append(session.id())
                .append(' ')
                .append(session.opened())
                .append(' ')
                .append(session.host())
                .append(' ')
                .append(session.messages())
                .append(' ')
                .append(session.end())
                .append('\n');
        session.lines()
                .forEach(line -> transcript
                        .append("  ")
                        .append(line.after().toMillis())
                        .append(' ')
                        .append(line.speaker())
                        .append(' ')
                        .append(HANDSHAKE.matcher(line.text()).replaceAll("(a handshake)"))
                        .append('\n'));
    }

    private Path written() {
        try {
            return Files.writeString(
                    Files.createTempFile("weather-" + seed + "-", ".log"), transcript + "\n" + tracking.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Simulation simulation) {
        BadWeather weather = new BadWeather(seed);
        Truth truth = new Truth(simulation);
        for (MailHost host : HOSTS_WITHOUT_DSN) {
            simulation.lab().putHost(host);
        }
        if (operator || seed % TLS_EVERY != 0) {
            simulation.lab().addFault("tls strip");
        }
        Instant start = simulation.time().instant();
        for (int i = 0; i < 12; i++) {
            Instant at = start.plus(weather.within(WEATHER));
            List<Runnable> mend = new ArrayList<>(1);
            on(at, () -> mend.add(weather.strike(simulation, truth)));
            on(at.plus(weather.within(Duration.ofHours(30))), () -> mend.forEach(Runnable::run));
        }
        for (int i = 0; i < 20; i++) {
            String name = "m" + i;
            String from = weather.upTo(9) == 0 ? "" : "alice@company.com";
            List<SimulatedClient.To> to = new ArrayList<>();
            for (int r = weather.upTo(3); r >= 0; r--) {
                String domain = weather.upTo(5) == 0 ? "company.com" : weather.oneOf(BadWeather.DOMAINS);
                to.add(new SimulatedClient.To("r" + r + "@" + domain, weather.wish()));
            }
            on(start.plus(weather.within(WEATHER)), () -> {
                Instant sent = simulation.time().instant();
                simulation.sendTo(from, to, Truth.text(name, from, to), outcome -> {
                    transcript
                            .append(name)
                            .append(' ')
                            .append(outcome.lastReply())
                            .append('\n');
                    if (outcome.accepted()) {
                        truth.promised(name, from, to, sent);
                    }
                });
            });
        }
        for (int i = powerCuts ? 3 : 0; i > 0; i--) {
            int tasks = 1 + weather.upTo(200);
            on(start.plus(weather.within(WEATHER)), () -> simulation.killAfter(tasks));
        }
        if (operator) {
            RestlessHands hands = new RestlessHands(seed);
            for (int i = 0; i < 30; i++) {
                on(start.plus(hands.within(WEATHER)), () -> {
                    String change = hands.change(simulation);
                    transcript.append("set ").append(change).append('\n');
                });
            }
            on(start.plus(WEATHER), () -> simulation.apply(PLAN));
            serviceOrders(simulation, truth, hands, start);
            RestlessAdministrator administrator = new RestlessAdministrator(simulation, truth, seed);
            for (int i = 0; i < 60; i++) {
                on(start.plus(administrator.within(WEATHER)), () -> {
                    transcript
                            .append(simulation.time().instant())
                            .append(' ')
                            .append(administrator.order())
                            .append('\n');
                });
            }
            // twice: the service may be stopped at the one moment, or the disk be closed
            on(start.plus(WEATHER).plus(Duration.ofMinutes(1)), administrator::resumeAll);
            on(start.plus(WEATHER).plus(Duration.ofHours(6)), administrator::resumeAll);
        }
        while (!script.isEmpty()) {
            var next = script.pollFirstEntry();
            until(simulation, truth, next.getKey());
            next.getValue().forEach(Runnable::run);
            settle(simulation, truth);
        }
        Instant end = simulation.time().instant().plus(Duration.ofHours(50));
        until(simulation, truth, end);
        simulation.look(truth::settled);
    }

    /// The operator restarts the service, pauses it, and stops it for up to an hour.
    private void serviceOrders(Simulation simulation, Truth truth, RestlessHands hands, Instant start) {
        for (int i = 0; i < 3; i++) {
            order(start.plus(hands.within(WEATHER)), simulation, truth, "restart", TransportService::restart);
        }
        Instant paused = start.plus(hands.within(WEATHER));
        order(paused, simulation, truth, "pause", TransportService::pause);
        order(paused.plus(hands.within(HOUR)), simulation, truth, "continue", TransportService::resume);
        Instant stopped = start.plus(hands.within(WEATHER));
        order(stopped, simulation, truth, "stop", TransportService::stop);
        order(stopped.plus(hands.within(HOUR)), simulation, truth, "start", TransportService::start);
        order(start.plus(WEATHER).plus(HOUR), simulation, truth, "start", TransportService::start);
        order(start.plus(WEATHER).plus(HOUR), simulation, truth, "continue", TransportService::resume);
    }

    private void order(
            Instant at,
            Simulation simulation,
            Truth truth,
            String word,
            Function<TransportService, CompletableFuture<TransportService.Status>> order) {
        on(at, () -> {
            transcript.append(word).append('\n');
            truth.powerCut(); // a host that takes too long to answer gets its message again
            order.apply(simulation.server().service());
        });
    }

    private static MailHost host(String name, boolean esmtp, Set<Extension> extensions) {
        return new MailHost(
                name,
                List.of(),
                Optional.empty(),
                esmtp,
                extensions,
                List.of(),
                new LinkedHashMap<>(),
                List.of(),
                CertificateKind.GOOD,
                false,
                false,
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private void on(Instant at, Runnable event) {
        script.computeIfAbsent(at, _ -> new ArrayList<>()).add(event);
    }

    private static void until(Simulation simulation, Truth truth, Instant limit) {
        while (simulation.step(limit)) {
            settle(simulation, truth);
        }
        settle(simulation, truth);
    }

    private static void settle(Simulation simulation, Truth truth) {
        simulation.run();
        if (!simulation.alive()) {
            truth.powerCut();
            simulation.kill();
            simulation.start();
        }
        simulation.look(truth::holds);
    }
}
