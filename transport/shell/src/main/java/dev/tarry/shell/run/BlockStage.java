package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.syntax.Declaration;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// A function, script or block as a stage of a pipeline: its own scope, its parameters as variables, its blocks at
/// their times.
final class BlockStage implements Stage {
    private final String name;
    private final ScriptBlock block;
    private final boolean dotted;
    private final Optional<Path> file;
    private final Evaluator evaluator;
    private final List<Object> input = new ArrayList<>();
    private Frame frame;
    private boolean returned;

    private BlockStage(String name, ScriptBlock block, boolean dotted, Optional<Path> file, Evaluator evaluator) {
        this.name = name;
        this.block = block;
        this.dotted = dotted;
        this.file = file;
        this.evaluator = evaluator;
    }

    static Callee callee(String name, ScriptBlock block, boolean dotted, Evaluator evaluator) {
        return callee(name, block, dotted, Optional.empty(), evaluator);
    }

    static Callee script(Path file, ScriptBlock block, boolean dotted, Evaluator evaluator) {
        return callee(file.getFileName().toString(), block, dotted, Optional.of(file), evaluator);
    }

    private static Callee callee(
            String name, ScriptBlock block, boolean dotted, Optional<Path> file, Evaluator evaluator) {
        boolean advanced = block.parameters().filter(Declaration::advanced).isPresent();
        List<Parameter> parameters =
                block.parameters().map(BlockStage::parameters).orElse(List.of());
        Cmdlet.Draft draft = Cmdlet.named(name).takes(parameters.toArray(Parameter[]::new));
        if (block.parameters().filter(Declaration::acts).isPresent()) {
            draft.acts();
        }
        boolean bindsInput = parameters.stream().anyMatch(p -> p.piped() != Parameter.Piped.NO);
        Callee.Transformation transformation = block.parameters()
                .map(declared -> (Callee.Transformation) new Parameters(declared, evaluator)::transformed)
                .orElse((_, value) -> value);
        return new Callee(
                draft.does(() -> new BlockStage(name, block, dotted, file, evaluator)),
                transformation,
                !advanced,
                !advanced || !bindsInput && block.process().isPresent());
    }

    private static List<Parameter> parameters(Declaration declaration) {
        boolean places = declaration.parameters().stream().anyMatch(p -> p.position() >= 0);
        List<Parameter> parameters = new ArrayList<>();
        int place = 0;
        for (Declaration.Parameter declared : declaration.parameters()) {
            boolean isSwitch = isSwitch(declared);
            Parameter parameter = Parameter.of(declared.name(), isSwitch ? ParameterType.SWITCH : ParameterType.ANY);
            if (!declared.aliases().isEmpty()) {
                parameter = parameter.alias(declared.aliases().toArray(String[]::new));
            }
            if (places ? declared.position() >= 0 : declaration.positional() && !isSwitch) {
                parameter = parameter.at(places ? declared.position() : place++);
            }
            if (declared.mandatory()) {
                parameter = parameter.required();
            }
            if (declared.rest()) {
                parameter = parameter.takingTheRest();
            }
            if (declared.piped()) {
                parameter = parameter.pipedWhole();
            } else if (declared.pipedByName()) {
                parameter = parameter.pipedBy(declared.aliases().toArray(String[]::new));
            }
            parameters.add(parameter);
        }
        return parameters;
    }

    private static boolean isSwitch(Declaration.Parameter parameter) {
        return parameter.types().stream()
                .anyMatch(type -> type.text().toLowerCase(Locale.ROOT).endsWith("switch")
                        || type.text().toLowerCase(Locale.ROOT).endsWith("switchparameter"));
    }

    // -- running

    @Override
    public void begin(Call call) {
        RunningCommand running = (RunningCommand) call;
        Frame outer = evaluator.frame();
        Scope scope =
                dotted ? outer.scope() : outer.scope().inner(file.isPresent() ? Scope.Kind.SCRIPT : Scope.Kind.LOCAL);
        frame = outer.in(scope);
        inside(() -> {
            evaluator
                    .variables()
                    .set("local", "args", new ArrayList<>(running.binding().rest()));
            file.ifPresent(path -> {
                Path whole = path.toAbsolutePath().normalize();
                evaluator.variables().set("local", "PSCommandPath", whole.toString());
                evaluator.variables().set("local", "PSScriptRoot", String.valueOf(whole.getParent()));
            });
            inherit(running.binding());
            if (block.parameters().isPresent()) {
                new Parameters(block.parameters().get(), evaluator).assign(running);
                evaluator.variables().set("local", "PSBoundParameters", bound(running));
                if (block.parameters().get().advanced()) {
                    evaluator.variables().set("local", "PSCmdlet", ThisCmdlet.of(name, running));
                }
            }
            if (!dotted || file.isPresent()) {
                evaluator.variables().set("local", "MyInvocation", invocation());
            }
            statements(block.begin(), call::write);
        });
    }

