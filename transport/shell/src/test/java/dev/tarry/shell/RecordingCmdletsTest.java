package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transcripts of scripts; those of what is typed are [ConversationTest]'s.
final class RecordingCmdletsTest {
    private static final String STARS = "**********************\n";

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Path file() {
        return folder.resolve("t.txt");
    }

    private String read(Path file) throws IOException {
        return Files.readString(file).replace(System.lineSeparator(), "\n");
    }

    private Bench.Said quiet(String script) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        return said;
    }

    @Test
    void a_script_s_output_errors_and_warnings_stand_in_the_order_in_which_they_came() throws IOException {
        Bench.Said said =
                bench.run("Start-Transcript '" + file() + "'; 'one'; Write-Warning two; Write-Host thr -NoNewline;"
                        + " Write-Host ee; Get-Foo; 'four' > $null; Stop-Transcript; 'five'");
        assertTrue(
                said.out().startsWith("Transcript started, output file is " + file() + "\none\nthree\n"), said.out());
        String text = read(file());
        assertTrue(
                text.contains("\n" + STARS + "Transcript started, output file is " + file()
                        + "\none\nWARNING: two\nthree\nGet-Foo : "),
                text);
        assertTrue(text.contains("\nWindows PowerShell transcript end\nEnd time: 20"), text);
        assertFalse(text.contains("\nfour\n"), text);
        assertFalse(text.contains("\nfive\n"), text);
        assertTrue(said.out().endsWith("Transcript stopped, output file is " + file() + "\nfive\n"), said.out());
    }

    @Test
    void tables_stand_as_on_the_screen_and_the_end_of_the_script_ends_it() throws IOException {
        String shown =
                quiet("Start-Transcript '" + file() + "' | Out-Null; Get-Queue").out();
        String text = read(file());
        assertTrue(text.contains(shown), text);
        assertTrue(text.endsWith(STARS), text);
        assertEquals(4, text.split("\\*{22}\n", -1).length - 1);
    }

    @Test
    void errors_that_show_the_line_of_a_secret_do_not_show_it() throws IOException {
        bench.run("Start-Transcript '" + file() + "'\nGet-Queue -Password hunter2\nStop-Transcript");
        String text = read(file());
        assertTrue(text.contains("A parameter cannot be found that matches parameter name 'Password'."), text);
        assertTrue(text.contains("\n+ ********\n"), text);
        assertFalse(text.contains("hunter2"), text);
    }

    @Test
    void a_file_is_replaced_added_to_or_left_alone_as_told() throws IOException {
        Files.writeString(file(), "before\n");
        Bench.Said refused = bench.run("Start-Transcript '" + file() + "' -NoClobber");
        assertEquals(1, refused.code());
        assertTrue(
                refused.err()
                        .contains("Start-Transcript : File " + file() + " already exists and NoClobber was specified."),
                refused.err());
        assertEquals("before\n", read(file()));
        quiet("Start-Transcript '" + file() + "' -Append; 'added'; Stop-Transcript");
        assertTrue(read(file()).startsWith("before\n" + STARS), read(file()));
        quiet("Start-Transcript '" + file() + "'; 'anew'; Stop-Transcript");
        assertTrue(read(file()).startsWith(STARS), read(file()));
        assertFalse(read(file()).contains("added"));
    }

    @Test
    void the_path_comes_from_the_variable_or_is_named_as_powershell_names_it() throws IOException {
        quiet("$Transcript = '" + file() + "'; Start-Transcript; Stop-Transcript");
        assertTrue(Files.exists(file()));
        quiet("Start-Transcript -OutputDirectory '" + folder.resolve(".") + "'; Stop-Transcript");
        try (var files = Files.list(folder)) {
            assertEquals(
                    1,
                    files.filter(path -> path.getFileName()
                                    .toString()
                                    .matches("PowerShell_transcript\\.MAIL\\.[A-Za-z0-9]{8}\\.20[0-9]{12}\\.txt"))
                            .count());
        }
    }

    @Test
    void one_within_the_other_both_go_on_and_the_inner_one_stops_first() throws IOException {
        Path inner = folder.resolve("inner.txt");
        quiet("Start-Transcript '" + file() + "'; Start-Transcript '" + inner + "'; 'both'; Stop-Transcript; 'outer'");
        assertTrue(read(file()).contains("\nboth\n"));
        assertTrue(read(file()).contains("\nouter\n"));
        assertTrue(read(inner).contains("\nboth\n"));
        assertFalse(read(inner).contains("outer"));
    }

    @Test
    void stopping_what_was_not_started_is_an_error_and_what_if_starts_nothing() {
        Bench.Said said = bench.run("Start-Transcript '" + file() + "' -WhatIf; Stop-Transcript");
        assertEquals(1, said.code());
        assertTrue(
                said.err()
                        .contains(
                                "Stop-Transcript : An error occurred stopping transcription: The host is not currently"
                                        + " transcribing."),
                said.err());
        assertFalse(Files.exists(file()));
    }

    @Test
    void a_new_transcript_is_its_owner_s_alone() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        quiet("Start-Transcript '" + file() + "'; Stop-Transcript");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        quiet("Start-Transcript '" + file() + "' -Append; 'two'; Stop-Transcript");
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertTrue(read(file()).contains("\ntwo\n"));
    }
}
