package dev.tarry.send;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is said about one message on one connection, from its first MAIL to the outcome of its last recipient, as
/// plain code. Not thread-safe.
///
/// ```
/// ENVELOPE ─354 / with CHUNKING: somebody accepted▷ BODY ─sent▷ DATA_END ─reply▷ IDLE, or ENVELOPE for the rest
///    │ nobody accepted: RESET                          │ a chunk refused: DRAIN ─all answered▷ RESET ─▷ IDLE …
/// ```
/// With PIPELINING, MAIL, all RCPT and DATA leave in one flight (RFC 2920), and with CHUNKING so does a small
/// message (RFC 3030 §2). If then no recipient was accepted and the host wants data all the same, it gets an empty
/// message (RFC 2920 §3.1).
///
/// Recipients beyond what the host, or we, want in one go follow in a further transaction with the same message
/// (RFC 5321 §4.5.3.1.10). Each transaction decides about one recipient at least, so that they come to an end.
final class MailTransaction {
    /// What a transaction may do.
    ///
    /// @param chunking      whether BDAT may be used where it is offered
    /// @param maxRecipients of one transaction
    record Terms(boolean chunking, int maxRecipients) {}

    /// Messages up to this leave together with their envelope where the host allows it: more would be wasted on a host
    /// that accepts nobody.
    static final long EARLY_BODY_BYTES = 16 * 1024;

    /// So much of a reply is kept: each recipient has one of its own until the last has.
    static final int MAX_REPLY_CHARACTERS = 4_000;

    /// Chunks sent before the first of them is answered; so much a host has to swallow that refuses the first.
    static final int MAX_CHUNKS_AHEAD = 8;

    /// One command of the flight under way.
    private sealed interface Asked {
        record Mail() implements Asked {}

        /// @param place in the round
        record Rcpt(int place) implements Asked {}

        record Data() implements Asked {}

        record Chunk(boolean last) implements Asked {}

        /// CRLF.CRLF
        record End() implements Asked {}
    }

    private final Envelope envelope;
    private final long bytes;
    private final Capabilities host;
    private final Terms terms;
    private final Function<ConnectionProblem, Reply> words;
    private final boolean chunked;

    private final RecipientOutcome[] outcomes;
    private final boolean[] accepted;
    /// those that no transaction has had yet
    private final Deque<Integer> pending = new ArrayDeque<>();
    /// those that the host wants later
    private final List<Integer> later = new ArrayList<>();
    private List<Integer> round = List.of();
    private int mostInRound;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private Reply mailRefusal;
    private boolean bodyBegun;
    private boolean chunkTaken;
    private int chunksAhead;
    private boolean reported;
    private boolean chunkingDenied;
    private SendSession.State state = SendSession.State.ENVELOPE;
    private Optional<ConnectionProblem> problem = Optional.empty();

    /// @param envelope as it is to be sent: what the host cannot take has been dealt with
    /// @param bytes    of the message, without dot-stuffing
    /// @param words    what a recipient hears of a connection's problem
    MailTransaction(
            Envelope envelope, long bytes, Capabilities host, Terms terms, Function<ConnectionProblem, Reply> words) {
        this.envelope = envelope;
        this.bytes = bytes;
        this.host = host;
        this.terms = terms;
        this.words = words;
        this.mostInRound = terms.maxRecipients();
        this.chunked = terms.chunking() && host.chunking();
        outcomes = new RecipientOutcome[envelope.recipients().size()];
        accepted = new boolean[outcomes.length];
        for (int i = 0; i < outcomes.length; i++) {
            pending.add(i);
        }
    }

    /// ENVELOPE, BODY, DATA_END, DRAIN, RESET; or where it leads: IDLE, QUIT, OVER.
    SendSession.State state() {
        return state;
    }

    /// Of OVER; absent if all is well with the host.
    Optional<ConnectionProblem> problem() {
        return problem;
    }

