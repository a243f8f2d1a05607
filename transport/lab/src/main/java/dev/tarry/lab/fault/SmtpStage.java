package dev.tarry.lab.fault;

import java.util.Locale;

/// Where in a session with a lab host an SMTP fault strikes, in the order of a session.
public enum SmtpStage {
    /// instead of the 220
    BANNER,
    EHLO,
    HELO,
    MAIL,
    RCPT,
    /// instead of the 354
    DATA,
    /// after the final dot, instead of the 250; the message is not kept
    EOD,
    QUIT;

    /// Whether the sender of the transaction is known here.
    boolean knowsSender() {
        return compareTo(MAIL) >= 0 && this != QUIT;
    }

    /// Whether at least one recipient is known here.
    boolean knowsRecipient() {
        return compareTo(RCPT) >= 0 && this != QUIT;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
