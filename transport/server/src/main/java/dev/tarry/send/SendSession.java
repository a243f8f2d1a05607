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

/// The client's side of one SMTP connection as plain code: what happened goes in, steps to take come out. Not
/// thread-safe.
///
/// ```
/// opening ─▷ IDLE ─message▷ ENVELOPE ─354▷ BODY ─sent▷ DATA_END ─reply▷ IDLE …
///    ▽                        │ nobody accepted: RESET ─250▷ IDLE
///   OVER (another host)       ▽
///                            IDLE ─no more, or enough▷ QUIT ─▷ OVER
/// ```
/// How it is opened ([Opening]), from the greeting over TLS to the log-in, is a machine of its own.
///
/// From every state a loss leads to OVER; so does a 421, which closes the host and not just the message (RFC 5321
/// §3.8). Until the first MAIL has been sent another host may be tried, afterwards not. There is no way from BODY
/// to IDLE: a host that answers before the end of the data cannot be brought back into step, so its answer counts
/// and the connection ends.
///
/// With PIPELINING, MAIL, all RCPT and DATA leave in one flight (RFC 2920). If then no recipient was accepted and
/// the host wants data all the same, it gets an empty message (§3.1 there).
final class SendSession {
    /// What is to be done next, in order.
    sealed interface Step {
        /// Write a line.
        ///
        /// @param secret whether nobody else may read it
        record Command(String line, boolean secret) implements Step {
            private static final String MASK = "****";

            Command(String line) {
                this(line, false);
            }

            /// As logs may have it: `AUTH PLAIN ****`.
            String shown() {
                if (!secret) {
                    return line;
                }
                int mechanism = line.startsWith("AUTH ") ? line.indexOf(' ', 5) : -1;
                return line.substring(0, mechanism + 1) + MASK;
            }

            @Override
            public String toString() {
                return "Command[" + shown() + "]";
            }
        }

        /// Begin TLS, and drop whatever the host has said in the clear behind its 220; then call [#secured] or [#lost].
        record BeginTls() implements Step {}

        /// TLS is wanted and will not be. What follows from that follows.
        record TlsUnavailable(SendMeter.Tls how) implements Step {}

        /// The host takes mail: ask for a message, then call [#message] or [#noMoreMessages].
        record AskForMessage() implements Step {}

        /// Write the message's octets and the end of data, then call [#bodySent].
        record SendBody() implements Step {}

        /// Write the end of data alone.
        record SendEmptyBody() implements Step {}

        /// The message is dealt with.
        record Finished(List<RecipientOutcome> outcomes) implements Step {}

        /// Close; another host may be tried.
        record HostUnusable(ConnectionProblem problem) implements Step {}

        /// Close.
        ///
        /// @param problem absent if all is well with the host
        record Over(Optional<ConnectionProblem> problem) implements Step {}
    }

    /// What it waits for.
    enum State {
        BANNER,
        HELLO,
        STARTTLS,
        /// the handshake
        TLS,
        LOGIN,
        IDLE,
        ENVELOPE,
        BODY,
        DATA_END,
        RESET,
        QUIT,
        OVER
    }

    /// One command of the flight under way.
    private sealed interface Asked {
        record Mail() implements Asked {}

        record Rcpt(int index) implements Asked {}

        record Data() implements Asked {}
    }

    static final Reply TOO_LARGE =
            Reply.of(552, "5.3.4 SMTPSEND.OverAdvertisedSize; message size exceeds fixed maximum size");
    static final Reply NO_UTF8 = Reply.of(553, "5.6.7 SMTPUTF8 is required, but was not offered by the host");

    private final Opening opening;
    private final int maxMessages;
    private final Function<ConnectionProblem, Reply> words;

    private State state = State.BANNER;
    private boolean mailSent;
    private int messages;
    private Capabilities host = Capabilities.NONE;

    private Envelope envelope;
    private RecipientOutcome[] outcomes;
    private boolean[] accepted;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private Reply mailRefusal;

    /// @param maxMessages after so many it says QUIT; 0: no limit
    /// @param words       what a recipient hears of a connection's problem
    SendSession(Opening.Wishes wishes, int maxMessages, Function<ConnectionProblem, Reply> words) {
        this.opening = new Opening(wishes);
        this.maxMessages = maxMessages;
        this.words = words;
    }

    State state() {
        return state;
    }

    /// Whether the reply awaited is DATA's.
    boolean awaitsDataReply() {
        return state == State.ENVELOPE && asked.peekFirst() instanceof Asked.Data;
    }

    /// Messages for which a MAIL was sent.
    int messages() {
        return messages;
    }

