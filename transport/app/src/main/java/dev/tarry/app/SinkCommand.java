package dev.tarry.app;

import dev.tarry.config.Sizes;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.load.LoadText;
import dev.tarry.lab.load.MailSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tarry sink`: takes mail for anybody, counts it, and throws it away.
@Command(
        name = "sink",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes mail for anybody, counts it, and throws it away or keeps it.")
final class SinkCommand implements Callable<Integer>, Manual.Documented {
    private static final Pattern REPLY = Pattern.compile("(\\d{3})(?: (.*))?");
    private static final int RECIPIENTS_MAX = 50_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:2626",
            description = "Where; port 0 is any free one (${DEFAULT-VALUE}).")
    private String listen;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keeps every message here.")
    private Path keep;

    @Option(names = "--max", paramLabel = "N", description = "Ends when so many messages have been taken.")
    private Long max;

    @Option(
            names = "--size-max",
            paramLabel = "SIZE",
            defaultValue = "150MB",
            description = "The largest message taken (${DEFAULT-VALUE}).")
    private String sizeMax;

    @Option(
            names = "--reply",
            paramLabel = "'CODE TEXT'",
            description = "What is said instead of the 250 at the end of data (or at --stage).")
    private String reply;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            defaultValue = "eod",
            description = "banner, ehlo, mail, rcpt, data, eod or quit (${DEFAULT-VALUE}).")
    private String stage;

    @Option(
            names = "--fraction",
            paramLabel = "PART",
            description = "In which part of the cases --reply is said, 0 to 1 (all).")
    private Double fraction;

    @Option(names = "--seed", paramLabel = "N", description = "Of the chance in --fraction (drawn if not given).")
    private Long seed;

    @Option(names = "--delay", paramLabel = "SPAN", description = "How long the answer at --stage takes.")
    private String delay;

    @Option(names = "--fault", paramLabel = "LINE", description = "What goes wrong, in the lab's words. Repeatable.")
    private List<String> faults = new ArrayList<>();

    @Option(names = "--quiet", description = "No progress, only what was taken in the end.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        try (Machine machine = new Machine("tarry-sink", Machine.loops())) {
            MailSink.Options options;
            InetSocketAddress at;
            try {
                at = HostPort.parse("--listen", listen).anywhere();
                options = options(machine);
            } catch (IllegalArgumentException e) {
                complain(e.getMessage());
                return 2;
            }
            try (MailSink sink = new MailSink(options, machine.group(), machine.time(), machine.alarms()::after)) {
                serve(sink, at);
                report(sink);
                return 0;
            } catch (IOException e) {
                complain(StartFailure.unwritable("the folder " + keep, e).getMessage());
                return 1;
            } catch (CompletionException e) {
                complain("cannot listen at " + listen + ": " + e.getCause().getMessage());
                return 1;
            }
        }
    }

    /// @throws CompletionException if it cannot listen
    private void serve(MailSink sink, InetSocketAddress at) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Object beforeInt = Signals.register("INT", stopped::countDown);
        Object beforeTerm = Signals.register("TERM", stopped::countDown);
        LiveLine line = LiveLine.on(spec.commandLine().getErr());
        try {
            SocketAddress where = sink.listen(at).join();
            // whoever reads this may stop it at once
            spec.commandLine().getOut().println("sink ready smtp=" + Addresses.text(where));
            long before = 0;
            while (!stopped.await(max == null ? 1_000 : 50, TimeUnit.MILLISECONDS)) {
                MailSink.Count count = sink.count();
                if (max != null && count.messages() >= max) {
                    return;
                }
                if (!quiet && max == null && count.messages() != before) {
                    line.show(String.format(
                            Locale.ROOT,
                            "%d messages  %d/s  %d recipients  %s  %d connections open",
                            count.messages(),
                            count.messages() - before,
                            count.recipients(),
                            LoadText.octets(count.octets()),
                            count.open()));
                    before = count.messages();
                }
            }
        } finally {
            line.end();
            Signals.unregister("INT", beforeInt);
            Signals.unregister("TERM", beforeTerm);
        }
    }

    private void report(MailSink sink) {
        var out = spec.commandLine().getOut();
        MailSink.Count count = sink.count();
        out.println("messages    " + count.messages());
        out.println("recipients  " + count.recipients());
        out.println("octets      " + LoadText.octets(count.octets()));
        out.println("connections " + count.connections());
        for (ActiveFault fault : sink.faults()) {
            out.println("fault       " + fault.fired() + " of " + fault.asked() + " times: "
                    + FaultLine.write(fault.fault()));
        }
    }

    private MailSink.Options options(Machine machine) {
        List<Fault> all = new ArrayList<>();
        Instant now = machine.time().instant();
        faults.forEach(line -> all.add(FaultLine.read(line, now)));
        if (reply != null) {
            all.add(FaultGrammar.read(replyWords(machine), now));
        } else if (fraction != null) {
            throw new IllegalArgumentException("--fraction says how often --reply is said; --reply is missing");
        }
        if (delay != null) {
            var words = new LinkedHashMap<String, Object>();
            words.put("where", "smtp");
            words.put("what", "delay");
            words.put("stage", stage);
            words.put("by", LoadCommand.span("--delay", delay).toString());
            all.add(FaultGrammar.read(words, now));
        }
        if (all.stream().anyMatch(fault -> !(fault instanceof Fault.Smtp))) {
            throw new IllegalArgumentException("--fault: a sink speaks SMTP and nothing else; begin with smtp");
        }
        long octets;
        try {
            octets = Sizes.parse(sizeMax);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--size-max is '" + HostPort.shown(sizeMax) + "'; a size such as 36MB is needed", e);
        }
        return new MailSink.Options(Optional.ofNullable(keep), octets, RECIPIENTS_MAX, all);
    }

    private LinkedHashMap<String, Object> replyWords(Machine machine) {
        Matcher match = REPLY.matcher(reply);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "--reply is '" + HostPort.shown(reply) + "'; '451 4.3.2 Try later' or the like is needed");
        }
        var words = new LinkedHashMap<String, Object>();
        words.put("where", "smtp");
        words.put("what", "reply");
        words.put("stage", stage);
        words.put("code", Integer.parseInt(match.group(1)));
        if (match.group(2) != null) {
            words.put("text", match.group(2));
        }
        if (fraction != null) {
            words.put("probability", fraction);
            words.put("seed", seed == null ? machine.system().seed() & Integer.MAX_VALUE : seed);
        }
        return words;
    }

    private void complain(String message) {
        spec.commandLine().getErr().println("tarry: " + message);
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "It is one of the lab's mail hosts, alone. Faults are written as everywhere in the lab; the host has"
                                + " the address it listens at for its name.",
                        "Ctrl-C ends it and prints what it has taken."),
                List.of(),
                Manual.entries("DIR (--keep)", "What was taken, a file a message."),
                List.of(),
                Manual.entries("0", "Done.", "1", "It cannot listen, or cannot write.", "2", "Bad usage."),
                List.of(
                        Example.staying("Anybody's mail", "tarry sink", "sink ready smtp=127.0.0.1:", "messages    0"),
                        Example.staying(
                                "On a free port, keeping what comes, until there are a thousand",
                                "tarry sink --listen 127.0.0.1:0 --max 1000 --keep ./received",
                                "sink ready",
                                "octets"),
                        Example.staying(
                                "One message of ten is to come again later",
                                "tarry sink --reply '451 4.3.2 Try later' --fraction 0.1 --seed 7",
                                "sink ready",
                                "fault       0 of 0 times: smtp reply"),
                        Example.staying(
                                "A fault in the lab's words",
                                "tarry sink --fault 'smtp reply stage=rcpt code=550 recipient=nobody@* first=5'",
                                "sink ready",
                                "recipient=nobody@*"),
                        Example.failing(
                                2,
                                "A fault that is none of a sink's",
                                "tarry sink --fault 'dns servfail name=example.net'",
                                "a sink speaks SMTP")));
    }
}
