package dev.tarry.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tarry.config.DnsFaultTolerance;
import dev.tarry.config.DnsProtocolOption;
import dev.tarry.stage.OneThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Whatever servers answer, a search ends within its time and leaves nothing behind, nothing is logged as an error, and
/// mail is only ever bounced for an answer that, read by itself and strictly, says so of exactly our question.
final class HostileAnswersTest {
    private static final int SEEDS = 6_000;
    private static final Name OURS = Name.fromConstantString("mail.company.com.");
    private static final InetAddress OUR_ADDRESS = InetAddress.ofLiteral("192.0.2.25");

    /// What a server really has, of which answers are made and then spoilt.
    private static final List<String> WORLDS = List.of(
            "a.com. 300 MX 5 mx.a.com.\na.com. 300 MX 10 mx2.a.com.\nmx.a.com. 300 A 192.0.2.7\nmx2.a.com. 300 A 192.0.2.8",
            "a.com. 300 CNAME b.org.\nb.org. 300 MX 5 mx.b.org.\nmx.b.org. 300 CNAME m.b.org.\nm.b.org. 300 A 192.0.2.9",
            "a.com. 300 A 192.0.2.7");

    private record Said(Message query, byte[] answer) {}

    private final List<Said> said = new ArrayList<>();

    /// One search under one seed: what came of it, and everything that was checked on the way.
    private MxAnswer search(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        said.clear();
        try (OneThread stage = new OneThread(seed)) {
            InetSocketAddress one = new InetSocketAddress(InetAddress.ofLiteral("8.8.8.8"), 53);
            InetSocketAddress two = new InetSocketAddress(InetAddress.ofLiteral("8.8.4.4"), 53);
            String world = WORLDS.get(random.nextInt(WORLDS.size()));
            boolean always = random.nextBoolean();
            for (InetSocketAddress address : List.of(one, two)) {
                ScriptedDns server = new ScriptedDns(stage, address).zone(world);
                server.always((query, over) -> answers(server, query, over, always, random));
            }
            QueryJournal journal = new QueryJournal(1_000);
            MxResolver resolver = new MxResolver(
                    stage.world(),
                    new LookupSettings(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(60),
                            random.nextInt(4) == 0,
                            random.nextBoolean() ? DnsFaultTolerance.LENIENT : DnsFaultTolerance.NORMAL,
                            20,
                            16,
                            100,
                            random.nextInt(4) > 0,
                            random.nextBoolean()),
                    new Ourselves(Set.of("mail.company.com"), Set.of(OUR_ADDRESS)),
                    journal);
            DnsProtocolOption option = DnsProtocolOption.values()[random.nextInt(3)];
            List<MxAnswer> answers = new ArrayList<>();
            resolver.hosts("a.com", new DnsServers.Chosen(List.of(one, two), option), seed, stage.loop(), answers::add);
            stage.runOut();
            assertEquals(1, answers.size(), () -> "seed " + seed + ": answers " + answers);
            assertTrue(
                    stage.elapsed().compareTo(Duration.ofSeconds(60)) <= 0,
                    () -> "seed " + seed + " took " + stage.elapsed());
            assertEquals(0, stage.wires().open(), () -> "seed " + seed + ": channels left open");
            Duration before = stage.elapsed();
            stage.runOut();
            assertEquals(before, stage.elapsed(), () -> "seed " + seed + ": an alarm was left");
            return answers.getFirst();
        }
    }

    private List<byte[]> answers(
            ScriptedDns server, Message query, DnsProtocol over, boolean always, SplittableRandom random)
            throws IOException {
        List<byte[]> answers = new ArrayList<>();
        int count = random.nextInt(10) == 0 ? random.nextInt(4) : 1;
        for (int i = 0; i < count; i++) {
            byte[] honest = server.honest(query).toWire();
            byte[] answer = always || random.nextBoolean() ? spoilt(honest, query, random) : honest;
            said.add(new Said(query, answer));
            answers.add(answer);
        }
        return over == DnsProtocol.TCP || answers.stream().allMatch(a -> a.length < 60_000) ? answers : List.of();
    }

