package dev.tarry.lab.mx;

import dev.tarry.lab.mx.JournaledSession.Direction;
import dev.tarry.lab.mx.JournaledSession.Line;
import dev.tarry.lab.mx.JournaledSession.Speaker;
import dev.tarry.lab.mx.JournaledSession.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicLong;

/// A session as it is being written down: by its loop, read from anywhere. Thread-safe.
final class SessionEntry {
    static final int LINES_MAX = 200;
    static final int LINE_MAX = 500;

    /// What a line or an address costs beside its characters, about, in bytes.
    private static final int ENTRY_COST = 80;

    /// Senders, recipients and messages that are noted, of each.
    static final int NOTED_MAX = 100;

    private final String id;
    private final InstantSource clock;
    private final AtomicLong characters;
    private final Direction direction;
    private final String host;
    private final String address;
    private final int port;
    private final String client;
    private final Instant opened;

    private Instant closed;
    private String heloName = "";
    private String tlsVersion = "";
    private String tlsCipher = "";
    private String user = "";
    private String end = "open";
    private long octetsIn;
    private long octetsOut;
    private long linesLeftOut;
    private long mine;
    private boolean forgotten;
    private final List<Line> lines = new ArrayList<>();
    private final SequencedSet<String> senders = new LinkedHashSet<>();
    private final SequencedSet<String> recipients = new LinkedHashSet<>();
    private final List<Taken> messages = new ArrayList<>();

    /// @param characters of all sessions, see [SessionJournal#CHARACTERS_MAX]
    SessionEntry(
            String id,
            InstantSource clock,
            AtomicLong characters,
            Direction direction,
            String host,
            String address,
            int port,
            String client) {
        this.id = id;
        this.clock = clock;
        this.characters = characters;
        this.direction = direction;
        this.host = host;
        this.address = address;
        this.port = port;
        this.client = client;
        this.opened = clock.instant();
    }

    String id() {
        return id;
    }

    /// Lab time.
    Instant now() {
        return clock.instant();
    }

    /// @param line without its end, one char for each octet or as it was read
    synchronized void heard(String line) {
        add(Speaker.CLIENT, line);
    }

    /// @param words one line or several, line ends included, or a piece of one
    synchronized void said(String words) {
        octetsOut += words.length();
        int from = 0;
        while (from < words.length()) {
            int end = words.indexOf('\n', from);
            int to = end < 0 ? words.length() : end;
            boolean cr = end > from && words.charAt(end - 1) == '\r';
            add(Speaker.HOST, words.substring(from, cr ? to - 1 : to));
            from = to + 1;
        }
    }

    synchronized void note(String remark) {
        add(Speaker.NOTE, remark);
    }

    private void add(Speaker speaker, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (lines.size() >= LINES_MAX) {
            linesLeftOut++;
            return;
        }
        var shown = shown(text);
        lines.add(new Line(Duration.between(opened, clock.instant()), speaker, shown));
        count(shown);
    }

    private void count(String kept) {
        int cost = kept.length() + ENTRY_COST;
        mine += cost;
        if (!forgotten) {
            characters.addAndGet(cost);
        }
    }

    /// Nothing that could do harm in a log or a terminal.
    static String shown(String text) {
        int length = Math.min(text.length(), LINE_MAX);
        boolean plain = text.length() == length;
        for (int i = 0; plain && i < length; i++) {
            plain = text.charAt(i) >= ' ' && text.charAt(i) < 0x7f;
        }
        if (plain) {
            return text;
        }
        var escaped = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                escaped.append(c);
            } else if (c <= 0xff) {
                escaped.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            } else {
                escaped.append('?');
            }
        }
        return text.length() > length ? escaped.append(" …").toString() : escaped.toString();
    }

    synchronized void read(long octets) {
        octetsIn += octets;
    }

    synchronized void hello(String name) {
        heloName = shown(name);
    }

    synchronized void tls(String version, String cipher) {
        tlsVersion = version;
        tlsCipher = cipher;
        add(Speaker.NOTE, version + " with " + cipher);
    }

    synchronized void user(String name) {
        user = shown(name);
    }

    synchronized void sender(String path) {
        if (senders.size() < NOTED_MAX && senders.add(shown(path))) {
            count(path);
        }
    }

    synchronized void recipient(String path) {
        if (recipients.size() < NOTED_MAX && recipients.add(shown(path))) {
            count(path);
        }
    }

    synchronized void kept(String messageId) {
        if (messages.size() < NOTED_MAX) {
            messages.add(new Taken(messageId, false));
        }
    }

    synchronized void answered(String messageId) {
        messages.replaceAll(taken -> taken.id().equals(messageId) ? new Taken(messageId, true) : taken);
    }

    /// The first word counts.
    ///
    /// @param how see [JournaledSession#end]
    synchronized void ending(String how) {
        if (end.equals("open")) {
            end = how;
        }
    }

    /// @param how if nothing was said before
    synchronized void close(String how) {
        ending(how);
        if (closed == null) {
            closed = clock.instant();
        }
    }

    /// What is written from now on counts no more.
    synchronized void forgotten() {
        forgotten = true;
        characters.addAndGet(-mine);
    }

    synchronized JournaledSession view() {
        return new JournaledSession(
                id,
                opened,
                Optional.ofNullable(closed),
                direction,
                host,
                address,
                port,
                client,
                heloName,
                tlsVersion,
                tlsCipher,
                user,
                List.copyOf(senders),
                List.copyOf(recipients),
                octetsIn,
                octetsOut,
                messages,
                closed == null ? "open" : end,
                lines,
                linesLeftOut);
    }
}
