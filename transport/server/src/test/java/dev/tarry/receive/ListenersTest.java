package dev.tarry.receive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.AddressRange;
import dev.tarry.mail.Reply;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Receive connectors that come, go and share addresses, on real sockets; clients come from several addresses of
/// loopback's.
final class ListenersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StageWorld stage = new StageWorld();
    private final FakeSubmission submission = new FakeSubmission(stage.queueLoop);
    private final Listeners listeners = new Listeners(
            stage.world,
            connector -> Reception.of(stage.world, connector, Dialogue::standing, submission),
            ConnectionRate.unlimited());

    @AfterEach
    void end() {
        listeners.close().join();
        stage.close();
    }

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private static ReceiveConnector named(String name, InetSocketAddress binding, String... ranges) {
        List<AddressRange> some = ranges.length == 0
                ? Doors.EVERYBODY
                : Stream.of(ranges).map(AddressRange::parse).toList();
        return StageWorld.connector()
                .withName(name)
                .withBanner(Reply.of(220, name))
                .withDoors(new Doors(List.of(binding), some));
    }

    private int port(int index) {
        return ((InetSocketAddress) listeners.all().get(index).address()).getPort();
    }

    /// A free port, of those that no system gives to whoever asks for any: while it is closed, it is not another's.
    private static int lowPort() {
        int port = 29_999 - (int) (ProcessHandle.current().pid() % 5_000);
        while (true) {
            try (ServerSocket _ = new ServerSocket(port)) {
                return port;
            } catch (IOException _) {
                port--;
            }
        }
    }

    /// The greeting that a client hears.
    private static String greeting(String from, String to, int port) throws IOException {
        try (Client client = new Client(InetAddress.ofLiteral(to), from, port)) {
            return client.reply();
        }
    }

    @Test
    void of_connectors_at_one_address_the_one_that_says_most_of_the_client_takes_it() throws IOException {
        listeners.apply(List.of(named("All", at("127.0.0.1", 0)))).join();
        int port = port(0);
        listeners
                .apply(List.of(
                        named("All", at("127.0.0.1", 0)),
                        named("Some", at("127.0.0.1", port), "127.0.0.0/29"),
                        named("One", at("127.0.0.1", port), "127.0.0.3", "10.0.0.0/8")))
                .join();
        assertEquals("220 All", greeting("127.0.0.9", "127.0.0.1", port));
        assertEquals("220 Some", greeting("127.0.0.2", "127.0.0.1", port));
        assertEquals("220 One", greeting("127.0.0.3", "127.0.0.1", port));
        assertEquals(List.of(at("127.0.0.1", port)), listeners.all().get(2).addresses());
    }

    @Test
    void a_client_of_nobody_hears_that_nobody_is_here() throws IOException {
        listeners
                .apply(List.of(named("Other", at("127.0.0.1", 0), "10.0.0.0/8")))
                .join();
        try (Client client = new Client(listeners.all().getFirst().address())) {
            assertEquals("421 4.3.2 Service not available", client.reply());
            assertTrue(client.atEnd());
        }
    }

    @Test
    void a_connector_that_comes_listens_and_one_that_goes_lets_its_sessions_end() throws IOException {
        ReceiveConnector stays = named("Stays", at("127.0.0.1", 0));
        ReceiveConnector goes = named("Goes", at("127.0.0.1", 0));
        listeners.apply(List.of(stays)).join();
        int first = port(0);
        listeners.apply(List.of(stays, goes)).join();
        assertEquals(first, port(0), "what is there already stays where it is");
        SmtpListener gone = listeners.all().get(1);
        try (Client client = new Client(gone.address())) {
            assertEquals("220 Goes", client.reply());
            listeners.apply(List.of(stays)).join();
            assertFalse(gone.listening());
            assertEquals(1, listeners.all().size());
            assertTrue(client.say("EHLO c").startsWith("250"), "its session goes on");
            assertEquals("220 Stays", greeting("127.0.0.1", "127.0.0.1", first));
            listeners.endSessions();
            assertEquals("421 4.3.2 Service not available", client.reply(), "and ends with all others");
        }
    }

    @Test
    void an_address_that_cannot_be_had_changes_nothing() throws IOException {
        ReceiveConnector stays = named("Stays", at("127.0.0.1", 0));
        listeners.apply(List.of(stays)).join();
        int port = port(0);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            ReceiveConnector two = stays.withDoors(new Doors(
                    List.of(at("127.0.0.1", 0), at("127.0.0.5", port), at("127.0.0.1", taken.getLocalPort())),
                    Doors.EVERYBODY));
            CompletionException e = assertThrows(
                    CompletionException.class,
                    () -> listeners.prepare(List.of(two)).join());
            assertEquals(BindException.class, e.getCause().getCause().getClass());
            assertTrue(
                    e.getCause()
                            .getMessage()
                            .startsWith("the receive connector \"Stays\" cannot listen on 127.0.0.1:"
                                    + taken.getLocalPort() + ": "),
                    e::getMessage);
        }
        assertEquals("220 Stays", greeting("127.0.0.1", "127.0.0.1", port));
        // what was opened on the way is given back: somebody else can have it
        await().atMost(PATIENCE)
                .untilAsserted(() -> new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.5")).close());
    }

    @Test
    void a_wider_address_takes_the_place_of_a_part_of_it_and_goes_back_if_it_must() throws IOException {
        int port = lowPort();
        ReceiveConnector one = named("One", at("127.0.0.1", port));
        listeners.apply(List.of(one)).join();
        ReceiveConnector wide = named("One", at("0.0.0.0", port));
        Runnable back = listeners.prepare(List.of(wide)).join();
        back.run();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertTrue(listeners.all().getFirst().listening()));
        assertEquals("220 One", greeting("127.0.0.1", "127.0.0.1", port));

        ReceiveConnector near = named("Near", at("127.0.0.7", port));
        listeners.apply(List.of(wide, near)).join();
        assertEquals("220 One", greeting("127.0.0.1", "127.0.0.2", port));
        assertEquals("220 Near", greeting("127.0.0.1", "127.0.0.7", port), "its own address says more than all");
        listeners.apply(List.of(near)).join();
        assertEquals("220 Near", greeting("127.0.0.1", "127.0.0.7", port));
    }

    @Test
    void two_for_the_same_clients_at_a_free_port_are_refused_in_words() {
        ReceiveConnector one = named("One", at("127.0.0.1", 0));
        listeners.apply(List.of(one)).join();
        CompletionException e = assertThrows(
                CompletionException.class,
                () -> listeners
                        .apply(List.of(one, named("Two", at("127.0.0.1", port(0)))))
                        .join());
        assertTrue(
                e.getCause().getMessage().startsWith("\"Two\" shares its address with \"One\", and both are for "),
                e::getMessage);
        assertEquals(1, listeners.all().size());
    }

    @Test
    void after_a_stop_all_listen_again_where_they_did_and_a_change_meanwhile_holds() throws IOException {
        // an address at which nobody else listens: while it is closed, its port is not another's
        String here = "127.77.1.2";
        ReceiveConnector one = named("One", at(here, 0));
        ReceiveConnector two = named("Two", at(here, 0));
        listeners.apply(List.of(one, two)).join();
        int port = port(0);
        listeners.close().join();
        assertTrue(listeners.all().stream().noneMatch(SmtpListener::listening));
        ReceiveConnector three = named("Three", at(here, port), "127.0.0.8");
        listeners.apply(List.of(one, three)).join();
        assertTrue(listeners.all().stream().noneMatch(SmtpListener::listening));
        listeners.reopen().join();
        assertEquals("220 One", greeting("127.0.0.1", here, port));
        assertEquals("220 Three", greeting("127.0.0.8", here, port));
        assertEquals(2, listeners.all().size());
    }
}
