package dev.tarry.store;

/// What an attempt ended with.
///
/// @param details the words, e.g. `451 4.4.0 DNS query failed. …`; empty if there is no error
/// @param host    the last endpoint's name, empty if none
/// @param ip      the last endpoint's address, empty if none
/// @param atMillis when, lab time
/// @param note    what tells it from others with the same words: a short code of which there are few (`D9`), a blank,
///                and more for people, without `;`, `{` and `}`; empty where the words say it all
public record ErrorRecord(String details, String host, String ip, long atMillis, String note) {
    public static final ErrorRecord NONE = new ErrorRecord("", "", "", 0);

    /// With nothing beside its words.
    public ErrorRecord(String details, String host, String ip, long atMillis) {
        this(details, host, ip, atMillis, "");
    }

    /// The code that a note begins with; empty if there is none.
    public static String code(String note) {
        int blank = note.indexOf(' ');
        return blank < 0 ? note : note.substring(0, blank);
    }

    public boolean isNone() {
        return details.isEmpty();
    }

    /// Whether both say the same, whenever they said it; notes may differ, since what flickers is not news each time.
    public boolean sameWords(ErrorRecord other) {
        return details.equals(other.details) && host.equals(other.host) && ip.equals(other.ip);
    }
}
