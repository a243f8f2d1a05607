package dev.tarry.fuzz;

import dev.tarry.receive.HeaderTarget;
import dev.tarry.receive.SessionTarget;
import dev.tarry.smtp.AddressTarget;
import dev.tarry.smtp.BdatTarget;
import dev.tarry.smtp.CommandsTarget;
import dev.tarry.smtp.DsnParametersTarget;
import dev.tarry.smtp.RepliesTarget;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All targets by their names, which are those of the folders of what is kept for them.
final class FuzzTargets {
    static final SortedMap<String, FuzzTarget> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("address", new AddressTarget()),
            Map.entry("bdat", new BdatTarget()),
            Map.entry("commands", new CommandsTarget()),
            Map.entry("dsn-parameters", new DsnParametersTarget()),
            Map.entry("header", new HeaderTarget()),
            Map.entry("replies", new RepliesTarget()),
            Map.entry("session", new SessionTarget())));

    private FuzzTargets() {}

    /// @throws IllegalArgumentException if there is none of that name
    static FuzzTarget named(String name) {
        FuzzTarget target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no fuzz target is called '" + name + "', only " + ALL.keySet());
        }
        return target;
    }
}
