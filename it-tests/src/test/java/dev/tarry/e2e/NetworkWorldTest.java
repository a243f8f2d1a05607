package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/// `world=network`: no lab; a DNS server and remote hosts that share nothing with us, on high ports of loopback. The
/// DNS server is dnsmasq; the stories are skipped, with a word, where it or the sink is not installed.
final class NetworkWorldTest {
    private static final String DNSMASQ = "dnsmasq-base";

    /// Everything under `.example` is ours to answer; whatever else is asked for is refused.
    private static Program dns(Path folder, int port) {
        return Program.start(
                folder,
                "dnsmasq",
                DNSMASQ,
                port,
                List.of(
                        "--no-daemon",
                        "--conf-file=/dev/null",
                        "--no-resolv",
                        "--no-hosts",
                        "--bind-interfaces",
                        "--listen-address=127.0.0.1",
                        "--port=" + port,
                        "--local=/example/",
                        "--mx-host=stranger.example,mx.stranger.example,10",
                        "--host-record=mx.stranger.example,127.0.0.1",
                        "--host-record=no-mx.example,127.0.0.1",
                        "--mx-host=loop.example,us.loop.example,10",
                        "--host-record=us.loop.example,127.0.0.1",
                        "--mx-host=forbidden.example,mx.forbidden.example,10",
                        "--host-record=mx.forbidden.example,127.0.0.2"));
    }

    private static TarryProcess server(Path folder, int dnsPort, int smtpPort) {
        return server(folder, dnsPort, "--set", "smtpSend.port=" + smtpPort);
    }

