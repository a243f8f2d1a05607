package dev.tarry.app;

import dev.tarry.config.SchemaPage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tarry config schema`: the settings file as a JSON schema, for editors.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON schema of the settings file, for editors.")
final class ConfigSchema implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(PrettyJson.text(SchemaPage.tree()));
        return 0;
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of("An editor with yaml-language-server completes, explains and checks a settings file whose first"
                        + " line is '# yaml-language-server: $schema=tarry.schema.json', as it is in the sample. Spans out"
                        + " of bounds and values that only together make no sense are found by 'tarry config check'."),
                List.of(),
                List.of(),
                List.of(),
                Manual.entries("0", "Done.", "2", "Bad usage."),
                List.of(Example.of(
                        "Beside the settings file",
                        "tarry config schema > tarry.schema.json && head -2 tarry.schema.json",
                        "https://json-schema.org/draft/2020-12/schema")));
    }
}
