package dev.tarry.admin.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// All routes, in the order in which they are described. Immutable.
public final class RouteTable {
    private record Entry(Route route, List<String> segments) {
        /// Parameters by name, or null if the path is another.
        SequencedMap<String, String> match(List<String> path) {
            if (path.size() != segments.size()) {
                return null;
            }
            SequencedMap<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (isParameter(segment)) {
                    parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return null;
                }
            }
            return parameters;
        }

        private static boolean isParameter(String segment) {
            return segment.startsWith("{");
        }

        long parameters() {
            return segments.stream().filter(Entry::isParameter).count();
        }
    }

    /// What a path leads to.
    sealed interface Match {
        record Found(Route route, SequencedMap<String, String> parameters) implements Match {}

        /// @param methods those that the path has
        record OtherMethods(SequencedSet<String> methods) implements Match {}

        record NoSuchPath() implements Match {}
    }

    private final List<Entry> entries;

    /// @throws IllegalArgumentException if two routes have one method and path
    public RouteTable(List<Route> routes) {
        List<Entry> all = new ArrayList<>();
        for (Route route : routes) {
            List<String> segments = List.of(route.path().substring(1).split("/"));
            if (all.stream().anyMatch(e -> e.route.method().equals(route.method()) && sameForm(e.segments, segments))) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
            all.add(new Entry(route, segments));
        }
        entries = List.copyOf(all);
    }

    private static boolean sameForm(List<String> one, List<String> other) {
        return one.stream()
                .map(RouteTable::form)
                .toList()
                .equals(other.stream().map(RouteTable::form).toList());
    }

    private static String form(String segment) {
        return segment.startsWith("{") ? "{}" : segment;
    }

    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /// This table with others behind it.
    public RouteTable with(List<Route> more) {
        List<Route> all = new ArrayList<>(routes());
        all.addAll(more);
        return new RouteTable(all);
    }

    /// A path in letters goes before one with a parameter in the same place.
    ///
    /// @param path its segments, decoded
    Match find(String method, List<String> path) {
        Match.Found found = null;
        long fewest = Long.MAX_VALUE;
        SequencedSet<String> methods = new LinkedHashSet<>();
        for (Entry entry : entries) {
            SequencedMap<String, String> parameters = entry.match(path);
            if (parameters == null) {
                continue;
            }
            methods.add(entry.route.method());
            if (entry.route.method().equals(method) && entry.parameters() < fewest) {
                found = new Match.Found(entry.route, parameters);
                fewest = entry.parameters();
            }
        }
        if (found != null) {
            return found;
        }
        return methods.isEmpty() ? new Match.NoSuchPath() : new Match.OtherMethods(methods);
    }
}