    private static TarryProcess server(Path folder, int dnsPort, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--set",
                "world=network",
                "--set",
                "dns.externalDNSAdapterEnabled=false",
                "--set",
                "dns.externalDNSServers=127.0.0.1:" + dnsPort,
                "--set",
                "egress.allow=127.0.0.1",
                "--set",
                "receiveConnectors.0.anonymousRelayRanges=127.0.0.0/8"));
        words.addAll(List.of(more));
        return TarryProcess.serve(folder, words.toArray(String[]::new));
    }

    private static final byte[] MESSAGE = TarryProcess.octets(
            "Subject: strangers",
            "Message-ID: <strangers@company.com>",
            "Date: Sun, 04 Jan 2026 10:00:00 +0000",
            "",
            ".",
            "Hello.",
            "");

    @Test
    void mail_reaches_subethasmtp_by_the_way_that_dnsmasq_shows(@TempDir Path folder) throws Exception {
        int dnsPort = Program.freePort();
        try (Program _ = dns(folder, dnsPort);
                Stranger stranger = new Stranger();
                TarryProcess server = server(folder, dnsPort, stranger.port());
                SmtpDialogue client = server.dial()) {
            assertFalse(server.readyJson().contains("labDns"));
            client.ok("EHLO stranger.example");
            client.transaction(
                    "alice@company.com",
                    MESSAGE,
                    "here@stranger.example",
                    "busy@stranger.example",
                    "gone@stranger.example");
            client.transaction("alice@company.com", MESSAGE, "here@no-mx.example");

            Wait.until("both arrive", () -> stranger.taken.size() == 2);
            for (Taken taken : stranger.taken) {
                assertEquals("alice@company.com", taken.from());
                assertEquals(TarryProcess.text(MESSAGE), Seen.belowReceived(taken.content()));
            }
            assertEquals(
                    List.of(List.of("here@no-mx.example"), List.of("here@stranger.example")),
                    stranger.taken.stream()
                            .map(Taken::to)
                            .sorted((a, b) -> a.toString().compareTo(b.toString()))
                            .toList());

            Seen seen = new Seen(server);
            MultipartReport report = (MultipartReport)
                    Seen.mime(seen.oneReport("alice@company.com")).getContent();
            DeliveryStatus status = (DeliveryStatus) report.getReport();
            assertEquals(1, status.getRecipientDSNCount());
            assertEquals(
                    "rfc822;gone@stranger.example", status.getRecipientDSN(0).getHeader("Final-Recipient", null));
            assertEquals(
                    "smtp;550 5.1.1 no such stranger", status.getRecipientDSN(0).getHeader("Diagnostic-Code", null));

            stranger.busy = false;
            advance(server, Duration.ofMinutes(6));
            Wait.until("the third arrives", () -> stranger.taken.size() == 3);
            assertTrue(stranger.taken.stream().anyMatch(t -> t.to().equals(List.of("busy@stranger.example"))));
            server.stop();
        }
    }

    @Test
    void mail_that_would_come_straight_back_is_a_loop_and_a_neighbour_on_loopback_is_none(@TempDir Path folder)
            throws Exception {
        int dnsPort = Program.freePort();
        try (Program _ = dns(folder, dnsPort);
                TarryProcess server = server(folder, dnsPort);
                SmtpDialogue client = server.dial()) {
            assertEquals("Hosts", dnsAnswer(server, "x@loop.example"), "another server's port of our address");
            server.client()
                    .service()
                    .changeSettings(Map.of("smtpSend.port", server.smtp().getPort()));
            assertEquals("Loop", dnsAnswer(server, "x@loop.example"));
            assertEquals("Hosts", dnsAnswer(server, "x@forbidden.example"), "127.0.0.2 is somebody else's");

            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "x@loop.example");
            MultipartReport report = (MultipartReport)
                    Seen.mime(new Seen(server).oneReport("alice@company.com")).getContent();
            assertEquals(
                    "smtp;554 5.4.4 SMTPSEND.DNS.MxLoopback; DNS records for this domain are configured in a loop",
                    ((DeliveryStatus) report.getReport()).getRecipientDSN(0).getHeader("Diagnostic-Code", null));
            server.stop();
        }
    }

    private static Object dnsAnswer(TarryProcess server, String recipient) {
        return ((Map<?, ?>) server.client().service().testRoute(recipient, 1).get("dns")).get("answer");
    }

    @Test
    void nothing_is_dialled_that_the_egress_list_does_not_name(@TempDir Path folder) throws Exception {
        int dnsPort = Program.freePort();
        AtomicInteger dialled = new AtomicInteger();
        try (Program _ = dns(folder, dnsPort);
                ServerSocket trap = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.2"));
                TarryProcess server = server(folder, dnsPort, trap.getLocalPort());
                SmtpDialogue client = server.dial()) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        trap.accept().close();
                        dialled.incrementAndGet();
                    }
                } catch (IOException _) {
                    // the test is over
                }
            });
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "somebody@forbidden.example");
            SequencedMap<String, Object> queue = new Seen(server).inRetry("forbidden.example", 1);
            assertTrue(String.valueOf(queue.get("LastError")).contains("{IP=127.0.0.2}"), queue::toString);
            server.client().retryQueue(String.valueOf(queue.get("Identity")), false);
            new Seen(server).inRetry("forbidden.example", 1);
            assertEquals(0, dialled.get());
            assertEquals(0, new Seen(server).mailbox("alice@company.com").size());
            server.stop();
        }
    }

    @Test
    void a_name_that_dnsmasq_does_not_have_is_reported_and_one_that_it_refuses_waits(@TempDir Path folder)
            throws Exception {
        int dnsPort = Program.freePort();
        try (Program _ = dns(folder, dnsPort);
                TarryProcess server = server(folder, dnsPort, Program.freePort());
                SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "somebody@nobody.example");
            client.transaction("bob@company.com", MESSAGE, "somebody@refused.test");
            client.transaction("bob@company.com", MESSAGE, "somebody@stranger.example");
            Seen seen = new Seen(server);
            assertTrue(seen.oneReport("alice@company.com").contains("nonexistent domain"));
            assertTrue(String.valueOf(seen.inRetry("refused.test", 1).get("LastError"))
                    .contains("451 4.4.0 DNS query failed"));
            // nobody listens there
            SequencedMap<String, Object> queue = seen.inRetry("stranger.example", 1);
            assertTrue(String.valueOf(queue.get("LastError")).contains("{IP=127.0.0.1}"), queue::toString);
            assertEquals(0, seen.mailbox("bob@company.com").size());
            server.stop();
        }
    }

    @Test
    void mail_reaches_postfixs_smtp_sink(@TempDir Path folder) throws Exception {
        int dnsPort = Program.freePort();
        int sinkPort = Program.freePort();
        Path dumps = Files.createDirectory(
                folder.resolve("dumps"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("-u", "root")); // it wants to be told
        }
        words.addAll(List.of("-d", dumps + "/", "127.0.0.1:" + sinkPort, "10"));
        try (Program _ = dns(folder, dnsPort);
                Program _ = Program.start(folder, "smtp-sink", "postfix", sinkPort, words);
                TarryProcess server = server(folder, dnsPort, sinkPort);
                SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "here@stranger.example");
            Wait.until("the sink has it", () -> dumped(dumps).contains("Hello."));
            // the sink writes lines as Unix has them
            String expected = TarryProcess.text(MESSAGE).replace("\r\n", "\n");
            Wait.until("the sink has all of it", () -> dumped(dumps).contains("\n" + expected));
            Wait.untilNoError(
                    "the tracking lines",
                    () -> assertEquals(
                            List.of("RECEIVE", "SEND"), Seen.ids(new Seen(server).eventsFrom("alice@company.com"))));
            server.stop();
        }
    }

    private static String dumped(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(TarryProcess.text(Files.readAllBytes(file)));
            }
            return all.toString().replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Outside the lab the clock is not moved while a connection is open; they close by themselves.
    private static void advance(TarryProcess server, Duration by) {
        Wait.until("the clock may be moved", () -> {
            try {
                server.client().advanceClock(by);
                return true;
            } catch (ProblemException refused) {
                assertEquals(409, refused.status());
                return false;
            }
        });
    }

    private record Taken(String from, List<String> to, String content) {}

    /// SubEthaSMTP, with a mind of its own: gone@ is unknown, busy@ is to come again while it is busy.
    private static final class Stranger implements AutoCloseable {
        final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
        volatile boolean busy = true;
        private final SMTPServer server;

        Stranger() {
            server = SMTPServer.port(0)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .hostName("mx.stranger.example")
                    .messageHandlerFactory(_ -> new Transaction())
                    .insertReceivedHeaders(false)
                    .build();
            server.start();
        }

        int port() {
            return server.getPortAllocated();
        }

        @Override
        public void close() {
            server.stop();
        }

        private final class Transaction implements MessageHandler {
            private final List<String> recipients = new ArrayList<>();
            private String sender;

            @Override
            public void from(String from) {
                sender = from;
            }

            @Override
            public void recipient(String recipient) throws RejectException {
                if (recipient.startsWith("gone@")) {
                    throw new RejectException(550, "5.1.1 no such stranger");
                }
                if (recipient.startsWith("busy@") && busy) {
                    throw new RejectException(451, "4.3.2 come again");
                }
                recipients.add(recipient);
            }

            @Override
            public String data(InputStream data) throws IOException {
                taken.add(new Taken(sender, List.copyOf(recipients), TarryProcess.text(data.readAllBytes())));
                return "2.0.0 taken";
            }

            @Override
            public void done() {
                // nothing is kept open
            }
        }
    }
}
