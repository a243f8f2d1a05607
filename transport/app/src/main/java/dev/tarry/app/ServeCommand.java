package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.SettingsBook;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tarry serve`: the server and, unless told otherwise, the lab world, until it is told to stop.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the server and, unless world=network, the lab around it.")
final class ServeCommand implements Callable<Integer>, Manual.Documented {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--ephemeral", description = "Takes free ports for every listener.")
    private boolean ephemeral;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Writes pid and addresses here, as JSON, when every listener accepts.")
    private Path readyFile;

    @Override
    public Integer call() throws InterruptedException {
        // A client may not have a session negotiated over and over; the JDK asks this property alone.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        Logs logs = Logs.begin();
        SettingsBook book;
        try {
            book = SettingsBook.open(options.sources(ephemeral));
        } catch (ConfigException e) {
            return SettingsOptions.refused(e, spec);
        }
        logs.apply(book.now().log());
        book.now().notices().forEach(notice -> LOG.warn("{}", notice));
        Running running;
        try {
            running = Running.start(book);
        } catch (StartFailure e) {
            spec.commandLine().getErr().println("tarry: " + e.getMessage());
            return 1;
        }
        AtomicInteger exitCode = new AtomicInteger();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("tarry-stop").unstarted(() -> {
                    running.close();
                    stopped.countDown();
                    // SIGTERM asked for an orderly end, and this was one: 0, not 128 + 15
                    Runtime.getRuntime().halt(exitCode.get());
                }));
        try {
            if (readyFile != null) {
                running.addresses().write(readyFile);
            }
        } catch (StartFailure e) {
            spec.commandLine().getErr().println("tarry: " + e.getMessage());
            exitCode.set(1);
            return 1; // the hook closes what runs
        }
        spec.commandLine().getOut().println(running.addresses().line());
        stopped.await();
        return 0;
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "When every listener accepts, it prints one line that begins 'tarry ready' and names the"
                                + " addresses. SIGTERM (or Ctrl-C) ends it in good order: sessions come to their end, what"
                                + " was accepted is kept. A second start on the same folder goes on where the first"
                                + " stopped, also after a kill; two at once on one folder cannot be: the second refuses.",
                        "Unless told otherwise it listens on loopback: SMTP 2525, submission 2587, admin API 8025, lab DNS"
                                + " 8053 (UDP and TCP).",
                        "Settings, weakest first: defaults, the file, what was set at run time, TARRY_... variables, --set."
                                + " Every fault in them is told at once, with its place and what would be right."),
                List.of(),
                Manual.entries(
                        "FILE (--config)",
                        "Settings in YAML: 'server: {name: mail.company.com}' or 'server.name: mail.company.com'.",
                        "DIR (--data)",
                        "Everything that is kept: store/ (queues, mail, mailboxes), logs/ (the message tracking log, the event log),"
                                + " lab/ (the lab's clock, zones, faults, certificates).",
                        "FILE (--ready-file)",
                        "One JSON object: pid, smtp, submission, admin, labDns, labDnsServers. Written whole."),
                Manual.entries(
                        "TARRY_...",
                        "A setting: its key in capitals with _ for each dot, such as TARRY_ADMIN_BIND for admin.bind. A"
                                + " variable of this form that sets nothing is told as a warning.",
                        "TARRY_JAVA_OPTS",
                        "More options for the JVM, split at blanks: -Xmx2g."),
                Manual.entries(
                        "0",
                        "It was told to stop, and did in good order.",
                        "1",
                        "It could not start: an address is taken, the folder is not to be written or another tarry has it.",
                        "2",
                        "Bad usage, or a fault in the settings."),
                List.of(
                        Example.staying(
                                "The defaults",
                                "tarry serve",
                                "tarry ready smtp=127.0.0.1:",
                                "admin=http://127.0.0.1:"),
                        Example.staying(
                                "A server of its own for a script, on free ports",
                                "tarry serve --ephemeral --data ./d --ready-file ready.json",
                                "tarry ready",
                                "labDns="),
                        Example.staying(
                                "Settings from a file, and one above all others",
                                "tarry serve --config tarry.yaml --set transport.messageExpirationTimeout=12h",
                                "tarry ready"),
                        Example.failing(
                                2,
                                "What a fault in a setting looks like",
                                "tarry serve --set transport.messageExpirationTimeout=soon",
                                "transport.messageExpirationTimeout",
                                "soon")));
    }
}
