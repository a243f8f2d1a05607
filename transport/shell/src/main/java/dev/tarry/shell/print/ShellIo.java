package dev.tarry.shell.print;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// What a shell is plugged into.
///
/// @param in what is piped to the process; nothing where a person types
/// @param out results
/// @param err errors and warnings
/// @param width how many columns a line may have, now: a window changes its size
/// @param zone local time
/// @param environment what `$env:` reads; names ignore case
/// @param person who may be asked
/// @param watched whether somebody looks at `err` while it is written; asked only when there is something to show
public record ShellIo(
        InputStream in,
        PrintStream out,
        PrintStream err,
        IntSupplier width,
        ZoneId zone,
        Map<String, String> environment,
        Person person,
        BooleanSupplier watched) {
    /// The width where nothing says otherwise.
    public static final int DEFAULT_WIDTH_COLUMNS = 120;
    /// Below this no table makes sense.
    public static final int MIN_WIDTH_COLUMNS = 20;

    public ShellIo {
        environment = Map.copyOf(environment);
    }

    /// Where nobody can be asked and no window changes its size.
    public ShellIo(
            InputStream in,
            PrintStream out,
            PrintStream err,
            int widthColumns,
            ZoneId zone,
            Map<String, String> environment,
            BooleanSupplier watched) {
        this(in, out, err, () -> widthColumns, zone, environment, Person.NOBODY, watched);
    }

    /// How wide a line may be: tables and lists fit themselves to it.
    public int widthColumns() {
        return Math.max(MIN_WIDTH_COLUMNS, width.getAsInt());
    }

    /// Whether a person sits there and may be asked.
    public boolean interactive() {
        return person.isThere();
    }
}
