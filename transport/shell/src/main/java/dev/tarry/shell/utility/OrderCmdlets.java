package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Order among objects: Sort-Object, Group-Object, Get-Unique.
public final class OrderCmdlets {
    private OrderCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Sort-Object", "sort")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("Descending", SWITCH),
                                Parameter.of("Unique", SWITCH),
                                Parameter.of("CaseSensitive", SWITCH),
                                Parameter.of("Top", WHOLE),
                                INPUT)
                        .refuses("The order is en-US.", "Culture")
                        .refuses("Use -Descending and -Top.", "Bottom")
                        .refuses("Objects with equal keys keep their order without it.", SWITCH, "Stable")
                        .summary("Sorts objects by property values.")
                        .remark("-Top is PowerShell 7's. Objects with equal keys keep their order.")
                        .does(Sort::new),
                Cmdlet.named("Group-Object", "group")
                        .example("Get-Queue | Group-Object Status -NoElement", "Counts queues by status.")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("NoElement", SWITCH),
                                Parameter.of("AsHashTable", SWITCH).alias("AHT"),
                                Parameter.of("AsString", SWITCH),
                                Parameter.of("CaseSensitive", SWITCH),
                                INPUT)
                        .oneOf("NoElement", "AsHashTable")
                        .shows("GroupInfo", "Count/5>", "Name/25", "Group")
                        .refuses("The culture is en-US.", "Culture")
                        .summary("Groups objects that contain the same value for specified properties.")
                        .does(Group::new),
                Cmdlet.named("Get-Unique", "gu")
                        .takes(Parameter.of("AsString", SWITCH), INPUT)
                        .summary("Returns unique items from a sorted list.")
                        .does(Unique::new));
    }

    private static final class Sort extends Gathering {
        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.ORDER);
            // A key is worked out once for each object, however often it is compared.
            record Keyed(Object item, List<Object> keys) {}
            List<Keyed> keyed = new ArrayList<>();
            for (Object item : items) {
                List<Object> keys = new ArrayList<>();
                choices.forEach(choice -> keys.add(PropertyChoice.value(choice, item)));
                if (choices.isEmpty()) {
                    keys.add(item);
                }
                keyed.add(new Keyed(item, keys));
            }
            Comparator<Keyed> order = null;
            Comparator<Keyed> byText = null;
            for (int i = 0; i < Math.max(1, choices.size()); i++) {
                int at = i;
                boolean descending = !choices.isEmpty()
                                && choices.get(i) instanceof PropertyChoice.Calculated calculated
                                && calculated.descending() != null
                        ? calculated.descending()
                        : call.flag("Descending");
                Comparator<Object> values = values(call);
                Comparator<Object> texts = Comparator.comparing(TextForm::of, String.CASE_INSENSITIVE_ORDER);
                Comparator<Keyed> next = Comparator.comparing(
                        k -> k.keys().get(at), Comparator.nullsFirst(descending ? values.reversed() : values));
                Comparator<Keyed> nextText =
                        Comparator.comparing(k -> k.keys().get(at), descending ? texts.reversed() : texts);
                order = order == null ? next : order.thenComparing(next);
                byText = byText == null ? nextText : byText.thenComparing(nextText);
            }
            try {
                keyed.sort(order);
            } catch (IllegalArgumentException _) {
                // Numbers, dates and words in one column may have no order that holds for all three: text has.
                order = byText;
                keyed.sort(order);
            }
            long left = call.whole("Top").orElse(Long.MAX_VALUE);
            if (left < 1) {
                throw Inputs.notInRange("Top", "It takes numbers from 1.");
            }
            Keyed previous = null;
            for (Keyed one : keyed) {
                if (left > 0 && (previous == null || !call.flag("Unique") || order.compare(previous, one) != 0)) {
                    call.write(one.item());
                    left--;
                }
                previous = one;
            }
        }

        private static Comparator<Object> values(Call call) {
            return (a, b) -> {
                try {
                    return call.comparing().order(a, b, call.flag("CaseSensitive"));
                } catch (ShellFailure _) {
                    // Kinds that have no order among them sort by their text.
                    return TextForm.of(a).compareToIgnoreCase(TextForm.of(b));
                }
            };
        }
    }

    private static final class Group extends Gathering {
        private record Members(List<Object> values, List<Object> objects) {}

        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.VALUE);
            Map<String, Members> groups = new LinkedHashMap<>();
            for (Object item : items) {
                List<Object> values = new ArrayList<>();
                choices.forEach(choice -> values.add(PropertyChoice.value(choice, item)));
                if (choices.isEmpty()) {
                    values.addAll(Conversion.list(item));
                }
                String name = name(values);
                groups.computeIfAbsent(
                                call.flag("CaseSensitive") ? name : name.toLowerCase(Locale.ROOT),
                                _ -> new Members(values, new ArrayList<>()))
                        .objects()
                        .add(item);
            }
            if (call.flag("AsHashTable")) {
                table(call, groups);
            } else {
                groups.values().forEach(members -> call.write(info(members, call.flag("NoElement"))));
            }
        }

        private static String name(List<Object> values) {
            return TextForm.joined(values, ", ");
        }

        private static Row info(Members members, boolean bare) {
            Row row = new Row(bare ? "GroupInfoNoElement" : "GroupInfo");
            if (bare) {
                return row.with("Count", (long) members.objects().size()).with("Name", name(members.values()));
            }
            return row.with("Values", members.values())
                    .with("Count", (long) members.objects().size())
                    .with("Group", members.objects())
                    .with("Name", name(members.values()));
        }

        private static void table(Call call, Map<String, Members> groups) {
            HashTable table = new HashTable();
            for (Members members : groups.values()) {
                boolean alone = members.values().size() == 1 && !call.flag("AsString");
                Object value = alone ? members.values().getFirst() : name(members.values());
                table.add(value == null ? "" : value, members.objects());
            }
            if (!groups.isEmpty()) {
                call.write(table);
            }
        }
    }

    /// Leaves out what equals the object before it.
    private static final class Unique implements Stage {
        private String previous;

        @Override
        public void process(Call call) {
            Object item = Inputs.unformatted(call);
            String text = TextForm.of(item);
            if (!text.equals(previous)) {
                call.write(item);
            }
            previous = text;
        }
    }
}
