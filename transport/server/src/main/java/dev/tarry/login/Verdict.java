package dev.tarry.login;

/// What comes of an attempt to log in.
public sealed interface Verdict {
    /// It is who it says it is.
    record Welcome(Login login) implements Verdict {}

    /// It is not; why is nobody's business.
    record Refused() implements Verdict {}

    /// Too many others want to know at the moment.
    record Busy() implements Verdict {}

    /// What was said breaks the mechanism's grammar.
    record Malformed() implements Verdict {}

    Verdict REFUSED = new Refused();
    Verdict BUSY = new Busy();
    Verdict MALFORMED = new Malformed();
}
