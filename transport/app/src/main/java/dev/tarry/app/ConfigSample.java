package dev.tarry.app;

import dev.tarry.config.SamplePage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tarry config sample`: a settings file with everything in it, commented out.
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = "Prints a settings file with every setting at its default, commented out.")
final class ConfigSample implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(SamplePage.text());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "Each setting stands there with a sentence, its bounds and Exchange's name for it. To change one,"
                                + " take away the # in front of it."),
                List.of(),
                List.of(),
                List.of(),
                Manual.entries("0", "Done.", "2", "Bad usage."),
                List.of(Example.of(
                        "A file to begin with",
                        "tarry config sample > all.yaml && tarry config check all.yaml",
                        "right: every setting has its default")));
    }
}
