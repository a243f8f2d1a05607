package dev.tarry.shell.run;

import dev.tarry.shell.value.ShellFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What names stand for. Blocks of Where-Object and ForEach-Object share their script's, as in PowerShell. An unset
/// one is null.
final class Variables {
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    private final Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Variables() {
        values.put("true", true);
        values.put("false", false);
    }

    Object get(String name) {
        return values.get(name.equalsIgnoreCase("PSItem") ? "_" : name);
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    void set(String name, Object value) {
        if (CONSTANTS.contains(name.toLowerCase(Locale.ROOT))) {
            throw ShellFailure.of(
                            ShellFailure.Category.InvalidOperation,
                            "VariableNotWritable",
                            "SessionStateUnauthorizedAccessException",
                            "Cannot overwrite variable " + name + " because it is read-only or constant.")
                    .withTarget(name);
        }
        values.put(name, value);
    }
}
