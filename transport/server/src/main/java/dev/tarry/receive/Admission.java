package dev.tarry.receive;

import dev.tarry.mail.Reply;
import java.time.Duration;
import java.util.Optional;

/// Whether mail may come in at the moment: not while the service is paused or stopped, nor while resources are short.
/// Any thread; quick. What it refuses with 421 ends the session.
public interface Admission {
    /// To everybody, always.
    Admission OPEN = new Admission() {};

    /// What a client that connects is told instead of a greeting; empty: it is welcome.
    default Optional<Reply> atConnection() {
        return Optional.empty();
    }

    /// What a client that begins a message (MAIL) is told; empty: it may.
    default Optional<Reply> atMail() {
        return Optional.empty();
    }

    /// How long one that may is kept waiting for its answer, on wire time; zero: it is not.
    default Duration delayAtMail() {
        return Duration.ZERO;
    }

    /// What a client whose message is whole is told; empty: it is taken.
    default Optional<Reply> atEndOfData() {
        return Optional.empty();
    }

    /// Those whom this one lets in are asked for by another too.
    default Admission and(Admission other) {
        Admission first = this;
        return new Admission() {
            @Override
            public Optional<Reply> atConnection() {
                return first.atConnection().or(other::atConnection);
            }

            @Override
            public Optional<Reply> atMail() {
                return first.atMail().or(other::atMail);
            }

            @Override
            public Duration delayAtMail() {
                Duration one = first.delayAtMail();
                Duration two = other.delayAtMail();
                return one.compareTo(two) < 0 ? two : one;
            }

            @Override
            public Optional<Reply> atEndOfData() {
                return first.atEndOfData().or(other::atEndOfData);
            }
        };
    }
}