    /// Of OVER: the host offers CHUNKING and does not know BDAT. What it took the message's octets for is anybody's
    /// guess; it has none of the message, which may be sent again without.
    boolean chunkingDenied() {
        return chunkingDenied;
    }

    boolean awaitsDataReply() {
        return state == SendSession.State.ENVELOPE && asked.peekFirst() instanceof Asked.Data;
    }

    void begin(List<SendSession.Step> steps) {
        round = new ArrayList<>();
        while (!pending.isEmpty() && round.size() < mostInRound) {
            round.add(pending.poll());
        }
        mailRefusal = null;
        bodyBegun = false;
        chunkTaken = false;
        chunksAhead = 0;
        state = SendSession.State.ENVELOPE;
        ask(new Asked.Mail(), EnvelopeCommands.mail(envelope, bytes, host), steps);
        if (host.pipelining()) {
            for (int place = 0; place < round.size(); place++) {
                askRcpt(place, steps);
            }
            if (!chunked) {
                ask(new Asked.Data(), "DATA", steps);
            } else if (bytes <= EARLY_BODY_BYTES) {
                body(steps);
            }
        }
    }

    // --- the body

    private void body(List<SendSession.Step> steps) {
        state = SendSession.State.BODY;
        bodyBegun = true;
        steps.add(new SendSession.Step.SendBody(chunked));
    }

    /// The message's octets and the end of data have been written.
    void bodySent() {
        state = SendSession.State.DATA_END;
        asked.add(new Asked.End());
    }

    /// Whether another chunk may be written now.
    boolean mayChunk() {
        return state == SendSession.State.BODY
                && (host.pipelining() ? chunksAhead < MAX_CHUNKS_AHEAD : asked.isEmpty());
    }

    /// The command before a chunk, which is written behind it.
    String chunk(int octets, boolean last) {
        if (!mayChunk()) {
            throw new IllegalStateException("no chunk may be sent in " + state);
        }
        asked.add(new Asked.Chunk(last));
        chunksAhead++;
        if (last) {
            state = SendSession.State.DATA_END;
        }
        return "BDAT " + octets + (last ? " LAST" : "");
    }

    // --- what happened

    void replied(Reply said, List<SendSession.Step> steps) {
        Reply reply = said.cut(MAX_REPLY_CHARACTERS);
        if (SendSession.closes(reply)) {
            interrupted(new ConnectionProblem.RemoteError(reply), steps);
        } else if (state == SendSession.State.RESET) {
            reset(reply, steps);
        } else {
            switch (asked.poll()) {
                case Asked.Mail _ -> mail(reply, steps);
                case Asked.Rcpt(var place) -> rcpt(place, reply, steps);
                case Asked.Data _ -> data(reply, steps);
                case Asked.Chunk(var last) -> chunk(last, reply, steps);
                case Asked.End _ -> end(reply, steps);
                case null -> unasked(reply, steps);
            }
        }
    }

    private void ask(Asked what, String line, List<SendSession.Step> steps) {
        asked.add(what);
        steps.add(new SendSession.Step.Command(line));
    }

    private void askRcpt(int place, List<SendSession.Step> steps) {
        ask(new Asked.Rcpt(place), EnvelopeCommands.rcpt(recipient(round.get(place)), host), steps);
    }

    private void mail(Reply reply, List<SendSession.Step> steps) {
        switch (reply.code() / 100) {
            case 2 -> {
                if (!host.pipelining()) {
                    askRcpt(0, steps);
                }
            }
            case 3 -> outOfStep(reply, "MAIL", steps);
            default -> {
                mailRefusal = reply;
                decideAll(reply);
                if (!host.pipelining()) {
                    roundOver(true, steps);
                }
            }
        }
    }

