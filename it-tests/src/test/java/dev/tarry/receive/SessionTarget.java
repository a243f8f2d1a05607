package dev.tarry.receive;

import dev.tarry.eventlog.EventSink;
import dev.tarry.fuzz.Dice;
import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import dev.tarry.login.LoginDesk;
import dev.tarry.login.Mechanism;
import dev.tarry.login.Users;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.Submission;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.CommandReader;
import dev.tarry.smtp.EndOfChunk;
import dev.tarry.smtp.LineTap;
import dev.tarry.smtp.MailData;
import dev.tarry.time.Secrets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A whole session, without a network: log-ins, envelopes, DATA and BDAT. Each command has one answer, a chunk's
/// command and its octets one together; no answer can break a line; what was given up or taken is all of what was
/// begun, and nothing of it is left in memory.
public final class SessionTarget implements FuzzTarget {
    private static final Instant NOW = Instant.parse("2026-11-22T09:05:07.250Z");

    private static final SignInTerms EVERY_WAY = new SignInTerms(
            false, false, false, Set.of(Mechanism.values()), false, true, true, false, 3, Duration.ZERO);

    @Override
    public List<String> words() {
        return List.of(
                "EHLO c\r\n",
                "HELO c\r\n",
                "MAIL FROM:<a@company.com>\r\n",
                "RCPT TO:<b@company.com>\r\n",
                "DATA\r\n",
                "\r\n.\r\n",
                "BDAT 5\r\n",
                "BDAT 0 LAST\r\n",
                " LAST",
                "AUTH PLAIN AGEAYg==\r\n",
                "AUTH LOGIN\r\n",
                "AUTH XOAUTH2 ",
                "AUTH SCRAM-SHA-256 biwsbj1hLHI9YQ==\r\n",
                "*\r\n",
                "YQ==\r\n",
                "RSET\r\n",
                "QUIT\r\n",
                "STARTTLS\r\n",
                " SMTPUTF8",
                " BODY=BINARYMIME",
                " SIZE=99999999999",
                "Subject: ",
                "VRFY a\r\n",
                "EXPN a\r\n",
                "HELP\r\n",
                "NOOP\r\n");
    }

    @Override
    public void run(byte[] input) {
        Dice dice = new Dice(input);
        Talk talk = new Talk(dice);
        for (ByteBuf piece : dice.cut(input)) {
            talk.hear(piece);
        }
        talk.session.hungUp();
        Promise.same(0, talk.mails.open, "what was begun is taken or given up");
        Promise.same(0L, talk.mails.memory.used(), "what was taken of the memory is given back");
    }

    private static final class Talk {
        private final Mails mails = new Mails();
        private final Reception reception;
        private final ReceiveSession session;
        private final CommandReader reader = new CommandReader(LineTap.NONE);
        private final ByteBuf come = Unpooled.buffer();
        private boolean waiting;
        private boolean closed;
        private int replies;

        Talk(Dice dice) {
            LoginDesk logins = new LoginDesk(Runnable::run, () -> NOW, new Secrets(new SplittableRandom(2)));
            logins.terms(new LoginDesk.Terms(Users.NOBODY, true, 100));
            Peer peer = dice.once(2)
                    ? new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true)
                    : new Peer("203.0.113.9", 4711, "192.0.2.1", 25, false);
            reception = new Reception(
                    ReceiveConnector.defaultFrontend("MAIL", "mail.company.com", new InetSocketAddress("127.0.0.1", 0))
                            .withSignIn(EVERY_WAY),
                    recipient -> recipient.domain().equals("company.com")
                            ? RecipientDirectory.Standing.ACCEPTED
                            : RecipientDirectory.Standing.FOREIGN,
                    mails,
                    () -> NOW,
                    () -> NOW,
                    new Secrets(new SplittableRandom(1)),
                    ReceiveMeter.NONE,
                    ProtocolLog.OFF,
                    Optional.empty(),
                    EventSink.NONE,
                    Admission.OPEN,
                    logins);
            Consumer<Answer> later = this::late;
            session = new ReceiveSession(reception, peer, Runnable::run, later, new MessageRates());
            act(session.greet());
        }

        void hear(ByteBuf piece) {
            if (!closed) {
                come.writeBytes(piece);
            }
            piece.release();
            while (!waiting && !closed) {
                Object next = reader.next(come);
                if (next == null) {
                    break;
                }
                int before = replies;
                switch (next) {
                    case Command command -> {
                        act(session.command(command));
                        answered(command instanceof Command.Bdat ? 0 : 1, before, command);
                    }
                    case MailData.Chunk(var octets) -> {
                        session.data(octets);
                        answered(0, before, next);
                    }
                    case MailData.End end -> {
                        act(session.end(end, this::late));
                        answered(1, before, next);
                    }
                    case EndOfChunk _ -> {
                        act(session.endOfChunk(this::late));
                        answered(1, before, next);
                    }
                    default -> throw new AssertionError(next);
                }
            }
            Promise.holds(
                    closed || come.readableBytes() <= CommandReader.MAX_AUTH_LINE_OCTETS, "what is kept is bounded");
        }

        private void answered(int expected, int before, Object what) {
            Promise.same(expected, replies - before, "each has so many answers: " + what);
        }

        private void late(Answer answer) {
            waiting = false;
            act(answer);
        }

        private void act(Answer answer) {
            answer.reply().ifPresent(this::said);
            switch (answer.next()) {
                case COMMAND -> {}
                case DATA -> reader.expectData(reception.connector().bareLineEnds());
                case AUTH -> reader.expectAuthResponse();
                case WAIT -> waiting = session.owesAnswer();
                case TLS -> throw new AssertionError("there is no TLS here");
                case CLOSE -> closed = true;
            }
        }

        private void said(Reply reply) {
            replies++;
            for (String line : reply.lines()) {
                Promise.oneLine(line, "a line of a reply");
                Promise.holds(line.length() <= 1_024, "a line of a reply is bounded");
            }
        }
    }

    /// Takes all mail and keeps none.
    private static final class Mails implements Submission {
        private final IncomingMemory memory = new IncomingMemory();
        private int open;
        private long ids;

        @Override
        public Body newBody() {
            open++;
            return new Gone();
        }

        @Override
        public void accept(Incoming message, Body body, Consumer<Acceptance> answer) {
            open--;
            Promise.oneLine(message.subject(), "a subject");
            Promise.holds(message.headerBytes() <= body.bytes(), "a header is part of its message");
            Promise.holds(!message.envelope().recipients().isEmpty(), "a message has a recipient");
            answer.accept(new Acceptance.Queued(ids++));
        }

        @Override
        public IncomingMemory memory() {
            return memory;
        }

        private final class Gone implements Body {
            private long bytes;

            @Override
            public void append(ByteBuf octets) {
                bytes += octets.readableBytes();
                octets.release();
            }

            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public boolean full() {
                return false;
            }

            @Override
            public void whenDrained(Runnable bell) {
                bell.run();
            }

            @Override
            public void discard() {
                open--;
            }
        }
    }
}
