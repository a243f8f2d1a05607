package dev.tarry.receive;

import dev.tarry.log.LogTime;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.Submission;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.MailData;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// One client's dialogue (RFC 5321 §4; reference §6): commands in, answers out. Plain code, on the channel's
/// loop.
///
/// ```
/// CONNECTED   EHLO, HELO ▷ GREETED.  MAIL: send hello first.  RCPT: need mail.  DATA: need mail.
/// GREETED     MAIL ▷ SENDER.  RCPT: need mail.  DATA: need mail.
/// SENDER      RCPT ▷ RECIPIENTS, if taken.  MAIL: sender already.  DATA: need rcpt.  RSET, EHLO, HELO ▷ GREETED
/// RECIPIENTS  RCPT.  DATA ▷ RECEIVING.  MAIL: sender already.  RSET, EHLO, HELO ▷ GREETED
/// RECEIVING   end of data ▷ ACCEPTING, or GREETED if refused.  No commands: all that comes is data
/// ACCEPTING   durable or refused ▷ GREETED.  No commands: the client waits, and what it pipelined waits with it
/// CLOSED      nothing is answered
/// ```
/// RSET, NOOP, VRFY, HELP and QUIT are answered wherever there are commands. STARTTLS, where it is offered and
/// the client has said hello, leads back to CONNECTED: nothing that was said before counts (RFC 3207 §4.2). A RCPT that
/// is refused leaves
/// the state as it is, so DATA after nothing but refusals is out of place. Nothing of one transaction reaches
/// into the next.
final class ReceiveSession {
    private enum State {
        CONNECTED,
        GREETED,
        SENDER,
        RECIPIENTS,
        RECEIVING,
        ACCEPTING,
        CLOSED
    }

    private final Reception reception;
    private final ReceiveConnector connector;
    private final Peer peer;
    private final Executor loop;
    private final String id;
    private final Instant begun;

    private State state = State.CONNECTED;
    private String heloName = "";
    private Incoming.Source source;
    private Command.Mail mail;
    private List<Recipient> recipients = new ArrayList<>(1);
    private MessageIntake intake;
    private Optional<Secured> secured = Optional.empty();
    private int protocolErrors;
    /// What ends the session when the answer that is owed has been given.
    private Optional<Reply> lastWords = Optional.empty();

    /// @param loop the channel's: answers that come from elsewhere are taken there
    ReceiveSession(Reception reception, Peer peer, Executor loop) {
        this.reception = reception;
        this.connector = reception.connector();
        this.peer = peer;
        this.loop = loop;
        this.id = reception.secrets().sessionId();
        this.begun = reception.labTime().instant();
    }

    /// Sixteen hexadecimal digits.
    String id() {
        return id;
    }

    /// The session as logs name it, with a number.
    String context(int number) {
        return id + ";" + LogTime.text(begun) + ";" + number;
    }

    Answer greet() {
        return Answer.of(Replies.banner(connector, begun));
    }

    /// Answers one command; there are none while data is expected or an answer is owed.
    Answer command(Command command) {
        return switch (command) {
            case Command.Ehlo(var domain) -> hello(domain, Replies.ehlo(connector, peer, mayStartTls()));
            case Command.Helo(var domain) -> hello(domain, Replies.helo(connector, peer));
            case Command.Mail given -> mail(given);
            case Command.Rcpt given -> rcpt(given);
            case Command.Data _ -> data();
            case Command.Rset _ -> {
                forget();
                yield Answer.of(Replies.RESETTING);
            }
            case Command.Noop _ -> Answer.of(Replies.OK);
            case Command.Vrfy _ -> Answer.of(Replies.CANNOT_VRFY);
            case Command.Help _ -> Answer.of(Replies.help(mayStartTls()));
            case Command.StartTls _ -> startTls();
            case Command.Quit _ -> close(Replies.GOODBYE);
            case Command.Malformed(var problem) ->
                switch (problem) {
                    case UNKNOWN_VERB, BARE_LINE_END -> error(Replies.UNRECOGNIZED);
                    case FOREIGN_PROTOCOL -> refuse(Replies.UNRECOGNIZED, close(Replies.UNRECOGNIZED));
                    case LINE_TOO_LONG -> error(Replies.LINE_TOO_LONG);
                    case DOMAIN -> error(Replies.INVALID_DOMAIN);
                    case SENDER -> error(Replies.INVALID_SENDER);
                    case RECIPIENT -> error(Replies.INVALID_RECIPIENT);
                    case ARGUMENTS -> error(Replies.INVALID_ARGUMENTS);
                };
        };
    }

    /// Takes octets of the message over.
    void data(ByteBuf octets) {
        if (state == State.RECEIVING) {
            intake.add(octets);
        } else {
            octets.release();
        }
    }

    /// Whether no more data should come until the disk has caught up.
    boolean full() {
        return state == State.RECEIVING && intake.full();
    }

