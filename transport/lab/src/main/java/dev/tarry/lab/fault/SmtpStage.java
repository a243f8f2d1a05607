package dev.tarry.lab.fault;

/// Where in a session with a lab host an SMTP fault strikes, in the order of a session.
public enum SmtpStage implements Worded {
    /// instead of the 220
    BANNER,
    EHLO,
    HELO,
    STARTTLS,
    /// at each step of AUTH
    AUTH,
    MAIL,
    RCPT,
    /// instead of the 354; with BDAT, at the first chunk
    DATA,
    /// while content comes in
    CONTENT,
    /// after the final dot (or the last chunk), instead of the 250; a message that is refused is not kept
    EOD,
    /// the message is kept, and then this instead of the 250: the sender cannot know
    KEPT,
    /// between messages: after the 250 to a message, unasked
    BETWEEN,
    RSET,
    QUIT;

    /// Whether the sender of the transaction is known here.
    boolean knowsSender() {
        return compareTo(MAIL) >= 0 && compareTo(KEPT) <= 0;
    }

    /// Whether at least one recipient is known here.
    boolean knowsRecipient() {
        return compareTo(RCPT) >= 0 && compareTo(KEPT) <= 0;
    }

    /// Whether the client waits for an answer here.
    boolean answers() {
        return this != CONTENT && this != BETWEEN;
    }
}
