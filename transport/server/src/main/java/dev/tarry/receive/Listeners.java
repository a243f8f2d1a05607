package dev.tarry.receive;

import dev.tarry.config.AddressRange;
import dev.tarry.time.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All receive connectors that listen, and their doors. Connectors come, go and move while others stay as they are: a
/// new address is open before an old one is closed, unless one is part of the other; what cannot be had leaves all as
/// it was; and the sessions of a connector that is gone go on to their end. Thread-safe.
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    /// What a door is there for.
    ///
    /// @param owner the connector whose free port it is, and which of its bindings; empty: the address is
    /// everybody's
    record Key(String owner, InetSocketAddress at) {}

    private final World world;
    private final Function<ReceiveConnector, Reception> receptions;
    private final ConnectionRate rate;
    private final Map<String, SmtpListener> listeners = new LinkedHashMap<>();
    private final List<SmtpListener> retired = new ArrayList<>();
    private final Map<Key, Door> doors = new LinkedHashMap<>();
    /// doors that are open and wait for [#apply]
    private Map<Key, Door> prepared = new LinkedHashMap<>();
    private boolean stopped;

    /// @param receptions what the sessions of a connector share
    /// @param rate       of all connectors together
    public Listeners(World world, Function<ReceiveConnector, Reception> receptions, ConnectionRate rate) {
        this.world = world;
        this.receptions = receptions;
        this.rate = rate;
    }

    /// In the order of their connectors.
    public synchronized List<SmtpListener> all() {
        return List.copyOf(listeners.values());
    }

    /// Opens the doors that these connectors need and that are not there; nobody is let in by them before [#apply].
    /// One at a time.
    ///
    /// @return what gives them back if they are not needed after all; fails, and all is as it was, with an
    /// [IOException] that names connector and address if one cannot be had
    public CompletableFuture<Runnable> prepare(List<ReceiveConnector> connectors) {
        Map<Key, Door> fresh;
        List<Door> inTheWay;
        synchronized (this) {
            if (stopped) {
                return CompletableFuture.completedFuture(() -> {});
            }
            Optional<String> clash = clash(connectors);
            if (clash.isPresent()) {
                return CompletableFuture.failedFuture(new IOException(clash.get()));
            }
            Map<Key, ReceiveConnector> wanted = wanted(connectors);
            fresh = new LinkedHashMap<>();
            wanted.forEach((key, connector) -> {
                if (!doors.containsKey(key)
                        && !prepared.containsKey(key)
                        && adopted(key, wanted.keySet()).isEmpty()) {
                    fresh.put(key, new Door(world, key.at(), connector.knownAs(), connector.name()));
                }
            });
            inTheWay = doors.entrySet().stream()
                    .filter(old -> !wanted.containsKey(old.getKey()))
                    .filter(old -> fresh.keySet().stream().anyMatch(key -> overlap(key, old.getValue())))
                    .map(Map.Entry::getValue)
                    .toList();
            prepared.putAll(fresh);
        }
        return all(inTheWay.stream().map(Door::close))
                .thenCompose(_ -> all(fresh.values().stream().map(door -> door.open(!inTheWay.isEmpty()))))
                .handle((_, failure) -> failure)
                .thenCompose(failure -> failure == null
                        ? CompletableFuture.<Runnable>completedFuture(() -> giveBack(fresh, inTheWay))
                        : giveBack(fresh, inTheWay).thenCompose(_ -> CompletableFuture.failedFuture(bare(failure))));
    }

    private static Throwable bare(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /// @return done when all is as it was, or cannot be
    private CompletableFuture<Void> giveBack(Map<Key, Door> fresh, List<Door> inTheWay) {
        synchronized (this) {
            fresh.forEach((key, door) -> prepared.remove(key, door));
        }
        return all(fresh.values().stream().map(Door::close))
                .thenCompose(_ -> all(inTheWay.stream().map(door -> door.open(true))))
                .handle((_, failure) -> {
                    if (failure != null) {
                        LOG.error("a receive connector does not listen any more where it did", failure);
                    }
                    return null;
                });
    }

    /// From now on these connectors listen, and no others.
    ///
    /// @return done when they do; fails as [#prepare], and all is as it was
    public CompletableFuture<Void> apply(List<ReceiveConnector> connectors) {
        return prepare(connectors).thenCompose(_ -> settle(connectors));
    }

    private synchronized CompletableFuture<Void> settle(List<ReceiveConnector> connectors) {
        Map<Key, ReceiveConnector> wanted = wanted(connectors);
        List<Door> needless = new ArrayList<>();
        wanted.forEach((key, connector) -> {
            Door door = prepared.remove(key);
            Optional<Key> old = adopted(key, wanted.keySet());
            if (old.isPresent()) {
                door = doors.remove(old.get());
            } else if (door == null && !doors.containsKey(key)) {
                door = new Door(world, key.at(), connector.knownAs(), connector.name()); // stopped: it opens later
            }
            if (door != null) {
                doors.put(key, door);
            }
        });
        Set<String> names = new LinkedHashSet<>();
        Map<Door, List<Door.Entrance>> entrances = new LinkedHashMap<>();
        Map<String, SmtpListener> next = new LinkedHashMap<>();
        for (ReceiveConnector connector : connectors) {
            names.add(connector.name());
            SmtpListener listener = listeners.get(connector.name());
            if (listener == null) {
                listener = new SmtpListener(world, receptions.apply(connector), rate);
            } else {
                listener.connector(connector);
            }
            next.put(connector.name(), listener);
            List<SmtpListener.Place> places = places(connector, wanted.keySet());
            listener.places(places);
            for (SmtpListener.Place place : places) {
                entrances
                        .computeIfAbsent(place.door(), _ -> new ArrayList<>())
                        .add(new Door.Entrance(listener, place.binding()));
            }
        }
        listeners.forEach((name, listener) -> {
            if (!names.contains(name)) {
                retired.add(listener);
            }
        });
        retired.removeIf(listener -> listener.connections() == 0);
        listeners.clear();
        listeners.putAll(next);
        doors.values().removeIf(door -> {
            boolean gone = !entrances.containsKey(door);
            if (gone) {
                needless.add(door);
            }
            return gone;
        });
        if (!stopped) {
            entrances.forEach(Door::entrances);
        }
        needless.forEach(door -> door.entrances(List.of()));
        return all(needless.stream().map(Door::close));
    }

    private List<SmtpListener.Place> places(ReceiveConnector connector, Set<Key> wanted) {
        List<SmtpListener.Place> places = new ArrayList<>();
        List<InetSocketAddress> bindings = connector.doors().bindings();
        for (int i = 0; i < bindings.size(); i++) {
            InetSocketAddress binding = bindings.get(i);
            places.add(new SmtpListener.Place(doors.get(key(connector, i, wanted)), binding));
        }
        return places;
    }

    /// Which door a binding leads to: its own, or one that it is part of.
    private Key key(ReceiveConnector connector, int index, Set<Key> wanted) {
        InetSocketAddress binding = connector.doors().bindings().get(index);
        if (binding.getPort() == 0) {
            return new Key(connector.name() + "#" + index, binding);
        }
        return wanted.stream()
                .filter(key -> Doors.covers(actual(key), binding))
                .max((one, other) -> Boolean.compare(
                        one.at().getAddress().isAnyLocalAddress(),
                        other.at().getAddress().isAnyLocalAddress()))
                .orElseGet(() -> new Key("", binding));
    }

    /// Where a door really is, if it is there; else where it is to be.
    private InetSocketAddress actual(Key key) {
        Door door = doors.get(key);
        return door != null && door.address() instanceof InetSocketAddress at ? at : key.at();
    }

    /// The doors that connectors need, each with the first that needs it: addresses that are part of others left out.
    private Map<Key, ReceiveConnector> wanted(List<ReceiveConnector> connectors) {
        Map<Key, ReceiveConnector> all = new LinkedHashMap<>();
        for (ReceiveConnector connector : connectors) {
            List<InetSocketAddress> bindings = connector.doors().bindings();
            for (int i = 0; i < bindings.size(); i++) {
                String owner = bindings.get(i).getPort() == 0 ? connector.name() + "#" + i : "";
                all.putIfAbsent(new Key(owner, bindings.get(i)), connector);
            }
        }
        Map<Key, ReceiveConnector> wanted = new LinkedHashMap<>(all);
        wanted.keySet()
                .removeIf(key -> key.owner().isEmpty()
                        && all.keySet().stream()
                                .anyMatch(other -> !other.equals(key) && Doors.covers(actual(other), key.at())));
        return wanted;
    }

    /// A free port that somebody had, and that is now wanted by its number: the door is the same.
    private Optional<Key> adopted(Key key, Set<Key> wanted) {
        return doors.containsKey(key) || !key.owner().isEmpty()
                ? Optional.empty()
                : doors.keySet().stream()
                        .filter(old -> !wanted.contains(old)
                                && key.at().equals(doors.get(old).address()))
                        .findFirst();
    }

    /// A new door cannot be opened while an old one has a part of its address.
    private static boolean overlap(Key fresh, Door old) {
        return old.address() instanceof InetSocketAddress at
                && fresh.at().getPort() != 0
                && (Doors.covers(fresh.at(), at) || Doors.covers(at, fresh.at()));
    }

    /// Two connectors for one client at one address; where the ports are written the settings say so before.
    private Optional<String> clash(List<ReceiveConnector> connectors) {
        for (ReceiveConnector one : connectors) {
            for (int i = 0; i < one.doors().bindings().size(); i++) {
                Door door = doors.get(
                        new Key(one.name() + "#" + i, one.doors().bindings().get(i)));
                if (door == null) {
                    continue;
                }
                Optional<String> found = connectors.stream()
                        .filter(other ->
                                other != one && other.doors().bindings().contains(door.address()))
                        .map(other -> shared(one, other)
                                .map(range -> "\"" + other.name() + "\" shares its address with \"" + one.name()
                                        + "\", and both are for " + range
                                        + "; give them other bindings, or other remoteIPRanges")
                                .orElse(null))
                        .filter(Objects::nonNull)
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<AddressRange> shared(ReceiveConnector one, ReceiveConnector other) {
        return one.doors().ranges().stream()
                .filter(other.doors().ranges()::contains)
                .findFirst();
    }

    /// Every session that there is ends; see [SmtpListener#endSessions].
    public CompletableFuture<Void> endSessions() {
        return all(everybody().map(SmtpListener::endSessions));
    }

    /// Nobody listens any more, and every session ends.
    ///
    /// @return complete when the last one is gone
    public CompletableFuture<Void> close() {
        Stream<SmtpListener> everybody;
        synchronized (this) {
            stopped = true;
            everybody = everybody();
        }
        return all(everybody.map(SmtpListener::close));
    }

    /// All listen again, where they did.
    ///
    /// @return fails as [#prepare] does; those that can listen do then
    public CompletableFuture<Void> reopen() {
        List<SmtpListener> all;
        synchronized (this) {
            stopped = false;
            retired.clear();
            all = all();
        }
        return all(all.stream().map(SmtpListener::reopen));
    }

    private synchronized Stream<SmtpListener> everybody() {
        return Stream.concat(List.copyOf(listeners.values()).stream(), List.copyOf(retired).stream());
    }

    private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> some) {
        return CompletableFuture.allOf(some.toArray(CompletableFuture<?>[]::new));
    }
}
