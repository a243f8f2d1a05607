package dev.tarry.lab;

import dev.tarry.lab.dns.NameServers;
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

/// Puts on the shelf what must survive a kill, and takes it from there at the start. Without a folder it does
/// nothing. Not used on loops.
final class LabState {
    private static final String WORLD = "world.json";
    private static final String HOSTS = "hosts.json";
    private static final String FAULTS = "faults.json";
    private static final String FIREWALL = "firewall.json";

    private final Optional<Shelf> shelf;
    private final NameServers servers;
    private final Faults faults;
    private final Firewall firewall;

    private record World(Zones zones, LinkedHashMap<String, List<String>> forwarders) {}

    private record HostsFile(List<Map<String, Object>> hosts) {}

    private record FaultsFile(long lastId, List<Map<String, Object>> faults) {}

    private record FirewallFile(List<Map<String, Object>> rules) {}

    LabState(Optional<Shelf> shelf, NameServers servers, Faults faults, Firewall firewall) {
        this.shelf = shelf;
        this.servers = servers;
        this.faults = faults;
        this.firewall = firewall;
    }

    /// What cannot be understood is put aside; the lab goes on with good weather in its place.
    void load() throws IOException {
        if (shelf.isEmpty()) {
            return;
        }
        load(WORLD, World.class, world -> {
            servers.replaceZones(world.zones());
            world.forwarders().forEach(servers::setForwarders);
        });
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

    private interface Taking<T> {
        void take(T value);
    }

    private <T> void load(String name, Class<T> type, Taking<T> taking) throws IOException {
        var value = shelf.orElseThrow().read(name, type);
        if (value.isPresent()) {
            try {
                taking.take(value.get());
            } catch (IllegalArgumentException | NullPointerException wrong) {
                shelf.orElseThrow().putAside(name, wrong.toString());
            }
        }
    }

    private static long number(Map<String, Object> words, String word) {
        return words.get(word) instanceof Number number ? number.longValue() : 0;
    }

    synchronized void saveWorld() {
        shelf.ifPresent(files ->
                files.write(WORLD, new World(servers.zones(), new LinkedHashMap<>(servers.forwarders())), true));
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
}
