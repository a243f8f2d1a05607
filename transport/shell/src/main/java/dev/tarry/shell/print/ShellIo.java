package dev.tarry.shell.print;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What a shell is plugged into.
///
/// @param in where the lines of an interactive shell come from
/// @param out results
/// @param err errors and warnings
/// @param widthColumns how wide a line may be: tables and lists fit themselves to it
/// @param zone local time
/// @param environment what `$env:` reads; names ignore case
/// @param interactive whether a person sits there and may be prompted for the next line
/// @param watched whether somebody looks at `err` while it is written; asked only when there is something to show
public record ShellIo(
        InputStream in,
        PrintStream out,
        PrintStream err,
        int widthColumns,
        ZoneId zone,
        Map<String, String> environment,
        boolean interactive,
        BooleanSupplier watched) {
    /// The width where nothing says otherwise.
    public static final int DEFAULT_WIDTH_COLUMNS = 120;
    /// Below this no table makes sense.
    public static final int MIN_WIDTH_COLUMNS = 20;

    public ShellIo {
        widthColumns = Math.max(MIN_WIDTH_COLUMNS, widthColumns);
        environment = Map.copyOf(environment);
    }
}
