package dev.tarry.app;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command line. Exit codes: 0 done, 1 it failed, 2 bad usage or a fault in the settings.
@Command(
        name = "tarry",
        description = "An Exchange-style outbound SMTP queue and transport server for the lab.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /// Runs one command and ends the process.
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(ShellEntry.NAME)) {
            // its words are PowerShell's, not a command line's: nothing is parsed before it
            System.exit(ShellEntry.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        System.exit(commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                .execute(arguments));
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .addSubcommand(new ServeCommand())
                .addSubcommand(new ShellEntry())
                .addSubcommand(new LoadCommand())
                .addSubcommand(new SinkCommand())
                .addSubcommand(new AotTrain())
                .addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err);
    }

    /// Without a command: says what there is.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }
}
