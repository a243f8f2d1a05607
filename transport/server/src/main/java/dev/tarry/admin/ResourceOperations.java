package dev.tarry.admin;

import dev.tarry.pressure.BackPressure;
import dev.tarry.pressure.Resource;
import dev.tarry.queue.IncomingMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// What Get-ExchangeDiagnosticInfo tells of back pressure (reference §9.2): how short each resource is, and what is
/// done about it. Thread-safe.
public final class ResourceOperations {
    private final BackPressure pressure;
    private final IncomingMemory memory;

    public ResourceOperations(BackPressure pressure, IncomingMemory memory) {
        this.pressure = pressure;
        this.memory = memory;
    }

    /// The resources that have been looked at, and what follows.
    public SequencedMap<String, Object> resources() {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        List<BackPressure.Standing> standings = pressure.standings();
        bag.put("pressure", level(pressure.level().name()));
        bag.put("refusal", pressure.refusal().map(Object::toString).orElse(null));
        bag.put("mailDelayMillis", pressure.delay().toMillis());
        bag.put("connectionsRefused", pressure.refusalOfConnections().isPresent());
        bag.put("pickupPaused", pressure.refusalOfOthers().isPresent());
        bag.put("remoteDeliveryPaused", pressure.sendingPaused());
        bag.put("resources", standings.stream().map(ResourceOperations::shown).toList());
        bag.put("receiveMemoryBytes", memory.used());
        bag.put("receiveMemoryMostBytes", memory.most());
        bag.put("receiveMemoryLimitBytes", memory.limit());
        return bag;
    }

    private static SequencedMap<String, Object> shown(BackPressure.Standing standing) {
        Resource resource = standing.resource();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("resource", resource.named());
        bag.put("currentResourceUse", standing.use());
        bag.put("previousResourceUse", standing.before());
        bag.put("unit", resource.unit());
        bag.put("pressure", level(standing.level().name()));
        bag.put("previousPressure", level(standing.previous().name()));
        bag.put("since", standing.since());
        bag.put("refuses", standing.refuses());
        bag.put("pressureTransitions", standing.marks());
        return bag;
    }

    /// `LOW` as `Low`.
    private static String level(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
