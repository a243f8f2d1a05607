package dev.tarry.send;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Goes round next hops that have more addresses than one attempt comes to: whatever those that were tried failed by,
/// the next attempt goes on where the last one ended, and comes to each before it comes to any again. Kept by
/// connector, since what one demands of a host says nothing of the others. Thread-safe; each call is short.
final class Rounds {
    /// Addresses that are remembered as tried; of more those tried longest ago are forgotten.
    static final int MAX_TRIED = 2 * SendPlan.MAX_KNOWN_TARGETS;

    private record Tried(UUID connector, InetSocketAddress address) {}

    /// Longest ago first.
    private final Map<Tried, Target> tried = new LinkedHashMap<>();

    /// The same targets: first those that have not been tried in this round, in their order, then the others, that
    /// which was tried longest ago first.
    synchronized List<Target> inOrder(UUID connector, List<Target> targets) {
        if (tried.isEmpty()) {
            return targets;
        }
        List<Target> first = new ArrayList<>(targets.size());
        List<Target> behind = new ArrayList<>();
        for (Target target : targets) {
            boolean was = tried.containsKey(new Tried(connector, target.address()));
            (was ? behind : first).add(target);
        }
        if (!behind.isEmpty()) {
            Map<InetSocketAddress, Integer> places = places(connector);
            behind.sort(Comparator.comparing(target -> places.get(target.address())));
            first.addAll(behind);
        }
        return first;
    }

    private Map<InetSocketAddress, Integer> places(UUID connector) {
        Map<InetSocketAddress, Integer> places = new HashMap<>();
        for (Tried one : tried.keySet()) {
            if (one.connector().equals(connector)) {
                places.put(one.address(), places.size());
            }
        }
        return places;
    }

    /// An attempt has ended before it came to all.
    ///
    /// @param failed those that it came to, in that order
    synchronized void leftOff(UUID connector, List<Target> failed) {
        for (Target target : failed) {
            Tried one = new Tried(connector, target.address());
            tried.remove(one); // to the end
            tried.put(one, target);
        }
        Iterator<Tried> oldest = tried.keySet().iterator();
        while (tried.size() > MAX_TRIED) {
            oldest.next();
            oldest.remove();
        }
    }

    /// One of these takes mail, or all of them have been tried: the next attempt begins at the front.
    synchronized void over(UUID connector, Collection<Target> targets) {
        if (!tried.isEmpty()) {
            targets.forEach(target -> tried.remove(new Tried(connector, target.address())));
        }
    }

    /// As after a restart.
    synchronized void forget() {
        tried.clear();
    }
}
