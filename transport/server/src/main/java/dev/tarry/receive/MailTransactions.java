package dev.tarry.receive;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.Submission;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.MailData;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The messages of one [ReceiveSession], one after the other, each from MAIL to what becomes of it. Nothing of one
/// transaction reaches into the next. Plain code, on the channel's loop.
///
/// ```
/// NONE        MAIL ▷ SENDER.  RCPT: need mail.  DATA: need mail.
/// SENDER      RCPT ▷ RECIPIENTS, if taken.  MAIL: sender already.  DATA: need rcpt.  RSET, EHLO, HELO ▷ NONE
/// RECIPIENTS  RCPT.  DATA ▷ RECEIVING.  BDAT ▷ CHUNK.  MAIL: sender already.  RSET, EHLO, HELO ▷ NONE
/// CHUNK       end of chunk ▷ BETWEEN_CHUNKS; of the last ▷ ACCEPTING; NONE if refused.  No commands
/// BETWEEN_CHUNKS  BDAT ▷ CHUNK.  RCPT, DATA: bad sequence.  MAIL: sender already.  RSET, EHLO, HELO ▷ NONE
/// RECEIVING   end of data ▷ ACCEPTING, or NONE if refused.  No commands: all that comes is data
/// ACCEPTING   durable or refused ▷ NONE.  No commands: the client waits, and what it pipelined waits with it
/// ```
/// A BDAT that is refused leaves the state as it is; its octets come all the same and are dropped, and the answer comes
/// behind them (RFC 3030 §4.2). Chunks that were sent along behind it are no further errors. A RCPT that is refused
/// leaves the state as it is, so DATA after nothing but refusals is out of place.
final class MailTransactions {
    private enum State {
        NONE,
        SENDER,
        RECIPIENTS,
        RECEIVING,
        CHUNK,
        BETWEEN_CHUNKS,
        ACCEPTING
    }

    private final ReceiveSession session;
    private final Reception reception;
    private final ReceiveConnector connector;
    private final Peer peer;
    private final Executor loop;
    private final MessageRates rates;

    private State state = State.NONE;
    private Command.Mail mail;
    private List<Recipient> recipients = new ArrayList<>(1);
    private MessageIntake intake;
    /// Null but in CHUNK and BETWEEN_CHUNKS.
    private ChunkedMail chunked;

    /// What the chunk whose octets are being dropped is refused with behind them.
    private Optional<Reply> refusedChunk = Optional.empty();
    /// A chunk was refused: more that are on the way cannot know.
    private boolean chunksSpilled;
    /// Of all transactions together.
    private int unknownRecipients;

    /// @param loop  the channel's: answers that come from elsewhere are taken there
    /// @param rates what the connector's clients have sent
    MailTransactions(ReceiveSession session, Reception reception, Peer peer, Executor loop, MessageRates rates) {
        this.session = session;
        this.reception = reception;
        this.connector = reception.connector();
        this.peer = peer;
        this.loop = loop;
        this.rates = rates;
    }

    /// Whether there is one.
    boolean begun() {
        return state != State.NONE;
    }

