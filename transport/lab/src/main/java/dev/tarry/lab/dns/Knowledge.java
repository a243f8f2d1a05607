package dev.tarry.lab.dns;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.xbill.DNS.Name;

/// What the servers know, and whom they ask for the rest. The zones in it change one by one, the rest is replaced as a
/// whole.
///
/// @param forwarders of each internal server
/// @param conditional of all internal servers, by the domain they are for
record Knowledge(
        ZoneIndex outside,
        ZoneIndex inside,
        SequencedMap<String, List<String>> forwarders,
        SequencedMap<Name, List<String>> conditional) {
    Knowledge {
        forwarders = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(forwarders));
        conditional = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(conditional));
    }

    Knowledge with(Zones zones) {
        return new Knowledge(ZoneIndex.outside(zones), ZoneIndex.inside(zones), forwarders, conditional);
    }

    Knowledge with(SequencedMap<String, List<String>> forwarders, SequencedMap<Name, List<String>> conditional) {
        return new Knowledge(outside, inside, forwarders, conditional);
    }

    Zones zones() {
        return new Zones(outside.zones(), inside.zones(), outside.nonexistent(), outside.catchAll());
    }

    ZoneIndex view(View view) {
        return switch (view) {
            case OUTSIDE -> outside;
            case INSIDE -> inside;
        };
    }

    /// What an internal server knows of itself. The longest match decides: a zone of its own, or a conditional
    /// forwarder for a name below that.
    Optional<Finding> inside(Name name, int type) {
        var zone = inside.enclosing(name);
        if (zone.isPresent()) {
            return forwarderDomain(name)
                            .filter(domain ->
                                    domain.labels() > zone.get().origin().labels())
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(zone.get().find(name, type));
        }
        return forwarderDomain(name).isPresent() ? Optional.empty() : inside.reverse(name, type);
    }

    /// Whom an internal server asks about a name that it does not know itself.
    List<String> forwarders(String server, Name name) {
        return forwarderDomain(name).map(conditional::get).orElseGet(() -> forwarders.getOrDefault(server, List.of()));
    }

    private Optional<Name> forwarderDomain(Name name) {
        for (Name up = name; up.labels() > 1; up = new Name(up, 1)) {
            if (conditional.containsKey(up)) {
                return Optional.of(up);
            }
        }
        return Optional.empty();
    }
}
