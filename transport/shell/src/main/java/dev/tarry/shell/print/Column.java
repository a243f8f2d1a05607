package dev.tarry.shell.print;

import dev.tarry.shell.value.Members;
import java.util.function.Function;

/// A column of a table or a line of a list.
///
/// @param label its heading
/// @param value what it shows of an object
/// @param minWidth at least so many characters wide
/// @param alwaysLeft whether numbers, too, stand at the left, as in Exchange's own views
public record Column(String label, Function<Object, Object> value, int minWidth, boolean alwaysLeft) {
    /// A property under its own name.
    public static Column of(String property) {
        return new Column(property, target -> Members.property(target, property), 0, false);
    }

    /// A property in a default view.
    public static Column ofView(String property, int minWidth) {
        return new Column(property, target -> Members.property(target, property), minWidth, true);
    }
}
