package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.e2e.ShellPrompt.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// transport/shell/WALKTHROUGH.md, typed from its top to its bottom: each block shows what the comments behind it
/// say, and fails where one says so, and nowhere else.
final class WalkThroughTest {
    private static final Path PAGE =
            Path.of("..", "transport", "shell", "WALKTHROUGH.md").toAbsolutePath();
    private static final String OPENING = "```powershell";
    private static final String CLOSING = "```";
    private static final Pattern COMMENT = Pattern.compile("<!-- (?:shows: (?<shown>.*)|(?<fails>fails)) -->");

    /// @param shown patterns of what is printed
    private record Step(int line, String script, boolean fails, List<String> shown) {}

    @Test
    void every_step_of_the_walk_shows_what_it_says(@TempDir Path folder) throws IOException {
        List<Step> steps = steps(Files.readAllLines(PAGE));
        assertTrue(steps.size() > 20, () -> "only " + steps.size() + " steps were found");
        try (TarryProcess server = TarryProcess.serve(folder)) {
            ShellPrompt prompt = new ShellPrompt(server);
            server.client().freezeClock(); // it moves where something waits for it
            for (Step step : steps) {
                Typed typed = prompt.type(step.script());
                assertEquals(step.fails() ? 1 : 0, typed.code(), () -> at(step, typed));
                for (String pattern : step.shown()) {
                    assertTrue(
                            Pattern.compile(pattern)
                                    .matcher(typed.out() + typed.err())
                                    .find(),
                            () -> pattern + " is not shown " + at(step, typed));
                }
            }
        }
    }

    private static String at(Step step, Typed typed) {
        return "at line " + step.line() + ":\n" + step.script() + "\n" + typed.out() + typed.err();
    }

    private static List<Step> steps(List<String> page) {
        List<Step> steps = new ArrayList<>();
        for (int line = 0; line < page.size(); line++) {
            if (page.get(line).equals(OPENING)) {
                int opening = line + 1;
                StringBuilder script = new StringBuilder();
                while (!page.get(++line).equals(CLOSING)) {
                    script.append(page.get(line)).append('\n');
                }
                boolean fails = false;
                List<String> shown = new ArrayList<>();
                var comment = COMMENT.matcher(page.get(line + 1));
                while (comment.matches()) {
                    line++;
                    fails |= comment.group("fails") != null;
                    if (comment.group("shown") != null) {
                        shown.add(comment.group("shown"));
                    }
                    comment = COMMENT.matcher(line + 1 < page.size() ? page.get(line + 1) : "");
                }
                steps.add(new Step(opening, script.toString(), fails, shown));
            }
        }
        return steps;
    }
}
