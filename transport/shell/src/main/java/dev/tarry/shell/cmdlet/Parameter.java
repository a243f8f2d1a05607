package dev.tarry.shell.cmdlet;

import dev.tarry.shell.value.Row;
import java.util.ArrayList;
import java.util.List;

/// A parameter of a cmdlet.
///
/// @param position its place among unnamed values, from 0; -1 where it must be named
/// @param mandatory whether the cmdlet cannot do without
/// @param remaining whether it takes all unnamed values that are left
/// @param piped what an object from the pipeline may give it
/// @param pipedProperties which properties of such an object it takes, the first that is there
/// @param pipedTypes of which types such an object must be; empty: any, and text too. Of an object whose type is named
///     by a parameter of the cmdlet only such parameters take something
/// @param choices the values that it takes, spelt as the server wants them; empty: any
public record Parameter(
        String name,
        ParameterType type,
        List<String> aliases,
        int position,
        boolean mandatory,
        boolean remaining,
        Piped piped,
        List<String> pipedProperties,
        List<String> pipedTypes,
        List<String> choices) {
    /// How a parameter binds to objects that come down the pipeline.
    public enum Piped {
        NO,
        /// The object itself.
        WHOLE,
        /// A property of the object; text itself where the object is text.
        PROPERTY
    }

    public static Parameter of(String name, ParameterType type) {
        return new Parameter(name, type, List.of(), -1, false, false, Piped.NO, List.of(), List.of(), List.of());
    }

    public Parameter at(int place) {
        return new Parameter(
                name, type, aliases, place, mandatory, remaining, piped, pipedProperties, pipedTypes, choices);
    }

    public Parameter required() {
        return new Parameter(
                name, type, aliases, position, true, remaining, piped, pipedProperties, pipedTypes, choices);
    }

    public Parameter takingTheRest() {
        return new Parameter(
                name, type, aliases, position, mandatory, true, piped, pipedProperties, pipedTypes, choices);
    }

    public Parameter alias(String... others) {
        return new Parameter(
                name,
                type,
                List.of(others),
                position,
                mandatory,
                remaining,
                piped,
                pipedProperties,
                pipedTypes,
                choices);
    }

    public Parameter pipedWhole() {
        return new Parameter(
                name, type, aliases, position, mandatory, remaining, Piped.WHOLE, pipedProperties, pipedTypes, choices);
    }

    /// Takes the property of this parameter's name, or else one of these.
    public Parameter pipedBy(String... properties) {
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(List.of(properties));
        return new Parameter(
                name, type, aliases, position, mandatory, remaining, Piped.PROPERTY, names, pipedTypes, choices);
    }

    /// Takes that property of an object of these types, and of no other.
    public Parameter pipedFrom(List<String> types, String property) {
        return new Parameter(
                name,
                type,
                aliases,
                position,
                mandatory,
                remaining,
                Piped.PROPERTY,
                List.of(property),
                List.copyOf(types),
                choices);
    }

    /// Whether an object may give it something, as far as its type goes.
    ///
    /// @param all the parameters of the cmdlet
    public boolean takesFrom(Object object, List<Parameter> all) {
        String of = object instanceof Row row ? row.type() : "";
        return pipedTypes.isEmpty()
                ? all.stream().noneMatch(parameter -> parameter.pipedTypes.contains(of))
                : pipedTypes.contains(of);
    }

    public Parameter oneOf(String... values) {
        return new Parameter(
                name,
                type,
                aliases,
                position,
                mandatory,
                remaining,
                piped,
                pipedProperties,
                pipedTypes,
                List.of(values));
    }
}
