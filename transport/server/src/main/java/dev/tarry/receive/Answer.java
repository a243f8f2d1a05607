package dev.tarry.receive;

import dev.tarry.mail.Reply;
import java.time.Duration;
import java.util.Optional;

/// What a session wants done about something that came.
///
/// @param reply what to send, absent while it is not known yet
/// @param delay how long to hold it back first (the tarpit), on wire time
/// @param next  how it goes on after that
record Answer(Optional<Reply> reply, Duration delay, Next next) {
    /// How a session goes on.
    enum Next {
        /// with the next command
        COMMAND,
        /// with data
        DATA,
        /// with what answers the 334
        AUTH,
        /// not until the answer that is owed has come
        WAIT,
        /// with TLS, if that can be had
        TLS,
        /// not at all: the connection is closed
        CLOSE
    }

    /// The reply comes later; nothing more is read until then.
    static final Answer LATER = new Answer(Optional.empty(), Duration.ZERO, Next.WAIT);

    /// Nothing is said, and it goes on.
    static final Answer NOTHING = new Answer(Optional.empty(), Duration.ZERO, Next.COMMAND);

    static Answer of(Reply reply) {
        return new Answer(Optional.of(reply), Duration.ZERO, Next.COMMAND);
    }

    static Answer closing(Reply reply) {
        return new Answer(Optional.of(reply), Duration.ZERO, Next.CLOSE);
    }

    /// Whether it says no.
    boolean refusal() {
        return reply.filter(said -> !said.positive()).isPresent();
    }

    Answer then(Next other) {
        return new Answer(reply, delay, other);
    }

    Answer after(Duration wait) {
        return new Answer(reply, wait, next);
    }
}
