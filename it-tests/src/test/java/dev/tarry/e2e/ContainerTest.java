package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Bind;
import dev.tarry.client.ProblemException;
import dev.tarry.client.TarryClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.LogMessageWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/// The image, as a stranger runs it: built, run without rights on a file system that nobody may write, dialled through
/// published ports. The mail server outside is SubEthaSMTP on the machine that runs the container.
final class ContainerTest {
    private static final byte[] MESSAGE = TarryProcess.octets("Subject: boxed", "", "Hello.");

    /// The engine is on this machine: what it publishes is dialled as its user would.
    private static final String HOST = "127.0.0.1";

    /// Of somebody who has written one listener and means a real network.
    private static final String SETTINGS = """
            world: network
            receiveConnectors:
              - {name: Only, bind: "0.0.0.0:2525"}
            """;

    /// A container of the image and the clients of its published ports.
    private static final class Box implements AutoCloseable {
        private final GenericContainer<?> container;
        private final TarryClient client;

        /// @param settings the file that is mounted, if one is
        Box(Engine engine, Network network, Optional<Path> settings) throws IOException, InterruptedException {
            List<Bind> binds = new ArrayList<>(List.of(Bind.parse(engine.name() + ":/data")));
            settings.ifPresent(file -> binds.add(Bind.parse(file + ":/etc/tarry.yaml:ro")));
            container = new GenericContainer<>(DockerImageName.parse(engine.image()))
                    .withImagePullPolicy(_ -> false)
                    .withNetwork(network)
                    .withExposedPorts(2525, 8025)
                    .withTmpFs(Map.of("/tmp", "rw"))
                    .withCommand(
                            settings.map(_ -> "serve --config /etc/tarry.yaml").orElse("serve"))
                    .withCreateContainerCmdModifier(create -> Objects.requireNonNull(create.getHostConfig())
                            .withReadonlyRootfs(true)
                            .withBinds(binds))
                    .waitingFor(new LogMessageWaitStrategy()
                            .withRegEx("(?s).*tarry ready .*")
                            .withStartupTimeout(TarryProcess.PATIENCE));
            container.start();
            client = new TarryClient(
                    URI.create("http://" + HOST + ":" + container.getMappedPort(8025)),
                    Optional.of(said("cat", "/data/admin-token").strip()));
        }

        SmtpDialogue dial() {
            return SmtpDialogue.dial(new InetSocketAddress(HOST, container.getMappedPort(2525)));
        }

        /// What a command in the container says; it must end with 0.
        String said(String... command) throws IOException, InterruptedException {
            ExecResult result = container.execInContainer(command);
            assertEquals(0, result.getExitCode(), result::toString);
            return result.getStdout();
        }