    /// Damage at random places, and at those that matter: counts, flags, types, classes, TTLs, lengths, names.
    private static byte[] spoilt(byte[] honest, Message query, SplittableRandom random) {
        byte[] wrong = honest.clone();
        switch (random.nextInt(14)) {
            case 0 -> random.nextBytes(wrong);
            case 1 -> {
                wrong = new byte[random.nextInt(600)];
                random.nextBytes(wrong);
            }
            case 2 -> wrong = Arrays.copyOf(wrong, random.nextInt(wrong.length + 1));
            case 3 -> wrong = Arrays.copyOf(wrong, wrong.length + random.nextInt(1, 40));
            case 4 -> // one of the four counts
                wrong[4 + random.nextInt(8)] = (byte) random.nextInt(random.nextBoolean() ? 3 : 256);
            case 5 -> wrong[2 + random.nextInt(2)] = (byte) random.nextInt(); // flags, opcode, rcode
            case 6 -> wrong[3] = (byte) (wrong[3] & 0xf0 | random.nextInt(16)); // rcode
            case 7 -> { // a pointer somewhere
                int at = random.nextInt(12, Math.max(13, wrong.length - 1));
                wrong[Math.min(at, wrong.length - 1)] = (byte) 0xc0;
                wrong[Math.min(at + 1, wrong.length - 1)] = (byte) random.nextInt(wrong.length);
            }
            case 8 ->
                wrong[random.nextInt(12, wrong.length)] = (byte) random.nextInt(64); // a label's or record's length
            case 9 -> { // no answers at all, whatever follows
                wrong[6] = 0;
                wrong[7] = 0;
            }
            case 10 -> { // lies in good order
                wrong = lie(query, random);
            }
            default -> {
                for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                    wrong[random.nextInt(2, wrong.length)] = (byte) random.nextInt();
                }
            }
        }
        if (random.nextInt(8) > 0 && wrong.length > 1) { // mostly under our id: else nobody would even look
            wrong[0] = honest[0];
            wrong[1] = honest[1];
        }
        return wrong;
    }

    private static byte[] lie(Message query, SplittableRandom random) {
        Message lie = ScriptedDns.response(query, random.nextInt(3) == 0 ? random.nextInt(16) : Rcode.NOERROR);
        Name name = query.getQuestion().getName();
        int type = query.getQuestion().getType();
        List<Name> names = List.of(
                name, Name.root, OURS, Name.fromConstantString("gone.example."), Name.fromConstantString("1.2.3.4."));
        for (int i = random.nextInt(4); i > 0; i--) {
            Name owner = random.nextInt(4) == 0 ? names.get(random.nextInt(names.size())) : name;
            Name target = names.get(random.nextInt(names.size()));
            Record record = switch (random.nextInt(4)) {
                case 0 -> new org.xbill.DNS.CNAMERecord(owner, DClass.IN, 60, target);
                case 1 -> new ARecord(owner, DClass.IN, random.nextLong(1L << 31), OUR_ADDRESS);
                case 2 -> new org.xbill.DNS.NSRecord(owner, DClass.IN, 60, target);
                default ->
                    new MXRecord(owner, random.nextInt(5) == 0 ? DClass.CH : DClass.IN, 60, random.nextInt(3), target);
            };
            lie.addRecord(record, random.nextInt(3) == 0 ? Section.AUTHORITY : Section.ANSWER);
        }
        if (random.nextInt(6) == 0) {
            lie.getHeader().setFlag(Flags.TC);
        }
        return type == 0 ? new byte[0] : lie.toWire();
    }

    // --- what an answer says, read by itself

    /// An answer to the query it was sent for: whole, and about the question.
    private static boolean fits(Said one, int rcode) {
        byte[] octets = one.answer();
        try {
            Message message = new Message(octets);
            Record asked = message.getQuestion();
            return message.getHeader().getID() == one.query().getHeader().getID()
                    && message.getHeader().getFlag(Flags.QR)
                    && !message.getHeader().getFlag(Flags.TC)
                    && message.getHeader().getOpcode() == Opcode.QUERY
                    && message.getRcode() == rcode
                    && message.getHeader().getCount(Section.QUESTION) == 1
                    && asked.equals(one.query().getQuestion());
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    private static List<Record> answered(Said one) {
        try {
            return new Message(one.answer()).getSection(Section.ANSWER);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean whole(Said one) {
        try {
            return new Message(one.answer()).numBytes() == one.answer().length;
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    private boolean somebodySaid(int type, int rcode, java.util.function.Predicate<Said> what) {
        return said.stream()
                .anyMatch(one -> one.query().getQuestion().getType() == type && fits(one, rcode) && what.test(one));
    }

    private boolean noSuchName(int type) {
        return somebodySaid(
                type,
                Rcode.NXDOMAIN,
                one -> whole(one) && answered(one).stream().allMatch(r -> r.getType() == Type.CNAME));
    }

    private boolean nothingThere(int type) {
        return somebodySaid(
                type, Rcode.NOERROR, one -> whole(one) && answered(one).isEmpty());
    }

    private boolean namesAsExchange(java.util.function.Predicate<MXRecord> which) {
        return somebodySaid(
                Type.MX,
                Rcode.NOERROR,
                one -> answered(one).stream().anyMatch(r -> r instanceof MXRecord mx && which.test(mx)));
    }

    private boolean legitimate(MxAnswer answer) {
        return switch (answer) {
            case MxAnswer.Hosts _, MxAnswer.QueryFailed _ -> true;
            case MxAnswer.NoSuchDomain _ -> noSuchName(Type.MX);
            case MxAnswer.NoRecords _ ->
                nothingThere(Type.MX)
                        && (nothingThere(Type.A)
                                || noSuchName(Type.A)
                                || somebodySaid(Type.A, Rcode.NOERROR, one -> true));
            case MxAnswer.NullMx _ -> namesAsExchange(mx -> mx.getTarget().equals(Name.root));
            case MxAnswer.Loop _ ->
                namesAsExchange(mx -> mx.getTarget().equals(OURS))
                        || somebodySaid(
                                Type.A,
                                Rcode.NOERROR,
                                one -> answered(one).stream()
                                        .anyMatch(r -> r instanceof ARecord a
                                                && a.getAddress().equals(OUR_ADDRESS)));
            case MxAnswer.NoUsableHost _ -> namesAsExchange(_ -> true);
        };
    }

    @Test
    void no_answer_of_any_shape_hangs_leaks_logs_an_error_or_bounces_what_should_wait() {
        Logger room = (Logger) LoggerFactory.getLogger("dev.tarry");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        room.addAppender(logged);
        int temporary = 0;
        int permanent = 0;
        int hosts = 0;
        try {
            for (long seed = 1; seed <= SEEDS; seed++) {
                long which = seed;
                MxAnswer answer = search(seed);
                assertTrue(
                        legitimate(answer),
                        () -> "seed " + which + ": " + answer + " though nobody said so: "
                                + said.stream()
                                        .map(one -> one.query().getQuestion() + " "
                                                + HexFormat.of().formatHex(one.answer()))
                                        .toList());
                switch (answer) {
                    case MxAnswer.Hosts _ -> hosts++;
                    case MxAnswer.QueryFailed _ -> temporary++;
                    default -> permanent++;
                }
            }
        } finally {
            room.detachAppender(logged);
        }
        assertEquals(
                List.of(),
                logged.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
        // the property is about nothing if one of these never happens
        assertTrue(
                hosts > SEEDS / 10 && temporary > SEEDS / 10 && permanent > SEEDS / 100,
                hosts + " " + temporary + " " + permanent);
    }

    // --- what was found before, for good

    /// Octets behind the id: of the MX question for a.com, as a server answered it.
    @ParameterizedTest
    @CsvSource({
        // the number of answers says none, and an answer follows
        "8180000100000000000001610363 6f6d00000f0001c00c000f00010000012c00090005026d78c00c",
        // NXDOMAIN, and octets behind the end
        "8183000100000000000001610363 6f6d00000f000100",
        // the answer's name is another's
        "8180000100010000000001610363 6f6d00000f0001c00e000f00010000012c00090005026d78c00c",
        // the answer's type is TXT
        "8180000100010000000001610363 6f6d00000f0001c00c001000010000012c00090005026d78c00c",
        // the answer's class is CH
        "8180000100010000000001610363 6f6d00000f0001c00c000f00030000012c00090005026d78c00c"
    })
    void answers_that_were_taken_for_permanent_before_make_mail_wait(String octets) {
        byte[] tail = HexFormat.of().parseHex(octets.replace(" ", ""));
        try (OneThread stage = new OneThread()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("8.8.8.8"), 53);
            new ScriptedDns(stage, address).always((query, _) -> {
                byte[] answer = new byte[tail.length + 2];
                answer[0] = (byte) (query.getHeader().getID() >> 8);
                answer[1] = (byte) query.getHeader().getID();
                System.arraycopy(tail, 0, answer, 2, tail.length);
                return List.of(answer);
            });
            MxResolver resolver =
                    new MxResolver(stage.world(), LookupSettings.DEFAULTS, Ourselves.UNKNOWN, DnsJournal.NONE);
            List<MxAnswer> answers = new ArrayList<>();
            resolver.hosts(
                    "a.com",
                    new DnsServers.Chosen(List.of(address), DnsProtocolOption.ANY),
                    0,
                    stage.loop(),
                    answers::add);
            stage.runOut();
            assertTrue(answers.getFirst() instanceof MxAnswer.QueryFailed, answers::toString);
        }
    }
}