    /// Rings once on any thread when it has caught up; only after [#full].
    void whenDrained(Runnable bell) {
        intake.whenDrained(bell);
    }

    /// The end of data has come.
    ///
    /// @param later told the answer on the loop, if what this gives is [Answer#LATER]
    Answer end(MailData.End end, Consumer<Answer> later) {
        if (state != State.RECEIVING) {
            return Answer.LATER;
        }
        MessageIntake message = intake;
        intake = null;
        forget();
        Optional<Reply> refusal = message.end(end.bareLineEnds());
        if (refusal.isEmpty()) {
            Optional<Reply> objection = reception.admission().atEndOfData();
            if (objection.isPresent()) {
                message.discard();
                return turnedDown(objection.get());
            }
        } else {
            Reply reply = refusal.get();
            // reference §6.2: after a header that is too large the connection is closed
            return refuse(reply, reply == Replies.HEADER_TOO_LARGE ? close(reply) : tarpit(Answer.of(reply)));
        }
        state = State.ACCEPTING;
        Incoming incoming = message.incoming();
        reception
                .submission()
                .accept(
                        incoming,
                        message.handOver(),
                        acceptance -> loop.execute(() -> {
                            if (state == State.ACCEPTING) {
                                later.accept(accepted(message, acceptance));
                            }
                        }));
        return Answer.LATER;
    }

    /// What STARTTLS begins with cannot be had.
    Answer tlsNotAvailable() {
        return refuse(Replies.TLS_NOT_AVAILABLE);
    }

    /// The connection is protected from here on; the client begins anew.
    void secured(Secured by) {
        secured = Optional.of(by);
        heloName = "";
        source = null;
        forget();
        state = State.CONNECTED;
    }

    /// Whether it is our turn: the client waits for the answer to its message.
    boolean owesAnswer() {
        return state == State.ACCEPTING;
    }

    /// The client has been silent, or too slow, for too long.
    Answer inactive() {
        return refuse(Replies.INPUT_TIMED_OUT, close(Replies.INPUT_TIMED_OUT));
    }

    /// The connection has been open for as long as any may.
    Answer expired() {
        return closeWhenAnswered(Replies.CONNECTION_TIMED_OUT);
    }

    /// The server is closing.
    Answer stopping() {
        return closeWhenAnswered(Replies.NOT_AVAILABLE);
    }

    /// Something of ours broke; it was logged where it happened.
    Answer broken() {
        return refuse(Replies.TEMPORARY_ERROR, close(Replies.TEMPORARY_ERROR));
    }

    /// The connection is gone, whoever ended it. A message that has not come whole is given up; one that has
    /// is the queue's, whether or not the client learns of it.
    void hungUp() {
        state = State.CLOSED;
        if (intake != null) {
            intake.discard();
            intake = null;
        }
    }

    private Answer hello(String domain, Reply welcome) {
        if (domain.isEmpty() && connector.requireEhloDomain()) {
            return error(Replies.DOMAIN_REQUIRED);
        }
        heloName = domain;
        source = null;
        state = State.GREETED;
        forget();
        return Answer.of(welcome);
    }

    private boolean mayStartTls() {
        return reception.tls().isPresent() && secured.isEmpty();
    }

    private Answer startTls() {
        if (reception.tls().isEmpty()) {
            return error(Replies.UNRECOGNIZED);
        }
        if (secured.isPresent()) {
            return error(Replies.TLS_ALREADY);
        }
        return state == State.CONNECTED ? error(Replies.HELLO_FIRST) : Answer.LATER.then(Answer.Next.TLS);
    }

    private Answer mail(Command.Mail given) {
        switch (state) {
            case CONNECTED -> {
                return error(Replies.HELLO_FIRST);
            }
            case SENDER, RECIPIENTS -> {
                return error(Replies.SENDER_ALREADY);
            }
            case GREETED, RECEIVING, ACCEPTING, CLOSED -> {}
        }
        ReceiveConnector.Extensions offered = connector.extensions();
        boolean notOffered = given.smtpUtf8()
                || given.body() == Envelope.BodyType.BINARY_MIME
                || (given.body() == Envelope.BodyType.EIGHT_BIT_MIME && !offered.eightBitMime())
                || (!offered.dsn()
                        && (given.ret().isPresent() || given.envelopeId().isPresent()))
                || (offered.size() == ReceiveConnector.SizeKeyword.DISABLED
                        && given.sizeBytes().isPresent());
        if (notOffered) {
            return error(Replies.INVALID_ARGUMENTS);
        }
        if (given.sizeBytes().orElse(0) > connector.limits().maxMessageBytes()) {
            return refuse(Replies.MESSAGE_TOO_LARGE);
        }
        Optional<Reply> objection = reception.admission().atMail();
        if (objection.isPresent()) {
            return turnedDown(objection.get());
        }
        mail = given;
        state = State.SENDER;
        return Answer.of(Replies.SENDER_OK).after(reception.admission().delayAtMail());
    }

