package dev.tarry.shell.run;

import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.List;

/// `$PSCmdlet`: what an advanced function may ask of the engine.
final class ThisCmdlet {
    private ThisCmdlet() {}

    static Row of(String name, RunningCommand running) {
        return new Row("System.Management.Automation.PSScriptCmdlet")
                .with("ParameterSetName", "__AllParameterSets")
                .with("CommandName", name)
                .with("ShouldProcess", (ShellMethod) arguments -> shouldProcess(name, arguments, running))
                .with("WriteError", (ShellMethod) arguments -> {
                    if (arguments.getFirst() instanceof ShellFailure failure) {
                        running.report(failure);
                    }
                    return null;
                })
                .with("WriteVerbose", (ShellMethod) arguments -> {
                    running.verbose(TextForm.of(arguments.getFirst()));
                    return null;
                })
                .with("WriteWarning", (ShellMethod) arguments -> {
                    running.warn(TextForm.of(arguments.getFirst()));
                    return null;
                })
                .with("ThrowTerminatingError", (ShellMethod) arguments -> {
                    throw arguments.getFirst() instanceof ShellFailure failure
                            ? failure
                            : ShellFailure.runtime("RuntimeException", TextForm.of(arguments.getFirst()));
                });
    }

    /// With a target; a target and an operation; or with the sentences ready.
    private static Object shouldProcess(String name, List<Object> arguments, RunningCommand running) {
        if (arguments.size() > 2) {
            return running.proceed(TextForm.of(arguments.getFirst()), TextForm.of(arguments.getFirst()));
        }
        String target = TextForm.of(arguments.getFirst());
        String operation = arguments.size() == 2 ? TextForm.of(arguments.get(1)) : name;
        return running.proceed("Performing the operation \"" + operation + "\" on target \"" + target + "\".", target);
    }
}
