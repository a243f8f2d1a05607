package dev.tarry.receive;

import dev.tarry.mail.Reply;

/// Counts what sessions do. Called on io loops, from several threads; implementations are quick and allocate nothing.
public interface ReceiveMeter {
    ReceiveMeter NONE = new ReceiveMeter() {};

    /// How TLS began, or did not.
    enum Handshake {
        COMPLETED,
        /// the client broke it off, or never ended it
        FAILED,
        /// there is no certificate to begin with
        UNAVAILABLE
    }

    /// What came of an attempt to log in.
    enum LogIn {
        SUCCEEDED,
        /// a wrong password or token, somebody unknown or disabled, or a connector that has no users
        REFUSED,
        /// too many waited for their passwords to be checked
        BUSY
    }

    /// Why a session is held up.
    enum Pause {
        /// the disk does not keep up with the body that comes in
        DISK_BEHIND,
        /// the client does not read our replies
        REPLIES_UNREAD,
        /// a refusal is answered late on purpose
        TARPIT,
        /// MAIL is answered late since resources run short
        BACK_PRESSURE
    }

    default void connected() {}

    default void disconnected() {}

    /// A connection was turned away because a limit of connections was reached.
    default void turnedAway() {}

    /// A message was taken, durable.
    ///
    /// @param bytes as stored
    /// @param recipients at least 1
    default void accepted(long bytes, int recipients) {}

    /// A command or message was refused, or a session ended before its client wanted it to.
    ///
    /// @param reply 400 to 599
    default void refused(Reply reply) {}

    /// A session is made to wait.
    default void paused(Pause why) {}

    /// A client tried to log in.
    default void loggedIn(LogIn how) {}

    /// STARTTLS was asked for, or TLS began with the connection.
    default void secured(Handshake how) {}
}
