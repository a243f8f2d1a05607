package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.BLOCK;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.JsonText;
import dev.tarry.shell.syntax.Comparison;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Methods;
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

/// Which objects go on, and what of them: Where-Object, Select-Object, ForEach-Object.
public final class SelectionCmdlets {
    static final Parameter INPUT = Parameter.of("InputObject", ANY).pipedWhole();

    private SelectionCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Where-Object", "where", "?")
                        .takes(whereParameters())
                        .simply(SelectionCmdlets::where),
                Cmdlet.named("Select-Object", "select")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("ExcludeProperty", TEXTS),
                                Parameter.of("ExpandProperty", TEXT),
                                Parameter.of("First", WHOLE),
                                Parameter.of("Last", WHOLE),
                                Parameter.of("Skip", WHOLE),
                                Parameter.of("Unique", SWITCH),
                                INPUT)
                        .does(Select::new),
                Cmdlet.named("ForEach-Object", "foreach", "%")
                        .takes(
                                Parameter.of("Process", BLOCK).at(0),
                                Parameter.of("MemberName", TEXT).at(0),
                                Parameter.of("Begin", BLOCK),
                                Parameter.of("End", BLOCK),
                                INPUT)
                        .oneOf("Process", "MemberName")
                        .does(ForEach::new));
    }

    private static Parameter[] whereParameters() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.of("FilterScript", BLOCK).at(0),
                Parameter.of("Property", TEXT).at(0),
                Parameter.of("Value", ANY).at(1),
                Parameter.of("Not", SWITCH),
                INPUT));
        for (Comparison comparison : Comparison.values()) {
            parameters.add(Parameter.of(comparison.name(), SWITCH));
            parameters.add(Parameter.of("C" + comparison.name(), SWITCH));
        }
        return parameters.toArray(Parameter[]::new);
    }

    private static void where(Call call) {
        Object item = call.input();
        boolean passes = call.block("FilterScript")
                .map(block -> Conversion.truth(call.run(block, item)))
                .orElseGet(() -> compares(call, item));
        if (passes) {
            call.write(item);
        }
    }

    private static boolean compares(Call call, Object item) {
        String property = call.text("Property")
                .orElseThrow(() -> ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "MissingMandatoryParameter",
                        "ParameterBindingException",
                        "Cannot process command because of one or more missing mandatory parameters: FilterScript."));
        Object left = Members.property(item, property);
        List<Comparison.Written> operators = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            if (call.flag(comparison.name())) {
                operators.add(new Comparison.Written(comparison, false));
            }
            if (call.flag("C" + comparison.name())) {
                operators.add(new Comparison.Written(comparison, true));
            }
        }
        if (operators.isEmpty() && !call.has("Value")) {
            return Conversion.truth(left) != call.flag("Not");
        }
        if (operators.size() != 1 || !call.has("Value")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "ValueNotSpecifiedForWhereObject",
                    "PSArgumentException",
                    "The comparison needs one property, one operator and one value, as in: Where Status -eq Retry.");
        }
        return Conversion.truth(call.comparing().compare(operators.getFirst(), left, call.value("Value")));
    }

    /// Select-Object: pieces of objects, or some of them.
    private static final class Select implements Stage {
        private final Set<String> seen = new HashSet<>();
        private final Deque<Object> last = new ArrayDeque<>();
        private List<PropertyChoice> choices;
        private long passed;
        private long skipped;

        @Override
        public void begin(Call call) {
            choices = PropertyChoice.of(call, "Property");
            for (String count : List.of("First", "Last", "Skip")) {
                if (call.whole(count).filter(n -> n < 0).isPresent()) {
                    throw ShellFailure.of(
                            ShellFailure.Category.InvalidData,
                            "ParameterArgumentValidationError",
                            "ParameterBindingValidationException",
                            "Cannot validate argument on parameter '" + count
                                    + "'. The argument is less than the minimum allowed range of 0.");
                }
            }
        }

        @Override
        public void process(Call call) {
            Optional<Long> first = call.whole("First");
            if (first.isPresent() && first.get() == 0) {
                call.enough();
            }
            if (!call.has("Last") && skipped < call.whole("Skip").orElse(0L)) {
                skipped++;
                return;
            }
            if (call.has("Last")) {
                last.addLast(keep(call.input()));
                long most = call.whole("Last").orElse(0L) + call.whole("Skip").orElse(0L);
                if (last.size() > most) {
                    last.removeFirst();
                }
                if (!first.isPresent()) {
                    return;
                }
            }
            if (first.isEmpty() || passed < first.get()) {
                passed++;
                emit(call, call.input());
                if (first.isPresent() && passed == first.get() && !call.has("Last")) {
                    call.enough();
                }
            }
        }

        @Override
        public void end(Call call) {
            for (long i = call.whole("Skip").orElse(0L); i > 0 && !last.isEmpty(); i--) {
                last.removeLast();
            }
            last.forEach(item -> emit(call, item == NOTHING ? null : item));
        }

        /// A deque holds no null.
        private static final Object NOTHING = new Object();

        private static Object keep(Object item) {
            return item == null ? NOTHING : item;
        }

        private void emit(Call call, Object item) {
            Object selected = choices.isEmpty() && !call.has("ExcludeProperty") ? item : projected(call, item);
            if (call.flag("Unique") && !seen.add(JsonText.of(selected, 4, true).text())) {
                return;
            }
            Optional<String> expanded = call.text("ExpandProperty");
            if (expanded.isEmpty()) {
                call.write(selected);
                return;
            }
            boolean exists =
                    item instanceof Row row ? row.has(expanded.get()) : Members.property(item, expanded.get()) != null;
            if (!exists) {
                call.report(ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "ExpandPropertyNotFound",
                        "PSArgumentException",
                        "Property \"" + expanded.get() + "\" cannot be found."));
                return;
            }
            Object value = Members.property(item, expanded.get());
            if (value instanceof List<?> several) {
                several.forEach(call::write);
            } else {
                call.write(value);
            }
        }

        private Row projected(Call call, Object item) {
            String type = item instanceof Row row ? row.type() : "Object";
            Row selected = new Row(type.startsWith("Selected.") ? type : "Selected." + type);
            List<PropertyChoice> wanted = choices.isEmpty() ? List.of(new PropertyChoice.Named("*")) : choices;
            List<Wildcard> excluded = call.texts("ExcludeProperty").stream()
                    .map(name -> new Wildcard(name, false))
                    .toList();
            for (Column column : PropertyChoice.columns(wanted, item)) {
                if (excluded.stream().noneMatch(pattern -> pattern.matches(column.label()))
                        && !selected.has(column.label())) {
                    selected.with(column.label(), column.value().apply(item));
                }
            }
            return selected;
        }
    }

    /// ForEach-Object: a block, a property or a method for each.
    private static final class ForEach implements Stage {
        @Override
        public void begin(Call call) {
            if (!call.has("Process") && !call.has("MemberName")) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "MissingMandatoryParameter",
                        "ParameterBindingException",
                        "Cannot process command because of one or more missing mandatory parameters: Process.");
            }
            call.block("Begin").ifPresent(block -> call.pass(block, null));
        }

        @Override
        public void process(Call call) {
            call.block("Process").ifPresent(block -> call.pass(block, call.input()));
            call.text("MemberName").ifPresent(name -> {
                Object item = call.input();
                Object value = Members.property(item, name);
                boolean isProperty = value != null || item instanceof Row row && row.has(name);
                Object result = isProperty ? value : new Methods(call.io().zone()).call(item, name, List.of());
                if (result instanceof List<?> several) {
                    several.forEach(call::write);
                } else if (result != null) {
                    call.write(result);
                }
            });
        }

        @Override
        public void end(Call call) {
            call.block("End").ifPresent(block -> call.pass(block, null));
        }
    }
}
