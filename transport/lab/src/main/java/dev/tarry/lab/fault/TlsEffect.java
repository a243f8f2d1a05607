package dev.tarry.lab.fault;

/// What goes wrong with STARTTLS at a mail host (RFC 3207).
public sealed interface TlsEffect {
    /// Not offered, and unknown as a command.
    record Strip() implements TlsEffect {}

    /// Offered, and refused when asked for.
    ///
    /// @param code 400 to 599
    record Refuse(int code, String text) implements TlsEffect {
        public Refuse {
            ReplyRules.refusal(code, text);
        }
    }

    /// Says 220, and nothing after that.
    record Stall() implements TlsEffect {}

    /// Says 220, and closes when the handshake begins.
    record Close() implements TlsEffect {}

    /// Says 220, and answers the handshake with octets that are no TLS.
    record Garbage() implements TlsEffect {}

    /// Shows a certificate that no careful client believes.
    record Certificate(Flaw kind) implements TlsEffect {}

    /// What is wrong with a certificate, at lab time.
    enum Flaw implements Worded {
        EXPIRED,
        NOT_YET,
        SELF_SIGNED,
        WRONG_NAME,
        /// Signed by an authority that nobody knows.
        UNKNOWN_CA
    }
}
