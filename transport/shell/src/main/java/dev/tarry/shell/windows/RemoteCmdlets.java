package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.BLOCK;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import java.util.ArrayList;
import java.util.List;

/// Invoke-Command: a block that runs "on" the server, whose objects are those that it sees anyway.
public final class RemoteCmdlets {
    private RemoteCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Invoke-Command", "icm")
                .takes(
                        Parameter.of("ScriptBlock", BLOCK).at(0),
                        Parameter.of("ComputerName", TEXTS).at(1).alias("Cn"),
                        // The same block where it stands behind a name.
                        Parameter.of("Command", BLOCK).at(2),
                        Parameter.of("ArgumentList", ANYS).alias("Args"),
                        Parameter.of("InputObject", ANY).pipedWhole(),
                        Parameter.of("HideComputerName", SWITCH),
                        Parameter.of("NoNewScope", SWITCH))
                .oneOf("ScriptBlock", "Command")
                .refuses("The shell speaks to one server.", "Session", "ConnectionUri", "VMName", "HostName")
                .refuses("The shell speaks to the server as it was started.", "Credential", "Authentication")
                .refuses("Run a script file by its path: ./name.ps1.", "FilePath", "LiteralPath")
                .refuses("Nothing runs in the background here.", SWITCH, "AsJob", "InDisconnectedSession")
                .summary("Runs a block of commands on the server that the shell manages.")
                .remark(
                        "It runs in the shell, where all cmdlets act on the server as they always do: its objects are the same"
                                + " and have no PSComputerName, it sees the variables around it, with and without $using:, and its"
                                + " files are those of the machine that the shell runs on. Another computer's name is refused.")
                .example("Invoke-Command -ComputerName MAIL { Get-Queue }", "Shows the queues of the server.")
                .does(Invoking::new));
    }

    private static final class Invoking implements Stage {
        private final List<Object> input = new ArrayList<>();

        @Override
        public void begin(Call call) {
            call.texts("ComputerName").forEach(name -> Refusal.ofOtherComputers(call, name));
        }

        @Override
        public void process(Call call) {
            if (call.input() != null) {
                input.add(call.input());
            }
        }

        @Override
        public void end(Call call) {
            ScriptBlock block = call.block("ScriptBlock")
                    .or(() -> call.block("Command"))
                    .orElseThrow(() -> Refusal.missing("ScriptBlock"));
            call.session()
                    .invoke(
                            block,
                            Conversion.list(call.value("ArgumentList")),
                            List.copyOf(input),
                            call.flag("NoNewScope"),
                            call::write);
        }
    }
}