    private void rcpt(int place, Reply reply, List<SendSession.Step> steps) {
        if (reply.code() / 100 == 3) {
            outOfStep(reply, "RCPT", steps);
            return;
        }
        int index = round.get(place);
        if (mailRefusal == null) {
            if (reply.positive()) {
                accepted[index] = true;
            } else if (tooMany(reply) && anyAccepted()) {
                later.add(index);
            } else {
                outcomes[index] = RecipientOutcome.refused(recipient(index), reply);
            }
        }
        boolean more = place + 1 < round.size();
        if (!host.pipelining() && more) {
            askRcpt(place + 1, steps);
        } else if (!more && (chunked || !host.pipelining())) {
            envelopeDone(steps);
        }
    }

    /// RFC 5321 §4.5.3.1.10: 452, and from hosts that go by an older text 552. Another enhanced code tells of another
    /// trouble.
    private static boolean tooMany(Reply reply) {
        boolean code = reply.code() == 452 || reply.code() == 552;
        return code
                && reply.enhancedStatus()
                        .map(status -> status.subject() == 5 && status.detail() == 3)
                        .orElse(true);
    }

    /// All recipients have been answered for, and the message may follow, or follows already.
    private void envelopeDone(List<SendSession.Step> steps) {
        if (anyAccepted()) {
            if (!chunked) {
                ask(new Asked.Data(), "DATA", steps);
            } else if (!bodyBegun) {
                body(steps);
            }
        } else if (bodyBegun) {
            drain(steps);
        } else {
            roundOver(mailRefusal != null, steps);
        }
    }

    private void data(Reply reply, List<SendSession.Step> steps) {
        switch (reply.code() / 100) {
            case 2 -> outOfStep(reply, "DATA", steps);
            case 3 -> {
                if (anyAccepted()) {
                    body(steps);
                } else {
                    steps.add(new SendSession.Step.SendEmptyBody());
                    bodySent();
                }
            }
            default -> {
                refusedWhole(reply);
                roundOver(mailRefusal != null, steps);
            }
        }
    }

    /// The host answers while octets are still on their way.
    private void unasked(Reply reply, List<SendSession.Step> steps) {
        if (state != SendSession.State.BODY) {
            outOfStep(reply, "nothing", steps);
        } else if (reply.code() >= 400) {
            // it cannot be brought back into step, so its answer counts and the connection ends
            decide(reply);
            interruptOthers(new ConnectionProblem.RemoteError(reply));
            report(steps);
            over(Optional.empty());
        } else {
            outOfStep(reply, "data without its end", steps);
        }
    }

    private void end(Reply reply, List<SendSession.Step> steps) {
        if (reply.code() / 100 == 3) {
            outOfStep(reply, "the end of data", steps);
        } else {
            answered(reply);
            roundOver(true, steps);
        }
    }

    private void chunk(boolean last, Reply reply, List<SendSession.Step> steps) {
        chunksAhead--;
        if (state == SendSession.State.DRAIN) {
            drained(steps);
            return;
        }
        switch (reply.code() / 100) {
            case 2 -> {
                chunkTaken = true;
                if (last) {
                    answered(reply);
                    roundOver(true, steps);
                } else {
                    steps.add(new SendSession.Step.NextChunk());
                }
            }
            case 3 -> outOfStep(reply, "BDAT", steps);
            default -> {
                if (!chunkTaken && (reply.code() == 500 || reply.code() == 502)) {
                    deniedChunking(reply, steps);
                } else {
                    refusedWhole(reply);
                    drain(steps);
                }
            }
        }
    }

    /// Who has had the message by an earlier transaction must not get it again.
    private void deniedChunking(Reply reply, List<SendSession.Step> steps) {
        if (anyDelivered()) {
            outOfStep(reply, "BDAT", steps);
        } else {
            chunkingDenied = true;
            asked.clear();
            over(Optional.empty());
        }
    }

