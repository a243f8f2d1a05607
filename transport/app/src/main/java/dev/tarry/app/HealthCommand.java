package dev.tarry.app;

import dev.tarry.client.ClientException;
import dev.tarry.client.TarryClient;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tarry health`: whether a server takes mail, for a container's health check and for scripts.
@Command(name = "health", mixinStandardHelpOptions = true, description = "Tells whether a server is ready for mail.")
final class HealthCommand implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8025",
            description = "The server's admin API (${DEFAULT-VALUE}).")
    private URI server;

    @Override
    public Integer call() {
        String told = HostPort.shown(server.toString());
        if (server.getHost() == null || !List.of("http", "https").contains(server.getScheme())) {
            spec.commandLine()
                    .getErr()
                    .println("tarry: --server is '" + told + "'; an address such as " + TarryClient.DEFAULT_SERVER
                            + " is needed");
            return 2;
        }
        try (TarryClient client = new TarryClient(server)) {
            if (client.ready()) {
                spec.commandLine().getOut().println("ready");
                return 0;
            }
            spec.commandLine().getOut().println("not ready: the server at " + told + " takes no mail now");
        } catch (ClientException e) {
            spec.commandLine().getOut().println("not ready: " + e.getMessage());
        }
        return 1;
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of("Asks GET /health/ready, for which no token is needed."),
                List.of(),
                List.of(),
                List.of(),
                Manual.entries("0", "It is ready.", "1", "It is not, or nobody answers.", "2", "Bad usage."),
                List.of(
                        Example.of("The server on this machine", "tarry health", "ready"),
                        Example.failing(
                                1,
                                "A server that is not there",
                                "tarry health --server http://127.0.0.1:1",
                                "not ready")));
    }
}
