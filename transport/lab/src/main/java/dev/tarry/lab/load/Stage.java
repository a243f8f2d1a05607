package dev.tarry.lab.load;

import java.util.Locale;

/// What is waited for in a session, in the order of a session.
public enum Stage {
    CONNECT,
    BANNER,
    EHLO,
    HELO,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /// from the last octet of the content to its reply
    END_OF_DATA,
    RSET,
    QUIT,
    /// the session waits for its next message, and the server for the session
    IDLE;

    /// In words: `end of data`.
    public String words() {
        return this == END_OF_DATA
                ? "end of data"
                : compareTo(EHLO) >= 0 && this != IDLE ? name() : name().toLowerCase(Locale.ROOT);
    }
}
