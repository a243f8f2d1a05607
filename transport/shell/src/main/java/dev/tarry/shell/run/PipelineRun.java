package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One pipeline, object by object: what the first command puts out has gone all the way through before it puts out
/// the next.
final class PipelineRun {
    private final List<RunningCommand> commands = new ArrayList<>();

    /// Binds all commands, from left to right, before any of them runs.
    PipelineRun(Statement.Pipeline pipeline, Evaluator evaluator, Consumer<Object> out) {
        for (Statement.Command command : pipeline.commands()) {
            Cmdlet cmdlet = evaluator.cmdlets().find(command.name()).orElseThrow(() -> unknown(command, evaluator));
            boolean piped = pipeline.head().isPresent() || !commands.isEmpty();
            Binding binding =
                    new Binder(cmdlet, command, evaluator::value, evaluator.io().zone()).bind(piped);
            commands.add(new RunningCommand(cmdlet, command.extent(), binding, piped, evaluator));
        }
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).feeds(i + 1 < commands.size() ? commands.get(i + 1)::accept : out);
        }
    }

    private static ShellFailure unknown(Statement.Command command, Evaluator evaluator) {
        Optional<String> refusal = evaluator.cmdlets().refusal(command.name());
        if (refusal.isPresent()) {
            return ShellFailure.of(
                            ShellFailure.Category.NotImplemented,
                            "OutsideThisShell",
                            "NotSupportedException",
                            "'" + command.name() + "' is outside the part of PowerShell that tarry speaks: "
                                    + refusal.get())
                    .withTarget(command.name())
                    .at(command.nameExtent());
        }
        return ShellFailure.of(
                        ShellFailure.Category.ObjectNotFound,
                        "CommandNotFoundException",
                        "CommandNotFoundException",
                        "The term '" + command.name() + "' is not recognized as the name of a cmdlet, function, script "
                                + "file, or operable program. Check the spelling of the name, or if a path was "
                                + "included, verify that the path is correct and try again.")
                .withTarget(command.name())
                .at(command.nameExtent());
    }

    /// @param input the objects before the first pipe; empty where a command stands first
    void run(List<Object> input) {
        int from = 0;
        try {
            commands.forEach(RunningCommand::begin);
            for (Object item : input) {
                commands.getFirst().accept(item);
            }
        } catch (Enough enough) {
            from = indexOf(enough);
        }
        while (from < commands.size()) {
            try {
                commands.get(from).finish();
                from++;
            } catch (Enough enough) {
                from = indexOf(enough);
            }
        }
    }

    /// Who had enough ends next, and those before it not at all. One of an outer pipeline is not ours to end.
    private int indexOf(Enough enough) {
        int index = commands.indexOf(enough.by());
        if (index < 0) {
            throw enough;
        }
        return index;
    }
}
