package dev.tarry.eventlog;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Everything that is ever written to the event log.
public enum EventKind {
    CONNECTION_REJECTED(
            1003,
            EventLevel.WARNING,
            "SmtpReceive",
            Origin.EXCHANGE_ID,
            true,
            "A client's connection was turned away, because the receive connector has as many as it may have."),
    SERVER_UNREACHABLE(
            1009,
            EventLevel.ERROR,
            "SmtpSend",
            Origin.OURS,
            true,
            "No host of a next hop has let itself be connected to since the queue's episode of Retry began, and the quick"
                    + " retries are used up: from now on it is tried at the long interval only."),
    TLS_TROUBLE(
            1012,
            EventLevel.WARNING,
            "SmtpReceive",
            Origin.EXCHANGE_ID,
            true,
            "STARTTLS came to nothing: there is no certificate, or the client broke the handshake off; or a certificate's"
                    + " file has changed and cannot be used."),
    LOGON_FAILED(
            1035,
            EventLevel.WARNING,
            "SmtpReceive",
            Origin.EXCHANGE,
            true,
            "A client tried to log in at a receive connector, and was refused: a wrong password, somebody unknown or"
                    + " disabled, or a connector whose permission groups have no users."),
    SEND_DNS_FAILURE(
            2000,
            EventLevel.WARNING,
            "SmtpSend",
            Origin.EXCHANGE,
            true,
            "The hosts of a next hop could not be looked up; its queue waits in Retry."),
    SEND_CONNECTION_ERROR(
            2002,
            EventLevel.WARNING,
            "SmtpSend",
            Origin.EXCHANGE_ID,
            true,
            "A host could not be connected to, did not take mail, or was lost in the middle of it."),
    DELIVERY_FAILED(
            2004,
            EventLevel.WARNING,
            "DSN",
            Origin.OURS,
            true,
            "A message could not be delivered to some of its recipients, and its sender was sent an NDR."),
    SEND_CERTIFICATE_MISSING(
            2006,
            EventLevel.WARNING,
            "SmtpSend",
            Origin.OURS,
            true,
            "A send connector is to show a certificate that the server does not have (TlsCertificateName, or Domain Security"
                    + " without any); hosts that want to see one may refuse its mail."),
    SERVICE_STARTED(
            7001, EventLevel.INFORMATION, "ProcessManager", Origin.OURS, false, "The transport service accepts mail."),
    SERVICE_STOPPED(
            7002,
            EventLevel.INFORMATION,
            "ProcessManager",
            Origin.OURS,
            false,
            "The transport service ends in good order. A start without one before it follows a kill."),
    SERVICE_PAUSED(
            7003,
            EventLevel.INFORMATION,
            "ProcessManager",
            Origin.OURS,
            false,
            "The transport service is paused: it takes no mail until it is continued or started again, which 7001 tells."),
    CERTIFICATE_CHANGED(
            7004,
            EventLevel.INFORMATION,
            "SmtpReceive",
            Origin.OURS,
            false,
            "The file of the receive connectors' certificate has changed: sessions that begin from now on are shown the new"
                    + " one."),
    LOG_STOPPED(
            7010,
            EventLevel.ERROR,
            "Logging",
            Origin.OURS,
            false,
            "One of the logs cannot be written (the disk is full, or the folder is not there). Mail goes on; what is to be"
                    + " logged waits in memory up to a bound."),
    LOG_RESUMED(
            7011,
            EventLevel.INFORMATION,
            "Logging",
            Origin.OURS,
            false,
            "That log is written again. It says how many of its lines are lost."),
    PICKUP_BAD_FILE(
            8001,
            EventLevel.WARNING,
            "Pickup",
            Origin.OURS,
            true,
            "A file in the Pickup or Replay directory can never be sent: it was set aside as .bad."),
    PICKUP_TROUBLE(
            8002,
            EventLevel.WARNING,
            "Pickup",
            Origin.OURS,
            true,
            "The Pickup or Replay directory, or a file in it, could not be read or renamed; it is tried again."),
    POISON_MESSAGE(
            10001,
            EventLevel.WARNING,
            "PoisonMessage",
            Origin.EXCHANGE_ID,
            false,
            "A message whose processing failed too often was set aside in the Poison queue."),
    POISON_SUSPECTED(
            10003,
            EventLevel.WARNING,
            "PoisonMessage",
            Origin.EXCHANGE_ID,
            true,
            "The processing of a message failed unexpectedly; at the threshold it is poison."),
    PRESSURE_INCREASED(
            15004,
            EventLevel.ERROR,
            "ResourceManager",
            Origin.EXCHANGE,
            false,
            "The store has failed, and mail is refused (452 4.3.1) until it is open again; or a resource is short: at"
                    + " Medium MAIL is answered late, at High mail is refused."),
    PRESSURE_DECREASED(
            15005,
            EventLevel.INFORMATION,
            "ResourceManager",
            Origin.EXCHANGE,
            false,
            "The store is open again, or a resource is less short."),
    DISK_FULL(
            15006,
            EventLevel.ERROR,
            "ResourceManager",
            Origin.EXCHANGE,
            false,
            "There is no space on the store's disk: mail is refused (452 4.3.1)."),
    MEMORY_SHORT(
            15007,
            EventLevel.ERROR,
            "ResourceManager",
            Origin.EXCHANGE,
            false,
            "There is not enough memory: mail is refused (452 4.3.1), and so are connections (421 4.3.2)."),
    DATABASE_DAMAGED(
            17003,
            EventLevel.ERROR,
            "Storage",
            Origin.OURS,
            false,
            "The store was damaged, and has been repaired: what could not be read is set aside and named."),
    CONTENT_DAMAGED(
            17004,
            EventLevel.ERROR,
            "Storage",
            Origin.OURS,
            true,
            "Octets of a queued message cannot be read from the store, which is damaged there: the message is set aside."),
    NO_DNS_SERVERS(
            16025,
            EventLevel.ERROR,
            "Configuration",
            Origin.EXCHANGE_ID,
            true,
            "A next hop was to be looked up, and the list of DNS servers that counts for it is empty."),
    ADAPTER_WITHOUT_DNS_SERVERS(
            16026,
            EventLevel.ERROR,
            "Configuration",
            Origin.EXCHANGE_ID,
            true,
            "A next hop was to be looked up by the network adapter's DNS servers, and the adapter has none.");

