package dev.tarry.shell.print;

import dev.tarry.shell.syntax.Expression.TextOperation;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Methods;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.TextOperations;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/// A column of a table or a line of a list.
///
/// @param label its heading
/// @param value what it shows of an object
/// @param minWidth at least so many cells wide
/// @param width exactly so many cells wide; 0: as its values need
/// @param format .NET's format of the value, such as `N2` or `{0:yyyy}`; empty: as any value is shown
public record Column(
        String label, Function<Object, Object> value, int minWidth, int width, Alignment alignment, String format) {
    /// A property under its own name.
    public static Column of(String property) {
        return of(property, target -> Members.property(target, property));
    }

    /// Something worked out, under a name.
    public static Column of(String label, Function<Object, Object> value) {
        return new Column(label, value, 0, 0, Alignment.BY_KIND, "");
    }

    /// A property in a default view, where numbers, too, stand at the left, as in Exchange's own views.
    public static Column ofView(String property, int minWidth) {
        return new Column(property, target -> Members.property(target, property), minWidth, 0, Alignment.LEFT, "");
    }

    /// The same under another heading.
    public Column headed(String heading) {
        return new Column(heading, value, minWidth, width, alignment, format);
    }

    /// The same, so many cells wide (0: as its values need) and aligned so.
    public Column laidOut(int cells, Alignment where) {
        return new Column(label, value, minWidth, cells, where, format);
    }

    /// The same, its values in one of .NET's formats.
    public Column inFormat(String dotNetFormat) {
        return new Column(label, value, minWidth, width, alignment, dotNetFormat);
    }

    /// What it shows for a value, not made safe yet.
    public String text(Object given) {
        if (format.isEmpty() || given == null) {
            return TextForm.display(given);
        }
        boolean composite = format.contains("{0") || format.indexOf('}') >= 0;
        List<Object> one = List.of(given);
        return TextForm.of(
                composite
                        ? TextOperations.of(TextOperation.FORMAT, false, format, one)
                        : new Methods(ZoneOffset.UTC).call(given, "ToString", List.of(format)));
    }
}
