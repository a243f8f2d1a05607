package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One pipeline, object by object: what the first command puts out has gone all the way through before it puts out
/// the next.
final class PipelineRun {
    private final List<RunningCommand> commands = new ArrayList<>();
    private final Evaluator evaluator;

    /// Binds all commands, from left to right, before any of them runs.
    PipelineRun(Statement.Pipeline pipeline, Evaluator evaluator, Consumer<Object> out) {
        this.evaluator = evaluator;
        for (Statement.Command command : pipeline.commands()) {
            boolean piped = pipeline.head().isPresent() || !commands.isEmpty();
            if (asksForHelp(command)) {
                Statement.Command help = help(command);
                add(help, evaluator.commands().find(help), false);
            } else {
                add(command, evaluator.commands().find(command), piped);
            }
        }
        connect(out);
    }

    /// `Get-Queue -?`
    private static boolean asksForHelp(Statement.Command command) {
        return command.elements().stream()
                .anyMatch(element -> element instanceof Statement.Parameter parameter
                        && parameter.name().equals("?"));
    }

    private static Statement.Command help(Statement.Command command) {
        Extent extent = command.nameExtent();
        return new Statement.Command(
                Statement.Calling.NAMED,
                new Expression.Literal("Get-Help", "Get-Help", extent),
                List.of(new Statement.Argument(new Expression.Literal(command.name(), command.name(), extent), extent)),
                command.redirections(),
                extent);
    }

    /// One command alone, which is known already.
    PipelineRun(Statement.Command command, Callee callee, boolean piped, Evaluator evaluator, Consumer<Object> out) {
        this.evaluator = evaluator;
        add(command, callee, piped);
        connect(out);
    }

    private void add(Statement.Command command, Callee callee, boolean piped) {
        Binding binding = new Binder(
                        callee,
                        command,
                        evaluator.expressions()::value,
                        evaluator.io().zone())
                .bind(piped, new Supplying(evaluator.io(), callee.cmdlet().name(), commands.size() + 1));
        commands.add(new RunningCommand(callee, command, binding, piped, evaluator));
    }

    private void connect(Consumer<Object> out) {
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).feeds(i + 1 < commands.size() ? commands.get(i + 1)::accept : out);
        }
    }

    /// @param input the objects before the first pipe; empty where a command stands first
    void run(List<Object> input) {
        try {
            through(input);
        } finally {
            commands.forEach(RunningCommand::close);
        }
    }

    private void through(List<Object> input) {
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