        /// As `docker stop`.
        ///
        /// @return the exit code
        long stop(Engine engine) {
            engine.client()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(60)
                    .exec();
            return Objects.requireNonNull(engine.client()
                    .inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState()
                    .getExitCodeLong());
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
            }
            container.stop(); // removes it too
        }
    }

    @Test
    void mail_leaves_the_container_and_48_hours_pass_in_it_and_what_it_keeps_outlives_it(@TempDir Path folder)
            throws Exception {
        String name = "tarry-it-" + ProcessHandle.current().pid();
        try (Engine engine = Engine.withImage(folder, name);
                Network network = Network.newNetwork()) {
            String gateway = gateway(engine, network);
            try (Box box = new Box(engine, network, Optional.empty());
                    Stranger stranger = new Stranger(gateway)) { // the address is there once somebody is in the network
                runsWithoutRights(box);
                opens(box, gateway, stranger.port());
                leaves(box, stranger);
                waitsFortyEightHours(box);
                assertEquals(1, stranger.taken().size());
                assertEquals(0, box.stop(engine), () -> box.container.getLogs());
            }
            Path settings = Files.writeString(folder.resolve("tarry.yaml"), SETTINGS);
            try (Box box = new Box(engine, network, Optional.of(settings))) {
                assertTrue(undeliverable(box));
                nobodyRelays(box);
            }
        }
    }

    private static String gateway(Engine engine, Network network) {
        return engine.client()
                .inspectNetworkCmd()
                .withNetworkId(network.getId())
                .exec()
                .getIpam()
                .getConfig()
                .getFirst()
                .getGateway();
    }

    private static void runsWithoutRights(Box box) throws IOException, InterruptedException {
        assertEquals("10001", box.said("id", "-u").strip());
        assertEquals("ready", box.said("tarry", "health").strip());
        box.said("/opt/tarry/healthy");
        assertTrue(box.said("tarry", "shell", "-c", "Get-Queue").contains("MAIL\\Submission"));
        try (TarryClient stranger = new TarryClient(box.client.server())) {
            assertTrue(stranger.ready());
            ProblemException refused = assertThrows(ProblemException.class, stranger::faults);
            assertEquals(401, refused.status());
        }
    }

    /// A door of the lab, to the machine outside.
    private static void opens(Box box, String gateway, int port) {
        box.client.service().changeSettings(Map.of("egress.allow", gateway + ":" + port));
        box.client
                .service()
                .sendConnectors()
                .create(Map.of(
                        "Name",
                        "Outside",
                        "AddressSpaces",
                        List.of("SMTP:outside.example;1"),
                        "DNSRoutingEnabled",
                        false,
                        "SmartHosts",
                        List.of(gateway),
                        "Port",
                        port));
    }

    /// Against a real network, by the one listener of a file: clients of a published port are strangers.
    private static void nobodyRelays(Box box) throws IOException {
        try (SmtpDialogue client = box.dial()) {
            client.ok("EHLO stranger.example");
            client.ok("MAIL FROM:<alice@company.com>");
            assertEquals(
                    "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
                    client.command("RCPT TO:<somebody@outside.example>"));
            client.ok("RCPT TO:<alice@company.com>");
        }
    }

    /// Through the lab's door to the machine outside.
    private static void leaves(Box box, Stranger stranger) throws IOException {
        try (SmtpDialogue client = box.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "somebody@outside.example");
        }
        Wait.until("the stranger has it", () -> !stranger.taken().isEmpty());
        assertEquals(
                List.of("somebody@outside.example"), stranger.taken().peek().to());
        assertTrue(stranger.taken().peek().content().endsWith(TarryProcess.text(MESSAGE)));
    }

    private static void waitsFortyEightHours(Box box) throws Exception {
        Seen seen = new Seen(box.client);
        box.client.addFault(Map.of("where", "dns", "what", "servfail", "name", "external-company.com"));
        try (SmtpDialogue client = box.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "john.smith@external-company.com");
        }
        String error = String.valueOf(seen.inRetry("external-company.com", 1).get("LastError"));
        assertTrue(error.contains("451 4.4.0 DNS query failed"), error);
        assertEquals(List.of(), seen.mailbox("alice@company.com"));
        // while the connection to the stranger is open the clock is not moved; it closes by itself
        Wait.until("the clock may be moved", () -> {
            try {
                box.client.advanceClock(Duration.ofHours(48).plusMinutes(1));
                return true;
            } catch (ProblemException refused) {
                assertEquals(409, refused.status());
                return false;
            }
        });
        Wait.until("the NDR is there", () -> undeliverable(box));
    }

    private static boolean undeliverable(Box box) {
        return new Seen(box.client)
                .mailbox("alice@company.com").stream()
                        .map(message ->
                                TarryProcess.text(box.client.mailboxMessageContent("alice@company.com", message.id())))
                        .anyMatch(report -> report.contains("Subject: Undeliverable: boxed\r\n")
                                && report.contains("550 5.4.300 Message expired -> 451 4.4.0 DNS query failed"));
    }
}
