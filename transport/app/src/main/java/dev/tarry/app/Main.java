package dev.tarry.app;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. Exit codes: 0 done, 1 it failed, 2 bad usage or a fault in the settings.
@Command(
        name = "tarry",
        description = "An Exchange-style outbound SMTP queue and transport server for the lab.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable, Manual.Documented {
    private static final List<String> HELP = List.of("-h", "--help");

    @Spec
    private CommandSpec spec;

    private Main() {}

    /// Runs one command and ends the process.
    public static void main(String[] arguments) {
        String[] words = arguments;
        if (words.length > 0 && words[0].equals(ShellEntry.NAME)) {
            if (words.length != 2 || !HELP.contains(words[1])) {
                // its words are PowerShell's, not a command line's: nothing is parsed before it
                System.exit(ShellEntry.run(Arrays.copyOfRange(words, 1, words.length)));
            }
            words = new String[] {"help", ShellEntry.NAME};
        }
        System.exit(commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                .execute(words));
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new ServeCommand())
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new ShellEntry())
                .addSubcommand(new LoadCommand())
                .addSubcommand(new SinkCommand())
                .addSubcommand(new HealthCommand())
                .addSubcommand(new AotTrain())
                .addSubcommand(new HelpPage())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::badUsage);
        return ManualPage.of(line);
    }

    /// What is wrong, how it is written, and where more is said; not the whole page.
    private static int badUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("tarry: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.print("Usage: " + command.getHelp().synopsis(0));
        err.println("'" + (command.getParent() == null ? name + " help" : name + " --help") + "' says more.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// Without a command: says what there is.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "tarry accepts mail over SMTP, keeps it in durable queues, one for each next hop, finds the next hop by"
                                + " DNS, and when DNS fails does what Exchange does: the queue waits in Retry with '451 4.4.0"
                                + " DNS query failed', and 48 hours later the sender gets an NDR.",
                        "Around it lies a lab: DNS servers, mail hosts, a firewall and a clock that can be broken, mended,"
                                + " frozen and advanced over HTTP or from the shell.",
                        "'tarry help COMMAND' shows the page of a command."),
                List.of(),
                Manual.entries(
                        "./tarry-data",
                        "Where the server keeps everything, unless it is told another folder.",
                        "transport/app/target/tarry",
                        "The program that the launcher builds and runs, with its start-up cache (in a checkout)."),
                Manual.entries(
                        "TARRY_JAVA_HOME, JAVA_HOME",
                        "A JDK 25 that the launcher is to use, before it looks where systems keep theirs.",
                        "TARRY_JAVA_OPTS",
                        "More options for the JVM, split at blanks: -Xmx2g.",
                        "TARRY_...",
                        "Settings: TARRY_SERVER_NAME for server.name, and so on (tarry help serve)."),
                Manual.entries(
                        "0",
                        "Done.",
                        "1",
                        "It failed; the launcher: the build failed.",
                        "2",
                        "Bad usage, or a fault in the settings; the launcher: something that it needs is missing."),
                List.of(
                        Example.of(
                                "Which tarry this is, and on which Java it runs",
                                "tarry --version",
                                "tarry ",
                                "Java 25"),
                        Example.of("Every command", "tarry help", "COMMANDS", "serve", "shell"),
                        Example.staying("The server and its lab, until Ctrl-C", "tarry serve", "tarry ready smtp="),
                        Example.of(
                                "The queues, in another terminal",
                                "tarry shell -c 'Get-Queue | ConvertTo-Json'",
                                "Submission")));
    }
}
