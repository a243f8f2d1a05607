package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tarry.config.SmtpSendSettings;
import dev.tarry.dns.MxHost;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.routing.SendConnector;
import dev.tarry.stage.OneThread;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Whatever a host says, an attempt ends in time, everything comes back once, and nothing is given up, or taken for
/// delivered, but by an answer to just that.
final class ChaoticHostTest {
    private static final int SEEDS = Integer.getInteger("tarry.seeds", 3_000);

    private static final SmtpSendSettings SETTINGS = Sending.waiting(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10));
    private static final String HOST = "203.0.113.1";

    /// Banner, EHLO, HELO, three messages of four commands and a RSET, QUIT: each waits ten minutes at the very most.
    private static final Duration LONGEST = Duration.ofMinutes(10 * (3 + 3 * 6 + 1));

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger room = (Logger) LoggerFactory.getLogger("dev.tarry");

    @BeforeEach
    void listen() {
        logged.start();
        room.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        room.detachAppender(logged);
    }

    @Test
    void whatever_a_host_says_an_attempt_ends_and_nothing_is_given_up_but_by_an_honest_answer() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Story story = new Story(seed)) {
                story.tell();
                story.kinds.forEach(kind -> kinds.merge(kind, 1, Integer::sum));
            }
        }
        List<String> errors = logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertEquals(List.of(), errors);
        // else it proves nothing
        for (String kind :
                List.of("Delivered", "Deferred", "Failed", "Interrupted", "Done", "Dropped", "ConnectionFailed")) {
            assertTrue(kinds.getOrDefault(kind, 0) > SEEDS / 100, kinds::toString);
        }
    }

    /// One attempt.
    private static final class Story implements AutoCloseable, SendListener {
        final List<String> kinds = new ArrayList<>();
        private final OneThread stage = new OneThread();
        private final int seed;
        private final SplittableRandom random;
        private final Deque<OutgoingMessage> waiting = new ArrayDeque<>();
        private final List<OutgoingMessage> back = new ArrayList<>();
        private final List<RecipientOutcome> outcomes = new ArrayList<>();
        private final List<ByteBuf> buffers = new ArrayList<>();
        private final ChaoticHost host;
        private int ends;

        Story(int seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            host = new ChaoticHost(stage, random.split(), random.nextInt(60), buffers);
            stage.wires().host(new InetSocketAddress(InetAddress.ofLiteral(HOST), 25), () -> host);
            for (int i = 0; i < 3; i++) {
                waiting.add(new Letter(i, random.nextInt(1, 4), buffers));
            }
        }

        void tell() {
            int messages = waiting.size();
            new NextHopSender(stage.world(), SETTINGS, new ConnectionFailureTable(ExchangeProfile.E2019), SendLog.NONE)
                    .send(
                            new SendPlan(
                                    SendConnector.named("Internet", new UUID(1, 1))
                                            .build(),
                                    List.of(new MxHost("mx", 1, List.of(InetAddress.ofLiteral(HOST)))),
                                    25,
                                    "mail.company.com"),
                            (loop, done) -> {
                                Optional<OutgoingMessage> next = Optional.ofNullable(waiting.poll());
                                loop.execute(() -> done.accept(next));
                            },
                            this);
            Instant limit = stage.time().instant().plus(LONGEST);
            stage.settle();
            while (ends == 0 && stage.time().ringNext(limit)) {
                stage.settle();
            }
            assertEquals(1, ends, () -> "seed " + seed + ": it has not ended after " + stage.elapsed());
            while (stage.time().ringNext(limit.plus(LONGEST))) {
                stage.settle(); // the host's own
            }
            assertEquals(1, ends, () -> "seed " + seed + ": it has ended more than once");
            assertEquals(messages - waiting.size(), back.size(), () -> "seed " + seed + ": of each message once");
            assertEquals(0, stage.wires().open(), () -> "seed " + seed + ": a connection is left");
            assertEquals(
                    0,
                    buffers.stream().filter(buffer -> buffer.refCnt() > 0).count(),
                    () -> "seed " + seed + ": buffers are left");
            new Judge(host, seed).judge(outcomes);
        }

        @Override
        public void connected(Target target) {}

        @Override
        public void finished(OutgoingMessage message, Target target, List<RecipientOutcome> itsOutcomes) {
            back.add(message);
            assertEquals(
                    message.envelope().recipients(),
                    itsOutcomes.stream().map(RecipientOutcome::recipient).toList());
            outcomes.addAll(itsOutcomes);
            itsOutcomes.forEach(outcome -> kinds.add(outcome.getClass().getSimpleName()));
        }

        @Override
        public void untried(OutgoingMessage message) {
            back.add(message);
        }

        @Override
        public void ended(SendEnd end) {
            ends++;
            kinds.add(end.getClass().getSimpleName());
        }

        @Override
        public void close() {
            stage.close();
        }
    }

    private record Letter(int number, int recipients, List<ByteBuf> buffers) implements OutgoingMessage {
        private static final String TEXT = "Subject: hello\r\n\r\n.dot\r\nbody\r\n";

        @Override
        public Envelope envelope() {
            return Envelope.of(
                    ReversePath.of(EmailAddress.of("sender" + number + "@company.com")),
                    IntStream.range(0, recipients)
                            .mapToObj(i -> Recipient.of("r" + i + "m" + number + "@gmail.com"))
                            .toList());
        }

        @Override
        public long bytes() {
            return 2L * TEXT.length();
        }

        @Override
        public int chunks() {
            return 2;
        }

        @Override
        public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
            loop.execute(() -> {
                ByteBuf octets = Unpooled.copiedBuffer(TEXT, StandardCharsets.ISO_8859_1);
                buffers.add(octets);
                done.accept(octets, null);
            });
        }
    }

    /// Reads what passed on the wire by rules of its own: the nth reply answers the nth question, if it was said after
    /// that had come; data may be refused while it comes.
    private static final class Judge {
        private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)(?:([ \\t-]).*)?", Pattern.DOTALL);

        /// @param run  which octets it ended in
        /// @param heard how much had come when these were sent
        private record Replied(int code, int run, int heard) {}

        private final List<Replied> replies = new ArrayList<>();
        private final List<String> questions = new ArrayList<>();
        private final List<Integer> questionEnds = new ArrayList<>();
        private final int seed;

        Judge(ChaoticHost host, int seed) {
            this.seed = seed;
            readReplies(host.said());
            readQuestions(host.heard());
        }

        private void readReplies(List<ChaoticHost.Said> said) {
            StringBuilder line = new StringBuilder();
            for (ChaoticHost.Said run : said) {
                for (int i = 0; i < run.octets().length(); i++) {
                    char c = run.octets().charAt(i);
                    if (c != '\n') {
                        line.append(c);
                        continue;
                    }
                    String text =
                            line.toString().endsWith("\r") ? line.substring(0, line.length() - 1) : line.toString();
                    line.setLength(0);
                    Matcher reply = LINE.matcher(text);
                    if (!reply.matches()) {
                        return;
                    }
                    if (!"-".equals(reply.group(2))) {
                        replies.add(new Replied(Integer.parseInt(reply.group(1)), said.indexOf(run), run.heard()));
                    }
                }
            }
        }

        private void readQuestions(String heard) {
            questions.add("banner");
            questionEnds.add(0);
            int at = 0;
            while (true) {
                int end = heard.indexOf("\r\n", at);
                if (end < 0) {
                    return;
                }
                String line = heard.substring(at, end);
                question(line, at = end + 2);
                int n = questions.size() - 1;
                if (line.equals("DATA") && n < replies.size() && replies.get(n).code() / 100 == 3) {
                    int dot = heard.startsWith(".\r\n", at) ? at - 2 : heard.indexOf("\r\n.\r\n", at);
                    if (dot < 0) {
                        return;
                    }
                    question("end of data", at = dot + 5);
                }
            }
        }

        private void question(String what, int end) {
            questions.add(what);
            questionEnds.add(end);
        }

        void judge(List<RecipientOutcome> outcomes) {
            for (RecipientOutcome outcome : outcomes) {
                String address = outcome.recipient().address().toString();
                switch (outcome) {
                    case RecipientOutcome.Delivered(var _, Reply reply, var _) ->
                        assertTrue(
                                answers(address, reply.code()).anyMatch("end of data"::equals) && reply.positive(),
                                () -> told(address + " was not delivered: " + reply));
                    case RecipientOutcome.Failed(var _, Reply reply) ->
                        assertTrue(
                                reply.code() >= 500
                                        && answers(address, reply.code())
                                                .findAny()
                                                .isPresent(),
                                () -> told(address + " was not refused: " + reply));
                    case RecipientOutcome.Deferred _, RecipientOutcome.Interrupted _ -> {}
                }
            }
        }

        /// The questions of this recipient's message that were answered so.
        private Stream<String> answers(String address, int code) {
            String number = address.substring(address.indexOf('m') + 1, address.indexOf('@'));
            int mail = questions.stream()
                    .filter(q -> q.startsWith("MAIL FROM:<sender" + number + "@"))
                    .findFirst()
                    .map(questions::indexOf)
                    .orElseThrow();
            List<String> answered = new ArrayList<>();
            for (int n = mail; n < replies.size(); n++) {
                boolean within = n == questions.size() && questions.getLast().equals("DATA"); // the data never ended
                if (n >= questions.size() && !within) {
                    break;
                }
                String question = within ? "data" : questions.get(n);
                int asked = question.equals("data") || question.equals("end of data")
                        ? questionEnds.get(n - 1) + (code < 400 ? 1 : 0)
                        : questionEnds.get(n);
                if (n > mail && question.startsWith("MAIL")) {
                    break;
                }
                boolean concerns = !question.startsWith("RCPT") || question.contains("<" + address + ">");
                Replied reply = replies.get(n);
                // what comes by itself may have crossed the question on its way: no client can tell
                boolean apart = n > 0 && reply.run() != replies.get(n - 1).run();
                if (concerns && reply.code() == code && (apart || reply.heard() >= asked)) {
                    answered.add(question);
                }
            }
            return answered.stream();
        }

        private String told(String what) {
            return "seed " + seed + ": " + what + "\n" + questions + "\n" + replies + "\n" + questionEnds;
        }
    }
}
