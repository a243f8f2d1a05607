package dev.tarry.app;

import dev.tarry.config.Spans;
import dev.tarry.lab.load.Domains;
import dev.tarry.lab.load.Letters;
import dev.tarry.lab.load.LoadPlan;
import dev.tarry.lab.load.LoadReport;
import dev.tarry.lab.load.LoadRun;
import dev.tarry.lab.load.LoadText;
import dev.tarry.lab.load.Manners;
import dev.tarry.lab.load.Rate;
import dev.tarry.lab.load.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `tarry load`: sends made-up mail to a server, and tells how fast it was taken.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Sends made-up mail to an SMTP server, and tells how it was taken."})
final class LoadCommand implements Callable<Integer>, Manual.Documented {
    private static final long DEFAULT_MESSAGES = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:2525",
            description = "The server (${DEFAULT-VALUE}).")
    private String to;

    @Option(
            names = "--allow",
            paramLabel = "HOST",
            description = "Lets --to name this host. Without it only this machine itself is loaded. Repeatable.")
    private List<String> allowed = new ArrayList<>();

    @Option(names = "--messages", paramLabel = "N", description = "How many (1000 if there is no --duration).")
    private Long messages;

    @Option(names = "--duration", paramLabel = "SPAN", description = "For how long messages are begun, such as 30s.")
    private String duration;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "20",
            description = "Connections at a time (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--per-connection",
            paramLabel = "N|all",
            defaultValue = "all",
            description = "Messages on one connection (${DEFAULT-VALUE}).")
    private String perConnection;

    @Option(
            names = "--pipelining",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Commands in groups, where it is offered (${DEFAULT-VALUE}).")
    private String pipelining;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "unlimited",
            description = "500/s, 30000/min, poisson:500/s or unlimited (${DEFAULT-VALUE}).")
    private String rate;

    @Option(
            names = "--ramp",
            paramLabel = "SPAN",
            defaultValue = "0s",
            description = "How long the rate, or without one the number of sessions, takes to rise (at once).")
    private String ramp;

    @Option(
            names = "--size",
            paramLabel = "DIST",
            defaultValue = "10KiB",
            description = "Octets of a message, header included (${DEFAULT-VALUE}).")
    private String size;

    @Option(
            names = "--recipients",
            paramLabel = "DIST",
            defaultValue = "1",
            description = "Recipients of a message (${DEFAULT-VALUE}).")
    private String recipients;

    @Option(
            names = "--domains",
            paramLabel = "DOMAINS",
            defaultValue = "gmail.com",
            description = "Where they are (${DEFAULT-VALUE}).")
    private String domains;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            defaultValue = "load@company.com",
            description = "The sender; <> is the null sender (${DEFAULT-VALUE}).")
    private String from;

    @Option(
            names = "--helo",
            paramLabel = "NAME",
            defaultValue = "load.example",
            description = "The name behind EHLO (${DEFAULT-VALUE}).")
    private String helo;

    @Option(
            names = "--auth",
            paramLabel = "USER:PASSWORD",
            description = "Logs in by AUTH PLAIN or LOGIN, in clear text.")
    private String auth;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "60s",
            description = "For a connection, each reply, and content that does not move (${DEFAULT-VALUE}).")
    private String timeout;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed sends the same messages in the same order (drawn and told if not given).")
    private Long seed;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Threads that carry the sessions (half of the processors, 1 to 4).")
    private Integer loops;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the summary here as well.")
    private Path json;

    @Option(names = "--fail-on-error", description = "Ends with 1 unless everything was accepted.")
    private boolean failOnError;

    @Option(names = "--quiet", description = "No progress, only the summary.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        try (Machine machine = new Machine("tarry-load", loops == null ? Machine.loops() : Math.clamp(loops, 1, 64))) {
            LoadPlan plan;
            try {
                plan = plan(machine);
            } catch (IllegalArgumentException e) {
                complain(e.getMessage());
                return 2;
            }
            return report(plan, run(plan, machine));
        }
    }

    private LoadPlan plan(Machine machine) {
        boolean endless = duration != null && messages == null;
        Manners manners = new Manners(
                helo,
                choice("--pipelining", pipelining, "on", "off").equals("on"),
                perConnection.equalsIgnoreCase("all") ? Integer.MAX_VALUE : whole("--per-connection", perConnection),
                Optional.ofNullable(auth).map(LoadCommand::login));
        Letters letters = new Letters(
                Spread.parse("--size", size, Spread.Of.SIZES),
                Spread.parse("--recipients", recipients, Spread.Of.RECIPIENTS),
                Domains.parse("--domains", domains),
                from.equals("<>") ? "" : from,
                seed == null ? machine.system().seed() & Integer.MAX_VALUE : seed,
                machine.system().wall().truncatedTo(ChronoUnit.SECONDS));
        return new LoadPlan(
                HostPort.parse("--to", to).resolved(allowed),
                endless ? OptionalLong.empty() : OptionalLong.of(messages == null ? DEFAULT_MESSAGES : messages),
                Optional.ofNullable(duration).map(text -> span("--duration", text)),
                sessions,
                Rate.parse("--rate", rate),
                span("--ramp", ramp),
                span("--timeout", timeout),
                manners,
                letters);
    }

    private LoadReport run(LoadPlan plan, Machine machine) throws InterruptedException {
        LoadRun run = LoadRun.start(plan, machine.eventLoops(), machine.system()::nanos, machine.alarms());
        AtomicInteger asked = new AtomicInteger();
        Runnable stop = () -> {
            if (asked.getAndIncrement() > 0) {
                Runtime.getRuntime().halt(1);
            }
            run.stop();
        };
        Object beforeInt = Signals.register("INT", stop);
        Object beforeTerm = Signals.register("TERM", stop);
        LiveLine line = LiveLine.on(spec.commandLine().getErr());
        try {
            while (true) {
                try {
                    return run.done().get(1, TimeUnit.SECONDS);
                } catch (TimeoutException _) {
                    if (!quiet) {
                        line.show(LoadText.line(run.progress()));
                    }
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            line.end();
            Signals.unregister("INT", beforeInt);
            Signals.unregister("TERM", beforeTerm);
        }
    }

    private int report(LoadPlan plan, LoadReport report) {
        var out = spec.commandLine().getOut();
        out.println("seed        " + plan.letters().seed());
        LoadText.lines(report).forEach(out::println);
        out.flush();
        if (json != null) {
            try {
                Files.writeString(json, json(plan, report));
            } catch (IOException e) {
                complain(StartFailure.unwritable("the summary " + json, e).getMessage());
                return 1;
            }
        }
        if (report.nobodyThere() || (report.messages() > 0 && report.connections() == 0)) {
            complain("nobody answered at " + to + "; is the server running there?");
            return 1;
        }
        return failOnError && !report.clean() ? 1 : 0;
    }

    private String json(LoadPlan plan, LoadReport report) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("to", to);
        whole.put("seed", plan.letters().seed());
        whole.put("sessions", sessions);
        whole.put("perConnection", perConnection);
        whole.put("pipelining", plan.manners().pipelining());
        whole.put("rate", rate);
        whole.put("size", size);
        whole.put("recipientsPerMessage", recipients);
        whole.put("domains", domains);
        whole.put("messagesPerSecond", report.messagesPerSecond());
        whole.put("recipientsPerSecond", report.recipientsPerSecond());
        whole.put("octetsPerSecond", report.octetsPerSecond());
        whole.put("latencyUnit", "ms");
        whole.put("report", report);
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(whole)
                + "\n";
    }

    private void complain(String message) {
        spec.commandLine().getErr().println("tarry: " + message);
    }

    private static Manners.Login login(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--auth has no colon; USER:PASSWORD is needed");
        }
        return new Manners.Login(text.substring(0, colon), text.substring(colon + 1));
    }

    static Duration span(String option, String text) {
        try {
            return Spans.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    option + " is '" + HostPort.shown(text) + "'; a duration such as 30s, 5m or 500ms is needed", e);
        }
    }

    private static int whole(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    option + " is '" + HostPort.shown(text) + "'; a whole number or 'all' is needed", e);
        }
    }

    private static String choice(String option, String text, String... right) {
        for (String one : right) {
            if (one.equalsIgnoreCase(text)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                option + " is '" + HostPort.shown(text) + "'; " + String.join(" or ", right) + " is needed");
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "Many sessions at once; the summary tells how fast and with which replies messages were taken.",
                        "Distributions (sizes, recipients):",
                        "  10KiB                      always that",
                        "  uniform:1KiB..1MiB         any in that range",
                        "  exponential:10KiB          with that mean",
                        "  lognormal:10KiB:1.5        with that median; 1.5 is the spread of the logarithm",
                        "  choice:1KiB=90,1MiB=10     one of these, by weight",
                        "  zipf:100, zipf:100:1.2     1 to 100, small ones far likelier",
                        "  file:PATH                  any line of a file with one value a line",
                        "Domains: gmail.com,outlook.com=3 by weight, uniform:1000:load{n}.example,"
                                + " zipf:1000:load{n}.example",
                        "With a rate, messages are due at their times whether or not the server keeps up, and latency"
                                + " counts from when a message was due. Without one, each session sends as fast as it is"
                                + " answered.",
                        "Ctrl-C begins no more messages, lets those in flight end, and prints the summary; a second one"
                                + " exits."),
                List.of(),
                Manual.entries("FILE (--json)", "The summary as one JSON object; latencies in ms."),
                List.of(),
                Manual.entries(
                        "0",
                        "Done.",
                        "1",
                        "Nobody answered, or, with --fail-on-error, not every message was accepted for every recipient.",
                        "2",
                        "Bad usage."),
                List.of(
                        Example.of(
                                "Two thousand messages in forty sessions",
                                "tarry load --messages 2000 --sessions 40",
                                "messages    2000: 2000 accepted"),
                        Example.of(
                                "A rate that rises, to a thousand domains",
                                "tarry load --duration 5s --rate 100/s --ramp 1s --domains 'zipf:1000:load{n}.example'",
                                "accepted, 0 refused"),
                        Example.of(
                                "The same mail each time: sizes and recipients that vary, a connection a message",
                                "tarry load --messages 100 --per-connection 1 --size lognormal:20KiB:1.5"
                                        + " --recipients zipf:50 --seed 7",
                                "seed        7",
                                "messages    100: 100 accepted"),
                        Example.of(
                                "For a script",
                                "tarry load --messages 50 --quiet --json load.json --fail-on-error",
                                "messages    50: 50 accepted"),
                        Example.failing(
                                2,
                                "Another machine is not loaded by mistake",
                                "tarry load --to 192.0.2.1:25 --messages 10",
                                "--allow")));
    }
}
