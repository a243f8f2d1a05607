package dev.tarry.lab.fault;

import dev.tarry.lab.fault.Fault.ConnectEffect;
import dev.tarry.lab.fault.Fault.DnsEffect;
import dev.tarry.lab.fault.Fault.SmtpEffect;
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

    private final Runnable onCounted;
    private final List<Entry> entries = new ArrayList<>();
    private long lastId;

    /// @param onCounted called when counters have changed, on the thread that asked
    public Faults(Runnable onCounted) {
        this.onCounted = Objects.requireNonNull(onCounted, "onCounted");
    }

    /// @throws BadFault when there are too many already
    public synchronized ActiveFault add(Fault fault) {
        if (entries.size() >= FAULTS_MAX) {
            throw new BadFault("faults", FAULTS_MAX + " are set already", "remove some first, or use a wider pattern");
        }
        var entry = new Entry(++lastId, fault, 0, 0);
        entries.add(entry);
        return entry.view();
    }

    public synchronized List<ActiveFault> list() {
        return entries.stream().map(Entry::view).toList();
    }

    /// @return the fault as it was, or empty if there is none with that id
    public synchronized Optional<ActiveFault> remove(long id) {
        var found = entries.stream().filter(entry -> entry.id == id).findFirst();
        found.ifPresent(entries::remove);
        return found.map(Entry::view);
    }

    /// Good weather. Ids go on from where they were.
    public synchronized void clear() {
        entries.clear();
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
    }

    public synchronized long lastId() {
        return lastId;
    }

    /// What the DNS server does to this question, if not the truth.
    public Optional<DnsEffect> dns(String server, String name, String type, String protocol) {
        return strike(fault -> fault instanceof Fault.Dns f
                        && f.server().matches(server)
                        && f.name().matches(name)
                        && f.type().matches(type)
                        && f.protocol().matches(protocol))
                .map(fault -> ((Fault.Dns) fault).what());
    }

    /// Where this dial leads, if not to whom it was meant for.
    ///
    /// @param host the name of the host at that address; empty if nobody is known there
    public Optional<ConnectEffect> connect(String host, String address, int port, String protocol) {
        return strike(fault -> fault instanceof Fault.Connect f
                        && f.host().matches(host)
                        && f.address().matches(address)
                        && f.port().matches(Integer.toString(port))
                        && f.protocol().matches(protocol))
                .map(fault -> ((Fault.Connect) fault).what());
    }

    /// What the mail host does at this stage, if it does not go on.
    ///
    /// @param sender the reverse-path; empty where none is known
    /// @param recipients at `rcpt` the one being named; later all accepted ones; none before
    public Optional<SmtpEffect> smtp(String host, SmtpStage stage, String sender, List<String> recipients) {
        return strike(fault -> fault instanceof Fault.Smtp f
                        && f.stage() == stage
                        && f.host().matches(host)
                        && f.sender().matches(sender)
                        && (f.recipient().anything() || recipients.stream().anyMatch(f.recipient()::matches)))
                .map(fault -> ((Fault.Smtp) fault).what());
    }

    private Optional<Fault> strike(Predicate<Fault> meant) {
        Optional<Fault> struck = Optional.empty();
        boolean counted = false;
        synchronized (this) {
            for (var entry : entries) {
                if (meant.test(entry.fault)) {
                    counted = true;
                    entry.asked++;
                    if (entry.fault.when().again(entry.fired)) {
                        entry.fired++;
                        struck = Optional.of(entry.fault);
                        break;
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
