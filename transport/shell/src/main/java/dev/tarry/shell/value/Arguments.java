package dev.tarry.shell.value;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a method was called with.
///
/// @param owner what it was called on, for messages: a type's name
record Arguments(String owner, String name, List<Object> values) {
    /// Name and number, in small letters: `substring/2`.
    String is() {
        return name.toLowerCase(Locale.ROOT) + "/" + values.size();
    }

    Object at(int i) {
        return values.get(i);
    }

    String text(int i) {
        return TextForm.of(values.get(i));
    }

    int whole(int i) {
        long value = Conversion.whole(values.get(i)).orElseThrow(() -> wrong(i, "System.Int32"));
        if (value != (int) value) {
            throw wrong(i, "System.Int32");
        }
        return (int) value;
    }

    Number number(int i) {
        return Conversion.number(values.get(i)).orElseThrow(() -> wrong(i, "System.Double"));
    }

    double real(int i) {
        return number(i).doubleValue();
    }

    Duration span(int i) {
        return Conversion.span(values.get(i)).orElseThrow(() -> wrong(i, "System.TimeSpan"));
    }

    ShellFailure wrong(int i, String type) {
        return ShellFailure.of(
                ShellFailure.Category.NotSpecified,
                "MethodArgumentConversionInvalidCastArgument",
                "MethodException",
                "Cannot convert argument \"" + i + "\", with value: \"" + text(i) + "\", for \"" + name
                        + "\" to type \"" + type + "\".");
    }

    ShellFailure unknown() {
        return ShellFailure.runtime(
                        "MethodNotFound",
                        "Method invocation failed because [" + owner + "] does not contain a method named '" + name
                                + "' that takes " + values.size() + " argument(s) in this shell.")
                .withTarget(name);
    }

    /// What .NET throws out of a method, as PowerShell reports it.
    ShellFailure failed(String errorId, String why) {
        return ShellFailure.of(
                ShellFailure.Category.NotSpecified,
                errorId,
                "MethodInvocationException",
                "Exception calling \"" + name + "\" with \"" + values.size() + "\" argument(s): \"" + why + "\"");
    }
}
