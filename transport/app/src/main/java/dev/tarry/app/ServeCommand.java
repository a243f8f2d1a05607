package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Fault;
import dev.tarry.config.SettingsBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tarry serve`: the server and, unless told otherwise, the lab world, until it is told to stop.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the server and, unless world=network, the lab around it.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML; without it the defaults hold.")
    private Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept; ./tarry-data if not given.")
    private Path data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one value, above all other sources. Repeatable.")
    private List<String> sets = new ArrayList<>();

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
        SettingsBook book;
        try {
            book = book();
        } catch (ConfigException e) {
            for (Fault fault : e.faults()) {
                spec.commandLine().getErr().println("tarry: " + fault);
            }
            return 2;
        }
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

    private SettingsBook book() throws ConfigException {
        List<String> all = new ArrayList<>(sets);
        if (data != null) {
            all.add("data=" + data);
        }
        return SettingsBook.open(
                new SettingsBook.Sources(Optional.ofNullable(config), System.getenv(), all, ephemeral));
    }
}
