package dev.tarry.lab.fault;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// All faults that are set, in the order of adding; the first that matches and still wants to fire wins.
/// Thread-safe: asked on many loops, changed from anywhere; each call is short and waits for nothing.
public final class Faults {
    /// Past this, adding is refused: each question walks the list.
    static final int FAULTS_MAX = 10_000;

    private final InstantSource clock;
    private final Runnable onCounted;
    private final List<Entry> entries = new ArrayList<>();
    private volatile boolean badLinks;
    private volatile boolean badStore;
    private long lastId;

    /// @param clock lab time
    /// @param onCounted called when counters have changed, on the thread that asked
    public Faults(InstantSource clock, Runnable onCounted) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.onCounted = Objects.requireNonNull(onCounted, "onCounted");
    }

    /// @throws BadFault when there are too many already
    public synchronized ActiveFault add(Fault fault) {
        if (entries.size() >= FAULTS_MAX) {
            throw new BadFault("faults", FAULTS_MAX + " are set already", "remove some first, or use a wider pattern");
        }
        var entry = new Entry(++lastId, fault, 0, 0);
        entries.add(entry);
        changed();
        return entry.view();
    }

    /// Puts these in the place of all.
    ///
    /// @throws BadFault when they are too many; then nothing has changed
    public synchronized List<ActiveFault> replace(List<Fault> faults) {
        if (faults.size() > FAULTS_MAX) {
            throw new BadFault("faults", "there are " + faults.size(), "at most " + FAULTS_MAX + " are allowed");
        }
        entries.clear();
        faults.forEach(fault -> entries.add(new Entry(++lastId, fault, 0, 0)));
        changed();
        return list();
    }

    public synchronized List<ActiveFault> list() {
        return entries.stream().map(Entry::view).toList();
    }

    /// @return the fault as it was, or empty if there is none with that id
    public synchronized Optional<ActiveFault> remove(long id) {
        var found = entries.stream().filter(entry -> entry.id == id).findFirst();
        found.ifPresent(entries::remove);
        changed();
        return found.map(Entry::view);
    }

    /// Good weather. Ids go on from where they were.
    public synchronized void clear() {
        entries.clear();
        changed();
    }

    /// Puts back what an earlier run had set.
    ///
    /// @param lastId the last id that was ever given
    public synchronized void restore(List<ActiveFault> faults, long lastId) {
        entries.clear();
        this.lastId = lastId;
        for (var active : faults) {
            entries.add(new Entry(active.id(), active.fault(), active.asked(), active.fired()));
            this.lastId = Math.max(this.lastId, active.id());
        }
        changed();
    }

    private void changed() {
        badLinks = entries.stream().anyMatch(entry -> entry.fault instanceof Fault.Link);
        badStore = entries.stream().anyMatch(entry -> entry.fault instanceof Fault.Store);
    }

    public synchronized long lastId() {
        return lastId;
    }

    /// What the DNS server does to this question, if not the truth.
    public Optional<DnsEffect> dns(String server, String name, String type, String protocol) {
        return strike(fault -> fault instanceof Fault.Dns f
                        && f.what().concerns(protocol)
                        && f.server().matches(server)
                        && f.name().matches(name)
                        && f.type().matches(type)
                        && f.protocol().matches(protocol))
                .map(fault -> ((Fault.Dns) fault).what());
    }

    /// Whether this server may have something else than the truth to say to this question now, by whichever protocol.
    /// Counts as no asking.
    public synchronized boolean dnsMayStrike(String server, String name, String type) {
        if (entries.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        return entries.stream()
                .anyMatch(entry -> entry.fault instanceof Fault.Dns f
                        && f.server().matches(server)
                        && f.name().matches(name)
                        && f.type().matches(type)
                        && f.when().mayStrike(now, entry.fired));
    }

    /// Where this dial leads, if not to whom it was meant for.
    ///
    /// @param host the name of the host at that address; empty if nobody is known there
    public Optional<ConnectEffect> connect(String host, String address, int port, String protocol) {
        return strike(fault -> fault instanceof Fault.Connect f && f.target().matches(host, address, port, protocol))
                .map(fault -> ((Fault.Connect) fault).what());
    }

    /// What the way there does to one thing that passes (a datagram, a piece of a stream, a dial): all that strike,
    /// in the order of adding.
    ///
    /// @param host the name of the host at that address; empty if nobody is known there
    public List<LinkEffect> link(String host, String address, int port, String protocol) {
        return strikeAll(fault -> fault instanceof Fault.Link f && f.target().matches(host, address, port, protocol))
                .stream()
                .map(fault -> ((Fault.Link) fault).what())
                .toList();
    }

    /// Whether any fault concerns links, so that nobody need ask for every datagram in good weather.
    public boolean linksAreBad() {
        return badLinks;
    }

    /// What the mail host does at this stage, if it does not go on.
    ///
    /// @param sender the reverse-path; empty where none is known
    /// @param recipients at `rcpt` the one being named; later all accepted ones; none before
    /// @param contentOctets octets of content that have come, at `content`; 0 elsewhere
    public Optional<SmtpEffect> smtp(
            String host, SmtpStage stage, String sender, List<String> recipients, long contentOctets) {
        return strike(fault -> fault instanceof Fault.Smtp f
                        && f.stage() == stage
                        && f.contentOctets() <= contentOctets
                        && f.host().matches(host)
                        && f.sender().matches(sender)
                        && (f.recipient().anything() || recipients.stream().anyMatch(f.recipient()::matches)))
                .map(fault -> ((Fault.Smtp) fault).what());
    }

    /// Whether STARTTLS is taken out of what this host offers. Asked when it would be offered.
    public boolean stripped(String host) {
        return strike(fault -> fault instanceof Fault.Tls f
                        && f.what() instanceof TlsEffect.Strip
                        && f.host().matches(host))
                .isPresent();
    }

    /// What happens to STARTTLS at this host, [TlsEffect.Strip] aside. Asked when it begins.
    public Optional<TlsEffect> tls(String host) {
        return strike(fault -> fault instanceof Fault.Tls f
                        && !(f.what() instanceof TlsEffect.Strip)
                        && f.host().matches(host))
                .map(fault -> ((Fault.Tls) fault).what());
    }

    /// What happens to this operation of the server's store.
    ///
    /// @param operation `commit`, `read` or `open`
    /// @param families the parts touched, at least one; one match is enough
    public Optional<StoreEffect> store(String operation, List<String> families) {
        return strike(fault -> fault instanceof Fault.Store f
                        && f.what().concerns(operation)
                        && f.operation().matches(operation)
                        && families.stream().anyMatch(f.family()::matches))
                .map(fault -> ((Fault.Store) fault).what());
    }

    /// Whether any fault concerns the store, so that it need not ask in good weather.
    public boolean storeIsBad() {
        return badStore;
    }

    private Optional<Fault> strike(Predicate<Fault> meant) {
        return strike(meant, 1).stream().findFirst();
    }

    private List<Fault> strikeAll(Predicate<Fault> meant) {
        return strike(meant, Integer.MAX_VALUE);
    }

    private List<Fault> strike(Predicate<Fault> meant, int most) {
        List<Fault> struck = List.of();
        boolean counted = false;
        synchronized (this) {
            if (entries.isEmpty()) {
                return struck;
            }
            var now = clock.instant();
            for (var entry : entries) {
                if (meant.test(entry.fault) && entry.fault.when().open(now)) {
                    counted = true;
                    entry.asked++;
                    if (entry.fault.when().strikes(entry.asked, entry.fired)) {
                        entry.fired++;
                        if (struck.isEmpty()) {
                            struck = new ArrayList<>();
                        }
                        struck.add(entry.fault);
                        if (struck.size() == most) {
                            break;
                        }
                    }
                }
            }
        }
        if (counted) {
            onCounted.run();
        }
        return struck;
    }

    private static final class Entry {
        final long id;
        final Fault fault;
        long asked;
        long fired;

        Entry(long id, Fault fault, long asked, long fired) {
            this.id = id;
            this.fault = fault;
            this.asked = asked;
            this.fired = fired;
        }

        ActiveFault view() {
            return new ActiveFault(id, fault, asked, fired);
        }
    }
}
