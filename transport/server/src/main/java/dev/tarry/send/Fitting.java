package dev.tarry.send;

import dev.tarry.config.SevenBitHosts;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Reply;
import dev.tarry.time.Loop;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Makes a message fit for a host that does not offer what it was sent with: 8BITMIME, BINARYMIME, SMTPUTF8. Where
/// that needs a look into the message it is read once before it is sent, chunk by chunk; what is altered is altered
/// while it is sent. On the connection's loop.
final class Fitting {
    /// What has to be done first.
    sealed interface First {
        record Nothing() implements First {}

        record Refuse(Reply reply) implements First {}

        /// Look through it.
        ///
        /// @param target what it must be afterwards
        record Look(BodyType target) implements First {}
    }

    /// What came of the look.
    sealed interface Found {
        /// @param message to be sent in its place
        record Fit(OutgoingMessage message) implements Found {}

        record Unfit(Reply reply) implements Found {}

        /// It cannot be read.
        record Unreadable(Throwable cause) implements Found {}
    }

    private static final String NO_CONVERSION = "5.6.3 Conversion is required for this host, but not possible: ";

    static final Reply SEVEN_BITS_ONLY =
            Reply.of(550, "5.6.3 The message has eight bits, and the host did not offer 8BITMIME");

    private Fitting() {}

    /// @param binaryFits whether BINARYMIME may be used
    static First first(Envelope envelope, Capabilities host, boolean binaryFits, SevenBitHosts policy) {
        BodyType most = host.eightBitMime() ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT;
        boolean tooBinary = envelope.body() == BodyType.BINARY_MIME && !binaryFits;
        boolean tooEight = envelope.body() == BodyType.EIGHT_BIT_MIME && !host.eightBitMime();
        boolean utf8InDoubt = envelope.smtpUtf8() && !host.smtpUtf8() && !EnvelopeCommands.needsUtf8(envelope);
        if (tooBinary) {
            return policy == SevenBitHosts.REFUSE ? new First.Refuse(SendSession.NO_BINARY) : new First.Look(most);
        }
        if (tooEight && policy != SevenBitHosts.SEND) {
            return policy == SevenBitHosts.REFUSE ? new First.Refuse(SEVEN_BITS_ONLY) : new First.Look(most);
        }
        return utf8InDoubt ? new First.Look(envelope.body()) : new First.Nothing();
    }

    /// Reads the message once.
    ///
    /// @param wanted asked before each chunk whether anybody still wants to know; if not, that was all
    /// @param done   told on the loop, once at most
    static void look(
            OutgoingMessage message,
            BodyType target,
            Capabilities host,
            Loop loop,
            BooleanSupplier wanted,
            Consumer<Found> done) {
        MimeSurvey survey = new MimeSurvey(message.envelope().body(), target);
        BiConsumer<ByteBuf, Throwable> next = new BiConsumer<>() {
            private int chunk;

            @Override
            public void accept(ByteBuf octets, Throwable problem) {
                if (problem != null) {
                    done.accept(new Found.Unreadable(problem));
                    return;
                }
                if (!wanted.getAsBoolean()) {
                    octets.release();
                    return;
                }
                boolean last = ++chunk == message.chunks();
                try {
                    survey.feed(octets);
                    if (last) {
                        survey.end();
                    }
                } catch (MimeWalk.TooIntricate e) {
                    done.accept(new Found.Unfit(Reply.of(554, NO_CONVERSION + e.getMessage())));
                    return;
                } catch (RuntimeException e) {
                    done.accept(new Found.Unreadable(e)); // a mistake of ours gives no mail up
                    return;
                } finally {
                    octets.release();
                }
                if (last) {
                    done.accept(found(message, survey, host));
                } else {
                    message.readChunk(chunk, loop, this);
                }
            }
        };
        message.readChunk(0, loop, next);
    }

    private static Found found(OutgoingMessage message, MimeSurvey survey, Capabilities host) {
        if (message.envelope().smtpUtf8() && !host.smtpUtf8() && survey.utf8Header()) {
            return new Found.Unfit(SendSession.NO_UTF8);
        }
        boolean altered = survey.target() != message.envelope().body();
        if (altered && survey.obstacle().isPresent()) {
            return new Found.Unfit(
                    Reply.of(554, NO_CONVERSION + survey.obstacle().get()));
        }
        return new Found.Fit(new FittedMessage(message, survey, altered, host));
    }

    /// @param altered whether its octets are others than those of the message it is made from
    private record FittedMessage(
            OutgoingMessage message, MimeSurvey survey, boolean altered, Capabilities host, Rewritten rewritten)
            implements OutgoingMessage {
        /// How far it has been written; it begins again with the first chunk.
        private static final class Rewritten {
            private MimeRewriting now;
        }

        FittedMessage(OutgoingMessage message, MimeSurvey survey, boolean altered, Capabilities host) {
            this(message, survey, altered, host, new Rewritten());
        }

        @Override
        public Envelope envelope() {
            Envelope whole = message.envelope();
            return new Envelope(
                    whole.sender(),
                    survey.target(),
                    whole.smtpUtf8() && host.smtpUtf8(),
                    whole.ret(),
                    whole.envelopeId(),
                    whole.recipients());
        }

        @Override
        public long bytes() {
            return message.bytes() + (altered ? survey.added() : 0);
        }

        @Override
        public boolean bytesAreExact() {
            return !altered;
        }

        @Override
        public int chunks() {
            return message.chunks();
        }

        @Override
        public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
            message.readChunk(chunk, loop, altered ? (octets, problem) -> rewrite(chunk, octets, problem, done) : done);
        }

        private void rewrite(int chunk, ByteBuf octets, Throwable problem, BiConsumer<ByteBuf, Throwable> done) {
            if (problem != null) {
                done.accept(null, problem);
                return;
            }
            if (chunk == 0) {
                rewritten.now = new MimeRewriting(survey);
            }
            ByteBuf written;
            try {
                rewritten.now.feed(octets);
                if (chunk + 1 == message.chunks()) {
                    rewritten.now.end();
                }
                written = rewritten.now.written();
            } catch (RuntimeException e) {
                done.accept(null, e);
                return;
            } finally {
                octets.release();
            }
            done.accept(written, null);
        }
    }
}
