package dev.tarry.receive;

import dev.tarry.eventlog.Events;
import dev.tarry.log.LogTime;
import dev.tarry.login.Login;
import dev.tarry.login.Mechanism;
import dev.tarry.login.Verdict;
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

/// One client's dialogue (RFC 5321 §4; reference §6): commands in, answers out. Plain code, on the
/// channel's loop.
///
/// ```
/// CONNECTED   EHLO, HELO ▷ GREETED.  MAIL: send hello first.  RCPT: need mail.  DATA: need mail.
/// GREETED     MAIL ▷ SENDER.  AUTH ▷ LOGGING_IN.  RCPT: need mail.  DATA: need mail.
/// LOGGING_IN  a line ▷ LOGGING_IN, CHECKING or GREETED.  No commands: all that comes answers a 334
/// CHECKING    right or wrong ▷ GREETED.  No commands: the client waits
/// SENDER      RCPT ▷ RECIPIENTS, if taken.  MAIL: sender already.  DATA: need rcpt.  RSET, EHLO, HELO ▷ GREETED
/// RECIPIENTS  RCPT.  DATA ▷ RECEIVING.  BDAT ▷ CHUNK.  MAIL: sender already.  RSET, EHLO, HELO ▷ GREETED
/// CHUNK       end of chunk ▷ BETWEEN_CHUNKS; of the last ▷ ACCEPTING; GREETED if refused.  No commands
/// BETWEEN_CHUNKS  BDAT ▷ CHUNK.  RCPT, DATA: bad sequence.  MAIL: sender already.  RSET, EHLO, HELO ▷ GREETED
/// RECEIVING   end of data ▷ ACCEPTING, or GREETED if refused.  No commands: all that comes is data
/// ACCEPTING   durable or refused ▷ GREETED.  No commands: the client waits, and what it pipelined waits with it
/// CLOSED      nothing is answered
/// ```
/// A BDAT that is refused leaves the state as it is; its octets come all the same and are dropped, and
/// the answer comes behind them (RFC 3030 §4.2). Chunks that were sent along behind it are no further
/// errors. A header field right behind a DATA that was refused is a message that was sent without waiting
/// for the 354: that ends the session, so that no line of it is ever run as a command.
///
/// RSET, NOOP, VRFY, HELP and QUIT are answered wherever there are commands. STARTTLS, where it is
/// offered and the client has said hello, leads back to CONNECTED: nothing that was said before counts
/// (RFC 3207 §4.2), nor who has logged in. A RCPT that is refused leaves the state as it is, so DATA after nothing but
/// refusals
/// is out of place. Nothing of one transaction reaches into the next.
final class ReceiveSession {
    private enum State {
        CONNECTED,
        GREETED,
        LOGGING_IN,
        CHECKING,
        SENDER,
        RECIPIENTS,
        RECEIVING,
        CHUNK,
        BETWEEN_CHUNKS,
        ACCEPTING,
        CLOSED
    }

    private final Reception reception;
    private final ReceiveConnector connector;
    private final Peer peer;
    private final Executor loop;
    private final MessageRates rates;
    private final String id;
    private final Instant begun;
    private final Consumer<Answer> later;
    private final SignIn signIn;

    private State state = State.CONNECTED;
    private String heloName = "";
    private Incoming.Source source;
    private Command.Mail mail;
    private List<Recipient> recipients = new ArrayList<>(1);
    private MessageIntake intake;
    /// Null but in CHUNK and BETWEEN_CHUNKS.
    private ChunkedMail chunked;

    /// What the chunk whose octets are being dropped is refused with behind them.
    private Optional<Reply> refusedChunk = Optional.empty();
    /// A chunk was refused: more that are on the way cannot know.
    private boolean chunksSpilled;
    /// A DATA was refused, and no command has come since.
    private boolean dataRefused;
    private Optional<Secured> secured = Optional.empty();
    private int protocolErrors;
    private int unknownRecipients;
    /// What ends the session when the answer that is owed has been given.
    private Optional<Reply> lastWords = Optional.empty();

