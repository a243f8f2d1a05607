package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Methods;
import dev.tarry.shell.value.Row;
import java.util.ArrayList;
import java.util.List;

/// ForEach-Object: a block, a property or a method for each. Of several blocks without a name the first begins and,
/// from three on, the last ends.
final class ForEachStage implements Stage {
    private final List<ScriptBlock> process = new ArrayList<>();
    private final List<ScriptBlock> end = new ArrayList<>();

    @Override
    public void begin(Call call) {
        if (!call.has("Process") && !call.has("MemberName")) {
            throw Inputs.missing("Process");
        }
        Conversion.list(call.value("Process")).forEach(block -> process.add((ScriptBlock) block));
        List<ScriptBlock> begin = new ArrayList<>();
        call.block("Begin").ifPresent(begin::add);
        call.block("End").ifPresent(end::add);
        if (process.size() > 1 && begin.isEmpty()) {
            begin.add(process.removeFirst());
        }
        if (process.size() > 1 && end.isEmpty()) {
            end.add(process.removeLast());
        }
        begin.forEach(block -> call.pass(block, null));
    }

    @Override
    public void process(Call call) {
        if (!call.isPiped() && !call.has("InputObject")) {
            return;
        }
        Object item = Inputs.unformatted(call);
        process.forEach(block -> call.pass(block, item));
        call.text("MemberName").ifPresent(name -> member(call, item, name));
    }

    private static void member(Call call, Object item, String name) {
        List<Object> arguments = Conversion.list(call.value("ArgumentList"));
        Object value = arguments.isEmpty() ? Members.property(item, name) : null;
        boolean hasNamed = item instanceof Row || item instanceof HashTable;
        boolean isProperty = value != null
                || item == null
                || arguments.isEmpty() && hasNamed && !isCall(name)
                || DefaultView.columns(item).stream()
                        .anyMatch(column -> column.label().equalsIgnoreCase(name));
        Object result = isProperty ? value : new Methods(call.io().zone()).call(item, name, arguments);
        if (result instanceof List<?> several) {
            several.forEach(call::write);
        } else if (result != null) {
            call.write(result);
        }
    }

    /// What also objects with properties of their own can be called with.
    private static boolean isCall(String name) {
        return name.equalsIgnoreCase("ToString") || name.equalsIgnoreCase("GetType");
    }

    @Override
    public void end(Call call) {
        end.forEach(block -> call.pass(block, null));
    }
}
