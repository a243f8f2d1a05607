package dev.tarry.app;

import dev.tarry.shell.ShellCommand;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `tarry shell`: hands its words to the management shell as they are.
@Command(name = ShellEntry.NAME, description = "The management shell: [-c 'SCRIPT'] [FILE] [--server URL].")
final class ShellEntry implements Callable<Integer> {
    static final String NAME = "shell";

    @Unmatched
    private List<String> words = List.of();

    @Override
    public Integer call() {
        return run(words.toArray(String[]::new));
    }

    static int run(String[] words) {
        return ShellCommand.main(words, System.in, System.out, System.err);
    }
}
