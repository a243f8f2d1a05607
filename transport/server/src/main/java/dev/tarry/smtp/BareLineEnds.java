package dev.tarry.smtp;

/// What happens to a CR or LF that is not part of a CRLF, and to a NUL, inside received data. Whatever is
/// chosen, only CRLF.CRLF ends the data.
public enum BareLineEnds {
    /// The message is refused after its true end (`550 5.6.11`).
    REJECT,
    /// A bare CR or LF becomes CRLF, a NUL is dropped.
    NORMALISE,
    /// All are kept as they came; on the way out [DotStuffing] makes them harmless.
    PASS
}
