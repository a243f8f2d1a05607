package dev.tarry.lab.tls;

/// How a host's certificate is good, or what is wrong with it. Each is wrong in one way only.
public enum CertificateKind {
    /// for the name, of the lab's authority, valid now
    GOOD,
    /// good until a day ago, in lab time
    EXPIRED,
    /// good a month from now, in lab time
    NOT_YET,
    /// for the name and valid now, but signed by itself
    SELF_SIGNED,
    /// of the lab's authority and valid now, but for [LabAuthority#WRONG_NAME]
    WRONG_NAME,
    /// for the name and valid now, but of an authority that nobody has heard of
    UNKNOWN_AUTHORITY
}
