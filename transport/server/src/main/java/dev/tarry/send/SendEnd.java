package dev.tarry.send;

import dev.tarry.mail.Reply;

/// How an attempt ended.
public sealed interface SendEnd {
    /// A host was reached and nothing is wrong with the next hop. There may be more messages: a connection carries
    /// a limited number.
    ///
    /// @param messages how many were tried
    record Done(int messages) implements SendEnd {}

    /// No host could be used; no message was tried.
    ///
    /// @param words for LastError, 4xx
    /// @param last  the last one tried
    record ConnectionFailed(Reply words, Target last) implements SendEnd {}

    /// The connection was lost, or the host closed it with a 421, in the middle of a message.
    ///
    /// @param words for LastError, 4xx
    record Dropped(Reply words, Target target) implements SendEnd {}
}
