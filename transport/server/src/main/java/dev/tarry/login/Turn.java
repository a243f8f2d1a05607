package dev.tarry.login;

/// What a server does next in a [Conversation].
public sealed interface Turn {
    /// Says something, and hears the answer.
    ///
    /// @param octets before base64; may be empty
    record Challenge(byte[] octets) implements Turn {}

    /// Has the password looked at, by [LoginDesk#check].
    record Check(Claim claim) implements Turn {}

    /// Is at the end.
    record Over(Verdict verdict) implements Turn {}
}
