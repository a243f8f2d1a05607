package dev.tarry.config;

import java.util.Comparator;
import java.util.function.Function;

/// What a setting's value may look like.
///
/// @param name    as in "'x' is not …": `a span of time`
/// @param form    what would be right, as in "write …"
/// @param unit    the unit of a bare number, or empty
/// @param several whether it is a list; the text form separates items by commas, the file may have a YAML sequence
/// @param parse   text to value; an [IllegalArgumentException] means that the text is none (its message, if any, says
///                more)
/// @param print   value to text, in the form that Exchange prints; `parse` takes it back
/// @param order   for bounds; kinds without an order have none
/// @param shape   what editors may know of it before the server reads it
record Kind<T>(
        String name,
        String form,
        String unit,
        boolean several,
        Function<String, T> parse,
        Function<T, String> print,
        Comparator<? super T> order,
        Shape shape) {

    /// A kind whose values have no order.
    static <T> Kind<T> plain(String name, String form, Function<String, T> parse, Function<T, String> print) {
        return new Kind<>(name, form, "", false, parse, print, (_, _) -> 0, Shape.TEXT);
    }

    /// The same with another shape.
    Kind<T> shaped(Shape other) {
        return new Kind<>(name, form, unit, several, parse, print, order, other);
    }
}
