package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.JsonText;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Select-Object: pieces of objects, or some of them.
final class SelectStage implements Stage {
    /// How deep two objects are compared for -Unique.
    private static final int COMPARED_DEPTH = 4;

    /// Stands for null in a deque, which holds none.
    private static final Object NOTHING = new Object();

    private final Set<String> seen = new HashSet<>();
    private final Deque<Object> held = new ArrayDeque<>();
    private final Set<Long> indexes = new TreeSet<>();
    private List<PropertyChoice> choices;
    private List<Wildcard> excluded;
    private long met;
    private long passed;

    @Override
    public void begin(Call call) {
        choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.SELECTION);
        excluded = call.texts("ExcludeProperty").stream()
                .map(name -> new Wildcard(name, false))
                .toList();
        for (String count : List.of("First", "Last", "Skip", "SkipLast")) {
            if (call.whole(count).filter(n -> n < 0).isPresent()) {
                throw Inputs.notInRange(
                        count,
                        "The " + call.whole(count).orElseThrow()
                                + " argument is less than the minimum allowed range of 0. Supply an argument that is"
                                + " greater than or equal to 0 and then try the command again.");
            }
        }
        for (Object index : Conversion.list(call.value("Index"))) {
            indexes.add(Conversion.whole(index)
                    .filter(n -> n >= 0)
                    .orElseThrow(() -> Inputs.notInRange("Index", "It takes whole numbers from 0.")));
        }
    }

    @Override
    public void process(Call call) {
        Object item = Inputs.unformatted(call);
        long at = met++;
        if (call.has("Index")) {
            if (indexes.contains(at)) {
                emit(call, item);
            }
            if (at >= indexes.stream().reduce(0L, Math::max) && !call.flag("Wait")) {
                call.enough();
            }
            return;
        }
        if (call.has("SkipLast")) {
            if (at >= skip(call)) {
                held.addLast(item == null ? NOTHING : item);
            }
            if (held.size() > call.whole("SkipLast").orElse(0L)) {
                emitHeld(call);
            }
            return;
        }
        if (call.has("Last")) {
            keep(call, item);
        }
        boolean skipped = !call.has("Last") && at < skip(call);
        if (!skipped && (call.has("First") || !call.has("Last"))) {
            first(call, item);
        }
    }

    private static long skip(Call call) {
        return call.whole("Skip").orElse(0L);
    }

    private void first(Call call, Object item) {
        long most = call.whole("First").orElse(Long.MAX_VALUE);
        boolean last = !call.has("Last") && !call.flag("Wait");
        if (most == 0 && last) {
            call.enough();
        }
        if (passed < most) {
            passed++;
            emit(call, item);
            if (passed == most && last) {
                call.enough();
            }
        }
    }

    private void keep(Call call, Object item) {
        held.addLast(item == null ? NOTHING : item);
        if (held.size() > call.whole("Last").orElse(0L) + skip(call)) {
            held.removeFirst();
        }
    }

    @Override
    public void end(Call call) {
        if (call.has("Last")) {
            for (long i = skip(call); i > 0 && !held.isEmpty(); i--) {
                held.removeLast();
            }
            while (!held.isEmpty()) {
                emitHeld(call);
            }
        }
    }

    private void emitHeld(Call call) {
        Object item = held.removeFirst();
        emit(call, item == NOTHING ? null : item);
    }

    private void emit(Call call, Object item) {
        Object selected = choices.isEmpty() && excluded.isEmpty() ? item : projected(item);
        Optional<String> expanded = call.text("ExpandProperty");
        if (expanded.isPresent()) {
            expanded(item, expanded.get())
                    .ifPresentOrElse(
                            values -> values.forEach(value -> write(call, joined(value, selected, item))),
                            () -> call.report(ShellFailure.of(
                                    ShellFailure.Category.InvalidArgument,
                                    "ExpandPropertyNotFound",
                                    "PSArgumentException",
                                    "Property \"" + expanded.get() + "\" cannot be found.")));
        } else {
            write(call, selected);
        }
    }

    private void write(Call call, Object value) {
        if (!call.flag("Unique")
                || seen.add(JsonText.of(value, COMPARED_DEPTH, true).text())) {
            call.write(value);
        }
    }

    private static Optional<List<Object>> expanded(Object item, String property) {
        Object value = Members.property(item, property);
        boolean exists = item instanceof Row row ? row.has(property) : value != null;
        if (!exists) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        if (value instanceof List<?> several) {
            values.addAll(several);
        } else {
            values.add(value);
        }
        return Optional.of(values);
    }

    /// What -Property picked goes along on an object that -ExpandProperty got out.
    private Object joined(Object value, Object selected, Object item) {
        if (selected == item || !(value instanceof Row inner) || !(selected instanceof Row picked)) {
            return value;
        }
        Row both = new Row(inner.type());
        inner.names().forEach(name -> both.with(name, inner.get(name)));
        picked.names().forEach(name -> both.with(name, picked.get(name)));
        return both;
    }

    private Row projected(Object item) {
        String type = item instanceof Row row ? row.type() : Conversion.typeName(item);
        Row selected = new Row(type.startsWith("Selected.") ? type : "Selected." + type);
        List<PropertyChoice> wanted =
                choices.isEmpty() ? List.of(new PropertyChoice.Named("*", PropertyChoice.Layout.PLAIN)) : choices;
        for (Column column : PropertyChoice.columns(wanted, item)) {
            if (excluded.stream().noneMatch(pattern -> pattern.matches(column.label()))
                    && !selected.has(column.label())) {
                selected.with(column.label(), column.value().apply(item));
            }
        }
        return selected;
    }
}
