package dev.tarry.send;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Plays a host against a [SendSession] and writes down what was said: `<` the host, `>` we, `=` an outcome, `!`
/// the end.
final class Dialogue {
    record Letter(Envelope envelope, long bytes) {}

    static final Target TARGET =
            new Target("mx1.gmail.com", new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 25));

    private final ConnectionFailureTable table = new ConnectionFailureTable(ExchangeProfile.E2019);
    private final List<String> transcript = new ArrayList<>();
    private final Deque<Letter> letters = new ArrayDeque<>();
    private final SendSession session;

    Dialogue(boolean forceHelo, int maxMessages) {
        this(forceHelo, maxMessages, new MailTransaction.Terms(true, 1_000));
    }

    Dialogue(boolean forceHelo, int maxMessages, MailTransaction.Terms terms) {
        this(Opening.Wishes.plain("mail.company.com", forceHelo), maxMessages, terms);
    }

    Dialogue(Opening.Wishes wishes, int maxMessages) {
        this(wishes, maxMessages, new MailTransaction.Terms(true, 1_000));
    }

    private Dialogue(Opening.Wishes wishes, int maxMessages, MailTransaction.Terms terms) {
        session = new SendSession(wishes, maxMessages, terms, p -> table.words(p, TARGET));
    }

    static Dialogue plain() {
        return new Dialogue(false, 20);
    }

    Dialogue letter(Envelope envelope, long bytes) {
        letters.add(new Letter(envelope, bytes));
        return this;
    }

    /// @param reply lines separated by `|`, as `250-a|250 b`
    Dialogue host(String... replies) {
        for (String reply : replies) {
            transcript.add("< " + reply);
            String[] lines = reply.split("\\|");
            List<String> texts = new ArrayList<>();
            for (String line : lines) {
                texts.add(line.length() > 4 ? line.substring(4) : "");
            }
            perform(session.replied(new Reply(Integer.parseInt(lines[lines.length - 1].substring(0, 3)), texts)));
        }
        return this;
    }

    Dialogue hangsUp() {
        transcript.add("< (hangs up)");
        perform(session.lost(new ConnectionProblem.Lost()));
        return this;
    }

    Dialogue shakesHands() {
        transcript.add("< (TLS)");
        perform(session.secured());
        return this;
    }

    Dialogue fails(ConnectionProblem problem) {
        transcript.add("< (" + problem + ")");
        perform(session.lost(problem));
        return this;
    }

    private void perform(List<SendSession.Step> steps) {
        for (SendSession.Step step : steps) {
            switch (step) {
                case SendSession.Step.Command command -> {
                    transcript.add("> " + command.line());
                    if (command.secret()) {
                        shown.add(command.shown());
                    }
                }
                case SendSession.Step.BeginTls _ -> transcript.add("> (TLS)");
                case SendSession.Step.TlsUnavailable(var how) -> transcript.add("* TLS " + how);
                case SendSession.Step.AskForMessage _ -> {
                    Letter letter = letters.poll();
                    perform(
                            letter == null
                                    ? session.noMoreMessages()
                                    : session.message(letter.envelope(), letter.bytes()));
                }
                case SendSession.Step.SendBody(var inChunks) -> {
                    if (inChunks) {
                        chunks = new ArrayDeque<>(nextChunks);
                        sendChunks();
                    } else {
                        transcript.add("> (message)");
                        if (!holdBody) {
                            session.bodySent();
                        }
                    }
                }
                case SendSession.Step.NextChunk _ -> sendChunks();
                case SendSession.Step.StopBody _ -> {
                    transcript.add("! stop");
                    chunks.clear();
                }
                case SendSession.Step.WithoutChunking _ -> transcript.add("! again without BDAT");
                case SendSession.Step.SendEmptyBody _ -> transcript.add("> .");
                case SendSession.Step.Finished(var outcomes) ->
                    outcomes.forEach(o -> transcript.add("= " + o.recipient().address() + " " + shown(o)));
                case SendSession.Step.HostUnusable(var problem) ->
                    transcript.add("! next host: " + table.words(problem, TARGET));
                case SendSession.Step.Over(var problem) ->
                    transcript.add("! over"
                            + problem.map(p -> ": " + table.words(p, TARGET)).orElse(""));
            }
        }
    }

    private boolean holdBody;
    /// The secret lines as logs have them.
    final List<String> shown = new ArrayList<>();
    private Deque<Integer> chunks = new ArrayDeque<>();
    private List<Integer> nextChunks = List.of(10);

    /// Every message's octets come in chunks of these sizes, where chunks are wanted.
    Dialogue chunks(Integer... octets) {
        nextChunks = List.of(octets);
        return this;
    }

    private void sendChunks() {
        while (!chunks.isEmpty() && session.mayChunk()) {
            int octets = chunks.poll();
            transcript.add("> " + session.chunk(octets, chunks.isEmpty()));
        }
    }

    /// From now on the end of data is never reached.
    Dialogue slowBody() {
        holdBody = true;
        return this;
    }

    private static String shown(RecipientOutcome outcome) {
        return switch (outcome) {
            case RecipientOutcome.Delivered(var _, var reply, var _) -> "delivered " + reply;
            case RecipientOutcome.Deferred(var _, var reply) -> "deferred " + reply;
            case RecipientOutcome.Failed(var _, var reply) -> "failed " + reply;
            case RecipientOutcome.Interrupted(var _, var reply) -> "interrupted " + reply;
        };
    }

    String transcript() {
        return String.join("\n", transcript) + "\n";
    }

    SendSession.State state() {
        return session.state();
    }
}
