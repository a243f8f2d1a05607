package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.utility.SelectionCmdlets.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What needs all objects before it can say anything: Sort-Object, Group-Object, Measure-Object.
public final class OrderCmdlets {
    private OrderCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Sort-Object", "sort")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("Descending", SWITCH),
                                Parameter.of("Unique", SWITCH),
                                INPUT)
                        .does(Sort::new),
                Cmdlet.named("Group-Object", "group")
                        .takes(Parameter.of("Property", ANYS).at(0), Parameter.of("NoElement", SWITCH), INPUT)
                        .does(Group::new),
                Cmdlet.named("Measure-Object", "measure")
                        .takes(
                                Parameter.of("Property", TEXT).at(0),
                                Parameter.of("Sum", SWITCH),
                                Parameter.of("Average", SWITCH),
                                Parameter.of("Maximum", SWITCH),
                                Parameter.of("Minimum", SWITCH),
                                INPUT)
                        .does(Measure::new));
    }

    /// A stage that gathers first.
    abstract static class Gathering implements Stage {
        final List<Object> items = new ArrayList<>();

        @Override
        public final void process(Call call) {
            if (call.isPiped() || call.has("InputObject")) {
                items.add(call.input());
            }
        }
    }

    private static final class Sort extends Gathering {
        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property");
            Comparator<Object> order = choices.isEmpty() ? values(call).apply(call.flag("Descending")) : null;
            for (PropertyChoice choice : choices) {
                boolean descending =
                        choice instanceof PropertyChoice.Calculated calculated && calculated.descending() != null
                                ? calculated.descending()
                                : call.flag("Descending");
                Comparator<Object> byThis = (a, b) -> values(call)
                        .apply(descending)
                        .compare(PropertyChoice.value(choice, a), PropertyChoice.value(choice, b));
                order = order == null ? byThis : order.thenComparing(byThis);
            }
            items.sort(order);
            Object previous = null;
            boolean first = true;
            for (Object item : items) {
                if (first || !call.flag("Unique") || order.compare(previous, item) != 0) {
                    call.write(item);
                }
                previous = item;
                first = false;
            }
        }

        private static Function<Boolean, Comparator<Object>> values(Call call) {
            Comparator<Object> ascending = (a, b) -> {
                try {
                    return call.comparing().order(a, b, false);
                } catch (ShellFailure _) {
                    // Kinds that have no order among them sort by their text.
                    return TextForm.of(a).compareToIgnoreCase(TextForm.of(b));
                }
            };
            return descending -> descending ? ascending.reversed() : ascending;
        }
    }

    private static final class Group extends Gathering {
        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property");
            Map<String, List<Object>> groups = new LinkedHashMap<>();
            Map<String, String> names = new LinkedHashMap<>();
            for (Object item : items) {
                List<Object> values = choices.isEmpty()
                        ? Conversion.list(item)
                        : new ArrayList<>(choices.stream()
                                .map(choice -> TextForm.of(PropertyChoice.value(choice, item)))
                                .toList());
                String name = TextForm.joined(values, ", ");
                String folded = name.toLowerCase(Locale.ROOT);
                names.putIfAbsent(folded, name);
                groups.computeIfAbsent(folded, _ -> new ArrayList<>()).add(item);
            }
            groups.forEach((folded, members) -> {
                Row group = new Row("GroupInfo")
                        .with("Count", (long) members.size())
                        .with("Name", names.get(folded));
                call.write(call.flag("NoElement") ? group : group.with("Group", members));
            });
        }
    }

    private static final class Measure extends Gathering {
        @Override
        public void end(Call call) {
            String property = call.text("Property").orElse("");
            boolean figures = call.flag("Sum") || call.flag("Average") || call.flag("Maximum") || call.flag("Minimum");
            List<Object> values = items;
            if (!property.isEmpty()) {
                values = new ArrayList<>();
                for (Object item : items) {
                    Object value = Members.property(item, property);
                    if (value != null) {
                        values.add(value);
                    }
                }
                if (values.isEmpty() && !items.isEmpty()) {
                    call.report(ShellFailure.of(
                            ShellFailure.Category.InvalidArgument,
                            "GenericMeasurePropertyNotFound",
                            "PSArgumentException",
                            "The property \"" + property + "\" cannot be found in the input for any objects."));
                    return;
                }
            }
            double sum = 0;
            Object largest = null;
            Object smallest = null;
            for (Object value : figures ? values : List.of()) {
                if (call.flag("Sum") || call.flag("Average")) {
                    sum += Conversion.number(value)
                            .orElseThrow(() -> ShellFailure.cannotConvert(
                                    value, "System.Double", "Input string was not in a correct format."))
                            .doubleValue();
                }
                largest = largest == null || call.comparing().order(value, largest, false) > 0 ? value : largest;
                smallest = smallest == null || call.comparing().order(value, smallest, false) < 0 ? value : smallest;
            }
            boolean some = !values.isEmpty();
            call.write(new Row("GenericMeasureInfo")
                    .with("Count", (long) values.size())
                    .with("Average", call.flag("Average") && some ? whole(sum / values.size()) : null)
                    .with("Sum", call.flag("Sum") && some ? whole(sum) : null)
                    .with("Maximum", call.flag("Maximum") ? largest : null)
                    .with("Minimum", call.flag("Minimum") ? smallest : null)
                    .with("Property", property.isEmpty() ? null : property));
        }

        private static Object whole(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : (Object) value;
        }
    }
}
