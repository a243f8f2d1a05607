package dev.tarry.shell.run;

import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.VersionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The variables that the engine sets by itself, where a script has not set one of their names.
final class Automatic {
    private static final VersionNumber VERSION = new VersionNumber(List.of(5, 1));

    private Automatic() {}

    /// Null where the name is nothing of the engine's.
    static Object value(String name, Evaluator evaluator) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "?" -> evaluator.succeeded();
            case "error" -> evaluator.errors();
            case "psversiontable" -> versions();
            case "host" -> host(evaluator);
            case "pwd" ->
                new Row("PathInfo").with("Path", evaluator.location().here().toString());
            case "home" ->
                evaluator
                        .environment()
                        .getOrDefault("HOME", evaluator.environment().get("USERPROFILE"));
            case "pid" -> ProcessHandle.current().pid();
            case "psculture", "psuiculture" -> "en-US";
            case "shellid" -> "Microsoft.PowerShell";
            case "maximumerrorcount" -> (long) Evaluator.MAX_ERRORS;
            case "lastexitcode", "psscriptroot", "pscommandpath", "args", "input", "matches" -> null;
            default -> null;
        };
    }

    private static HashTable versions() {
        HashTable table = new HashTable(true);
        table.add("PSVersion", VERSION);
        table.add("PSEdition", "Desktop");
        table.add(
                "PSCompatibleVersions",
                new ArrayList<Object>(List.of(
                        new VersionNumber(List.of(1, 0)),
                        new VersionNumber(List.of(2, 0)),
                        new VersionNumber(List.of(3, 0)),
                        new VersionNumber(List.of(4, 0)),
                        new VersionNumber(List.of(5, 0)),
                        VERSION)));
        return table;
    }

    private static Row host(Evaluator evaluator) {
        return new Row("System.Management.Automation.Internal.Host.InternalHost")
                .with("Name", "tarry shell")
                .with("Version", VERSION)
                .with("CurrentCulture", "en-US")
                .with("CurrentUICulture", "en-US")
                .with("IsInteractive", evaluator.io().interactive());
    }
}
