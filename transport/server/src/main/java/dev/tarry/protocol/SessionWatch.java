package dev.tarry.protocol;

import dev.tarry.config.AddressRange;
import dev.tarry.smtp.Transcript.Event;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody wants to read what certain clients say. Heard are sessions that begin after it did, from its beginning to
/// its stop; what was heard is kept until it is removed. Thread-safe.
///
/// A session that is watched for a mail address is kept back until the address is named in MAIL or RCPT, and let go if
/// it never is.
public final class SessionWatch {
    /// Sessions that one watch keeps if nobody says how many.
    public static final int USUAL_SESSIONS = 100;

    /// The most that somebody can say.
    public static final int MAX_SESSIONS = 1_000;

    /// Lines of one session that are kept.
    public static final int MAX_LINES = 2_000;

    /// Characters that one watch keeps in all, and that it keeps back in all.
    public static final long MAX_CHARACTERS = 8_000_000;

    /// Sessions that may be kept back at a time; others are not heard.
    static final int MAX_HELD_BACK = 5_000;

    private static final Pattern PATH =
            Pattern.compile("(?i)\\s*(?:MAIL\\s+FROM|RCPT\\s+TO)\\s*:\\s*(?<path><[^>]*>|\\S+).*");

    /// What is wanted.
    ///
    /// @param clients     those that are heard; absent: all
    /// @param address     a sender's or recipient's, in lower case, `<>` for reports; absent: any
    /// @param connector   by its name; absent: all
    /// @param maxSessions the first so many are kept: 1 to [#MAX_SESSIONS]
    public record Wanted(
            Optional<AddressRange> clients, Optional<String> address, Optional<String> connector, int maxSessions) {
        public Wanted {
            if (maxSessions < 1 || maxSessions > MAX_SESSIONS) {
                throw new IllegalArgumentException("a watch keeps 1 to " + MAX_SESSIONS + " sessions");
            }
            address = address.map(text -> text.toLowerCase(Locale.ROOT));
        }

        boolean takes(String connectorName, String clientIp) {
            return connector.map(name -> name.equalsIgnoreCase(connectorName)).orElse(true)
                    && clients.map(range -> range.contains(InetAddress.ofLiteral(clientIp)))
                            .orElse(true);
        }

        /// Whether a client's line names the address.
        boolean namedIn(String command) {
            Matcher path = PATH.matcher(command);
            if (address.isEmpty() || !path.matches()) {
                return false;
            }
            String text = path.group("path").toLowerCase(Locale.ROOT);
            if (text.equals("<>") || address.get().equals("<>")) {
                return text.equals(address.get());
            }
            String inner = text.startsWith("<") ? text.substring(1, text.length() - 1) : text;
            boolean routed = inner.startsWith("@") && inner.indexOf(':') > 0;
            return (routed ? inner.substring(inner.indexOf(':') + 1) : inner).equals(address.get());
        }
    }

    private final String id;
    private final Wanted wanted;
    private final Instant begun;
    private final Map<String, Heard> kept = new LinkedHashMap<>();
    private Optional<Instant> stopped = Optional.empty();
    private long characters;
    private long heldBackCharacters;
    private int heldBack;
    private int missed;

    SessionWatch(String id, Wanted wanted, Instant begun) {
        this.id = id;
        this.wanted = wanted;
        this.begun = begun;
    }

    /// Names it while the server runs.
    public String id() {
        return id;
    }

    public Wanted wanted() {
        return wanted;
    }

    /// Lab time.
    public Instant begun() {
        return begun;
    }

    /// Lab time; absent while it goes on.
    public synchronized Optional<Instant> stopped() {
        return stopped;
    }

    /// Sessions that were not kept, since there were too many.
    public synchronized int missed() {
        return missed;
    }

    /// In the order in which they began to be kept.
    public synchronized List<WatchedSession> sessions() {
        return kept.values().stream().map(Heard::shown).toList();
    }

    synchronized void stop(Instant now) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(now);
        }
    }

    /// A session that it may want begins.
    synchronized Optional<Heard> open(String session, String connector, String remote, Instant now) {
        if (stopped.isPresent()) {
            return Optional.empty();
        }
        boolean full = kept.size() >= wanted.maxSessions() || heldBack >= MAX_HELD_BACK;
        if (full && wanted.address().isEmpty()) {
            missed++;
        }
        if (full) {
            return Optional.empty();
        }
        Heard heard = new Heard(session, connector, remote, now);
        if (wanted.address().isEmpty()) {
            heard.isKept = true;
            kept.put(session, heard);
        } else {
            heldBack++;
        }
        return Optional.of(heard);
    }

    /// What has been heard of one session.
    final class Heard {
        private final String session;
        private final String connector;
        private final String remote;
        private final Instant opened;
        private final List<WatchedSession.Line> lines = new ArrayList<>();
        private String local = "";
        private Optional<Instant> closed = Optional.empty();
        private int leftOut;
        /// characters of its lines
        private long own;
        private boolean isKept;
        /// there is nothing more to hear
        private boolean over;

        private Heard(String session, String connector, String remote, Instant opened) {
            this.session = session;
            this.connector = connector;
            this.remote = remote;
            this.opened = opened;
        }

        void connected(String ourEnd) {
            synchronized (SessionWatch.this) {
                local = ourEnd;
            }
        }

        /// @param data without secrets
        void line(Instant now, Event event, String data, String context) {
            synchronized (SessionWatch.this) {
                if (over) {
                    return;
                }
                if (stopped.isEmpty()) {
                    add(new WatchedSession.Line(now, event, data, context));
                    if (!isKept && event == Event.RECEIVED && wanted.namedIn(data)) {
                        keep();
                    }
                }
                if (event == Event.DISCONNECT) {
                    closed = stopped.isEmpty() ? Optional.of(now) : closed;
                    letGo();
                    over = true;
                }
            }
        }

        private void add(WatchedSession.Line line) {
            long more = line.data().length() + line.context().length();
            if (lines.size() >= MAX_LINES || (isKept ? characters : heldBackCharacters) + more > MAX_CHARACTERS) {
                leftOut++;
                return;
            }
            lines.add(line);
            own += more;
            if (isKept) {
                characters += more;
            } else {
                heldBackCharacters += more;
            }
        }

        /// It is held back no longer.
        private void letGo() {
            if (!isKept) {
                heldBack--;
                heldBackCharacters -= own;
            }
        }

        private void keep() {
            letGo();
            if (kept.size() >= wanted.maxSessions()) {
                missed++;
                lines.clear();
                over = true;
                return;
            }
            isKept = true;
            kept.put(session, this);
            characters += own;
        }

        private WatchedSession shown() {
            return new WatchedSession(session, connector, local, remote, opened, closed, lines, leftOut);
        }
    }
}
