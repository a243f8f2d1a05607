package dev.tarry.receive;

import dev.tarry.eventlog.Events;
import dev.tarry.log.LogTime;
import dev.tarry.login.Login;
import dev.tarry.login.Mechanism;
import dev.tarry.login.Verdict;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.MailData;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// One client's dialogue (RFC 5321 §4; reference §6): commands in, answers out. What a message needs, from MAIL on, is
/// with its [MailTransactions]. Plain code, on the channel's loop.
///
/// ```
/// CONNECTED   EHLO, HELO ▷ GREETED.  MAIL: send hello first.  RCPT: need mail.  DATA: need mail.
/// GREETED     MAIL and what follows.  AUTH ▷ LOGGING_IN, unless a message is begun
/// LOGGING_IN  a line ▷ LOGGING_IN, CHECKING or GREETED.  No commands: all that comes answers a 334
/// CHECKING    right or wrong ▷ GREETED.  No commands: the client waits
/// CLOSED      nothing is answered
/// ```
/// A header field right behind a DATA that was refused is a message that was sent without waiting for the 354: that
/// ends the session, so that no line of it is ever run as a command.
///
/// RSET, NOOP, VRFY, HELP and QUIT are answered wherever there are commands. STARTTLS, where it is offered and the
/// client has said hello, leads back to CONNECTED: nothing that was said before counts (RFC 3207 §4.2), nor who has
/// logged in.
final class ReceiveSession {
    private enum State {
        CONNECTED,
        GREETED,
        LOGGING_IN,
        CHECKING,
        CLOSED
    }

    private final Reception reception;
    private final ReceiveConnector connector;
    private final Peer peer;
    private final String id;
    private final Instant begun;
    private final Consumer<Answer> later;
    private final SignIn signIn;
    private final MailTransactions transactions;

    private State state = State.CONNECTED;
    private String heloName = "";
    private Incoming.Source source;
    /// A DATA was refused, and no command has come since.
    private boolean dataRefused;
    private Optional<Secured> secured = Optional.empty();
    private int protocolErrors;
    /// What ends the session when the answer that is owed has been given.
    private Optional<Reply> lastWords = Optional.empty();

    /// @param loop  the channel's: answers that come from elsewhere are taken there
    /// @param later told the answer on the loop, if what a command's answer was is [Answer#LATER]
    /// @param rates what the connector's clients have sent
    ReceiveSession(Reception reception, Peer peer, Executor loop, Consumer<Answer> later, MessageRates rates) {
        this.reception = reception;
        this.connector = reception.connector();
        this.peer = peer;
        this.id = reception.secrets().sessionId();
        this.begun = reception.labTime().instant();
        this.later = later;
        this.signIn = new SignIn(reception.logins(), loop, this::checked);
        this.transactions = new MailTransactions(this, reception, peer, loop, rates);
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
            case Command.Rcpt given -> transactions.rcpt(given);
            case Command.Data _ -> {
                Answer answer = transactions.data();
                dataRefused = answer.refusal();
                yield answer;
            }
            case Command.Bdat given -> transactions.bdat(given);
            case Command.Rset _ -> {
                transactions.forget();
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
        transactions.data(octets);
    }

    /// Whether no more data should come until the disk has caught up.
    boolean full() {
        return transactions.full();
    }

    /// Rings once on any thread when it has caught up; only after [#full].
    void whenDrained(Runnable bell) {
        transactions.whenDrained(bell);
    }

    /// The end of data has come.
    ///
    /// @param later told the answer on the loop, if what this gives is [Answer#LATER]
    Answer end(MailData.End end, Consumer<Answer> later) {
        return transactions.end(end, answer -> later.accept(lastly(answer)));
    }

    /// All octets of a chunk have come.
    ///
    /// @param later as in [#end]
    Answer endOfChunk(Consumer<Answer> later) {
        return transactions.endOfChunk(answer -> later.accept(lastly(answer)));
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
        transactions.forget();
        state = State.CONNECTED;
    }

    /// Whether it is our turn: the client waits for the answer to its message, or to its password.
    boolean owesAnswer() {
        return transactions.accepting() || state == State.CHECKING;
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

    /// A line has begun that is long already, and there is no memory for more of it.
    Answer noMemory() {
        return refuse(Replies.NO_MEMORY, close(Replies.NO_MEMORY));
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
        transactions.forget();
    }

    private Answer hello(String domain, Reply welcome) {
        if (domain.isEmpty() && connector.requireEhloDomain()) {
            return error(Replies.DOMAIN_REQUIRED);
        }
        heloName = domain;
        source = null;
        state = State.GREETED;
        transactions.forget();
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
        if (state != State.GREETED || transactions.begun()) {
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
        if (state == State.CONNECTED) {
            return error(Replies.HELLO_FIRST);
        }
        if (connector.signIn().requireTls() && secured.isEmpty()) {
            return refuse(Replies.TLS_REQUIRED);
        }
        return transactions.mail(given);
    }

    /// The answer that was owed; the session ends with it if it was to end.
    private Answer lastly(Answer answer) {
        if (lastWords.isEmpty()) {
            return answer;
        }
        state = State.CLOSED;
        return answer.then(Answer.Next.CLOSE);
    }

    private Answer closeWhenAnswered(Reply reply) {
        if (lastWords.isPresent()) {
            return Answer.LATER; // it has been said, and counted
        }
        reception.meter().refused(reply);
        if (transactions.accepting()) {
            lastWords = Optional.of(reply);
            return Answer.LATER;
        }
        return close(reply);
    }

    /// The last answer.
    Answer close(Reply reply) {
        hungUp();
        return Answer.closing(reply);
    }

    /// What is no command, and what messages are made of.
    ///
    /// @param mayBeBody whether it stands right behind a DATA that was refused
    private Answer junk(Reply reply, boolean mayBeBody) {
        return mayBeBody ? refuse(reply, close(reply)) : error(reply);
    }

    /// A protocol error: refused, and counted.
    Answer error(Reply reply) {
        protocolErrors++;
        if (protocolErrors >= connector.limits().maxProtocolErrors()) {
            return refuse(Replies.TOO_MANY_ERRORS, close(Replies.TOO_MANY_ERRORS));
        }
        return refuse(reply);
    }

    /// Refused, and late if it is for good.
    Answer refuse(Reply reply) {
        return refuse(reply, tarpit(Answer.of(reply)));
    }

    /// Refused with an answer that is made already.
    Answer refuse(Reply reply, Answer answer) {
        reception.meter().refused(reply);
        return answer;
    }

    private Answer tarpit(Answer answer) {
        boolean held = !connector.rules().frees(peer)
                && signIn.login().isEmpty()
                && answer.reply().filter(Reply::permanentNegative).isPresent();
        return held ? answer.after(connector.limits().tarpitInterval()) : answer;
    }

    /// Whom messages come from, as tracking has it.
    Incoming.Source source() {
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

    /// `helo (ip) by fqdn (ip)`, as it stands in Received.
    String receivedFrom() {
        String name = heloName.isEmpty() ? "[" + peer.clientIp() + "]" : heloName;
        return name + " (" + peer.clientIp() + ")\r\n by " + connector.fqdn() + " (" + peer.serverIp() + ")";
    }

    /// `Microsoft SMTP Server id …`, likewise.
    String receivedWith() {
        return "Microsoft SMTP Server"
                + secured.map(tls -> "\r\n (version=" + tls.version() + ", cipher=" + tls.cipher() + ")")
                        .orElse("")
                + " id " + ReceiveConnector.SERVER_VERSION;
    }
}
