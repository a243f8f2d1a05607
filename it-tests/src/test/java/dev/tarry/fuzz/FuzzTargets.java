package dev.tarry.fuzz;

import dev.tarry.config.SettingsTarget;
import dev.tarry.dns.AnswersTarget;
import dev.tarry.lab.fault.FaultsTarget;
import dev.tarry.pickup.PickupTarget;
import dev.tarry.receive.HeaderTarget;
import dev.tarry.receive.SessionTarget;
import dev.tarry.shell.syntax.ScriptTarget;
import dev.tarry.smtp.AddressTarget;
import dev.tarry.smtp.BdatTarget;
import dev.tarry.smtp.CommandsTarget;
import dev.tarry.smtp.DsnParametersTarget;
import dev.tarry.smtp.RepliesTarget;
import dev.tarry.tracking.TrackingTarget;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All targets by their names, which are those of the folders of what is kept for them.
final class FuzzTargets {
    static final SortedMap<String, FuzzTarget> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("address", new AddressTarget()),
            Map.entry("bdat", new BdatTarget()),
            Map.entry("commands", new CommandsTarget()),
            Map.entry("dns-answers", new AnswersTarget()),
            Map.entry("dsn-parameters", new DsnParametersTarget()),
            Map.entry("faults", new FaultsTarget()),
            Map.entry("header", new HeaderTarget()),
            Map.entry("pickup", new PickupTarget()),
            Map.entry("replies", new RepliesTarget()),
            Map.entry("script", new ScriptTarget()),
            Map.entry("session", new SessionTarget()),
            Map.entry("settings", new SettingsTarget()),
            Map.entry("tracking", new TrackingTarget())));

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
