package dev.tarry.send;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What attempts have found out about hosts, for the next attempts of all queues (reference §4.4 for what makes a
/// host unusable). Any thread; each call is short.
///
/// An address that could not be used stands behind all others of a next hop for
/// [SmtpSendSettings.Reaching#unhealthyHostInterval], in lab time; it is never left out, so that a next hop of which
/// all hosts are unhealthy is tried as if none were. When the interval is over one attempt, the first to ask, finds the
/// address in its old place, and the others after the next interval, unless that attempt has shown that it is well.
///
/// Also kept: who offers CHUNKING and does not know BDAT, and elsewhere who could not do TLS ([ClearHosts]), and how
/// far attempts have come with next hops of many addresses ([Rounds]). All of it is forgotten when the service starts
/// again, or somebody says so.
public final class HostHealth {
    /// Of either kind; the oldest make room.
    public static final int MAX_HOSTS = 10_000;

    /// What is kept of a host that could not be used.
    ///
    /// @param failures how often in a row
    /// @param since    of the first
    /// @param last     of the last
    /// @param until    when it is tried in its place again
    /// @param words    what went wrong last, as LastError has it
    public record Unhealthy(Target target, int failures, Instant since, Instant last, Instant until, String words) {}

    private final SendMeter meter;
    private final ClearHosts clearHosts;
    private final Map<InetSocketAddress, Unhealthy> unhealthy = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Target> chunkingDenied = new LinkedHashMap<>();
    private final Rounds rounds = new Rounds();

    /// @param clearHosts are forgotten together with the rest
    HostHealth(SendMeter meter, ClearHosts clearHosts) {
        this.meter = meter;
        this.clearHosts = clearHosts;
    }

    /// Where attempts have left off at next hops that have more addresses than one of them comes to.
    Rounds rounds() {
        return rounds;
    }

    /// The same targets, in the order in which they should be tried now.
    synchronized List<Target> inOrder(List<Target> targets, Instant now, Duration interval) {
        if (unhealthy.isEmpty()) {
            return targets;
        }
        List<Target> first = new ArrayList<>(targets.size());
        List<Target> behind = new ArrayList<>();
        for (Target target : targets) {
            Unhealthy known = unhealthy.get(target.address());
            if (known == null) {
                first.add(target);
            } else if (now.isBefore(known.until())) {
                behind.add(target);
            } else {
                first.add(target); // it is this attempt that finds out; the others wait for what it finds
                stayBehind(target, now.plus(interval));
            }
        }
        first.addAll(behind);
        return first;
    }

    /// @param interval for how long it stands behind the others; zero: not at all
    synchronized void failed(Target target, String words, Instant now, Duration interval) {
        if (interval.isZero()) {
            return;
        }
        Unhealthy known = unhealthy.remove(target.address()); // to the end
        if (known == null) {
            meter.hostUnhealthy();
            if (unhealthy.size() == MAX_HOSTS) {
                dropOldest();
            }
        }
        unhealthy.put(
                target.address(),
                new Unhealthy(
                        target,
                        known == null ? 1 : known.failures() + 1,
                        known == null ? now : known.since(),
                        now,
                        now.plus(interval),
                        words));
    }

    /// One that is remembered stands behind the others until then.
    private void stayBehind(Target target, Instant until) {
        unhealthy.computeIfPresent(
                target.address(),
                (_, known) -> new Unhealthy(
                        known.target(), known.failures(), known.since(), known.last(), until, known.words()));
    }

    private void dropOldest() {
        Iterator<InetSocketAddress> oldest = unhealthy.keySet().iterator();
        oldest.next();
        oldest.remove();
        meter.hostHealthy();
    }

    /// It has greeted and takes mail.
    synchronized void good(Target target) {
        if (unhealthy.remove(target.address()) != null) {
            meter.hostHealthy();
        }
    }

    synchronized void deniesChunking(Target target) {
        if (chunkingDenied.size() == MAX_HOSTS && !chunkingDenied.containsKey(target.address())) {
            Iterator<InetSocketAddress> oldest = chunkingDenied.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        chunkingDenied.put(target.address(), target);
    }

    synchronized boolean mayChunk(Target target) {
        return !chunkingDenied.containsKey(target.address());
    }

    /// What went wrong last with an address that stands behind the others now; empty: it stands in its place.
    public synchronized Optional<String> behind(InetSocketAddress address, Instant now) {
        return Optional.ofNullable(unhealthy.get(address))
                .filter(known -> now.isBefore(known.until()))
                .map(Unhealthy::words);
    }

    /// Those that could not be used, by the moment of the last failure.
    public synchronized List<Unhealthy> list() {
        return List.copyOf(unhealthy.values());
    }

    /// @return of how many addresses something was forgotten
    public int forget() {
        rounds.forget();
        return forget(_ -> true);
    }

    /// @param host a name or an IP address
    /// @return of how many of its addresses something was forgotten
    public int forget(String host) {
        return forget(one -> one.host().equalsIgnoreCase(host) || one.ip().equalsIgnoreCase(host));
    }

    private synchronized int forget(Predicate<Target> which) {
        Set<InetSocketAddress> forgotten = clearHosts.forget(which);
        chunkingDenied.values().removeIf(one -> {
            boolean gone = which.test(one);
            if (gone) {
                forgotten.add(one.address());
            }
            return gone;
        });
        unhealthy.values().removeIf(one -> {
            boolean gone = which.test(one.target());
            if (gone) {
                meter.hostHealthy();
                forgotten.add(one.target().address());
            }
            return gone;
        });
        return forgotten.size();
    }
}
