package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Through [CommandDecoder], so that holding back and cumulating are tried too.
final class CommandReaderTest {
    @Test
    void a_pipelined_transaction() {
        reads(
                "EHLO a\r\nMAIL FROM:<>\r\nDATA\r\nx: y\r\n\r\n..dot\r\n.\r\nQUIT\r\n",
                "Ehlo[domain=a] | Mail | Data | {x: y\r\n\r\n.dot\r\n} | End[bareLineEnds=false] | Quit[]");
    }

    @Test
    void data_that_is_empty() {
        reads("DATA\r\n.\r\nNOOP\r\n", "Data | End[bareLineEnds=false] | Noop[]");
    }

    @Test
    void two_messages_one_after_the_other() {
        reads(
                "DATA\r\na\r\n.\r\nDATA\r\n.\r\nDATA\r\n\r\n.\r\n",
                "Data | {a\r\n} | End[bareLineEnds=false] | Data | End[bareLineEnds=false] | Data | {\r\n} |"
                        + " End[bareLineEnds=false]");
    }

    @Test
    void dots_at_line_starts() {
        reads("DATA\r\n..\r\n...\r\n.a\r\na.\r\n.\r\n", "Data | {.\r\n..\r\na\r\na.\r\n} | End[bareLineEnds=false]");
    }

    @Test
    void high_octets_pass() {
        reads("DATA\r\n\u00e4\u00ff\u0080\r\n.\r\n", "Data | {\u00e4\u00ff\u0080\r\n} | End[bareLineEnds=false]");
    }

