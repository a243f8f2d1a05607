package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_says_which_tarry_and_which_java() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("tarry \\S+( \\(commit .*\\))?\\RJava 25[^,]*, .+, .+\\R"), out::toString);
    }

    @Test
    void version_names_the_commit_that_it_was_built_from_if_it_is_known() {
        Attributes manifest = new Attributes();
        assertEquals("", Version.built(manifest));
        manifest.putValue("Build-Commit", "");
        assertEquals("", Version.built(manifest));
        manifest.putValue("Build-Commit", "0123abc of 2026-01-04, changed since");
        assertEquals(" (commit 0123abc of 2026-01-04, changed since)", Version.built(manifest));
    }

    @Test
    void help_lists_the_commands_but_not_the_launchers_own() {
        assertEquals(0, run("help"));
        assertTrue(out.toString().contains("NAME\n    tarry - "), out::toString);
        assertTrue(!out.toString().contains("aot-train"), out::toString);
    }

    @Test
    void no_command_is_bad_usage() {
        assertEquals(2, run());
        assertTrue(err.toString().startsWith("tarry: Missing command"), err::toString);
    }

    @Test
    void an_unknown_command_is_bad_usage_and_says_what_was_probably_meant() {
        assertEquals(2, run("helpp"));
        assertTrue(err.toString().contains("Did you mean"), err::toString);
    }

    @Test
    void training_ends_well() {
        assertEquals(0, run("aot-train"));
    }

    @Test
    void a_data_directory_that_is_a_file_is_told_with_the_reason(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mail"), "mine");
        assertEquals(1, run("serve", "--ephemeral", "--data", file.toString()));
        assertEquals(
                "tarry: the data directory " + file + " cannot be written: " + file + " is a file, not a folder",
                err.toString().strip());
        assertEquals("mine", Files.readString(file));
    }

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
