package dev.tarry.receive;

import dev.tarry.eventlog.EventSink;
import dev.tarry.login.LoginDesk;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Reply;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.CommandReader;
import dev.tarry.smtp.EndOfChunk;
import dev.tarry.smtp.LineTap;
import dev.tarry.smtp.MailData;
import dev.tarry.time.Secrets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A session without a network: octets in, replies out.
final class Dialogue {
    static final Instant NOW = Instant.parse("2026-11-22T09:05:07.250Z");

    final FakeSubmission submission = new FakeSubmission(Runnable::run);
    final ReceiveSession session;
    private final Reception reception;
    private final CommandReader reader;
    private final ByteBuf wire = Unpooled.buffer();
    private final List<Reply> replies = new ArrayList<>();
    private Instant wireTime = NOW;
    Duration lastDelay = Duration.ZERO;
    /// what MAIL and the end of data are refused with
    Optional<Reply> noMail = Optional.empty();

    Optional<Reply> noMore = Optional.empty();
    boolean waiting;
    boolean closed;

    Dialogue(ReceiveConnector connector, Peer peer) {
        this(connector, peer, Optional.empty());
    }

    Dialogue(ReceiveConnector connector, Peer peer, Optional<TlsSource> tls) {
        this(connector, peer, tls, new LoginDesk(Runnable::run, () -> NOW, new Secrets(new SplittableRandom(2))));
    }

    Dialogue(ReceiveConnector connector, Peer peer, Optional<TlsSource> tls, LoginDesk logins) {
        reader = new CommandReader(LineTap.NONE, connector.home().defaultDomain());
        reception = new Reception(
                connector,
                Dialogue::standing,
                submission,
                () -> NOW,
                () -> wireTime,
                new Secrets(new SplittableRandom(1)),
                ReceiveMeter.NONE,
                ProtocolLog.OFF,
                tls,
                EventSink.NONE,
                new Admission() {
                    @Override
                    public Optional<Reply> atMail() {
                        return noMail;
                    }

                    @Override
                    public Optional<Reply> atEndOfData() {
                        return noMore;
                    }
                },
                logins);
        Consumer<Answer> later = answer -> {
            waiting = false;
            act(answer);
        };
        session = new ReceiveSession(reception, peer, Runnable::run, later, new MessageRates());
        act(session.greet());
    }

    static Dialogue local() {
        return new Dialogue(StageWorld.connector(), new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
    }

    static Dialogue stranger() {
        return new Dialogue(StageWorld.connector(), new Peer("203.0.113.9", 4711, "192.0.2.1", 25, false));
    }

    static RecipientDirectory.Standing standing(EmailAddress recipient) {
        if (!recipient.domain().equals("company.com")) {
            return RecipientDirectory.Standing.FOREIGN;
        }
        return recipient.localPart().equals("nobody")
                ? RecipientDirectory.Standing.UNKNOWN
                : RecipientDirectory.Standing.ACCEPTED;
    }

    /// Says lines, each with CRLF put behind it.
    ///
    /// @return the replies that came, one a line, and `(closed)` if that was the end
    String say(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        return octets(text.toString());
    }

    String octets(String latin1) {
        wire.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        go();
        return heard();
    }

    /// What has been replied since somebody last asked.
    private String heard() {
        StringBuilder text = new StringBuilder();
        for (Reply reply : replies) {
            text.append(text.isEmpty() ? "" : "\n").append(reply);
        }
        replies.clear();
        return text + (closed ? " (closed)" : "");
    }

    void pass(Duration span) {
        wireTime = wireTime.plus(span);
    }

    private void go() {
        while (!waiting && !closed) {
            Object next = reader.next(wire);
            switch (next) {
                case null -> {
                    return;
                }
                case Command command -> act(session.command(command));
                case MailData.Chunk(var octets) -> session.data(octets);
                case MailData.End end ->
                    act(session.end(end, answer -> {
                        waiting = false;
                        act(answer);
                    }));
                case EndOfChunk _ ->
                    act(session.endOfChunk(answer -> {
                        waiting = false;
                        act(answer);
                    }));
                default -> throw new AssertionError(next);
            }
        }
    }

    /// Answers that come late go on with what waits.
    String goOn() {
        go();
        return heard();
    }

    void act(Answer answer) {
        answer.reply().ifPresent(replies::add);
        lastDelay = answer.delay();
        switch (answer.next()) {
            case COMMAND -> {}
            case DATA -> reader.expectData(reception.connector().bareLineEnds());
            case AUTH -> reader.expectAuthResponse();
            case WAIT -> waiting = session.owesAnswer();
            case TLS -> waiting = true;
            case CLOSE -> closed = true;
        }
    }
}
