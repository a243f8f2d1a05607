package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.utility.Inputs.INPUT;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Counting and comparing: Measure-Object, Compare-Object.
public final class MeasureCmdlets {
    private MeasureCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Measure-Object", "measure")
                        .takes(
                                Parameter.of("Property", TEXTS).at(0),
                                Parameter.of("Sum", SWITCH),
                                Parameter.of("Average", SWITCH),
                                Parameter.of("Maximum", SWITCH),
                                Parameter.of("Minimum", SWITCH),
                                Parameter.of("Line", SWITCH),
                                Parameter.of("Word", SWITCH),
                                Parameter.of("Character", SWITCH),
                                Parameter.of("IgnoreWhiteSpace", SWITCH),
                                INPUT)
                        .refuses("Use -Sum, -Average, -Maximum and -Minimum.", SWITCH, "AllStats", "StandardDeviation")
                        .summary("Calculates the numeric properties of objects, and the characters, words, and lines in"
                                + " string objects.")
                        .does(Measure::new),
                Cmdlet.named("Compare-Object", "compare", "diff")
                        .takes(
                                Parameter.of("ReferenceObject", ANYS).at(0).required(),
                                Parameter.of("DifferenceObject", ANYS)
                                        .at(1)
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("Property", ANYS).at(2),
                                Parameter.of("IncludeEqual", SWITCH),
                                Parameter.of("ExcludeDifferent", SWITCH),
                                Parameter.of("PassThru", SWITCH),
                                Parameter.of("CaseSensitive", SWITCH))
                        .refuses("All objects are compared with all.", "SyncWindow")
                        .refuses("The culture is en-US.", "Culture")
                        .summary("Compares two sets of objects.")
                        .does(Compare::new));
    }

    /// Adds up as it goes: nothing is kept of the objects.
    private static final class Measure implements Stage {
        private final List<Sums> all = new ArrayList<>();
        private boolean some;

        private static final class Sums {
            private final String property;
            private long count;
            private double sum;
            private Object largest;
            private Object smallest;
            private long lines;
            private long words;
            private long characters;

            Sums(String property) {
                this.property = property;
            }
        }

        @Override
        public void begin(Call call) {
            call.texts("Property").forEach(name -> all.add(new Sums(name)));
            if (all.isEmpty()) {
                all.add(new Sums(""));
            }
            if (text(call)
                    && (call.flag("Sum") || call.flag("Average") || call.flag("Maximum") || call.flag("Minimum"))) {
                throw Inputs.invalid(
                        "AmbiguousParameterSet",
                        "Parameter set cannot be resolved using the specified named parameters: text is counted by"
                                + " -Line, -Word and -Character, numbers by -Sum, -Average, -Maximum and -Minimum.");
            }
        }

        private static boolean text(Call call) {
            return call.flag("Line") || call.flag("Word") || call.flag("Character") || call.flag("IgnoreWhiteSpace");
        }

        @Override
        public void process(Call call) {
            if (!call.isPiped() && !call.has("InputObject")) {
                return;
            }
            some = true;
            Object item = Inputs.unformatted(call);
            for (Sums sums : all) {
                Object value = sums.property.isEmpty() ? item : Members.property(item, sums.property);
                if (value != null) {
                    add(call, sums, value);
                }
            }
        }

        private static void add(Call call, Sums sums, Object value) {
            sums.count++;
            if (text(call)) {
                String text = TextForm.of(value);
                sums.lines += text.isEmpty() ? 0 : text.lines().count();
                sums.words += text.isBlank() ? 0 : text.strip().split("\\s+").length;
                sums.characters += call.flag("IgnoreWhiteSpace")
                        ? text.codePoints()
                                .filter(c -> !Character.isWhitespace(c))
                                .count()
                        : text.length();
                return;
            }
            if (call.flag("Sum") || call.flag("Average")) {
                sums.sum += Conversion.number(value)
                        .orElseThrow(() -> ShellFailure.of(
                                ShellFailure.Category.InvalidType,
                                "NonNumericInputObject",
                                "PSInvalidOperationException",
                                "Input object \"" + TextForm.of(value) + "\" is not numeric."))
                        .doubleValue();
            }
            if (call.flag("Maximum") && (sums.largest == null || order(call, value, sums.largest) > 0)) {
                sums.largest = value;
            }
            if (call.flag("Minimum") && (sums.smallest == null || order(call, value, sums.smallest) < 0)) {
                sums.smallest = value;
            }
        }

        private static int order(Call call, Object a, Object b) {
            return call.comparing().order(a, b, false);
        }

        @Override
        public void end(Call call) {
            for (Sums sums : all) {
                if (!sums.property.isEmpty() && sums.count == 0 && some) {
                    call.report(Inputs.invalid(
                            "GenericMeasurePropertyNotFound",
                            "The property \"" + sums.property + "\" cannot be found in the input for any objects."));
                } else {
                    call.write(text(call) ? texts(call, sums) : figures(call, sums));
                }
            }
        }

        private static Row figures(Call call, Sums sums) {
            boolean any = sums.count > 0;
            return new Row("GenericMeasureInfo")
                    .with("Count", sums.count)
                    .with("Average", call.flag("Average") && any ? whole(sums.sum / sums.count) : null)
                    .with("Sum", call.flag("Sum") && any ? whole(sums.sum) : null)
                    .with("Maximum", sums.largest)
                    .with("Minimum", sums.smallest)
                    .with("Property", sums.property.isEmpty() ? null : sums.property);
        }

        private static Row texts(Call call, Sums sums) {
            return new Row("TextMeasureInfo")
                    .with("Lines", call.flag("Line") ? sums.lines : null)
                    .with("Words", call.flag("Word") ? sums.words : null)
                    .with("Characters", call.flag("Character") ? sums.characters : null)
                    .with("Property", sums.property.isEmpty() ? null : sums.property);
        }

        private static Object whole(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : (Object) value;
        }
    }

    private static final class Compare implements Stage {
        private final List<Object> differences = new ArrayList<>();

        @Override
        public void process(Call call) {
            differences.addAll(Conversion.list(call.value("DifferenceObject")));
        }

        @Override
        public void end(Call call) {
            List<PropertyChoice> choices = PropertyChoice.of(call, "Property", PropertyChoice.Use.VALUE);
            Map<String, List<Object>> unmatched = new LinkedHashMap<>();
            for (Object item : differences) {
                unmatched
                        .computeIfAbsent(key(call, choices, item), _ -> new ArrayList<>())
                        .add(item);
            }
            List<Object> missing = new ArrayList<>();
            for (Object item : Conversion.list(call.value("ReferenceObject"))) {
                List<Object> same = unmatched.get(key(call, choices, item));
                if (same == null || same.isEmpty()) {
                    missing.add(item);
                    continue;
                }
                same.removeFirst();
                if (call.flag("IncludeEqual")) {
                    write(call, choices, item, "==");
                }
            }
            if (!call.flag("ExcludeDifferent")) {
                unmatched.values().forEach(left -> left.forEach(item -> write(call, choices, item, "=>")));
                missing.forEach(item -> write(call, choices, item, "<="));
            }
        }

        private static String key(Call call, List<PropertyChoice> choices, Object item) {
            List<String> texts = new ArrayList<>();
            choices.forEach(choice -> texts.add(TextForm.of(PropertyChoice.value(choice, item))));
            String text = choices.isEmpty() ? TextForm.of(item) : String.join("\0", texts);
            return call.flag("CaseSensitive") ? text : text.toLowerCase(Locale.ROOT);
        }

        private static void write(Call call, List<PropertyChoice> choices, Object item, String side) {
            if (call.flag("PassThru")) {
                call.write(item);
                return;
            }
            Row row = new Row(Row.CUSTOM);
            choices.forEach(choice -> row.with(PropertyChoice.name(choice), PropertyChoice.value(choice, item)));
            if (choices.isEmpty()) {
                row.with("InputObject", item);
            }
            call.write(row.with("SideIndicator", side));
        }
    }
}
