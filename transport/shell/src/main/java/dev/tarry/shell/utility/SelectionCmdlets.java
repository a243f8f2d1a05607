package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.BLOCK;
import static dev.tarry.shell.cmdlet.ParameterType.BLOCKS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.syntax.Comparison;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Members;
import java.util.ArrayList;
import java.util.List;

/// Which objects go on, and what of them: Where-Object, Select-Object, ForEach-Object.
public final class SelectionCmdlets {
    private SelectionCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Where-Object", "where", "?")
                        .example(
                                "Get-Queue | Where-Object { $_.LastError -like \"*4.4.0*\" }",
                                "Picks the queues whose last error is about DNS.")
                        .takes(whereParameters())
                        .summary("Selects objects from a collection based on their property values.")
                        .simply(SelectionCmdlets::where),
                Cmdlet.named("Select-Object", "select")
                        .example(
                                "Get-Message | Select-Object FromAddress, Subject, @{Name='Age'; Expression={(Get-Date) - $_.DateReceived}}",
                                "Shows two properties, and one that is worked out.")
                        .takes(
                                Parameter.of("Property", ANYS).at(0),
                                Parameter.of("ExcludeProperty", TEXTS),
                                Parameter.of("ExpandProperty", TEXT),
                                Parameter.of("First", WHOLE),
                                Parameter.of("Last", WHOLE),
                                Parameter.of("Skip", WHOLE),
                                Parameter.of("SkipLast", WHOLE),
                                Parameter.of("Index", ANYS),
                                Parameter.of("Unique", SWITCH),
                                Parameter.of("Wait", SWITCH),
                                INPUT)
                        .oneOf("Index", "First")
                        .oneOf("Index", "Last")
                        .oneOf("Index", "Skip")
                        .oneOf("SkipLast", "First")
                        .oneOf("SkipLast", "Last")
                        .oneOf("SkipLast", "Index")
                        .summary("Selects objects or object properties.")
                        .does(SelectStage::new),
                Cmdlet.named("ForEach-Object", "foreach", "%")
                        .takes(
                                Parameter.of("Process", BLOCKS).at(0).takingTheRest(),
                                Parameter.of("MemberName", TEXT).at(0),
                                Parameter.of("ArgumentList", ANYS)
                                        .alias("Args")
                                        .at(1)
                                        .takingTheRest(),
                                Parameter.of("Begin", BLOCK),
                                Parameter.of("End", BLOCK),
                                INPUT)
                        .oneOf("Process", "MemberName")
                        .refuses(
                                "Nothing runs in parallel here.",
                                "Parallel",
                                "ThrottleLimit",
                                "TimeoutSeconds",
                                "AsJob")
                        .refuses("Write the blocks one after the other.", "RemainingScripts")
                        .summary("Performs an operation against each item in a collection of input objects.")
                        .does(ForEachStage::new));
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
        Object item = Inputs.unformatted(call);
        boolean passes = call.block("FilterScript")
                .map(block -> Conversion.truth(call.run(block, item)))
                .orElseGet(() -> compares(call, item));
        if (passes) {
            call.write(item);
        }
    }

    private static boolean compares(Call call, Object item) {
        String property = call.text("Property").orElseThrow(() -> Inputs.missing("FilterScript"));
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
        if (operators.isEmpty() && !call.mentions("Value")) {
            return Conversion.truth(left) != call.flag("Not");
        }
        if (operators.size() != 1 || !call.mentions("Value")) {
            throw Inputs.invalid(
                    "ValueNotSpecifiedForWhereObject",
                    "The comparison needs one property, one operator and one value, as in: Where Status -eq Retry.");
        }
        return Conversion.truth(call.comparing().compare(operators.getFirst(), left, call.value("Value")));
    }
}