    /// Whether a message is whole, and what becomes of it has not been told.
    boolean accepting() {
        return state == State.ACCEPTING;
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
            return counted ? session.error(reply) : session.refuse(reply);
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
            return reply == Replies.HEADER_TOO_LARGE
                    ? session.refuse(reply, session.close(reply))
                    : session.refuse(reply);
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

    /// The session has been greeted, and is secured if it must be.
    Answer mail(Command.Mail given) {
        if (state == State.SENDER || state == State.RECIPIENTS || state == State.BETWEEN_CHUNKS) {
            return session.error(Replies.SENDER_ALREADY);
        }
        Rights rights = session.rights();
        if (!rights.submit()) {
            return session.refuse(Replies.ANONYMOUS);
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
            return session.error(Replies.INVALID_ARGUMENTS);
        }
        if (!given.smtpUtf8()
                && given.sender().address().filter(a -> !a.ascii()).isPresent()) {
            return session.refuse(Replies.NEEDS_SMTPUTF8);
        }
        if (given.sizeBytes().orElse(0) > connector.limits().maxMessageBytes() && !rights.anySize()) {
            return session.refuse(Replies.MESSAGE_TOO_LARGE);
        }
        if (session.login()
                .filter(login -> !login.sendAs().allows(given.sender()))
                .isPresent()) {
            return session.refuse(Replies.CANNOT_SEND_AS);
        }
        Optional<Reply> objection = reception.admission().atMail();
        if (objection.isPresent()) {
            return turnedDown(objection.get());
        }
        String sender = given.sender().address().map(Object::toString).orElse("");
        if (!rates.admit(connector.rules(), peer, sender, reception.wireTime().instant())) {
            return session.refuse(Replies.TOO_MANY_MESSAGES, session.close(Replies.TOO_MANY_MESSAGES));
        }
        mail = given;
        chunksSpilled = false;
        state = State.SENDER;
        return Answer.of(Replies.SENDER_OK).after(reception.admission().delayAtMail());
    }

    /// No mail is taken at the moment, whoever sends it.
    private Answer turnedDown(Reply reply) {
        return session.refuse(reply, reply.code() == 421 ? session.close(reply) : Answer.of(reply));
    }

    Answer rcpt(Command.Rcpt given) {
        if (state != State.SENDER && state != State.RECIPIENTS) {
            return session.error(state == State.BETWEEN_CHUNKS ? Replies.BAD_SEQUENCE : Replies.NEED_MAIL);
        }
        if (!connector.extensions().dsn()
                && (given.notifyOn().isPresent() || given.originalRecipient().isPresent())) {
            return session.error(Replies.INVALID_ARGUMENTS);
        }
        if (recipients.size() >= connector.limits().maxRecipients()) {
            return session.refuse(Replies.TOO_MANY_RECIPIENTS);
        }
        if (!mail.smtpUtf8() && given.address().filter(a -> !a.ascii()).isPresent()) {
            return session.refuse(Replies.NEEDS_SMTPUTF8);
        }
        Recipient recipient = given.recipient(connector.postmasterDomain());
        Optional<Reply> reserved =
                ReservedDomains.objection(connector.rules(), recipient.address().domain());
        if (reserved.isPresent()) {
            return session.refuse(reserved.get());
        }
        switch (reception.directory().standing(recipient.address())) {
            case ACCEPTED -> {}
            case UNKNOWN -> {
                return unknown();
            }
            case FOREIGN -> {
                if (!session.rights().relay()) {
                    return session.refuse(Replies.UNABLE_TO_RELAY);
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
                ? session.refuse(Replies.TOO_MANY_ERRORS, session.close(Replies.TOO_MANY_ERRORS))
                : session.refuse(Replies.USER_UNKNOWN);
    }

    Answer data() {
        Optional<Reply> objection = beforeContent();
        if (objection.isEmpty() && (state == State.BETWEEN_CHUNKS || binary())) {
            objection = Optional.of(Replies.BAD_SEQUENCE);
        }
        if (objection.isPresent()) {
            return session.error(objection.get());
        }
        intake = newIntake();
        state = State.RECEIVING;
        return Answer.of(Replies.START_MAIL_INPUT).then(Answer.Next.DATA);
    }

    /// What is answered comes when the chunk has (RFC 3030 §2: who fails accepts and discards it first). So it is
    /// where CHUNKING is not offered, for which the RFC has no word: whoever sends BDAT all the same sends its
    /// octets too, and none of them may ever be read as a command.
    Answer bdat(Command.Bdat given) {
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
            case NONE, RECEIVING, CHUNK, ACCEPTING -> Optional.of(Replies.NEED_MAIL);
        };
    }

    private boolean binary() {
        return mail.body() == Envelope.BodyType.BINARY_MIME;
    }

    private MessageIntake newIntake() {
        Envelope envelope =
                new Envelope(mail.sender(), mail.body(), mail.smtpUtf8(), mail.ret(), mail.envelopeId(), recipients);
        return new MessageIntake(
                reception,
                session.rights(),
                envelope,
                session.source(),
                session.receivedFrom(),
                session.receivedWith());
    }

    private Answer accepted(MessageIntake message, Submission.Acceptance acceptance) {
        state = State.NONE;
        return switch (acceptance) {
            case Submission.Acceptance.Queued(var internalId) -> {
                reception.meter().accepted(message.bytes(), message.recipients());
                Duration took =
                        Duration.between(message.started(), reception.wireTime().instant());
                yield Answer.of(
                        Replies.queued(message.messageId(), internalId, connector.fqdn(), message.bytes(), took));
            }
            case Submission.Acceptance.Refused(var reply) -> session.refuse(reply, Answer.of(reply));
        };
    }

    /// The transaction is over or never was. What has not come whole is given up; what has is the queue's.
    void forget() {
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
        state = State.NONE;
    }
}
