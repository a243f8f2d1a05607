package dev.tarry.app;

import java.util.List;
import java.util.stream.IntStream;

/// What the manual page of a command says beyond what picocli knows of it (its name, description, options). A command
/// that implements [Documented] has one; [ManualPage] prints it.
///
/// @param description paragraphs after the command's own description; a line that begins with a blank stays as it is
/// @param options     options and parameters that picocli does not parse itself; else empty
/// @param files       what it reads and writes
/// @param environment variables it looks at
/// @param exits       exit codes, each with what it means
/// @param examples    all of them run in a test; not empty
record Manual(
        List<String> description,
        List<Entry> options,
        List<Entry> files,
        List<Entry> environment,
        List<Entry> exits,
        List<Example> examples) {

    /// @param name as it is typed @param says a sentence or two
    record Entry(String name, String says) {}

    /// A command that has a manual page.
    interface Documented {
        Manual manual();
    }

    Manual {
        description = List.copyOf(description);
        options = List.copyOf(options);
        files = List.copyOf(files);
        environment = List.copyOf(environment);
        exits = List.copyOf(exits);
        examples = List.copyOf(examples);
        if (exits.isEmpty() || examples.isEmpty()) {
            throw new IllegalArgumentException("a manual says how the command exits, and shows its use");
        }
    }

    /// Entries in pairs: name, sentence, name, sentence.
    static List<Entry> entries(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("the last name has no sentence: " + pairs[pairs.length - 1]);
        }
        return IntStream.range(0, pairs.length / 2)
                .mapToObj(i -> new Entry(pairs[2 * i], pairs[2 * i + 1]))
                .toList();
    }
}
