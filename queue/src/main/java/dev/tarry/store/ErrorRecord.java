package dev.tarry.store;

/// What an attempt ended with.
///
/// @param details the words, e.g. `451 4.4.0 DNS query failed. …`; empty if there is no error
/// @param host    the last endpoint's name, empty if none
/// @param ip      the last endpoint's address, empty if none
/// @param atMillis when, lab time
public record ErrorRecord(String details, String host, String ip, long atMillis) {
    public static final ErrorRecord NONE = new ErrorRecord("", "", "", 0);

    public boolean isNone() {
        return details.isEmpty();
    }

    /// Whether both say the same, whenever they said it.
    public boolean sameWords(ErrorRecord other) {
        return details.equals(other.details) && host.equals(other.host) && ip.equals(other.ip);
    }
}