    /// Each stands inside data and is followed by a second transaction: none may end the data, all spoil it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r.\r",
                "\r\n.\r",
                "\r.\r\n",
                "\n.\r",
                "\r\n.\0\r\n",
                "\r\n\0.\r\n",
                "\0\r\n.\n",
                "\r\r\n.\r\r\n",
                "\r\n.\r\r\n",
                "\n\n.\n\n",
                "\r\n.\n\r\n",
                "\r\0\n.\r\n",
                "\r\n.\r\0\n",
                "\n\r.\n\r"
            })
    void nothing_but_crlf_dot_crlf_ends_data(String trick) {
        String evil = "MAIL FROM:<evil@a>\r\n";
        for (String message : List.of("x\r\n\r\nbody" + trick + evil, trick + evil)) {
            reads(
                    "DATA\r\n" + message + "\r\n.\r\nQUIT\r\n",
                    "Data | End[bareLineEnds=true] | Quit[]",
                    BareLineEnds.REJECT,
                    true);
            String passed = reads("DATA\r\n" + message + "\r\n.\r\nQUIT\r\n", null, BareLineEnds.PASS, false);
            assertTrue(
                    passed.startsWith("Data | {") && passed.contains("MAIL FROM:<evil@a>\r\n\r\n} | End[bare"), passed);
            String normal = reads("DATA\r\n" + message + "\r\n.\r\nQUIT\r\n", null, BareLineEnds.NORMALISE, false);
            String inside = normal.substring(normal.indexOf('{') + 1, normal.lastIndexOf('}'));
            assertTrue(inside.contains("MAIL FROM:<evil@a>\r\n"), normal);
            String left = inside.replace("\r\n", "");
            assertTrue(left.indexOf('\r') < 0 && left.indexOf('\n') < 0 && left.indexOf('\0') < 0, normal);
        }
    }

    @Test
    void bare_line_ends_normalised() {
        String expected = "Data | {a\r\nb\r\nc\r\n\r\n.d\r\ne\r\n} | End[bareLineEnds=false]";
        assertEquals(expected, reads("DATA\r\na\nb\rc\r\r\n..d\n\0e\r\n.\r\n", null, BareLineEnds.NORMALISE, false));
    }

    @Test
    void bare_line_ends_passed() {
        assertEquals(
                "Data | {a\nb\rc\r\r\n.d\n\0e\r\n\r\r\n} | End[bareLineEnds=false]",
                reads("DATA\r\na\nb\rc\r\r\n..d\n\0e\r\n.\r\r\n.\r\n", null, BareLineEnds.PASS, false));
    }

    @Test
    void what_goes_in_comes_out_under_every_cut_and_stuffing_is_undone() {
        Random random = new Random(5);
        String[] words = {"\r\n", ".", "a", "\r\n.", "bc", "\r\n.\r\n"};
        for (int round = 0; round < 300; round++) {
            StringBuilder message = new StringBuilder();
            for (int i = random.nextInt(9); i > 0; i--) {
                message.append(words[random.nextInt(words.length)]);
            }
            message.append("\r\n");
            DotStuffing stuffing = new DotStuffing();
            String wire = text(stuffing.encode(latin1(message.toString()))) + text(stuffing.end());
            reads("DATA\r\n" + wire + "NOOP\r\n", "Data | {" + message + "} | End[bareLineEnds=false] | Noop[]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NO\nOP", "NOOP\n", "\nNOOP", "NOOP\r", "NO\rOP", "NO\0OP", "NOOP\n.\n", "EHLO a\nQUIT", "\r"})
    void a_bare_line_end_spoils_its_line_and_does_not_end_it(String line) {
        reads(line + "\r\nQUIT\r\n", "Malformed[problem=BARE_LINE_END] | Quit[]");
    }

    @Test
    void an_empty_line_is_a_command_of_its_own() {
        reads("\r\n\r\n", "Malformed[problem=UNKNOWN_VERB] | Malformed[problem=UNKNOWN_VERB]");
    }

    @Test
    void a_line_may_have_2048_octets() {
        int room = CommandReader.MAX_LINE_OCTETS - "NOOP \r\n".length();
        assertEquals("Noop[] | Quit[]", whole("NOOP " + "x".repeat(room) + "\r\nQUIT\r\n"));
        assertEquals(
                "Malformed[problem=LINE_TOO_LONG] | Quit[]", whole("NOOP " + "x".repeat(room + 1) + "\r\nQUIT\r\n"));
    }

    @Test
    void an_overlong_line_has_one_answer_and_its_tail_is_never_run() {
        for (int length : new int[] {2_040, 2_047, 2_048, 2_049, 4_096, 20_000}) {
            String line = "EHLO " + "x".repeat(length) + " QUIT\nQUIT\rQUIT";
            for (int piece : new int[] {1, 7, 2_047, 2_048, 2_049, 100_000}) {
                String heard = pieces(line + "\r\nRSET\r\n", piece);
                assertEquals("Malformed[problem=LINE_TOO_LONG] | Rset[]", heard, length + " in pieces of " + piece);
            }
        }
    }

    @Test
    void an_endless_line_is_not_kept() {
        CommandReader reader = new CommandReader(LineTap.NONE);
        ByteBuf kept = Unpooled.buffer();
        for (int i = 0; i < 1_000; i++) {
            kept.writeBytes("x".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
            assertSame(null, reader.next(kept));
            kept.discardReadBytes();
            assertTrue(kept.readableBytes() <= CommandReader.MAX_LINE_OCTETS, () -> "kept " + kept.readableBytes());
        }
    }

    @Test
    void the_tap_hears_lines_without_controls_and_no_data() {
        List<String> heard = new ArrayList<>();
        CommandReader reader = new CommandReader(heard::add);
        ByteBuf octets =
                latin1("EHLO \u001b[1m\n\u00e4\r\nDATA\r\nsecret\r\n.\r\n" + "y".repeat(5_000) + "\r\nQUIT\r\n");
        for (Object next = reader.next(octets); next != null; next = reader.next(octets)) {
            if (next instanceof Command.Data) {
                reader.expectData(BareLineEnds.REJECT);
            }
            if (next instanceof MailData.Chunk(var chunk)) {
                chunk.release();
            }
        }
        assertEquals(List.of("EHLO ?[1m??", "DATA", "y".repeat(CommandReader.MAX_LINE_OCTETS - 2), "QUIT"), heard);
    }

    @Test
    void the_tap_hears_other_scripts_and_nothing_that_turns_a_line_around() {
        List<String> heard = new ArrayList<>();
        CommandReader reader = new CommandReader(heard::add);
        ByteBuf octets = Unpooled.copiedBuffer(
                "MAIL FROM:<j\u00fcrgen@\u4f8b\u5b50.example> \u202egpj.\u2028\u0085\t\r\n", StandardCharsets.UTF_8);
        assertEquals(new Command.Malformed(Command.Problem.ARGUMENTS), reader.next(octets));
        assertEquals(List.of("MAIL FROM:<j\u00fcrgen@\u4f8b\u5b50.example> ?gpj.???"), heard);
    }

    @Test
    void what_answers_a_challenge_is_no_command_and_the_line_after_it_is_one() {
        reads("AUTH LOGIN\r\nQUIT\r\nNOOP\r\n", "Auth[LOGIN] | <QUIT> | Noop[]");
        reads("auth plain =\r\n\r\nNOOP\r\n", "Auth[plain]= | <> | Noop[]");
        reads("AUTH X\r\na\u0001\u00e4\r\nNOOP\r\n", "Auth[X] | <a??> | Noop[]");
        reads("AUTH X\r\na\nb\r\nNOOP\r\n", "Auth[X] | Malformed[problem=BARE_LINE_END] | Noop[]");
        reads(
                "AUTH\r\nAUTH X Y Z\r\nAUTH a=b\r\n",
                "Malformed[problem=ARGUMENTS] | ".repeat(2) + "Malformed[problem=ARGUMENTS]");
    }

    @Test
    void lines_of_base64_may_be_longer_than_commands_and_no_longer_than_that() {
        String most = "A".repeat(CommandReader.MAX_AUTH_LINE_OCTETS - 2);
        String auth = "AUTH X " + most.substring("AUTH X ".length());
        for (String piece : List.of("", "A")) {
            String problem = "Malformed[problem=LINE_TOO_LONG]";
            Listener listener = new Listener(BareLineEnds.REJECT, Command.Quit.class);
            EmbeddedChannel channel = new EmbeddedChannel(listener.decoder, listener);
            channel.writeInbound(latin1("AUTH X\r\n" + most + piece + "\r\nNOOP\r\n"));
            assertEquals("Auth[X] | " + (piece.isEmpty() ? "<" + most + ">" : problem) + " | Noop[]", listener.told());
            channel.writeInbound(latin1(auth + piece + "\r\nNOOP\r\n"));
            String told = listener.told();
            assertTrue(piece.isEmpty() ? told.contains("Auth[X]AAAA") : told.endsWith(problem + " | Noop[]"));
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void an_ordinary_message_is_not_copied() {
        CommandReader reader = new CommandReader(LineTap.NONE);
        reader.expectData(BareLineEnds.REJECT);
        ByteBuf octets = latin1("a: b\r\n\r\nbody\r\n.\r\n");
        MailData.Chunk chunk = (MailData.Chunk) reader.next(octets);
        assertSame(octets, chunk.octets().unwrap());
        assertEquals(2, octets.refCnt());
    }

    @Test
    void while_held_nothing_is_told_and_resuming_goes_on_where_it_stood() {
        Listener listener = new Listener(BareLineEnds.REJECT, Command.Noop.class);
        EmbeddedChannel channel = new EmbeddedChannel(listener.decoder, listener);
        channel.writeInbound(latin1("NOOP\r\nDATA\r\nab\r\n"));
        assertEquals("Noop[]", listener.told());
        channel.writeInbound(latin1("cd\r\n.\r\nNOOP\r\nQUIT\r\n"));
        assertEquals("Noop[]", listener.told());
        listener.decoder.resume();
        assertEquals("Noop[] | Data | {ab\r\ncd\r\n} | End[bareLineEnds=false] | Noop[]", listener.told());
        listener.decoder.resume();
        assertTrue(listener.told().endsWith("| Noop[] | Quit[]"), listener.told());
        channel.finish();
    }

    @Test
    void an_end_of_data_that_came_with_the_last_chunk_is_not_lost_by_holding_there() {
        Listener listener = new Listener(BareLineEnds.REJECT, MailData.Chunk.class);
        EmbeddedChannel channel = new EmbeddedChannel(listener.decoder, listener);
        channel.writeInbound(latin1("DATA\r\nab\r\n.\r\n"));
        assertEquals("Data | {ab\r\n}", listener.told());
        listener.decoder.resume();
        assertEquals("Data | {ab\r\n} | End[bareLineEnds=false]", listener.told());
        channel.finish();
    }

    @Test
    void what_is_kept_is_released_when_the_client_hangs_up() {
        Listener listener = new Listener(BareLineEnds.REJECT, Command.Noop.class);
        EmbeddedChannel channel = new EmbeddedChannel(listener.decoder, listener);
        ByteBuf octets = latin1("NOOP\r\nQUI");
        channel.writeInbound(octets);
        channel.close();
        assertEquals(0, octets.refCnt());
        ByteBuf late = latin1("T\r\n");
        listener.decoder.channelRead(channel.pipeline().firstContext(), late);
        assertEquals(0, late.refCnt());
        assertEquals("Noop[]", listener.told());
    }

    @Test
    void replies_leave_as_lines_whatever_they_hold() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReplyEncoder());
        channel.writeOutbound(dev.tarry.mail.Reply.of(250, "a\r\nQUIT", "\u00e4\u001b[1m", ""));
        assertEquals("250-a??QUIT\r\n250-??[1m\r\n250 \r\n", text(channel.readOutbound()));
        channel.finish();
    }

    /// Writes down what it is told, switches to data after DATA, and holds at one kind of thing.
    private static final class Listener extends ChannelInboundHandlerAdapter {
        final CommandDecoder decoder = new CommandDecoder(LineTap.NONE);
        private final BareLineEnds policy;
        private final Class<?> holdAt;
        private final List<String> told = new ArrayList<>();
        private final StringBuilder chunks = new StringBuilder();

        Listener(BareLineEnds policy, Class<?> holdAt) {
            this.policy = policy;
            this.holdAt = holdAt;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            switch (msg) {
                case MailData.Chunk(var octets) -> {
                    assertTrue(octets.isReadable(), "no empty chunks");
                    chunks.append(text(octets));
                }
                case Command.Data _ -> {
                    decoder.expectData(policy);
                    tell("Data");
                }
                case Command.Auth auth -> {
                    decoder.expectAuthResponse();
                    tell(auth.toString() + auth.initial().orElse(""));
                }
                case Command.AuthResponse(var line) -> tell("<" + line + ">");
                case Command.Mail _ -> tell("Mail");
                default -> tell(msg.toString());
            }
            if (holdAt.isInstance(msg)) {
                decoder.hold();
            }
        }

        private void tell(String what) {
            flush();
            told.add(what);
        }

        private void flush() {
            if (!chunks.isEmpty()) {
                told.add("{" + chunks + "}");
                chunks.setLength(0);
            }
        }

        String told() {
            flush();
            return String.join(" | ", told);
        }
    }

    private static void reads(String wire, String expected) {
        reads(wire, expected, BareLineEnds.REJECT, false);
    }

    private static String reads(String wire, String expected, BareLineEnds policy, boolean ignoreChunks) {
        String first = null;
        for (List<ByteBuf> cut : Cuts.of(wire)) {
            String told = tell(cut, policy);
            if (ignoreChunks) {
                told = told.replaceAll("(?s)\\{.*?} \\| ", "");
            }
            first = first == null ? told : first;
            assertEquals(expected == null ? first : expected, told, () -> cut.size() + " pieces: " + cut);
        }
        return first;
    }

    private static String whole(String wire) {
        return tell(List.of(latin1(wire)), BareLineEnds.REJECT);
    }

    private static String pieces(String wire, int size) {
        List<ByteBuf> cut = new ArrayList<>();
        for (int i = 0; i < wire.length(); i += size) {
            cut.add(latin1(wire.substring(i, Math.min(wire.length(), i + size))));
        }
        return tell(cut, BareLineEnds.REJECT);
    }

    private static String tell(List<ByteBuf> cut, BareLineEnds policy) {
        Listener listener = new Listener(policy, Void.class);
        EmbeddedChannel channel = new EmbeddedChannel(listener.decoder, listener);
        for (ByteBuf octets : cut) {
            channel.writeInbound(octets);
        }
        String told = listener.told();
        channel.finish();
        for (ByteBuf octets : cut) {
            assertEquals(0, octets.refCnt(), "released");
        }
        return told;
    }

    private static ByteBuf latin1(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String text(ByteBuf octets) {
        String text = octets.toString(StandardCharsets.ISO_8859_1);
        octets.release();
        return text;
    }
}
