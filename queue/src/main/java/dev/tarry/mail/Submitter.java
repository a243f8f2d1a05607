package dev.tarry.mail;

/// Who handed a message in, as far as the limits of the organization ask (reference §6.2, §6.3).
public enum Submitter {
    /// This server itself: reports, tests, what Safety Net delivers again. No limit of the organization binds it.
    SYSTEM,
    /// Nobody who has said who he is.
    ANONYMOUS,
    /// One of our own people, who has logged in, or a server of ours.
    MEMBER
}