    // --- what happened

    List<Step> replied(Reply reply) {
        List<Step> steps = new ArrayList<>();
        switch (state) {
            case BANNER, HELLO, STARTTLS, TLS, LOGIN -> {
                opening.replied(reply, steps);
                opened(steps);
            }
            case IDLE -> unasked(reply, steps);
            case ENVELOPE -> envelope(reply, steps);
            case BODY -> early(reply, steps);
            case DATA_END -> dataEnd(reply, steps);
            case RESET -> reset(reply, steps);
            case QUIT -> over(Optional.empty(), steps);
            case OVER -> {}
        }
        return steps;
    }

    /// @param bytes without dot-stuffing
    List<Step> message(Envelope envelope, long bytes) {
        require(State.IDLE);
        this.envelope = envelope;
        int recipients = envelope.recipients().size();
        outcomes = new RecipientOutcome[recipients];
        accepted = new boolean[recipients];
        mailRefusal = null;
        List<Step> steps = new ArrayList<>();
        if (bytes > host.maxBytes().orElse(Long.MAX_VALUE)) {
            decide(TOO_LARGE, true);
            report(steps);
            idle(steps);
        } else if (!host.smtpUtf8() && EnvelopeCommands.needsUtf8(envelope)) {
            decide(NO_UTF8, true);
            report(steps);
            idle(steps);
        } else {
            state = State.ENVELOPE;
            mailSent = true;
            messages++;
            ask(new Asked.Mail(), EnvelopeCommands.mail(envelope, bytes, host), steps);
            if (host.pipelining()) {
                for (int i = 0; i < recipients; i++) {
                    askRcpt(i, steps);
                }
                ask(new Asked.Data(), "DATA", steps);
            }
        }
        return steps;
    }

    List<Step> noMoreMessages() {
        require(State.IDLE);
        List<Step> steps = new ArrayList<>();
        quit(steps);
        return steps;
    }

    /// The handshake of TLS has succeeded.
    List<Step> secured() {
        require(State.TLS);
        List<Step> steps = new ArrayList<>();
        opening.secured(steps);
        opened(steps);
        return steps;
    }

    void bodySent() {
        require(State.BODY);
        state = State.DATA_END;
    }

    /// The connection is gone, or must be given up.
    List<Step> lost(ConnectionProblem problem) {
        List<Step> steps = new ArrayList<>();
        switch (state) {
            case BANNER, HELLO, STARTTLS, TLS, LOGIN -> {
                opening.lost(problem, steps);
                opened(steps);
            }
            case IDLE -> {
                if (mailSent) {
                    over(Optional.empty(), steps);
                } else {
                    unusable(problem, steps);
                }
            }
            case ENVELOPE, BODY, DATA_END -> interrupted(problem, steps);
            case RESET, QUIT -> over(Optional.empty(), steps);
            case OVER -> {}
        }
        return steps;
    }

    // --- opening

    private void opened(List<Step> steps) {
        state = opening.state();
        if (state == State.IDLE) {
            host = opening.host();
            idle(steps);
        }
    }

    private void unasked(Reply reply, List<Step> steps) {
        if (mailSent) {
            over(Optional.empty(), steps); // mostly a 421: it has had enough, and nothing is lost
        } else {
            unusable(Opening.refusal(reply), steps);
        }
    }

    // --- a message

    private void ask(Asked what, String line, List<Step> steps) {
        asked.add(what);
        steps.add(new Step.Command(line));
    }

    private void askRcpt(int index, List<Step> steps) {
        ask(new Asked.Rcpt(index), EnvelopeCommands.rcpt(recipient(index), host), steps);
    }

    private void envelope(Reply reply, List<Step> steps) {
        if (closes(reply)) {
            interrupted(new ConnectionProblem.RemoteError(reply), steps);
            return;
        }
        switch (asked.poll()) {
            case Asked.Mail _ -> mail(reply, steps);
            case Asked.Rcpt(var index) -> rcpt(index, reply, steps);
            case Asked.Data _ -> data(reply, steps);
            case null -> outOfStep(reply, "nothing", steps);
        }
    }

    private void mail(Reply reply, List<Step> steps) {
        switch (reply.code() / 100) {
            case 2 -> {
                if (!host.pipelining()) {
                    askRcpt(0, steps);
                }
            }
            case 3 -> outOfStep(reply, "MAIL", steps);
            default -> {
                mailRefusal = reply;
                decide(reply, true);
                if (!host.pipelining()) {
                    report(steps);
                    idle(steps);
                }
            }
        }
    }

