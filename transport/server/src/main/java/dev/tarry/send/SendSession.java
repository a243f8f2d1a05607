package dev.tarry.send;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The client's side of one SMTP connection as plain code: what happened goes in, steps to take come out. Not
/// thread-safe.
///
/// ```
/// opening ─▷ IDLE ─message▷ ENVELOPE … ([MailTransaction]) ─▷ IDLE …
///    ▽        │ no more, or enough: QUIT ─▷ OVER
///   OVER (another host)
/// ```
/// How it is opened ([Opening]), from the greeting over TLS to the log-in, is a machine of its own.
///
/// From every state a loss leads to OVER; so does a 421, which closes the host and not just the message (RFC 5321
/// §3.8). Until the first MAIL has been sent another host may be tried, afterwards not.
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
        ///
        /// @param chunked instead, write them in chunks, each behind the line that [#chunk] gives, whenever
        /// [#mayChunk] says so
        record SendBody(boolean chunked) implements Step {}

        /// More chunks may be written.
        record NextChunk() implements Step {}

        /// Write nothing more of the message.
        record StopBody() implements Step {}

        /// Write the end of data alone.
        record SendEmptyBody() implements Step {}

        /// The message is dealt with.
        record Finished(List<RecipientOutcome> outcomes) implements Step {}

        /// Close; another host may be tried.
        record HostUnusable(ConnectionProblem problem) implements Step {}

        /// Close; the message has not been taken, and may be sent to the same host by another connection that does not
        /// use BDAT.
        record WithoutChunking() implements Step {}

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
        /// answers are owed to what was sent in vain
        DRAIN,
        RESET,
        QUIT,
        OVER
    }

    static final Reply TOO_LARGE =
            Reply.of(552, "5.3.4 SMTPSEND.OverAdvertisedSize; message size exceeds fixed maximum size");
    static final Reply NO_UTF8 = Reply.of(553, "5.6.7 SMTPUTF8 is required, but was not offered by the host");
    static final Reply NO_BINARY = Reply.of(554, "5.6.1 BINARYMIME is required, but was not offered by the host");

    private final Opening opening;
    private final int maxMessages;
    private final Function<ConnectionProblem, Reply> words;
    private final MailTransaction.Terms terms;

    private State state = State.BANNER;
    private boolean mailSent;
    private int messages;
    private Capabilities host = Capabilities.NONE;

    private MailTransaction transaction;

    /// @param maxMessages after so many it says QUIT; 0: no limit
    /// @param words       what a recipient hears of a connection's problem
    SendSession(
            Opening.Wishes wishes,
            int maxMessages,
            MailTransaction.Terms terms,
            Function<ConnectionProblem, Reply> words) {
        this.opening = new Opening(wishes);
        this.terms = terms;
        this.maxMessages = maxMessages;
        this.words = words;
    }

    State state() {
        return state;
    }

    /// Whether the reply awaited is DATA's.
    boolean awaitsDataReply() {
        return transaction != null && transaction.awaitsDataReply();
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
            case ENVELOPE, BODY, DATA_END, DRAIN, RESET -> {
                transaction.replied(reply, steps);
                goOn(steps);
            }
            case QUIT -> over(Optional.empty(), steps);
            case OVER -> {}
        }
        return steps;
    }

    /// What the host offers; nothing before it has answered EHLO.
    Capabilities host() {
        return host;
    }

    /// @param bytes without dot-stuffing
    List<Step> message(Envelope envelope, long bytes) {
        require(State.IDLE);
        List<Step> steps = new ArrayList<>();
        Optional<Reply> refusal = unfit(envelope, bytes);
        if (refusal.isPresent()) {
            refuse(envelope, refusal.get(), steps);
        } else {
            mailSent = true;
            messages++;
            transaction = new MailTransaction(envelope, bytes, host, terms, words);
            transaction.begin(steps);
            goOn(steps);
        }
        return steps;
    }

    /// A message that the host is not asked to take.
    List<Step> refused(Envelope envelope, Reply why) {
        require(State.IDLE);
        List<Step> steps = new ArrayList<>();
        refuse(envelope, why, steps);
        return steps;
    }

    private void refuse(Envelope envelope, Reply why, List<Step> steps) {
        steps.add(new Step.Finished(envelope.recipients().stream()
                .map(recipient -> RecipientOutcome.refused(recipient, why))
                .toList()));
        idle(steps);
    }

    /// Whether BINARYMIME may be used.
    boolean takesBinary() {
        return host.binaryMime() && host.chunking() && terms.chunking();
    }

    /// What the host would say, if it said what it offers.
    private Optional<Reply> unfit(Envelope envelope, long bytes) {
        if (bytes > host.maxBytes().orElse(Long.MAX_VALUE)) {
            return Optional.of(TOO_LARGE);
        }
        if (!host.smtpUtf8() && (envelope.smtpUtf8() || EnvelopeCommands.needsUtf8(envelope))) {
            return Optional.of(NO_UTF8);
        }
        boolean binary = envelope.body() == Envelope.BodyType.BINARY_MIME;
        return binary && !takesBinary() ? Optional.of(NO_BINARY) : Optional.empty();
    }

    /// Takes over what the transaction has come to.
    private void goOn(List<Step> steps) {
        state = transaction.state();
        switch (state) {
            case IDLE -> idle(steps);
            case QUIT -> quit(steps);
            case OVER -> {
                if (transaction.chunkingDenied()) {
                    steps.add(new Step.WithoutChunking());
                } else {
                    over(transaction.problem(), steps);
                }
            }
            case BANNER, HELLO, STARTTLS, TLS, LOGIN, ENVELOPE, BODY, DATA_END, DRAIN, RESET -> {}
        }
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
        transaction.bodySent();
        state = transaction.state();
    }

    /// Whether another chunk may be written now.
    boolean mayChunk() {
        return state == State.BODY && transaction.mayChunk();
    }

    /// The command that stands before a chunk.
    ///
    /// @param last whether the message ends with it
    String chunk(int octets, boolean last) {
        String line = transaction.chunk(octets, last);
        state = transaction.state();
        return line;
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
            case ENVELOPE, BODY, DATA_END, DRAIN, RESET -> {
                transaction.interrupted(problem, steps);
                goOn(steps);
            }
            case QUIT -> over(Optional.empty(), steps);
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

    // --- ways on

    private void idle(List<Step> steps) {
        if (maxMessages > 0 && messages >= maxMessages) {
            quit(steps);
        } else {
            state = State.IDLE;
            steps.add(new Step.AskForMessage());
        }
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

    private void require(State needed) {
        if (state != needed) {
            throw new IllegalStateException("this belongs to " + needed + ", not to " + state);
        }
    }
}
