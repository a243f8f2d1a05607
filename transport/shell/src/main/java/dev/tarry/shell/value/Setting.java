package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.List;

/// `object.Property = value` and `container[index] = value`.
public final class Setting {
    private Setting() {}

    /// @throws ShellFailure where the object has no such property that may be set
    public static void property(Object target, String name, Object value) {
        switch (target) {
            case HashTable table -> table.put(name, value);
            case Row row when row.has(name) -> row.with(name, value);
            case Row _ ->
                throw ShellFailure.of(
                        ShellFailure.Category.NotSpecified,
                        "ExceptionWhenSetting",
                        "SetValueInvocationException",
                        "Exception setting \"" + name + "\": \"The property '" + name
                                + "' cannot be found on this object. Verify that the property exists and can be set.\"");
            case null, default ->
                throw ShellFailure.runtime(
                        "PropertyNotFound",
                        "The property '" + name
                                + "' cannot be found on this object. Verify that the property exists and can be set.");
        }
    }

    /// Sets it in place where the container can be changed.
    ///
    /// @return the container, or a changed copy of one that cannot
    /// @throws ShellFailure where there is no such place
    public static Object element(Object container, Object index, Object value) {
        switch (container) {
            case null -> throw ShellFailure.runtime("NullArray", "Cannot index into a null array.");
            case HashTable table -> {
                if (index == null) {
                    throw ShellFailure.runtime(
                            "NullArrayIndex", "Index operation failed; the array index evaluated to null.");
                }
                if (table.isOrdered() && index instanceof Long place) {
                    if (place < 0 || place >= table.size()) {
                        throw outside();
                    }
                    table.put(table.keys().get(place.intValue()), value);
                } else {
                    table.put(index, value);
                }
                return table;
            }
            case ArrayList<?> list -> {
                @SuppressWarnings("unchecked") // What a script's own arrays hold is any object.
                List<Object> array = (List<Object>) list;
                array.set(place(array, index), value);
                return array;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list);
                copy.set(place(copy, index), value);
                return copy;
            }
            default ->
                throw ShellFailure.runtime(
                        "CannotIndex",
                        "Unable to index into an object of type " + Conversion.typeName(container) + ".");
        }
    }

    private static int place(List<?> list, Object index) {
        if (index == null) {
            throw ShellFailure.runtime("NullArrayIndex", "Index operation failed; the array index evaluated to null.");
        }
        long place = Conversion.whole(index)
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(index, "System.Int32", "Input string was not in a correct format."));
        place = place < 0 ? place + list.size() : place;
        if (place < 0 || place >= list.size()) {
            throw outside();
        }
        return (int) place;
    }

    private static ShellFailure outside() {
        return ShellFailure.of(
                ShellFailure.Category.OperationStopped,
                "System.IndexOutOfRangeException",
                "IndexOutOfRangeException",
                "Index was outside the bounds of the array.");
    }
}
