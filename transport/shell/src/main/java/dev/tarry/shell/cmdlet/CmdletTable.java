package dev.tarry.shell.cmdlet;

import dev.tarry.shell.print.Column;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Cmdlets by name and alias, and the default tables that they declare.
public final class CmdletTable {
    private final Map<String, Cmdlet> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Cmdlet> byAlias = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<Column>> views = new LinkedHashMap<>();

    /// @throws IllegalArgumentException where two rows claim one name
    public CmdletTable(List<Cmdlet> cmdlets) {
        for (Cmdlet cmdlet : cmdlets) {
            claim(byName, cmdlet.name(), cmdlet);
            cmdlet.aliases().forEach(alias -> claim(byAlias, alias, cmdlet));
            if (!cmdlet.shows().isEmpty()) {
                views.put(cmdlet.shows(), cmdlet.table());
            }
            views.putAll(cmdlet.otherTables());
        }
    }

    private static void claim(Map<String, Cmdlet> names, String name, Cmdlet cmdlet) {
        if (names.putIfAbsent(name, cmdlet) != null) {
            throw new IllegalArgumentException("two cmdlets are called " + name);
        }
    }

    /// Aliases come first, as in PowerShell; case does not count.
    public Optional<Cmdlet> find(String name) {
        return Optional.ofNullable(byAlias.get(name)).or(() -> Optional.ofNullable(byName.get(name)));
    }

    /// Why a command that PowerShell, Windows or Exchange has is none here; empty where this shell has it, or nobody
    /// does.
    public Optional<String> refusal(String name) {
        return find(name).isPresent() ? Optional.empty() : Refusals.of(name);
    }

    /// Aliases and what they stand for, in alphabetical order.
    public Map<String, Cmdlet> aliases() {
        return Collections.unmodifiableMap(byAlias);
    }

    /// By name, in alphabetical order.
    public Collection<Cmdlet> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /// The columns of default tables by object type.
    public Map<String, List<Column>> views() {
        return Collections.unmodifiableMap(views);
    }
}
