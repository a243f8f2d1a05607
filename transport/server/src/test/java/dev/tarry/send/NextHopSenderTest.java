package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.SevenBitHosts;
import dev.tarry.config.SmtpSendSettings;
import dev.tarry.dns.MxHost;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.routing.SendConnector;
import dev.tarry.routing.SendTls;
import dev.tarry.smtp.Transcript;
import dev.tarry.stage.OneThread;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NextHopSenderTest {
    private static final SmtpSendSettings SETTINGS = Sending.waiting(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(4),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(9));
    private static final String FIRST = "203.0.113.1";
    private static final String SECOND = "203.0.113.2";

    private final OneThread stage = new OneThread();
    private final NextHopSender sender = new NextHopSender(
            stage.world(), SETTINGS, new ConnectionFailureTable(ExchangeProfile.E2019), SendLog.NONE, new Counted());
    private final List<String> counted = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Deque<OutgoingMessage> waiting = new ArrayDeque<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final List<SendEnd> ends = new ArrayList<>();
    private int asked;

    /// A message whose chunks are these.
    private final class Letter implements OutgoingMessage {
        private Envelope envelope;
        private final List<String> chunks;
        private IOException broken;
        private Runnable held;
        private boolean hold;
        private boolean impossible;

        Letter(String recipient, String... chunks) {
            this.envelope = Envelope.of(
                    ReversePath.of(EmailAddress.of("alice@company.com")),
                    Stream.of(recipient.split(",")).map(Recipient::of).toList());
            this.chunks = List.of(chunks);
        }

        Letter as(Envelope.BodyType body, boolean smtpUtf8) {
            envelope = new Envelope(
                    envelope.sender(), body, smtpUtf8, Optional.empty(), Optional.empty(), envelope.recipients());
            return this;
        }

        @Override
        public Envelope envelope() {
            return envelope;
        }

        @Override
        public String identity() {
            return "with RecordId 7";
        }

        @Override
        public long bytes() {
            if (impossible) {
                throw new IllegalStateException("planted");
            }
            return chunks.stream().mapToLong(String::length).sum();
        }

        @Override
        public int chunks() {
            return chunks.size();
        }

        @Override
        public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
            Runnable answer = () -> {
                if (broken != null && chunk == chunks.size() - 1) {
                    done.accept(null, broken);
                } else {
                    ByteBuf octets = Unpooled.copiedBuffer(chunks.get(chunk), StandardCharsets.ISO_8859_1);
                    buffers.add(octets);
                    done.accept(octets, null);
                }
            };
            if (hold) {
                held = answer;
            } else {
                loop.execute(answer);
            }
        }
    }

    private final class Counted implements SendMeter {
        @Override
        public void greeted() {
            counted.add("greeted");
        }

        @Override
        public void unusable(Trouble why) {
            counted.add("unusable " + why);
        }

        @Override
        public void parted() {
            counted.add("parted");
        }

        @Override
        public void broken(Trouble why) {
            counted.add("broken " + why);
        }

        @Override
        public void sent(long bytes, int recipients) {
            counted.add("sent " + bytes + " for " + recipients);
        }
    }

    private final class Told implements SendListener {
        @Override
        public void hostFailed(Target target, Reply words, SendMeter.Trouble why) {
            told.add("failed " + target.ip() + " " + words);
        }

        @Override
        public void connected(Target target) {
            told.add("connected " + target.host() + " " + target.ip());
        }

        @Override
        public void finished(OutgoingMessage message, Target target, List<RecipientOutcome> outcomes) {
            outcomes.forEach(o ->
                    told.add(o.getClass().getSimpleName() + " " + o.recipient().address() + " " + reply(o)));
        }

        @Override
        public void untried(OutgoingMessage message) {
            told.add("untried " + message.envelope().recipients().getFirst().address());
        }

        @Override
        public void ended(SendEnd end) {
            told.add(end.getClass().getSimpleName());
            ends.add(end);
        }

        private static Reply reply(RecipientOutcome outcome) {
            return switch (outcome) {
                case RecipientOutcome.Delivered(var _, var reply, var _) -> reply;
                case RecipientOutcome.Deferred(var _, var reply) -> reply;
                case RecipientOutcome.Failed(var _, var reply) -> reply;
                case RecipientOutcome.Interrupted(var _, var reply) -> reply;
            };
        }
    }

    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 25);
    }

    private ScriptedMx mx(String ip) {
        return new ScriptedMx(stage, at(ip));
    }

    private static SendConnector.Builder connector() {
        return SendConnector.named("Internet", new UUID(1, 1));
    }

    private void send(SendConnector connector, String... ips) {
        List<MxHost> hosts = new ArrayList<>();
        for (String ip : ips) {
            hosts.add(new MxHost("mx" + hosts.size() + ".gmail.com", hosts.size(), List.of(InetAddress.ofLiteral(ip))));
        }
        sender.send(new SendPlan(connector, hosts, 25, "mail.company.com"), this::next, new Told());
    }

    private void next(Loop loop, Consumer<Optional<OutgoingMessage>> done) {
        asked++;
        loop.execute(() -> done.accept(Optional.ofNullable(waiting.poll())));
    }

    /// Sends what waits and lets all the time pass that it takes.
    private void send(String... ips) {
        send(connector().build(), ips);
        stage.runOut();
        assertEquals(1, ends.size(), told::toString);
    }

    @AfterEach
    void nothing_leaks() {
        assertEquals(0, stage.wires().open(), "open channels");
        assertEquals(0, stage.wires().pending(), "dials not given up");
        assertEquals(0, sender.attempts(), "attempts");
        buffers.forEach(b -> assertEquals(0, b.refCnt(), "buffers"));
        assertEquals(Optional.empty(), stage.time().nextAlarm(), "alarms left behind");
        stage.close();
    }

    @Test
    void messages_go_over_one_connection_and_arrive_octet_for_octet() {
        ScriptedMx mx = mx(FIRST);
        waiting.add(new Letter("a@gmail.com,b@gmail.com", "Subject: x\r\n\r\n.dot\r\nli", "ne\r", "\n.\r\nend\r\n"));
        waiting.add(new Letter("c@gmail.com", "no line end"));
        send(FIRST);
        assertEquals(
                List.of(
                        "connected mx0.gmail.com 203.0.113.1",
                        "Delivered a@gmail.com 250 2.0.0 taken",
                        "Delivered b@gmail.com 250 2.0.0 taken",
                        "Delivered c@gmail.com 250 2.0.0 taken",
                        "Done"),
                told);
        assertEquals(List.of("greeted", "sent 34 for 2", "sent 11 for 1", "parted"), counted);
        assertEquals(1, mx.connections);
        assertEquals(List.of("Subject: x\r\n\r\n..dot\r\nline\r\n..\r\nend\r\n.\r\n", "no line end\r\n.\r\n"), mx.data);
        assertEquals(
                List.of(
                        "EHLO mail.company.com",
                        "MAIL FROM:<alice@company.com> SIZE=34",
                        "RCPT TO:<a@gmail.com>",
                        "RCPT TO:<b@gmail.com>",
                        "DATA",
                        "MAIL FROM:<alice@company.com> SIZE=11",
                        "RCPT TO:<c@gmail.com>",
                        "DATA",
                        "QUIT"),
                mx.heard);
        assertEquals(Duration.ZERO, stage.elapsed());
        assertEquals(new SendEnd.Done(2), ends.getFirst());
    }

    private static final String CHUNKING = "250-mx\r\n250-CHUNKING\r\n250 8BITMIME";
    private static final String PIPELINED_CHUNKING = "250-mx\r\n250-PIPELINING\r\n250 CHUNKING";

    @Test
    void with_chunks_a_message_arrives_octet_for_octet_and_can_be_read_as_one_message_only() {
        for (String offer : List.of(CHUNKING, PIPELINED_CHUNKING)) {
            told.clear();
            ends.clear();
            ScriptedMx mx = mx(FIRST).on("EHLO", offer);
            waiting.add(
                    new Letter("a@gmail.com", "Subject: x\r\n\r\n.dot\nli", "ne\r", "\n.\r\nend\0\rx", "\n.\nno end"));
            waiting.add(new Letter("b@gmail.com", "second\r\n"));
            send(FIRST);
            assertEquals(
                    List.of(
                            "connected mx0.gmail.com 203.0.113.1",
                            "Delivered a@gmail.com 250 2.0.0 taken",
                            "Delivered b@gmail.com 250 2.0.0 taken",
                            "Done"),
                    told);
            assertEquals(
                    List.of("Subject: x\r\n\r\n.dot\r\nline\r\n.\r\nend\r\nx\r\n.\r\nno end\r\n", "second\r\n"),
                    mx.data);
            assertTrue(mx.heard.stream().noneMatch("DATA"::equals), mx.heard::toString);
        }
    }

    @Test
    void no_chunk_is_larger_than_the_setting() {
        ScriptedMx mx = mx(FIRST).on("EHLO", PIPELINED_CHUNKING);
        sender.terms(
                Sending.handing(SETTINGS, new SmtpSendSettings.Handing(true, 1_024, 1_000, SevenBitHosts.SEND)),
                new ConnectionFailureTable(ExchangeProfile.E2019));
        String first = "x".repeat(2_998) + "\r\n";
        String second = "y".repeat(1_022) + "\r\n";
        waiting.add(new Letter("a@gmail.com", first, second));
        send(FIRST);
        assertEquals(List.of(first + second), mx.data);
        assertEquals(
                List.of("BDAT 1024", "BDAT 1024", "BDAT 952", "BDAT 1024 LAST"),
                mx.heard.stream().filter(line -> line.startsWith("BDAT")).toList());
    }

    @Test
    void a_host_that_offers_CHUNKING_and_does_not_know_it_gets_the_message_by_DATA_in_the_same_attempt() {
        ScriptedMx mx = mx(FIRST).on("EHLO", CHUNKING).on("BDAT", "500 5.5.1 what");
        ScriptedMx second = mx(SECOND);
        waiting.add(new Letter("a@gmail.com", "x\r\n"));
        waiting.add(new Letter("b@gmail.com", "y\r\n"));
        send(FIRST, SECOND);
        assertEquals(
                List.of(
                        "connected mx0.gmail.com 203.0.113.1",
                        "Delivered a@gmail.com 250 2.0.0 taken",
                        "Delivered b@gmail.com 250 2.0.0 taken",
                        "Done"),
                told);
        assertEquals(List.of("x\r\n.\r\n", "y\r\n.\r\n"), mx.data);
        assertEquals(2, mx.connections);
        assertEquals(0, second.connections);
        assertEquals(
                1, mx.heard.stream().filter(line -> line.startsWith("BDAT")).count());
    }

    @Test
    void a_connection_lost_amid_chunks_leaks_nothing_and_ends_the_attempt() {
        for (String at : List.of("BDAT", "eod")) {
            told.clear();
            ends.clear();
            mx(FIRST).on("EHLO", CHUNKING).on(at, ScriptedMx.HANGS_UP);
            waiting.add(new Letter("a@gmail.com", "x".repeat(300_000), "y\r\n"));
            send(FIRST);
            assertEquals("Dropped", told.getLast(), at);
            assertTrue(told.get(1).startsWith("Interrupted a@gmail.com 451 4.4.397"), told::toString);
        }
    }

    private void sevenBitHosts(SevenBitHosts policy) {
        sender.terms(
                Sending.handing(SETTINGS, new SmtpSendSettings.Handing(true, 1_024, 1_000, policy)),
                new ConnectionFailureTable(ExchangeProfile.E2019));
    }

    @Test
    void eight_bits_become_seven_for_a_host_that_offers_no_more_and_the_next_message_is_not_held_up() {
        ScriptedMx mx = mx(FIRST).plain();
        waiting.add(
                new Letter("a@gmail.com", "MIME-Version: 1.0\r\nContent-Tra", "nsfer-Encoding: 8bit\r\n\r\n.\u00fc\r\n")
                        .as(Envelope.BodyType.EIGHT_BIT_MIME, false));
        waiting.add(new Letter("b@gmail.com", "x\r\n"));
        send(FIRST);
        assertEquals(
                List.of(
                        "MIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=2E=FC\r\n.\r\n",
                        "x\r\n.\r\n"),
                mx.data);
        assertTrue(mx.heard.contains("MAIL FROM:<alice@company.com>"), mx.heard::toString);
        assertEquals("Done", told.getLast());
    }

    @Test
    void what_cannot_become_seven_bits_is_refused_and_what_is_sent_as_it_is_is_sent_as_it_is() {
        Letter signed = new Letter(
                        "a@gmail.com",
                        "MIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\u00fc\r\n--b--\r\n")
                .as(Envelope.BodyType.EIGHT_BIT_MIME, false);
        ScriptedMx mx = mx(FIRST).plain();
        waiting.add(signed);
        send(FIRST);
        assertEquals(
                "Failed a@gmail.com 554 5.6.3 Conversion is required for this host, but not possible: a signed or encrypted"
                        + " part",
                told.get(1));
        assertTrue(mx.heard.stream().noneMatch(line -> line.startsWith("MAIL")), mx.heard::toString);
        sevenBitHosts(SevenBitHosts.REFUSE);
        waiting.add(signed);
        ends.clear();
        send(FIRST);
        assertTrue(told.contains("Failed a@gmail.com " + Fitting.SEVEN_BITS_ONLY), told::toString);
        sevenBitHosts(SevenBitHosts.SEND);
        waiting.add(signed);
        ends.clear();
        send(FIRST);
        assertEquals(1, mx.data.size());
        assertTrue(mx.data.getFirst().contains("\r\n\u00fc\r\n"), mx.data::toString);
    }

    @Test
    void binary_leaves_as_it_is_where_it_may_and_encoded_where_it_may_not() {
        String binary =
                "MIME-Version: 1.0\r\nContent-Type: image/x\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\r.\n";
        ScriptedMx takes = mx(FIRST).on("EHLO", "250-mx\r\n250-CHUNKING\r\n250 BINARYMIME");
        ScriptedMx doesNot = mx(SECOND).on("EHLO", CHUNKING);
        for (String ip : List.of(FIRST, SECOND)) {
            ends.clear();
            waiting.add(new Letter("a@gmail.com", binary).as(Envelope.BodyType.BINARY_MIME, false));
            send(ip);
        }
        assertEquals(List.of(binary), takes.data);
        assertTrue(takes.heard.contains("MAIL FROM:<alice@company.com> BODY=BINARYMIME"), takes.heard::toString);
        assertTrue(doesNot.data.getFirst().endsWith("Content-Transfer-Encoding: base64\r\n\r\nAA0uCg==\r\n"));
        assertTrue(doesNot.heard.contains("MAIL FROM:<alice@company.com> BODY=8BITMIME"), doesNot.heard::toString);
    }

    @Test
    void SMTPUTF8_is_needed_only_by_what_is_not_ASCII() {
        ScriptedMx mx = mx(FIRST);
        waiting.add(new Letter("a@b\u00fccher.example", "Subject: x\r\n\r\nx").as(Envelope.BodyType.SEVEN_BIT, true));
        waiting.add(new Letter("b@x.example", "Subject: \u00c3\u00a4\r\n\r\nx").as(Envelope.BodyType.SEVEN_BIT, true));
        waiting.add(new Letter("\u00fc@x.example", "x"));
        send(FIRST);
        assertEquals("Delivered a@b\u00fccher.example 250 2.0.0 taken", told.get(1));
        assertTrue(mx.heard.contains("RCPT TO:<a@xn--bcher-kva.example>"), mx.heard::toString);
        assertEquals("Failed b@x.example " + SendSession.NO_UTF8, told.get(2));
        assertEquals("Failed \u00fc@x.example " + SendSession.NO_UTF8, told.get(3));
        assertEquals(1, mx.data.size());
    }

    @Test
    void a_connection_lost_while_a_message_is_looked_through_leaves_it_untried() {
        ScriptedMx mx = mx(FIRST).plain();
        Letter letter = new Letter("a@gmail.com", "x\u00fc\r\n", "y").as(Envelope.BodyType.EIGHT_BIT_MIME, false);
        letter.hold = true;
        waiting.add(letter);
        send(connector().inactivityTimeout(Duration.ofMinutes(1)).build(), FIRST);
        stage.runOut();
        Runnable firstChunk = letter.held;
        firstChunk.run();
        stage.settle();
        assertSame(firstChunk, letter.held, "nobody reads on");
        assertEquals("untried a@gmail.com", told.get(told.size() - 2));
        assertTrue(mx.heard.stream().noneMatch(line -> line.startsWith("MAIL")), mx.heard::toString);
    }

    @Test
    void replies_that_come_octet_by_octet_are_the_same_replies() {
        mx(FIRST).split().on("RCPT TO:<b@gmail.com>", "550-5.1.1 no\r\n550 5.1.1 such user");
        waiting.add(new Letter("a@gmail.com,b@gmail.com", "x"));
        send(FIRST);
        assertEquals(
                List.of(
                        "connected mx0.gmail.com 203.0.113.1",
                        "Delivered a@gmail.com 250 2.0.0 taken",
                        "Failed b@gmail.com 550 5.1.1 no 5.1.1 such user",
                        "Done"),
                told);
    }

    @Test
    void a_connection_carries_as_many_messages_as_the_connector_allows() {
        ScriptedMx mx = mx(FIRST);
        for (int i = 0; i < 3; i++) {
            waiting.add(new Letter("a@gmail.com", "x"));
        }
        send(connector().messagesPerConnection(2).build(), FIRST);
        stage.runOut();
        assertEquals(List.of(new SendEnd.Done(2)), ends);
        assertEquals(1, waiting.size(), "the third was not asked for");
        assertEquals("QUIT", mx.heard.getLast());
    }

    @Test
    void a_refused_host_and_one_that_greets_with_4xx_are_passed_over_within_one_attempt() {
        ScriptedMx third = mx("203.0.113.3");
        mx(SECOND).on("banner", "421 4.3.2 busy");
        waiting.add(new Letter("a@gmail.com", "x"));
        send(FIRST, SECOND, "203.0.113.3");
        assertEquals(
                List.of(
                        "failed 203.0.113.1 451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to"
                                + " connect -> SocketConnectionRefused: Socket error code 10061",
                        "failed 203.0.113.2 451 4.4.395 Target host responded with error. -> 421 4.3.2 busy",
                        "connected mx2.gmail.com 203.0.113.3",
                        "Delivered a@gmail.com 250 2.0.0 taken",
                        "Done"),
                told);
        assertEquals(
                List.of("unusable CONNECT_REFUSED", "unusable REMOTE_ERROR", "greeted", "sent 1 for 1", "parted"),
                counted);
        assertEquals(1, third.connections);
        assertEquals(Duration.ZERO, stage.elapsed());
    }

    @Test
    void a_black_hole_costs_the_connect_timeout_and_the_next_host_is_tried() {
        stage.wires().blackHole(at(FIRST));
        mx(SECOND);
        waiting.add(new Letter("a@gmail.com", "x"));
        send(FIRST, SECOND);
        assertEquals(SETTINGS.connectTimeout(), stage.elapsed());
        assertTrue(told.getFirst().contains("SocketTimedout: Socket error code 10060"), told::toString);
        assertEquals("unusable CONNECT_TIMED_OUT", counted.getFirst());
        assertEquals("Done", told.getLast());
    }

    @Test
    void a_host_that_could_not_be_used_is_tried_behind_the_others_for_a_while_by_every_queue() {
        stage.wires().blackHole(at(FIRST));
        mx(SECOND);
        send(FIRST, SECOND);
        assertEquals(SETTINGS.connectTimeout(), stage.elapsed());
        for (int i = 0; i < 2; i++) {
            ends.clear();
            send(FIRST, SECOND);
            assertEquals(SETTINGS.connectTimeout(), stage.elapsed(), "nobody waits for it again");
        }
        assertEquals(
                List.of("TCP 203.0.113.1:25", "TCP 203.0.113.2:25", "TCP 203.0.113.2:25", "TCP 203.0.113.2:25"),
                stage.wires().dials());
        stage.advance(SETTINGS.reaching().unhealthyHostInterval());
        ends.clear();
        send(FIRST, SECOND);
        assertEquals("TCP 203.0.113.1:25", stage.wires().dials().get(4), "one looks whether it is back");
        assertEquals(2, sender.health().list().getFirst().failures());
    }

    @Test
    void where_all_hosts_are_known_to_be_bad_all_are_tried_all_the_same() {
        send(FIRST, SECOND);
        ends.clear();
        mx(SECOND);
        waiting.add(new Letter("a@gmail.com", "x"));
        send(FIRST, SECOND);
        assertInstanceOf(SendEnd.Done.class, ends.getFirst());
        assertEquals(
                List.of("203.0.113.1"),
                sender.health().list().stream().map(u -> u.target().ip()).toList(),
                "the one that is back is forgotten");
    }

    @Test
    void a_list_of_hosts_without_end_costs_no_more_than_the_bound_and_the_next_attempt_begins_where_it_stopped() {
        String[] ips = new String[60];
        for (int i = 0; i < ips.length; i++) {
            ips[i] = "198.51.100." + (i + 1);
        }
        Duration bound = SETTINGS.reaching().attemptTimeout();
        int tried = Math.toIntExact(bound.dividedBy(SETTINGS.connectTimeout()));
        for (int i = 0; i <= tried; i++) {
            stage.wires().blackHole(at(ips[i]));
        }
        send(ips);
        assertEquals(bound, stage.elapsed());
        assertEquals(tried, stage.wires().dials().size());
        assertInstanceOf(SendEnd.ConnectionFailed.class, ends.getFirst());
        stage.advance(Duration.ofMinutes(10));
        ends.clear();
        mx(ips[tried + 1]);
        waiting.add(new Letter("a@gmail.com", "x"));
        send(ips);
        assertEquals("TCP " + ips[tried] + ":25", stage.wires().dials().get(tried));
        assertTrue(told.contains("Delivered a@gmail.com 250 2.0.0 taken"), told::toString);
    }

    @Test
    void of_a_hundred_addresses_that_all_fail_by_tls_each_is_tried_before_any_is_tried_again() {
        List<String> ips =
                IntStream.rangeClosed(1, 100).mapToObj(i -> "198.51.100." + i).toList();
        ips.forEach(this::mx);
        SendConnector demanding = connector()
                .tls(new SendTls(false, true, Optional.empty(), Optional.empty(), false, Optional.empty()))
                .build();
        for (int attempt = 0; attempt < 5; attempt++) {
            ends.clear();
            stage.advance(Duration.ofHours(1)); // whatever else is remembered of hosts is forgotten by then
            send(demanding, ips.toArray(String[]::new));
            stage.runOut();
            assertInstanceOf(SendEnd.ConnectionFailed.class, ends.getFirst());
        }
        List<String> twice = new ArrayList<>(ips);
        twice.addAll(ips);
        assertEquals(
                twice.stream().map(ip -> "TCP " + ip + ":25").toList(),
                stage.wires().dials());

        ends.clear();
        send(ips.toArray(String[]::new));
        assertEquals("TCP " + ips.getFirst() + ":25", stage.wires().dials().getLast(), "for another connector");
        assertEquals(List.of(), sender.health().list(), "they are well, only not good enough");
    }

    @Test
    void when_no_host_can_be_used_no_message_is_touched() {
        mx(FIRST).on("banner", "554 no");
        waiting.add(new Letter("a@gmail.com", "x"));
        send(FIRST, SECOND);
        SendEnd.ConnectionFailed end = assertInstanceOf(SendEnd.ConnectionFailed.class, ends.getFirst());
        assertTrue(end.words().toString().contains("10061"), "the last host's words: " + end.words());
        assertEquals(SECOND, end.last().ip());
        assertEquals(0, asked);
        assertEquals(1, waiting.size());
    }

    @Test
    void all_addresses_of_a_host_are_tried_before_the_next_host() {
        mx("203.0.113.9");
        List<InetAddress> two = List.of(InetAddress.ofLiteral(FIRST), InetAddress.ofLiteral(SECOND));
        sender.send(
                new SendPlan(
                        connector().build(),
                        List.of(
                                new MxHost("a", 1, two),
                                new MxHost("b", 2, List.of(InetAddress.ofLiteral("203.0.113.9")))),
                        25,
                        "mail.company.com"),
                this::next,
                new Told());
        stage.runOut();
        assertEquals(
                List.of("TCP 203.0.113.1:25", "TCP 203.0.113.2:25", "TCP 203.0.113.9:25"),
                stage.wires().dials());
        assertEquals(new SendEnd.Done(0), ends.getFirst());
    }

    @Test
    void a_hang_up_before_MAIL_leads_to_the_next_host_and_after_it_does_not() {
        for (String point : List.of("banner", "EHLO")) {
            told.clear();
            ends.clear();
            sender.health().forget();
            mx(FIRST).on(point, ScriptedMx.HANGS_UP);
            mx(SECOND);
            waiting.add(new Letter("a@gmail.com", "x"));
            send(FIRST, SECOND);
            assertEquals("Done", told.getLast(), point);
            assertTrue(told.contains("Delivered a@gmail.com 250 2.0.0 taken"), point);
        }
        for (String point : List.of("MAIL", "RCPT", "DATA", "eod")) {
            told.clear();
            ends.clear();
            sender.health().forget();
            mx(FIRST).plain().on(point, ScriptedMx.HANGS_UP);
            ScriptedMx second = mx(SECOND);
            waiting.add(new Letter("a@gmail.com", "x"));
            send(FIRST, SECOND);
            String words = "451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due to"
                    + " ConnectionReset";
            assertEquals(
                    List.of("connected mx0.gmail.com 203.0.113.1", "Interrupted a@gmail.com " + words, "Dropped"),
                    told,
                    point);
            assertEquals(
                    words,
                    assertInstanceOf(SendEnd.Dropped.class, ends.getFirst())
                            .words()
                            .toString());
            assertEquals(0, second.connections, point);
        }
    }

    @Test
    void silence_ends_at_each_stages_own_time_out_in_lab_time() {
        record Stage(String point, Duration timeout, boolean nextHost) {}
        for (Stage silent : List.of(
                new Stage("banner", SETTINGS.greetingTimeout(), true),
                new Stage("EHLO", SETTINGS.commandTimeout(), true),
                new Stage("MAIL", SETTINGS.commandTimeout(), false),
                new Stage("RCPT", SETTINGS.commandTimeout(), false),
                new Stage("DATA", SETTINGS.dataInitTimeout(), false),
                new Stage("eod", SETTINGS.dataEndTimeout(), false))) {
            told.clear();
            ends.clear();
            sender.health().forget();
            mx(FIRST).plain().on(silent.point(), ScriptedMx.SILENT);
            mx(SECOND);
            waiting.clear();
            waiting.add(new Letter("a@gmail.com", "x"));
            Duration before = stage.elapsed();
            send(FIRST, SECOND);
            assertEquals(silent.timeout(), stage.elapsed().minus(before), silent.point());
            assertTrue(told.toString().contains("Connection dropped due to TimedOut"), told::toString);
            assertEquals(silent.nextHost() ? "Done" : "Dropped", told.getLast(), silent.point());
        }
    }

    @Test
    void a_host_that_says_nothing_to_QUIT_is_left_after_ten_seconds_and_all_is_well() {
        mx(FIRST).on("QUIT", ScriptedMx.SILENT);
        waiting.add(new Letter("a@gmail.com", "x"));
        send(FIRST);
        assertEquals(SendConnection.QUIT_TIMEOUT, stage.elapsed());
        assertEquals("Done", told.getLast());
    }

    @Test
    void the_connectors_inactivity_limit_bounds_every_wait() {
        mx(FIRST).on("eod", ScriptedMx.SILENT);
        waiting.add(new Letter("a@gmail.com", "x"));
        send(connector().inactivityTimeout(Duration.ofSeconds(7)).build(), FIRST);
        stage.runOut();
        assertEquals(Duration.ofSeconds(7), stage.elapsed());
    }

    @Test
    void a_large_message_passes_chunk_by_chunk() {
        ScriptedMx mx = mx(FIRST);
        String[] chunks = new String[40];
        java.util.Arrays.fill(chunks, ("." + "y".repeat(97) + "\r\n").repeat(500));
        waiting.add(new Letter("a@gmail.com", chunks));
        send(FIRST);
        assertEquals("Done", told.getLast());
        assertEquals(40 * 500 * 101 + 3, mx.data.getFirst().length());
    }

    @Test
    void a_message_that_cannot_be_read_is_never_ended() {
        ScriptedMx mx = mx(FIRST);
        Letter letter = new Letter("a@gmail.com", "first\r\n", "second\r\n");
        letter.broken = new IOException("the disk");
        waiting.add(letter);
        send(FIRST, SECOND);
        assertEquals(List.of(), mx.data);
        assertEquals(
                "Interrupted a@gmail.com 451 4.3.0 Temporary server error: the message could not be read", told.get(1));
        assertEquals("Dropped", told.getLast());
    }

    @Test
    void an_early_refusal_of_the_data_counts_and_what_is_still_being_read_is_released() {
        mx(FIRST).on("body", "552 5.3.4 too large");
        Letter letter = new Letter("a@gmail.com", "first\r\n", "second\r\n");
        letter.hold = true;
        waiting.add(letter);
        send(FIRST);
        assertEquals("Failed a@gmail.com 552 5.3.4 too large", told.get(1));
        assertEquals("Done", told.getLast());
        letter.held.run();
        stage.settle();
    }

    @Test
    void a_host_that_ends_it_in_the_middle_of_the_data_is_believed_and_hears_no_end_of_data() {
        ScriptedMx mx = mx(FIRST).on("content", "421 4.3.2 going down");
        waiting.add(new Letter("a@gmail.com", "first\r\n", "second\r\n"));
        send(FIRST);
        assertEquals(
                "Interrupted a@gmail.com 451 4.4.395 Target host responded with error. -> 421 4.3.2 going down",
                told.get(1));
        assertEquals("Dropped", told.getLast());
        assertEquals(List.of(), mx.data);
    }

    @Test
    void rubbish_instead_of_replies_is_temporary() {
        mx(FIRST).on("banner", "HTTP/1.1 400 Bad Request");
        mx(SECOND).on("MAIL", "x".repeat(5_000));
        waiting.add(new Letter("a@gmail.com", "x"));
        send(FIRST, SECOND);
        assertTrue(told.getFirst().startsWith("failed 203.0.113.1 451 4.4.395"), told::toString);
        assertTrue(told.get(2).startsWith("Interrupted a@gmail.com 451 4.4.395"), told::toString);
    }

    @Test
    void a_message_given_out_too_late_comes_back_untried() {
        List<Consumer<Optional<OutgoingMessage>>> open = new ArrayList<>();
        mx(FIRST).on("EHLO", "250 mx\r\n421 sorry");
        sender.send(
                new SendPlan(
                        connector().build(),
                        List.of(new MxHost("a", 1, List.of(InetAddress.ofLiteral(FIRST)))),
                        25,
                        "mail.company.com"),
                (_, done) -> open.add(done),
                new Told());
        stage.runOut();
        assertEquals("ConnectionFailed", told.getLast());
        open.getFirst().accept(Optional.of(new Letter("late@gmail.com", "x")));
        assertEquals("untried late@gmail.com", told.getLast());
    }

    @Test
    void a_message_given_out_while_the_host_was_lost_goes_to_the_next_host() {
        List<Consumer<Optional<OutgoingMessage>>> open = new ArrayList<>();
        mx(FIRST).on("EHLO", "250 mx\r\n421 sorry");
        mx(SECOND).on("banner", ScriptedMx.SILENT);
        List<MxHost> hosts = List.of(
                new MxHost("a", 1, List.of(InetAddress.ofLiteral(FIRST), InetAddress.ofLiteral(SECOND))),
                new MxHost("b", 2, List.of(InetAddress.ofLiteral("203.0.113.3"))));
        ScriptedMx third = mx("203.0.113.3");
        sender.send(
                new SendPlan(connector().build(), hosts, 25, "mail.company.com"),
                (loop, done) -> {
                    open.add(done);
                    if (open.size() > 1) {
                        done.accept(Optional.empty());
                    }
                },
                new Told());
        stage.settle();
        open.getFirst().accept(Optional.of(new Letter("a@gmail.com", "x")));
        stage.runOut();
        assertEquals(1, third.data.size());
        assertEquals(
                List.of("Delivered a@gmail.com 250 2.0.0 taken", "Done"), told.subList(told.size() - 2, told.size()));
    }

    @Test
    void a_source_that_answers_at_once_with_a_thousand_refused_messages_does_not_nest() {
        mx(FIRST).on("EHLO", "250-mx\r\n250 SIZE 1");
        for (int i = 0; i < 5_000; i++) {
            waiting.add(new Letter("a@gmail.com", "too large"));
        }
        sender.send(
                new SendPlan(
                        connector().build(),
                        List.of(new MxHost("a", 1, List.of(InetAddress.ofLiteral(FIRST)))),
                        25,
                        "mail.company.com"),
                (_, done) -> done.accept(Optional.ofNullable(waiting.poll())),
                new Told());
        stage.runOut();
        assertEquals(5_002, told.size());
        assertEquals("Done", told.getLast());
    }

    @Test
    void a_listener_that_throws_costs_its_connection_and_nothing_else() {
        mx(FIRST);
        waiting.add(new Letter("a@gmail.com", "x"));
        sender.send(
                new SendPlan(
                        connector().build(),
                        List.of(new MxHost("a", 1, List.of(InetAddress.ofLiteral(FIRST)))),
                        25,
                        "mail.company.com"),
                this::next,
                new SendListener() {
                    private final Told rest = new Told();

                    @Override
                    public void connected(Target target) {
                        rest.connected(target);
                    }

                    @Override
                    public void finished(OutgoingMessage message, Target target, List<RecipientOutcome> outcomes) {
                        throw new IllegalStateException("planted");
                    }

                    @Override
                    public void untried(OutgoingMessage message) {
                        rest.untried(message);
                    }

                    @Override
                    public void ended(SendEnd end) {
                        rest.ended(end);
                    }
                });
        stage.runOut();
        assertEquals("Dropped", told.getLast());
    }

    @Test
    void the_log_hears_every_line_in_order() {
        mx(FIRST);
        List<String> lines = new ArrayList<>();
        SendLog log = new SendLog() {
            @Override
            public boolean on(SendConnector connector) {
                return true;
            }

            @Override
            public Transcript open(SendConnector connector, String session, Target target) {
                assertEquals(16, session.length());
                return new Transcript() {
                    @Override
                    public void connected(String local) {
                        lines.add("+");
                    }

                    @Override
                    public void line(Event event, String data, String context) {
                        lines.add(event.sign() + " " + data + (context.isEmpty() ? "" : "," + context));
                    }
                };
            }
        };
        waiting.add(new Letter("a@gmail.com", "x"));
        new NextHopSender(stage.world(), SETTINGS, new ConnectionFailureTable(ExchangeProfile.E2019), log)
                .send(
                        new SendPlan(
                                connector().build(),
                                List.of(new MxHost("a", 1, List.of(InetAddress.ofLiteral(FIRST)))),
                                25,
                                "mail.company.com"),
                        this::next,
                        new Told());
        stage.runOut();
        assertEquals(
                List.of(
                        "* SendRoutingHeaders,Set Session Permissions",
                        "* ,attempting to connect",
                        "+",
                        "< 220 mx ready",
                        "> EHLO mail.company.com",
                        "< 250  mx PIPELINING SIZE 50000000 8BITMIME",
                        "* ,sending message with RecordId 7",
                        "> MAIL FROM:<alice@company.com> SIZE=1",
                        "> RCPT TO:<a@gmail.com>",
                        "> DATA",
                        "< 250 2.1.0 ok",
                        "< 250 2.1.5 ok",
                        "< 354 go",
                        "< 250 2.0.0 taken",
                        "> QUIT",
                        "< 221 bye",
                        "- ,Local"),
                lines);
    }

    @Test
    void a_mistake_of_ours_before_the_dial_ends_the_attempt() {
        waiting.add(new Letter("a@gmail.com", "x"));
        SendLog broken = new SendLog() {
            @Override
            public boolean on(SendConnector connector) {
                return true;
            }

            @Override
            public Transcript open(SendConnector connector, String session, Target target) {
                throw new IllegalStateException("planted");
            }
        };
        NextHopSender breaking =
                new NextHopSender(stage.world(), SETTINGS, new ConnectionFailureTable(ExchangeProfile.E2019), broken);
        breaking.send(
                new SendPlan(
                        connector().build(),
                        List.of(new MxHost("a", 1, List.of(InetAddress.ofLiteral(FIRST)))),
                        25,
                        "mail.company.com"),
                this::next,
                new Told());
        stage.runOut();
        assertEquals(List.of("ConnectionFailed"), told);
        assertEquals(0, breaking.attempts());
        assertEquals(1, waiting.size());
    }

    @Test
    void a_host_without_the_TLS_that_one_connector_wants_is_no_worse_for_the_others() {
        mx(FIRST).plain();
        SendTls required = new SendTls(false, true, Optional.empty(), Optional.empty(), false, Optional.empty());
        send(connector().tls(required).build(), FIRST, SECOND);
        stage.runOut();
        assertTrue(told.getFirst().contains("STARTTLS is required"), told::toString);
        assertEquals(
                List.of(SECOND),
                sender.health().list().stream().map(one -> one.target().ip()).toList());
    }

    @Test
    void a_dial_that_the_system_gives_up_timed_out_and_was_not_refused() {
        assertInstanceOf(
                ConnectionProblem.ConnectTimedOut.class,
                SendAttempt.problem(new ConnectException("Connection timed out: no further information")));
        assertInstanceOf(
                ConnectionProblem.ConnectRefused.class,
                SendAttempt.problem(new ConnectException("Connection refused: no further information")));
    }

    @Test
    void a_message_that_we_cannot_even_begin_with_ends_its_connection_at_once() {
        mx(FIRST);
        Letter letter = new Letter("a@gmail.com", "x");
        letter.impossible = true;
        waiting.add(letter);
        send(connector().build(), FIRST);
        stage.settle();
        assertEquals(
                List.of("connected mx0.gmail.com 203.0.113.1", "Interrupted a@gmail.com", "ConnectionFailed"),
                told.stream()
                        .filter(line -> !line.startsWith("failed"))
                        .map(line -> line.replaceAll(" 451 .*", ""))
                        .toList());
    }
}