    /// @param loop  the channel's: answers that come from elsewhere are taken there
    /// @param later told the answer on the loop, if what a command's answer was is [Answer#LATER]
    /// @param rates what the connector's clients have sent
    ReceiveSession(Reception reception, Peer peer, Executor loop, Consumer<Answer> later, MessageRates rates) {
        this.rates = rates;
        this.reception = reception;
        this.connector = reception.connector();
        this.peer = peer;
        this.loop = loop;
        this.id = reception.secrets().sessionId();
        this.begun = reception.labTime().instant();
        this.later = later;
        this.signIn = new SignIn(reception.logins(), loop, this::checked);
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
        boolean mayBeBody = dataRefused;
        dataRefused = false;
        if (state == State.LOGGING_IN && !(command instanceof Command.AuthResponse)) {
            stopLoggingIn(); // the line was none that could be an answer
        }
        return switch (command) {
            case Command.Ehlo(var domain) -> hello(domain, Replies.ehlo(connector, peer, mayStartTls(), mayLogIn()));
            case Command.Helo(var domain) -> hello(domain, Replies.helo(connector, peer));
            case Command.Mail given -> mail(given);
            case Command.Rcpt given -> rcpt(given);
            case Command.Data _ -> data();
            case Command.Bdat given -> bdat(given);
            case Command.Rset _ -> {
                forget();
                yield Answer.of(Replies.RESETTING);
            }
            case Command.Noop _ -> Answer.of(Replies.OK);
            case Command.Vrfy _ -> Answer.of(Replies.CANNOT_VRFY);
            case Command.Expn _ -> error(Replies.NO_EXPN);
            case Command.Help _ ->
                Answer.of(Replies.help(connector, mayStartTls(), !mayLogIn().isEmpty()));
            case Command.StartTls _ -> startTls();
            case Command.Auth given -> auth(given);
            case Command.AuthResponse(var line) -> authResponse(line);
            case Command.Quit _ -> close(Replies.GOODBYE);
            case Command.Malformed(var problem) ->
                switch (problem) {
                    case UNKNOWN_VERB -> {
                        dataRefused = mayBeBody;
                        yield error(Replies.UNRECOGNIZED);
                    }
                    case HEADER_FIELD, BARE_LINE_END -> junk(Replies.UNRECOGNIZED, mayBeBody);
                    case FOREIGN_PROTOCOL -> refuse(Replies.UNRECOGNIZED, close(Replies.UNRECOGNIZED));
                    case LINE_TOO_LONG -> junk(Replies.LINE_TOO_LONG, mayBeBody);
                    case CHUNK_SIZE -> refuse(Replies.INVALID_ARGUMENTS, close(Replies.INVALID_ARGUMENTS));
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
        } else if (state == State.CHUNK) {
            chunked.add(octets);
        } else {
            octets.release();
        }
    }

    /// Whether no more data should come until the disk has caught up.
    boolean full() {
        return (state == State.RECEIVING || state == State.CHUNK) && intake.full();
    }

    /// Rings once on any thread when it has caught up; only after [#full].
    void whenDrained(Runnable bell) {
        intake.whenDrained(bell);
    }

    /// The end of data has come.
    ///
    /// @param later told the answer on the loop, if what this gives is [Answer#LATER]
    Answer end(MailData.End end, Consumer<Answer> later) {
        return state == State.RECEIVING ? finish(end.bareLineEnds(), later) : Answer.LATER;
    }

    /// All octets of a chunk have come.
    ///
    /// @param later as in [#end]
    Answer endOfChunk(Consumer<Answer> later) {
        if (refusedChunk.isPresent()) {
            Reply reply = refusedChunk.get();
            refusedChunk = Optional.empty();
            boolean counted = !chunksSpilled;
            chunksSpilled = true;
            return counted ? error(reply) : refuse(reply);
        }
        if (state != State.CHUNK) {
            return Answer.NOTHING;
        }
        Optional<Reply> more = chunked.endOfChunk();
        if (more.isPresent()) {
            state = State.BETWEEN_CHUNKS;
            return Answer.of(more.get());
        }
        Answer answer = finish(chunked.brokenLines(), later);
        chunksSpilled = answer.refusal();
        return answer;
    }

    private Answer finish(boolean bareLineEnds, Consumer<Answer> later) {
        MessageIntake message = intake;
        intake = null;
        forget();
        Optional<Reply> refusal = message.end(bareLineEnds);
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
        signIn.forget();
        heloName = "";
        source = null;
        forget();
        state = State.CONNECTED;
    }

    /// Whether it is our turn: the client waits for the answer to its message, or to its password.
    boolean owesAnswer() {
        return state == State.ACCEPTING || state == State.CHECKING;
    }

    /// What the client may do now.
    Rights rights() {
        return Rights.of(connector, peer, signIn.login().isPresent());
    }

    /// Who has logged in.
    Optional<Login> login() {
        return signIn.login();
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

    /// The connection is gone, whoever ended it. A message that has not come whole is given up; one that
    /// has is the queue's, whether or not the client learns of it.
    void hungUp() {
        state = State.CLOSED;
        signIn.over();
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
        return tlsOffered() && secured.isEmpty();
    }

    private boolean tlsOffered() {
        return reception.tls().isPresent() && connector.signIn().startTls();
    }

    private Answer startTls() {
        if (!tlsOffered()) {
            return error(Replies.UNRECOGNIZED);
        }
        if (secured.isPresent()) {
            return error(Replies.TLS_ALREADY);
        }
        return state == State.CONNECTED ? error(Replies.HELLO_FIRST) : Answer.LATER.then(Answer.Next.TLS);
    }

    /// With what a client can log in now.
    private List<Mechanism> mayLogIn() {
        return signIn.login().isPresent() ? List.of() : connector.signIn().offered(secured.isPresent());
    }

    private Answer auth(Command.Auth given) {
        if (state == State.CONNECTED) {
            return error(Replies.HELLO_FIRST);
        }
        if (signIn.login().isPresent()) {
            return error(Replies.AUTHENTICATED_ALREADY); // RFC 4954 §4
        }
        if (state != State.GREETED) {
            return error(Replies.AUTHENTICATION_LATE);
        }
        Optional<Mechanism> mechanism = Mechanism.of(given.mechanism()).filter(mayLogIn()::contains);
        if (mechanism.isEmpty()) {
            return error(Replies.UNRECOGNIZED_AUTHENTICATION);
        }
        state = State.CHECKING; // for one may be told at once
        return loggingIn(signIn.begin(mechanism.get(), given.initial()));
    }

    private Answer authResponse(String line) {
        if (state != State.LOGGING_IN) {
            return error(Replies.UNRECOGNIZED);
        }
        state = State.CHECKING;
        return loggingIn(signIn.answer(line));
    }

    private Answer loggingIn(SignIn.Outcome outcome) {
        return switch (outcome) {
            case SignIn.Outcome.Checking _ -> Answer.LATER;
            case SignIn.Outcome.Challenge(var base64) -> {
                state = State.LOGGING_IN;
                yield Answer.of(Reply.of(334, base64)).then(Answer.Next.AUTH);
            }
            case SignIn.Outcome.Over(var verdict) -> judged(verdict);
            case SignIn.Outcome.Garbage _ -> {
                stopLoggingIn();
                yield error(Replies.INVALID_BASE64);
            }
            case SignIn.Outcome.Cancelled _ -> {
                stopLoggingIn();
                yield refuse(Replies.AUTHENTICATION_CANCELLED);
            }
        };
    }

    private void checked(Verdict verdict) {
        if (state == State.CHECKING) {
            later.accept(judged(verdict));
        }
    }

    private Answer judged(Verdict verdict) {
        stopLoggingIn();
        return switch (verdict) {
            // who may not send here may not log in here either (reference §6.3), and is not told why
            case Verdict.Welcome(var login)
            when connector.signIn().users() -> {
                signIn.succeeded(login);
                reception.meter().loggedIn(ReceiveMeter.LogIn.SUCCEEDED);
                yield Answer.of(Replies.AUTHENTICATED);
            }
            case Verdict.Welcome _, Verdict.Refused _ -> notLoggedIn();
            case Verdict.Busy _ -> {
                reception.meter().loggedIn(ReceiveMeter.LogIn.BUSY);
                yield refuse(Replies.AUTHENTICATION_BUSY);
            }
            case Verdict.Malformed _ -> error(Replies.INVALID_ARGUMENTS);
        };
    }

    private Answer notLoggedIn() {
        SignInTerms terms = connector.signIn();
        reception.meter().loggedIn(ReceiveMeter.LogIn.REFUSED);
        reception
                .events()
                .report(Events.logonFailed(connector.name(), signIn.mechanism().keyword(), peer.clientIp()));
        int failures = signIn.failed();
        Answer answer = failures == terms.maxFailures()
                ? close(Replies.NOT_AUTHENTICATED)
                : Answer.of(Replies.NOT_AUTHENTICATED);
        return refuse(Replies.NOT_AUTHENTICATED, connector.rules().frees(peer) ? answer : answer.after(terms.tarpit()));
    }

    private void stopLoggingIn() {
        signIn.over();
        state = State.GREETED;
    }

    private Answer mail(Command.Mail given) {
        switch (state) {
            case CONNECTED -> {
                return error(Replies.HELLO_FIRST);
            }
            case SENDER, RECIPIENTS, BETWEEN_CHUNKS -> {
                return error(Replies.SENDER_ALREADY);
            }
            case GREETED, LOGGING_IN, CHECKING, RECEIVING, CHUNK, ACCEPTING, CLOSED -> {}
        }
        if (connector.signIn().requireTls() && secured.isEmpty()) {
            return refuse(Replies.TLS_REQUIRED);
        }
        Rights rights = rights();
        if (!rights.submit()) {
            return refuse(Replies.ANONYMOUS);
        }
        ReceiveConnector.Extensions offered = connector.extensions();
        boolean notOffered = (given.smtpUtf8() && !offered.smtpUtf8())
                || (given.body() == Envelope.BodyType.BINARY_MIME && !offered.binaryMime())
                || (given.body() == Envelope.BodyType.EIGHT_BIT_MIME && !offered.eightBitMime())
                || (!offered.dsn()
                        && (given.ret().isPresent() || given.envelopeId().isPresent()))
                || (offered.size() == ReceiveConnector.SizeKeyword.DISABLED
                        && given.sizeBytes().isPresent());
        if (notOffered) {
            return error(Replies.INVALID_ARGUMENTS);
        }
        if (!given.smtpUtf8()
                && given.sender().address().filter(a -> !a.ascii()).isPresent()) {
            return refuse(Replies.NEEDS_SMTPUTF8);
        }
        if (given.sizeBytes().orElse(0) > connector.limits().maxMessageBytes() && !rights.anySize()) {
            return refuse(Replies.MESSAGE_TOO_LARGE);
        }
        if (signIn.login()
                .filter(login -> !login.sendAs().allows(given.sender()))
                .isPresent()) {
            return refuse(Replies.CANNOT_SEND_AS);
        }
        Optional<Reply> objection = reception.admission().atMail();
        if (objection.isPresent()) {
            return turnedDown(objection.get());
        }
        String sender = given.sender().address().map(Object::toString).orElse("");
        if (!rates.admit(connector.rules(), peer, sender, reception.wireTime().instant())) {
            return refuse(Replies.TOO_MANY_MESSAGES, close(Replies.TOO_MANY_MESSAGES));
        }
        mail = given;
        chunksSpilled = false;
        state = State.SENDER;
        return Answer.of(Replies.SENDER_OK).after(reception.admission().delayAtMail());
    }

    /// No mail is taken at the moment, whoever sends it.
    private Answer turnedDown(Reply reply) {
        return refuse(reply, reply.code() == 421 ? close(reply) : Answer.of(reply));
    }

    private Answer rcpt(Command.Rcpt given) {
        if (state != State.SENDER && state != State.RECIPIENTS) {
            return error(state == State.BETWEEN_CHUNKS ? Replies.BAD_SEQUENCE : Replies.NEED_MAIL);
        }
        if (!connector.extensions().dsn()
                && (given.notifyOn().isPresent() || given.originalRecipient().isPresent())) {
            return error(Replies.INVALID_ARGUMENTS);
        }
        if (recipients.size() >= connector.limits().maxRecipients()) {
            return refuse(Replies.TOO_MANY_RECIPIENTS);
        }
        if (!mail.smtpUtf8() && given.address().filter(a -> !a.ascii()).isPresent()) {
            return refuse(Replies.NEEDS_SMTPUTF8);
        }
        Recipient recipient = given.recipient(connector.postmasterDomain());
        Optional<Reply> reserved =
                ReservedDomains.objection(connector.rules(), recipient.address().domain());
        if (reserved.isPresent()) {
            return refuse(reserved.get());
        }
        switch (reception.directory().standing(recipient.address())) {
            case ACCEPTED -> {}
            case UNKNOWN -> {
                return unknown();
            }
            case FOREIGN -> {
                if (!rights().relay()) {
                    return refuse(Replies.UNABLE_TO_RELAY);
                }
            }
        }
        recipients.add(recipient);
        state = State.RECIPIENTS;
        return Answer.of(Replies.RECIPIENT_OK);
    }

    /// Whoever tries out a directory gets nowhere: each guess is answered late, and there is a last one.
    private Answer unknown() {
        unknownRecipients++;
        return unknownRecipients >= connector.rules().maxUnknownRecipients()
                ? refuse(Replies.TOO_MANY_ERRORS, close(Replies.TOO_MANY_ERRORS))
                : refuse(Replies.USER_UNKNOWN);
    }

    private Answer data() {
        Optional<Reply> objection = beforeContent();
        if (objection.isEmpty() && (state == State.BETWEEN_CHUNKS || binary())) {
            objection = Optional.of(Replies.BAD_SEQUENCE);
        }
        if (objection.isPresent()) {
            dataRefused = true;
            return error(objection.get());
        }
        intake = newIntake();
        state = State.RECEIVING;
        return Answer.of(Replies.START_MAIL_INPUT).then(Answer.Next.DATA);
    }

    /// What is answered comes when the chunk has.
    private Answer bdat(Command.Bdat given) {
        Optional<Reply> objection =
                connector.extensions().chunking() ? beforeContent() : Optional.of(Replies.UNRECOGNIZED);
        refusedChunk = objection;
        if (objection.isEmpty()) {
            if (state == State.RECIPIENTS) {
                intake = newIntake();
                chunked = new ChunkedMail(intake, connector.bareLineEnds(), binary());
            }
            chunked.begin(given);
            state = State.CHUNK;
        }
        return Answer.NOTHING;
    }

    /// What is wrong with DATA or BDAT now.
    private Optional<Reply> beforeContent() {
        return switch (state) {
            case RECIPIENTS, BETWEEN_CHUNKS -> Optional.empty();
            case SENDER -> Optional.of(Replies.NEED_RCPT);
            case CONNECTED, GREETED, LOGGING_IN, CHECKING, RECEIVING, CHUNK, ACCEPTING, CLOSED ->
                Optional.of(Replies.NEED_MAIL);
        };
    }

    private boolean binary() {
        return mail.body() == Envelope.BodyType.BINARY_MIME;
    }

    private MessageIntake newIntake() {
        Envelope envelope =
                new Envelope(mail.sender(), mail.body(), mail.smtpUtf8(), mail.ret(), mail.envelopeId(), recipients);
        return new MessageIntake(
                rights().anySize() ? ofAnySize() : reception, envelope, source(), receivedFrom(), receivedWith());
    }

    private Reception ofAnySize() {
        return reception.withConnector(connector.withLimits(connector.limits().withMaxMessageBytes(Long.MAX_VALUE)));
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
        if (lastWords.isPresent()) {
            return Answer.LATER; // it has been said, and counted
        }
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
        chunked = null;
        chunksSpilled = false;
        if (intake != null) {
            intake.discard();
            intake = null;
        }
        if (!recipients.isEmpty()) {
            recipients = new ArrayList<>(1);
        }
        if (state != State.CONNECTED) {
            state = State.GREETED;
        }
    }

    /// What is no command, and what messages are made of.
    ///
    /// @param mayBeBody whether it stands right behind a DATA that was refused
    private Answer junk(Reply reply, boolean mayBeBody) {
        return mayBeBody ? refuse(reply, close(reply)) : error(reply);
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
        boolean held = !connector.rules().frees(peer)
                && signIn.login().isEmpty()
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