    /// Where id and meaning come from.
    enum Origin {
        /// id, level and meaning are Exchange's
        EXCHANGE("Exchange's"),
        /// Exchange has the id for such things; its level, or which of them exactly, is not known for sure
        EXCHANGE_ID("Exchange's id; level or exact meaning unsure"),
        /// the id is given meaning here
        OURS("tarry's own");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// Whose events they are.
    public static final String SOURCE = "MSExchangeTransport";

    private final int id;
    private final EventLevel level;
    private final String category;
    private final Origin origin;
    private final boolean repeats;
    private final String meaning;

    EventKind(int id, EventLevel level, String category, Origin origin, boolean repeats, String meaning) {
        this.id = id;
        this.level = level;
        this.category = category;
        this.origin = origin;
        this.repeats = repeats;
        this.meaning = meaning;
    }

    public int id() {
        return id;
    }

    public EventLevel level() {
        return level;
    }

    /// Windows' task category: which part of the service.
    public String category() {
        return category;
    }

    Origin origin() {
        return origin;
    }

    /// Whether the same about the same thing is told once in a while only.
    boolean repeats() {
        return repeats;
    }

    /// For people: when it is written.
    String meaning() {
        return meaning;
    }

    /// All categories, in alphabetical order.
    public static SortedSet<String> categories() {
        SortedSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (EventKind kind : values()) {
            all.add(kind.category);
        }
        return all;
    }

    /// @return empty if there is no such id
    static Optional<EventKind> of(int id) {
        for (EventKind kind : values()) {
            if (kind.id == id) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