    private void rcpt(int index, Reply reply, List<Step> steps) {
        if (reply.code() / 100 == 3) {
            outOfStep(reply, "RCPT", steps);
            return;
        }
        if (mailRefusal == null) {
            if (reply.positive()) {
                accepted[index] = true;
            } else {
                outcomes[index] = RecipientOutcome.refused(recipient(index), reply);
            }
        }
        if (!host.pipelining()) {
            if (index + 1 < outcomes.length) {
                askRcpt(index + 1, steps);
            } else if (anyAccepted()) {
                ask(new Asked.Data(), "DATA", steps);
            } else {
                report(steps);
                resetFirst(steps);
            }
        }
    }

    private void data(Reply reply, List<Step> steps) {
        switch (reply.code() / 100) {
            case 2 -> outOfStep(reply, "DATA", steps);
            case 3 -> {
                if (anyAccepted()) {
                    state = State.BODY;
                    steps.add(new Step.SendBody());
                } else {
                    state = State.DATA_END;
                    steps.add(new Step.SendEmptyBody());
                }
            }
            default -> {
                decide(reply, false);
                report(steps);
                if (mailRefusal == null) {
                    resetFirst(steps);
                } else {
                    idle(steps);
                }
            }
        }
    }

    /// The host answers while octets are still on their way.
    private void early(Reply reply, List<Step> steps) {
        if (closes(reply)) {
            interrupted(new ConnectionProblem.RemoteError(reply), steps);
        } else if (reply.code() >= 400) {
            decide(reply, false);
            report(steps);
            over(Optional.empty(), steps);
        } else {
            outOfStep(reply, "data without its end", steps);
        }
    }

    private void dataEnd(Reply reply, List<Step> steps) {
        if (closes(reply)) {
            interrupted(new ConnectionProblem.RemoteError(reply), steps);
        } else if (reply.code() / 100 == 3) {
            outOfStep(reply, "the end of data", steps);
        } else {
            decide(reply, false);
            report(steps);
            idle(steps);
        }
    }

    private void reset(Reply reply, List<Step> steps) {
        if (reply.code() / 100 == 2) {
            idle(steps);
        } else if (closes(reply)) {
            over(Optional.empty(), steps);
        } else {
            quit(steps);
        }
    }

    // --- outcomes

    /// Gives everybody who has no outcome yet the one that the reply means.
    ///
    /// @param all whether also those that no RCPT was answered for
    private void decide(Reply reply, boolean all) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null && (all || accepted[i])) {
                outcomes[i] = reply.positive()
                        ? new RecipientOutcome.Delivered(recipient(i), reply, host.dsn())
                        : RecipientOutcome.refused(recipient(i), reply);
            }
        }
    }

    private void report(List<Step> steps) {
        steps.add(new Step.Finished(List.of(outcomes)));
        asked.clear();
        envelope = null;
    }

    private void interrupted(ConnectionProblem problem, List<Step> steps) {
        Reply heard = words.apply(problem);
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = new RecipientOutcome.Interrupted(recipient(i), heard);
            }
        }
        report(steps);
        over(Optional.of(problem), steps);
    }

    private void outOfStep(Reply reply, String to, List<Step> steps) {
        interrupted(new ConnectionProblem.OutOfStep("\"" + reply + "\" in answer to " + to), steps);
    }

    // --- ways on

    private void idle(List<Step> steps) {
        if (maxMessages > 0 && messages >= maxMessages) {
            quit(steps);
        } else {
            state = State.IDLE;
            steps.add(new Step.AskForMessage());
        }
    }

    /// A transaction that was begun and not carried out must not run into the next one.
    private void resetFirst(List<Step> steps) {
        state = State.RESET;
        steps.add(new Step.Command("RSET"));
    }

    private void quit(List<Step> steps) {
        state = State.QUIT;
        steps.add(new Step.Command("QUIT"));
    }

    private void over(Optional<ConnectionProblem> problem, List<Step> steps) {
        state = State.OVER;
        steps.add(new Step.Over(problem));
    }

    private void unusable(ConnectionProblem problem, List<Step> steps) {
        state = State.OVER;
        steps.add(new Step.HostUnusable(problem));
    }

    /// 421 (RFC 5321 §3.8).
    static boolean closes(Reply reply) {
        return reply.code() == 421;
    }

    private boolean anyAccepted() {
        for (boolean yes : accepted) {
            if (yes) {
                return true;
            }
        }
        return false;
    }

    private Recipient recipient(int index) {
        return envelope.recipients().get(index);
    }

    private void require(State needed) {
        if (state != needed) {
            throw new IllegalStateException("this belongs to " + needed + ", not to " + state);
        }
    }
}
