package dev.tarry.lab;

import dev.tarry.lab.dns.NameServers;
import dev.tarry.lab.dns.View;
import dev.tarry.lab.dns.Zone;
import dev.tarry.lab.dns.Zones;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.mx.HostGrammar;
import dev.tarry.lab.mx.MailHosts;
import dev.tarry.lab.net.Firewall;
import dev.tarry.lab.net.RuleGrammar;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Puts on the shelf what must survive a kill, and takes it from there at the start. Without a folder it does
/// nothing. Not used on loops.
final class LabState implements AutoCloseable {
    private static final Logger slog = LoggerFactory.getLogger(LabState.class);
    private static final String WORLD = "world.json";
    private static final String HOSTS = "hosts.json";
    private static final String FAULTS = "faults.json";
    private static final String FIREWALL = "firewall.json";

    private final Optional<Shelf> shelf;
    private final NameServers servers;
    private final Faults faults;
    private final Firewall firewall;
    private final Optional<WorldLog> log;
    private long generation;
    private long worldOctets;

    /// A log is folded into the world when it is larger than this, and larger than the world.
    private static final long LOG_OCTETS = 1 << 20;

    /// @param generation which log goes on from here; absent in a world of an earlier version
    /// @param conditionalForwarders absent in a world of an earlier version
    private record World(
            Long generation,
            Zones zones,
            LinkedHashMap<String, List<String>> forwarders,
            LinkedHashMap<String, List<String>> conditionalForwarders) {}

    /// A line of the log.
    ///
    /// @param zone as it is now; absent: removed
    private record ZoneChange(View view, String domain, Zone zone) {}

    private record HostsFile(List<Map<String, Object>> hosts) {}

    private record FaultsFile(long lastId, List<Map<String, Object>> faults) {}

    private record FirewallFile(List<Map<String, Object>> rules) {}

    LabState(Optional<Shelf> shelf, NameServers servers, Faults faults, Firewall firewall) {
        this.shelf = shelf;
        this.servers = servers;
        this.faults = faults;
        this.firewall = firewall;
        this.log = shelf.map(Shelf::worldLog);
    }

    /// What cannot be understood is put aside; the lab goes on with good weather in its place.
    void load() throws IOException {
        if (shelf.isEmpty()) {
            return;
        }
        loadWorld();
        load(FAULTS, FaultsFile.class, file -> {
            var active = new ArrayList<ActiveFault>();
            for (var words : file.faults()) {
                active.add(new ActiveFault(
                        number(words, "id"),
                        FaultGrammar.read(words, Instant.EPOCH),
                        number(words, "asked"),
                        number(words, "fired")));
            }
            faults.restore(active, file.lastId());
        });
        load(
                FIREWALL,
                FirewallFile.class,
                file -> firewall.restore(file.rules().stream()
                        .map(words -> RuleGrammar.read(words, ""))
                        .toList()));
    }

    /// The mail hosts of whom something was said.
    void loadHosts(MailHosts hosts) throws IOException {
        if (shelf.isPresent()) {
            load(
                    HOSTS,
                    HostsFile.class,
                    file -> file.hosts().stream()
                            .map(words -> HostGrammar.read(String.valueOf(words.get("name")), words, Optional.empty()))
                            .toList()
                            .forEach(hosts::put));
        }
    }

    synchronized void saveHosts(MailHosts hosts) {
        shelf.ifPresent(files -> {
            var given = hosts.given().stream()
                    .<Map<String, Object>>map(HostGrammar::writeWhole)
                    .toList();
            files.write(HOSTS, new HostsFile(given), true);
        });
    }

    private void loadWorld() throws IOException {
        boolean taken = load(WORLD, World.class, world -> {
            servers.replaceZones(world.zones());
            world.forwarders().forEach(servers::setForwarders);
            if (world.conditionalForwarders() != null) {
                world.conditionalForwarders().forEach(servers::setConditionalForwarders);
            }
            generation = world.generation() == null ? 0 : world.generation();
        });
        if (!taken) {
            log.orElseThrow().putAside();
        }
        for (var line : log.orElseThrow().lines(generation)) {
            try {
                apply(shelf.orElseThrow().parse(line, ZoneChange.class));
            } catch (JacksonException | IllegalArgumentException | NullPointerException damaged) {
                slog.warn("a change of the lab's world is lost, for its line is damaged: {}", damaged.toString());
            }
        }
        saveWorld();
    }

    private void apply(ZoneChange change) {
        if (change.zone() == null) {
            servers.removeZone(change.view(), change.domain());
        } else {
            servers.putZone(change.view(), change.zone());
        }
    }

    /// Changes the knowledge of a zone and writes that down: the zone alone, not the world.
    ///
    /// @param changing gives the zone as it is now; empty if it is no more
    /// @throws java.io.UncheckedIOException if it cannot be written; it holds all the same, until the end of the
    ///     process
    void changeZone(View view, String domain, Supplier<Optional<Zone>> changing) {
        long written;
        synchronized (this) {
            var zone = changing.get();
            if (shelf.isEmpty()) {
                return;
            }
            var line = shelf.orElseThrow().line(new ZoneChange(view, domain, zone.orElse(null)));
            written = log.orElseThrow().write(line);
            if (written > Math.max(LOG_OCTETS, worldOctets)) {
                saveWorld();
                return;
            }
        }
        log.orElseThrow().sync(written);
    }

    private interface Taking<T> {
        void take(T value);
    }

    /// @return whether there was such a file, and all of it could be taken
    private <T> boolean load(String name, Class<T> type, Taking<T> taking) throws IOException {
        var value = shelf.orElseThrow().read(name, type);
        if (value.isEmpty()) {
            return false;
        }
        try {
            taking.take(value.get());
            return true;
        } catch (IllegalArgumentException | NullPointerException wrong) {
            shelf.orElseThrow().putAside(name, wrong.toString());
            return false;
        }
    }

    private static long number(Map<String, Object> words, String word) {
        return words.get(word) instanceof Number number ? number.longValue() : 0;
    }

    synchronized void saveWorld() {
        shelf.ifPresent(files -> {
            worldOctets = files.write(
                    WORLD,
                    new World(
                            generation + 1,
                            servers.zones(),
                            new LinkedHashMap<>(servers.forwarders()),
                            new LinkedHashMap<>(servers.conditionalForwarders())),
                    true);
            generation++;
            log.orElseThrow().begin(generation);
        });
    }

    synchronized void saveFaults() {
        saveFaults(true);
    }

    /// The faults are as they were; only their counters have moved.
    synchronized void saveCounters() {
        saveFaults(false);
    }

    private void saveFaults(boolean synced) {
        shelf.ifPresent(files -> {
            var active = faults.list().stream()
                    .<Map<String, Object>>map(FaultGrammar::write)
                    .toList();
            files.write(FAULTS, new FaultsFile(faults.lastId(), active), synced);
        });
    }

    synchronized void saveFirewall() {
        shelf.ifPresent(files -> {
            var rules = firewall.list().stream()
                    .<Map<String, Object>>map(RuleGrammar::write)
                    .toList();
            files.write(FIREWALL, new FirewallFile(rules), true);
        });
    }

    @Override
    public void close() {
        log.ifPresent(WorldLog::close);
    }
}
