package dev.tarry.send;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.LookupSettings;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.MxHost;
import dev.tarry.dns.MxResolver;
import dev.tarry.dns.Ourselves;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.routing.SendConnector;
import dev.tarry.stage.RealSockets;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Resolver and sender over the machine's own sockets, against hosts that use none of Netty.
final class RealSocketsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final RealSockets sockets = new RealSockets();
    private final List<RecipientOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<SendEnd> ends = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        sockets.close();
    }

    private interface Script {
        void play(Socket socket, InputStream in) throws IOException;
    }

    private static ServerSocket host(Script script) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, LOOPBACK);
        Thread.ofVirtual().start(() -> {
            try (server;
                    Socket socket = server.accept()) {
                script.play(socket, socket.getInputStream());
            } catch (IOException _) {
                // the test sees what the sender says of it
            }
        });
        return server;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private void send(int port, int chunks, int chunkBytes) {
        OutgoingMessage message = new OutgoingMessage() {
            @Override
            public Envelope envelope() {
                return Envelope.of(ReversePath.NULL, List.of(Recipient.of("a@x.com")));
            }

            @Override
            public long bytes() {
                return (long) chunks * chunkBytes;
            }

            @Override
            public int chunks() {
                return chunks;
            }

            @Override
            public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
                ByteBuf octets = Unpooled.buffer(chunkBytes);
                while (octets.readableBytes() < chunkBytes - 2) {
                    octets.writeByte(octets.readableBytes() % 80 == 78 ? 'x' : '.');
                }
                octets.writeByte('\r').writeByte('\n');
                loop.execute(() -> done.accept(octets, null));
            }
        };
        AtomicBoolean given = new AtomicBoolean();
        Duration wait = Duration.ofSeconds(20);
        new NextHopSender(
                        sockets.world(),
                        Sending.waiting(wait, wait, wait, wait, wait, wait),
                        new ConnectionFailureTable(ExchangeProfile.E2019),
                        SendLog.NONE)
                .send(
                        new SendPlan(
                                SendConnector.named("Internet", new UUID(1, 1)).build(),
                                List.of(new MxHost("localhost", 1, List.of(LOOPBACK))),
                                port,
                                "mail.company.com"),
                        (loop, done) -> loop.execute(
                                () -> done.accept(given.getAndSet(true) ? Optional.empty() : Optional.of(message))),
                        new SendListener() {
                            @Override
                            public void connected(Target target) {}

                            @Override
                            public void finished(OutgoingMessage m, Target target, List<RecipientOutcome> all) {
                                outcomes.addAll(all);
                            }

                            @Override
                            public void untried(OutgoingMessage m) {}

                            @Override
                            public void ended(SendEnd end) {
                                ends.add(end);
                            }
                        });
        await().atMost(Duration.ofSeconds(60)).until(() -> !ends.isEmpty());
    }

    @Test
    void a_message_of_36_megabytes_passes_a_real_socket_whole() throws Exception {
        AtomicLong octets = new AtomicLong();
        ServerSocket host = host((socket, in) -> {
            say(socket, "220 hi");
            line(in);
            say(socket, "250 hi");
            line(in);
            say(socket, "250 ok");
            line(in);
            say(socket, "250 ok");
            line(in);
            say(socket, "354 go");
            byte[] buffer = new byte[65_536];
            String tail = "";
            while (!tail.endsWith("\r\n.\r\n")) {
                int read = in.read(buffer);
                octets.addAndGet(read);
                String last =
                        tail + new String(buffer, Math.max(0, read - 5), Math.min(5, read), StandardCharsets.US_ASCII);
                tail = last.substring(Math.max(0, last.length() - 5));
            }
            say(socket, "250 taken");
            line(in);
            say(socket, "221 bye");
        });
        send(host.getLocalPort(), 576, 65_536);
        assertEquals(List.of(new SendEnd.Done(1)), ends);
        assertInstanceOf(RecipientOutcome.Delivered.class, outcomes.getFirst());
        // each chunk is one line that begins with a dot
        assertEquals(576L * 65_536 + 576 + 3, octets.get());
    }

    @Test
    void a_reset_in_the_middle_of_the_data_interrupts_the_message() throws Exception {
        ServerSocket host = host((socket, in) -> {
            say(socket, "220 hi");
            for (String reply : List.of("250 hi", "250 ok", "250 ok", "354 go")) {
                line(in);
                say(socket, reply);
            }
            in.readNBytes(100_000);
            socket.setSoLinger(true, 0);
        });
        send(host.getLocalPort(), 576, 65_536);
        assertInstanceOf(SendEnd.Dropped.class, ends.getFirst());
        assertInstanceOf(RecipientOutcome.Interrupted.class, outcomes.getFirst());
    }

    @Test
    void a_closed_port_is_a_refused_connection() throws Exception {
        try (Socket closed = new Socket()) { // bound, and not listening: nobody else can listen there
            closed.bind(new InetSocketAddress(LOOPBACK, 0));
            send(closed.getLocalPort(), 1, 100);
        }
        assertTrue(assertInstanceOf(SendEnd.ConnectionFailed.class, ends.getFirst())
                .words()
                .toString()
                .contains("10061"));
    }

    @Test
    void the_resolver_asks_a_real_server_and_passes_over_a_closed_port_at_once() throws Exception {
        try (DatagramSocket closed = new DatagramSocket(0, LOOPBACK);
                DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            closed.connect(closed.getLocalSocketAddress()); // closed to all others, and nobody else can have it
            Thread.ofVirtual().start(() -> answer(server));
            MxResolver resolver =
                    new MxResolver(sockets.world(), LookupSettings.DEFAULTS, Ourselves.UNKNOWN, DnsJournal.NONE);
            List<MxAnswer> answers = new CopyOnWriteArrayList<>();
            resolver.hosts(
                    "gmail.com",
                    new DnsServers.Chosen(
                            List.of(
                                    new InetSocketAddress(LOOPBACK, closed.getLocalPort()),
                                    new InetSocketAddress(LOOPBACK, server.getLocalPort())),
                            DnsProtocolOption.ANY),
                    0,
                    sockets.world().loops().queue(),
                    answers::add);
            await().atMost(Duration.ofSeconds(30)).until(() -> !answers.isEmpty());
            assertEquals(
                    new MxAnswer.Hosts(
                            List.of(new MxHost("mx.gmail.com", 5, List.of(InetAddress.ofLiteral("203.0.113.1"))))),
                    answers.getFirst());
        }
    }

    private static void answer(DatagramSocket server) {
        byte[] buffer = new byte[1500];
        while (!server.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
                Record question = query.getQuestion();
                Message reply = new Message(query.getHeader().getID());
                reply.getHeader().setFlag(Flags.QR);
                reply.addRecord(question, Section.QUESTION);
                reply.addRecord(
                        Record.fromString(
                                question.getName(),
                                question.getType(),
                                1,
                                60,
                                question.getType() == Type.MX ? "5 mx.gmail.com." : "203.0.113.1",
                                Name.root),
                        Section.ANSWER);
                byte[] octets = reply.toWire();
                server.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
            } catch (IOException _) {
                return;
            }
        }
    }
}
