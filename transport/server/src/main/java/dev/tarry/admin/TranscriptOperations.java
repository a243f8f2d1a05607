package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.AddressRange;
import dev.tarry.mail.EmailAddress;
import dev.tarry.protocol.SessionWatch;
import dev.tarry.protocol.SessionWatches;
import dev.tarry.protocol.WatchedSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Transcripts of SMTP sessions on demand: begun for a client or an address, read while they grow, stopped, removed.
/// Thread-safe; does not block.
public final class TranscriptOperations {
    private final SessionWatches watches;

    public TranscriptOperations(SessionWatches watches) {
        this.watches = watches;
    }

    /// Begins one.
    ///
    /// @param client    an address, a CIDR range, or a first and a last address
    /// @param address   a sender's or recipient's; `<>` for reports
    /// @param connector the name of a receive connector; absent: all
    /// @param sessions  how many are kept, the first ones; absent: [SessionWatch#USUAL_SESSIONS]
    /// @throws OperationRefused if neither client nor address is said, something is no such thing, or there are
    /// too many
    public SequencedMap<String, Object> begin(
            Optional<String> client, Optional<String> address, Optional<String> connector, Optional<Long> sessions) {
        if (client.isEmpty() && address.isEmpty()) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER, "Client or Address says whose sessions are meant: name one of them");
        }
        long most = sessions.orElse((long) SessionWatch.USUAL_SESSIONS);
        if (most < 1 || most > SessionWatch.MAX_SESSIONS) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER, "MaxSessions is 1 to " + SessionWatch.MAX_SESSIONS + ", not " + most);
        }
        SessionWatch.Wanted wanted = new SessionWatch.Wanted(
                client.map(TranscriptOperations::range), address.map(TranscriptOperations::address), connector, (int)
                        most);
        return bag(
                watches.begin(wanted)
                        .orElseThrow(() -> new OperationRefused(
                                Reason.CONFLICT,
                                "there are " + SessionWatches.MAX_WATCHES
                                        + " transcripts already; remove one that is not needed any more")),
                false);
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text.strip());
        } catch (IllegalArgumentException _) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER,
                    OperationRefused.quoted(text)
                            + " is no client; write an IP address, a CIDR range, or a first and a last address");
        }
    }

    private static String address(String text) {
        return text.strip().equals("<>")
                ? "<>"
                : EmailAddress.parse(text.strip())
                        .map(EmailAddress::toString)
                        .orElseThrow(() -> new OperationRefused(
                                Reason.INVALID_PARAMETER,
                                OperationRefused.quoted(text) + " is not a mail address, such as user@contoso.com"));
    }

    /// All, without what was said.
    public List<SequencedMap<String, Object>> list() {
        return watches.all().stream().map(watch -> bag(watch, false)).toList();
    }

    /// One, with what was said so far.
    ///
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> get(String id) {
        return bag(find(id), true);
    }

    /// Hears no more; what was heard stays.
    ///
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> stop(String id) {
        SessionWatch watch = find(id);
        watches.stop(watch);
        return bag(watch, true);
    }

    /// @throws OperationRefused if there is none
    public void remove(String id) {
        watches.remove(find(id));
    }

    private SessionWatch find(String id) {
        return watches.find(id)
                .orElseThrow(() -> new OperationRefused(
                        Reason.UNKNOWN_OBJECT, "there is no transcript " + OperationRefused.quoted(id)));
    }

    private static SequencedMap<String, Object> bag(SessionWatch watch, boolean whole) {
        List<WatchedSession> sessions = watch.sessions();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Id", watch.id());
        bag.put("Client", watch.wanted().clients().map(AddressRange::toString).orElse(null));
        bag.put("Address", watch.wanted().address().orElse(null));
        bag.put("Connector", watch.wanted().connector().orElse(null));
        bag.put("MaxSessions", watch.wanted().maxSessions());
        bag.put("Begun", watch.begun());
        bag.put("Stopped", watch.stopped().orElse(null));
        bag.put("SessionCount", sessions.size());
        bag.put("SessionsLeftOut", watch.missed());
        if (whole) {
            bag.put("Sessions", sessions.stream().map(TranscriptOperations::bag).toList());
        }
        return bag;
    }

    private static SequencedMap<String, Object> bag(WatchedSession session) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("SessionId", session.id());
        bag.put("ConnectorId", session.connector());
        bag.put("LocalEndpoint", session.local());
        bag.put("RemoteEndpoint", session.remote());
        bag.put("Opened", session.opened());
        bag.put("Closed", session.closed().orElse(null));
        bag.put("Lines", session.lines().stream().map(TranscriptOperations::bag).toList());
        bag.put("LinesLeftOut", session.linesLeftOut());
        return bag;
    }

    private static SequencedMap<String, Object> bag(WatchedSession.Line line) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("DateTime", line.time());
        bag.put("Event", Character.toString(line.event().sign()));
        bag.put("Data", line.data());
        bag.put("Context", line.context());
        return bag;
    }
}
