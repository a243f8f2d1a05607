package dev.tarry.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tarry help [COMMAND…]`: the manual page of a command, or of tarry itself.
@Command(name = "help", description = "Shows the manual page of a command.")
final class HelpPage implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", description = "The command, such as serve; none for the list of all.")
    private List<String> words = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    public Integer call() {
        CommandLine command = spec.parent().commandLine();
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                throw new CommandLine.ParameterException(
                        command,
                        "'%s' has no command '%s'; there are %s"
                                .formatted(command.getCommandSpec().qualifiedName(), word, names(command)));
            }
            command = below;
        }
        command.usage(spec.commandLine().getOut());
        return 0;
    }

    private static String names(CommandLine command) {
        List<String> names = command.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> entry.getKey())
                .toList();
        return names.isEmpty() ? "none below it" : String.join(", ", names);
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of("The same page is shown by --help behind the command."),
                List.of(),
                List.of(),
                List.of(),
                Manual.entries("0", "It was shown.", "2", "There is no such command."),
                List.of(
                        Example.of("What there is", "tarry help", "COMMANDS", "serve", "shell", "load", "sink"),
                        Example.of("How the server is started", "tarry help serve", "tarry serve - ", "--ready-file")));
    }
}
