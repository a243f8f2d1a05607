package dev.tarry.dns;

/// Why a lookup could not be finished.
public enum DnsStatus {
    /// SERVFAIL or another error from the last server asked (D7).
    SERVER_FAILURE,
    /// REFUSED (D8).
    REFUSED,
    /// No answer in time, from any server or in all (D9).
    TIMEOUT,
    /// Nobody to ask, or nobody reachable (D10).
    NO_SERVER,
    /// An answer that is none (D11).
    MALFORMED,
    /// Aliases that go round, or on for too long (D11).
    ALIAS_LOOP,
    /// The MX records are known, but none of their hosts' addresses, for one of the reasons above (D15).
    HOSTS_UNRESOLVED,
    /// The answer did not fit into a datagram and TCP is not allowed (D19).
    TRUNCATED
}