    /// `-ErrorAction` and its like hold for all that the function calls.
    private void inherit(Binding binding) {
        Variables variables = evaluator.variables();
        binding.onError().ifPresent(action -> variables.set("local", "ErrorActionPreference", spelt(action)));
        binding.onWarning().ifPresent(action -> variables.set("local", "WarningPreference", spelt(action)));
        binding.verbose()
                .ifPresent(on -> variables.set("local", "VerbosePreference", on ? "Continue" : "SilentlyContinue"));
        binding.debug()
                .ifPresent(on -> variables.set("local", "DebugPreference", on ? "Continue" : "SilentlyContinue"));
        binding.whatIf().ifPresent(on -> variables.set("local", "WhatIfPreference", on));
        binding.confirm().ifPresent(on -> variables.set("local", "ConfirmPreference", on ? "Low" : "None"));
    }

    private static String spelt(Binding.OnError action) {
        return switch (action) {
            case STOP -> "Stop";
            case CONTINUE -> "Continue";
            case IGNORE -> "Ignore";
            case SILENT -> "SilentlyContinue";
        };
    }

    private HashTable bound(RunningCommand running) {
        HashTable table = new HashTable();
        running.binding().values().forEach(table::put);
        return table;
    }

    private Row invocation() {
        Row command = new Row("System.Management.Automation.CommandInfo")
                .with("Name", name)
                .with("CommandType", file.isPresent() ? "ExternalScript" : name.isEmpty() ? "Script" : "Function");
        file.ifPresent(path -> {
            command.with("Path", path.toAbsolutePath().normalize().toString());
            command.with("Definition", path.toAbsolutePath().normalize().toString());
        });
        return new Row("System.Management.Automation.InvocationInfo")
                .with("MyCommand", command)
                .with("InvocationName", name);
    }

    @Override
    public void process(Call call) {
        RunningCommand running = (RunningCommand) call;
        if (block.process().isEmpty()) {
            if (running.isPiped()) {
                input.add(call.input());
            }
            if (block.parameters().isPresent()) {
                inside(() -> new Parameters(block.parameters().get(), evaluator).assignPiped(running));
            }
            return;
        }
        inside(() -> {
            block.parameters().ifPresent(declared -> new Parameters(declared, evaluator).assignPiped(running));
            List<Statement> body = block.process().get();
            if (running.isPiped()) {
                underscored(call.input(), () -> statements(body, call::write));
            } else {
                statements(body, call::write);
            }
        });
    }

    @Override
    public void end(Call call) {
        if (block.process().isEmpty() || !block.statements().isEmpty()) {
            inside(() -> {
                evaluator.variables().set("local", "input", input);
                statements(block.statements(), call::write);
            });
        }
    }

    private void underscored(Object item, Runnable action) {
        Scope scope = frame.scope();
        Object outer = scope.own("_");
        boolean had = scope.holds("_");
        scope.set("_", item);
        try {
            action.run();
        } finally {
            if (had) {
                scope.set("_", outer);
            } else {
                scope.remove("_");
            }
        }
    }

    private void inside(Runnable action) {
        evaluator.deeper(() -> evaluator.within(frame, action));
    }

    /// `return` ends the block that it stands in; `exit` ends a script file.
    private void statements(List<Statement> statements, Consumer<Object> out) {
        if (returned) {
            return;
        }
        try {
            evaluator.guarded(statements, out);
        } catch (Flow.Return _) {
            // Its value has been put out.
        } catch (ExitRequest exit) {
            if (file.isEmpty()) {
                throw exit;
            }
            returned = true;
            evaluator.frame().scope().named("global").set("LASTEXITCODE", (long) exit.code());
            evaluator.succeeded(exit.code() == 0);
        }
    }
}