    /// Nothing more is sent; what is owed an answer gets one, and then the transaction is dropped.
    private void drain(List<SendSession.Step> steps) {
        steps.add(new SendSession.Step.StopBody());
        state = SendSession.State.DRAIN;
        drained(steps);
    }

    private void drained(List<SendSession.Step> steps) {
        if (asked.isEmpty()) {
            roundOver(false, steps);
        }
    }

    private void reset(Reply reply, List<SendSession.Step> steps) {
        if (reported) {
            state = reply.code() / 100 == 2 ? SendSession.State.IDLE : SendSession.State.QUIT;
        } else if (reply.code() / 100 == 2) {
            begin(steps);
        } else {
            outOfStep(reply, "RSET", steps);
        }
    }

    /// The connection is gone, or must be given up.
    void interrupted(ConnectionProblem why, List<SendSession.Step> steps) {
        if (reported) {
            over(Optional.empty()); // nothing is lost by it
            return;
        }
        interruptOthers(why);
        report(steps);
        over(Optional.of(why));
    }

    private void outOfStep(Reply reply, String to, List<SendSession.Step> steps) {
        interrupted(new ConnectionProblem.OutOfStep("\"" + reply + "\" in answer to " + to), steps);
    }

    // --- outcomes

    /// What the host says of the message when it has all of it.
    private void answered(Reply reply) {
        if (reply.positive()) {
            decide(reply);
        } else {
            refusedWhole(reply);
        }
    }

    /// The message was refused. A host that wants it later wants it later for the others too; what it does not want
    /// at all may have to do with those whom it was for.
    private void refusedWhole(Reply reply) {
        decide(reply);
        if (reply.transientNegative() && anyAccepted()) {
            decideAll(reply);
        }
    }

    /// Gives those that the host has accepted the outcome that the reply means.
    private void decide(Reply reply) {
        for (int index : round) {
            if (accepted[index] && outcomes[index] == null) {
                outcomes[index] = outcome(index, reply);
            }
        }
    }

    private void decideAll(Reply reply) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = outcome(i, reply);
            }
        }
        pending.clear();
        later.clear();
    }

    private RecipientOutcome outcome(int index, Reply reply) {
        return reply.positive()
                ? new RecipientOutcome.Delivered(recipient(index), reply, host.dsn())
                : RecipientOutcome.refused(recipient(index), reply);
    }

    private void interruptOthers(ConnectionProblem why) {
        Reply heard = words.apply(why);
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = new RecipientOutcome.Interrupted(recipient(i), heard);
            }
        }
    }

    private void report(List<SendSession.Step> steps) {
        steps.add(new SendSession.Step.Finished(List.of(outcomes)));
        asked.clear();
        reported = true;
    }

    // --- ways on

    /// @param clean whether the host has no transaction open that would run into the next
    private void roundOver(boolean clean, List<SendSession.Step> steps) {
        if (!later.isEmpty()) {
            mostInRound = (int) round.stream().filter(index -> accepted[index]).count(); // as many as it took
        }
        for (int i = later.size() - 1; i >= 0; i--) {
            pending.addFirst(later.get(i));
        }
        later.clear();
        if (pending.isEmpty()) {
            report(steps);
            if (clean) {
                state = SendSession.State.IDLE;
                return;
            }
        } else if (clean) {
            begin(steps);
            return;
        }
        state = SendSession.State.RESET;
        steps.add(new SendSession.Step.Command("RSET"));
    }

    private void over(Optional<ConnectionProblem> why) {
        problem = why;
        state = SendSession.State.OVER;
    }

    private boolean anyAccepted() {
        for (int index : round) {
            if (accepted[index]) {
                return true;
            }
        }
        return false;
    }

    private boolean anyDelivered() {
        for (RecipientOutcome outcome : outcomes) {
            if (outcome instanceof RecipientOutcome.Delivered) {
                return true;
            }
        }
        return false;
    }

    private Recipient recipient(int index) {
        return envelope.recipients().get(index);
    }
}
