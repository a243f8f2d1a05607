package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The properties of a kind of object that parameters of the same names set. What values are right, the server says.
///
/// @param lists   several texts; `@{Add="9.9.9.9"; Remove="1.1.1.1"}` edits what is there
/// @param flags   `$true` or `$false`
/// @param numbers whole numbers, some of them `Unlimited`
/// @param texts   also sizes and spans; `$null` is none
record Settable(List<String> lists, List<String> flags, List<String> numbers, List<String> texts) {
    static final Settable NOTHING = new Settable(List.of(), List.of(), List.of(), List.of());

    Settable lists(String... names) {
        return new Settable(List.of(names), flags, numbers, texts);
    }

    Settable flags(String... names) {
        return new Settable(lists, List.of(names), numbers, texts);
    }

    Settable numbers(String... names) {
        return new Settable(lists, flags, List.of(names), texts);
    }

    Settable texts(String... names) {
        return new Settable(lists, flags, numbers, List.of(names));
    }

    /// A parameter for each, behind others.
    Parameter[] with(Parameter... first) {
        List<Parameter> all = new ArrayList<>(List.of(first));
        lists.forEach(name -> all.add(Parameter.of(name, ANY)));
        flags.forEach(name -> all.add(Parameter.of(name, BOOLEAN)));
        numbers.forEach(name -> all.add(Parameter.of(name, TEXT)));
        texts.forEach(name -> all.add(Parameter.of(name, TEXT)));
        return all.stream().map(Enumerations::known).toArray(Parameter[]::new);
    }

    /// What was given of these, as the server takes it.
    Map<String, Object> given(Call call) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (String name : lists) {
            if (call.mentions(name)) {
                given.put(name, list(call.value(name)));
            }
        }
        for (String name : flags) {
            if (call.has(name)) {
                given.put(name, call.flag(name));
            }
        }
        for (String name : numbers) {
            call.text(name).ifPresent(text -> given.put(name, numberOrText(text)));
        }
        for (String name : texts) {
            if (call.mentions(name)) {
                given.put(name, call.text(name).orElse(null));
            }
        }
        return given;
    }

    /// The server says what is wrong with a text that is no number.
    private static Object numberOrText(String text) {
        return text.matches("\\d{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    private static Object list(Object value) {
        if (value instanceof HashTable edit) {
            Map<String, Object> words = new LinkedHashMap<>();
            edit.keys().forEach(word -> words.put(TextForm.of(word), items(edit.get(word))));
            return words;
        }
        return items(value);
    }

    private static List<String> items(Object value) {
        return value == null
                ? List.of()
                : Conversion.list(value).stream().map(TextForm::of).toList();
    }
}