    /// No mail is taken at the moment, whoever sends it.
    private Answer turnedDown(Reply reply) {
        return refuse(reply, reply.code() == 421 ? close(reply) : Answer.of(reply));
    }

    private Answer rcpt(Command.Rcpt given) {
        if (state != State.SENDER && state != State.RECIPIENTS) {
            return error(Replies.NEED_MAIL);
        }
        if (!connector.extensions().dsn()
                && (given.notifyOn().isPresent() || given.originalRecipient().isPresent())) {
            return error(Replies.INVALID_ARGUMENTS);
        }
        if (recipients.size() >= connector.limits().maxRecipients()) {
            return refuse(Replies.TOO_MANY_RECIPIENTS);
        }
        Recipient recipient = given.recipient(connector.postmasterDomain());
        switch (reception.directory().standing(recipient.address())) {
            case ACCEPTED -> {}
            case UNKNOWN -> {
                return refuse(Replies.USER_UNKNOWN);
            }
            case FOREIGN -> {
                if (!connector.relay().allows(peer)) {
                    return refuse(Replies.UNABLE_TO_RELAY);
                }
            }
        }
        recipients.add(recipient);
        state = State.RECIPIENTS;
        return Answer.of(Replies.RECIPIENT_OK);
    }

    private Answer data() {
        if (state != State.RECIPIENTS) {
            return error(state == State.SENDER ? Replies.NEED_RCPT : Replies.NEED_MAIL);
        }
        Envelope envelope =
                new Envelope(mail.sender(), mail.body(), mail.smtpUtf8(), mail.ret(), mail.envelopeId(), recipients);
        intake = new MessageIntake(reception, envelope, source(), receivedFrom(), receivedWith());
        state = State.RECEIVING;
        return Answer.of(Replies.START_MAIL_INPUT).then(Answer.Next.DATA);
    }

    private Answer accepted(MessageIntake message, Submission.Acceptance acceptance) {
        state = State.GREETED;
        Answer answer = switch (acceptance) {
            case Submission.Acceptance.Queued(var internalId) -> {
                reception.meter().accepted(message.bytes(), message.recipients());
                Duration took =
                        Duration.between(message.started(), reception.wireTime().instant());
                yield Answer.of(
                        Replies.queued(message.messageId(), internalId, connector.fqdn(), message.bytes(), took));
            }
            case Submission.Acceptance.Refused(var reply) -> refuse(reply, Answer.of(reply));
        };
        if (lastWords.isPresent()) {
            state = State.CLOSED;
            return answer.then(Answer.Next.CLOSE);
        }
        return answer;
    }

    private Answer closeWhenAnswered(Reply reply) {
        reception.meter().refused(reply);
        if (state == State.ACCEPTING) {
            lastWords = Optional.of(reply);
            return Answer.LATER;
        }
        return close(reply);
    }

    private Answer close(Reply reply) {
        hungUp();
        return Answer.closing(reply);
    }

    /// A transaction is over or never was; the greeting stays.
    private void forget() {
        mail = null;
        if (!recipients.isEmpty()) {
            recipients = new ArrayList<>(1);
        }
        if (state != State.CONNECTED) {
            state = State.GREETED;
        }
    }

    /// A protocol error: refused, and counted.
    private Answer error(Reply reply) {
        protocolErrors++;
        if (protocolErrors >= connector.limits().maxProtocolErrors()) {
            return refuse(Replies.TOO_MANY_ERRORS, close(Replies.TOO_MANY_ERRORS));
        }
        return refuse(reply);
    }

    private Answer refuse(Reply reply) {
        return refuse(reply, tarpit(Answer.of(reply)));
    }

    private Answer refuse(Reply reply, Answer answer) {
        reception.meter().refused(reply);
        return answer;
    }

    private Answer tarpit(Answer answer) {
        boolean held = !peer.loopback()
                && answer.reply().filter(Reply::permanentNegative).isPresent();
        return held ? answer.after(connector.limits().tarpitInterval()) : answer;
    }

    private Incoming.Source source() {
        if (source == null) {
            source = new Incoming.Source(
                    "SMTP:" + connector.name(),
                    connector.identity(),
                    "SMTP",
                    context(0),
                    peer.clientIp(),
                    heloName,
                    peer.serverIp());
        }
        return source;
    }

    private String receivedFrom() {
        String name = heloName.isEmpty() ? "[" + peer.clientIp() + "]" : heloName;
        return name + " (" + peer.clientIp() + ")\r\n by " + connector.fqdn() + " (" + peer.serverIp() + ")";
    }

    private String receivedWith() {
        return "Microsoft SMTP Server"
                + secured.map(tls -> "\r\n (version=" + tls.version() + ", cipher=" + tls.cipher() + ")")
                        .orElse("")
                + " id " + ReceiveConnector.SERVER_VERSION;
    }
}
