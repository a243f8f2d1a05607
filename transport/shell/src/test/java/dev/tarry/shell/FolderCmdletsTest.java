package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Files and folders of the machine that the shell runs on.
final class FolderCmdletsTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("logs/old"));
        Files.writeString(folder.resolve("a.log"), "one\ntwo 451 4.4.0\nthree\n");
        Files.writeString(folder.resolve("b.txt"), "x");
        Files.writeString(folder.resolve("logs/c.log"), "four 451\n");
        Files.writeString(folder.resolve("logs/old/d.log"), "");
        for (String path : new String[] {"logs/old/d.log", "logs/old", "logs/c.log", "logs", "a.log", "b.txt"}) {
            Files.setLastModifiedTime(folder.resolve(path), FileTime.from(Instant.parse("2026-01-02T15:04:05Z")));
        }
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench.Said there(String script) {
        return bench.run("cd '" + folder + "'; " + script);
    }

    private String quiet(String script) {
        Bench.Said said = there(script);
        assertEquals("", said.err());
        return said.out();
    }

    private String refused(String script) {
        Bench.Said said = there(script);
        assertEquals(1, said.code());
        return said.err();
    }

    @Test
    void a_folder_is_listed_as_windows_powershell_lists_it() {
        assertEquals("""


                    Directory: %s


                Mode                LastWriteTime         Length Name
                ----                -------------         ------ ----
                d-----         1/2/2026   3:04 PM                logs
                -a----         1/2/2026   3:04 PM             24 a.log
                -a----         1/2/2026   3:04 PM              1 b.txt


                """.formatted(folder), quiet("dir"));
    }

    @Test
    void folders_within_have_their_own_tables() {
        String said = quiet("Get-ChildItem -Recurse -Filter *.log");
        assertEquals(
                3,
                said.lines().filter(line -> line.startsWith("    Directory: ")).count(),
                said);
        assertTrue(said.contains("    Directory: " + folder.resolve("logs/old") + "\n"), said);
        assertEquals(
                "logs\n" + Path.of("logs/c.log") + "\n", quiet("dir -Recurse -Depth 1 -Name -Exclude a*, b*, old"));
    }

    @Test
    void what_is_found_is_sifted_by_kind_name_and_wildcard() {
        assertEquals("logs\n", quiet("(ls -Directory).Name"));
        assertEquals("a.log\nb.txt\n", quiet("ls -File | % Name"));
        assertEquals("a.log\n", quiet("(dir *.log).Name"));
        assertEquals("c.log\n", quiet("(dir l*/*.log).Name"));
        assertEquals("a.log\nb.txt\n", quiet("(dir -Include *.log, *.txt).Name"));
        assertEquals("", quiet("dir *.none"));
        assertTrue(
                refused("dir none").contains("Cannot find path '" + folder.resolve("none") + "' because it does not"));
    }

    @Test
    void a_file_is_an_object_with_sizes_dates_and_names() {
        assertEquals(
                "24 .log a True\n",
                quiet("$f = gi a.log; \"$($f.Length) $($f.Extension) $($f.BaseName)"
                        + " $($f.LastWriteTime -eq [datetime]'2026-01-02 15:04:05')\""));
        assertEquals(folder.resolve("a.log") + "\n", quiet("\"$(gi a.log)\""));
        assertEquals("System.IO.DirectoryInfo\n", quiet("(gi logs | gm)[0].TypeName"));
        assertEquals("25\n", quiet("(dir -File | measure Length -Sum).Sum"));
    }

    @Test
    void the_newest_file_s_last_lines_come_through_the_pipeline() throws IOException {
        Files.setLastModifiedTime(folder.resolve("a.log"), FileTime.from(Instant.parse("2026-01-03T00:00:00Z")));
        assertEquals("two 451 4.4.0\nthree\n", quiet("dir | sort LastWriteTime | select -Last 1 | gc -Tail 2"));
        assertEquals("one\n", quiet("gc (gi a.log) -TotalCount 1"));
        assertEquals("4\n", quiet("(gc *.log, logs/*.log).Count"));
    }

    @Test
    void files_that_are_searched_are_named_from_where_the_session_stands() {
        assertEquals("a.log:2:two 451 4.4.0\n", quiet("sls 451 *.log"));
        assertEquals(
                "a.log:2:two 451 4.4.0\n" + Path.of("logs/c.log") + ":1:four 451\n",
                quiet("dir *.log -Recurse | sls '451'; dir logs -File | sls 451 -SimpleMatch")
                        .replaceFirst("(?s)^(a.log.*?\n)", "$1"));
        assertEquals(folder.resolve("a.log") + "\n", quiet("cd logs; sls three ../a.log | % Path"));
        assertEquals("2 a.log\n", quiet("sls 451 a.log | % { \"$($_.LineNumber) $($_.Filename)\" }"));
    }

    @Test
    void relative_paths_are_taken_from_where_the_session_went() throws IOException {
        assertEquals(folder.resolve("logs") + "\n", quiet("cd logs; \"$pwd\""));
        assertEquals(folder + "\n", quiet("pushd logs; popd; (pwd).Path"));
        assertEquals(folder + "\n", quiet("cd logs/old; cd ..\\..; (Get-Location).Path"));
        assertEquals(folder + "\n", quiet("cd logs; cd -; (pwd).Path"));
        quiet("cd logs; 'x' > new.txt; 'y' | Out-File new2.txt; Set-Content new3.txt z");
        for (String name : new String[] {"new.txt", "new2.txt", "new3.txt"}) {
            assertTrue(Files.exists(folder.resolve("logs").resolve(name)), name);
        }
        assertEquals(
                "True\nFalse\nTrue\nFalse\n",
                quiet("Test-Path a.log; Test-Path c.log; Test-Path *.log; Test-Path *.x"));
        assertEquals("x\n", quiet("'x' | Out-File 'C:\\x.txt'; gc 'C:\\x.txt'"));
        assertTrue(refused("cd a.log").contains("Set-Location : Cannot find path '" + folder.resolve("a.log") + "'"));
        assertTrue(refused("dir HKLM:").contains("A drive with the name 'HKLM' does not exist."));
    }

    /// Where Windows' own drives are none, names that have one are names of files, which can be found again.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void what_was_written_under_a_name_with_a_drive_is_found_again() throws IOException {
        quiet("'x' | Out-File 'C:\\temp\\x.txt'; 'y' | Out-File C:/temp/y.log");
        assertEquals("C:\\temp\\x.txt\nC:\\temp\\y.log\n", quiet("dir C:\\temp -Name"));
        assertEquals("C:\\temp\\y.log\n", quiet("dir C:\\TEMP\\*.log -Name"));
        assertEquals("True\nFalse\n", quiet("Test-Path C:\\temp; Test-Path C:\\tem"));
        assertTrue(refused("dir C:\\tem").contains("A drive with the name 'C' does not exist."));
        assertTrue(refused("dir D:\\").contains("A drive with the name 'D' does not exist."));
        quiet("md C:\\mail | Out-Null; 'z' | Out-File C:\\mail\\z.txt");
        assertEquals("z\n", Files.readString(folder.resolve("C:\\mail").resolve("z.txt")));
        assertEquals("z.txt\n", quiet("dir C:\\mail\\*.txt -Name"));
        assertEquals("z\n", quiet("cd C:\\mail; gc z.txt"));
        assertTrue(refused("gc C:\\mail\\none.txt").contains("because it does not exist."));
    }

    /// The prompt says that the session begins there.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_drive_of_the_prompt_is_where_the_session_began() {
        Bench.Said said = bench.run("$began = \"$pwd\"; cd '" + folder + "'; cd C:\\; \"$pwd\" -eq $began");
        assertEquals("True\n", said.out());
        assertEquals("", said.err());
    }

    @Test
    void what_is_made_is_shown_and_what_is_there_stays() throws IOException {
        assertTrue(quiet("mkdir new/deep").contains("    Directory: " + folder.resolve("new") + "\n"));
        assertTrue(Files.isDirectory(folder.resolve("new/deep")));
        quiet("New-Item new/f.txt -Value hello");
        assertEquals("hello", Files.readString(folder.resolve("new/f.txt")));
        assertTrue(refused("New-Item new/f.txt")
                .contains("The file '" + folder.resolve("new/f.txt") + "' already exists."));
        assertTrue(
                refused("md logs").contains("An item with the specified name " + folder.resolve("logs") + " already"));
        assertTrue(refused("ni none/f.txt").contains("Could not find a part of the path"));
        assertEquals("hello", Files.readString(folder.resolve("new/f.txt")));
    }

    @Test
    void what_is_removed_is_named_and_a_full_folder_needs_to_be_meant() {
        assertEquals(
                "What if: Performing the operation \"Remove File\" on target \"" + folder.resolve("a.log") + "\".\n",
                quiet("del *.log -WhatIf"));
        assertTrue(Files.exists(folder.resolve("a.log")));
        assertTrue(refused("ri logs").contains("has children, and nobody can be asked here"));
        assertTrue(Files.exists(folder.resolve("logs/c.log")));
        assertTrue(refused("ri a.log -Confirm").contains("Nobody can be asked for confirmation here."));
        quiet("ri logs -Recurse; dir *.log | ri");
        assertFalse(Files.exists(folder.resolve("logs")));
        assertFalse(Files.exists(folder.resolve("a.log")));
        assertTrue(Files.exists(folder.resolve("b.txt")));
    }

    @Test
    void what_the_session_stands_in_and_what_a_link_points_to_are_not_removed() throws IOException {
        assertTrue(refused("cd logs; ri .. -Recurse").contains("because it is in use."));
        assertTrue(Files.exists(folder.resolve("logs/c.log")));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("logs"));
        quiet("ri link -Recurse");
        assertFalse(Files.exists(folder.resolve("link")));
        assertTrue(Files.exists(folder.resolve("logs/c.log")));
    }

    @Test
    void files_are_copied_moved_and_renamed() throws IOException {
        quiet("copy a.log logs; mv b.txt logs/old; ren logs/c.log e.log; cp logs all -Recurse");
        for (String name : new String[] {"a.log", "logs/a.log", "logs/old/b.txt", "logs/e.log", "all/old/d.log"}) {
            assertTrue(Files.exists(folder.resolve(name)), name);
        }
        assertFalse(Files.exists(folder.resolve("b.txt")));
        assertTrue(refused("mv a.log logs").contains("Cannot create a file when that file already exists."));
        assertTrue(refused("cp logs logs/old -Recurse").contains("Cannot put the folder"));
        assertTrue(refused("cp a.log .").contains("with itself"));
        quiet("copy a.log none.log -WhatIf");
        assertFalse(Files.exists(folder.resolve("none.log")));
    }

    @Test
    void a_file_is_followed_as_it_grows_and_when_it_begins_anew() {
        assertEquals(
                "two 451 4.4.0\nthree\nfour\nfive\n",
                quiet("gc a.log -Tail 2 -Wait | % { if ($_ -eq 'three') { Add-Content a.log four };"
                        + " if ($_ -eq 'four') { Set-Content a.log five }; $_ } | select -First 4"));
        assertTrue(refused("gc *.log, logs/*.log -Wait").contains("-Wait follows one file, and these are 2."));
    }

    @Test
    void paths_are_resolved_with_and_without_their_beginning() {
        assertEquals(folder.resolve("a.log") + "\n", quiet("Convert-Path ./logs/../a.log"));
        assertEquals(Path.of("./a.log") + "\n" + Path.of("./logs") + "\n", quiet("rvpa a.log, logs -Relative"));
        assertTrue(refused("Resolve-Path none").contains("Resolve-Path : Cannot find path"));
    }

    @Test
    void a_file_that_is_called_like_a_pattern_is_that_file_alone() throws IOException {
        Files.writeString(folder.resolve("*"), "star");
        Files.writeString(folder.resolve("[ab].txt"), "brackets");
        assertEquals("star\n", quiet("Get-ChildItem -File | ? Name -eq '*' | gc"));
        assertEquals("*\n", quiet("(Get-Item -LiteralPath '*').Name"));
        assertEquals("True\nFalse\n", quiet("Test-Path -LiteralPath '*'; Test-Path -LiteralPath 'a.*'"));
        assertEquals("", quiet("dir -File | ? Name -eq '*' | Copy-Item -Destination ./copy"));
        assertEquals("star", Files.readString(folder.resolve("copy")));
        assertEquals("", quiet("dir | ? Name -eq '*' | Remove-Item; Remove-Item -LiteralPath '[ab].txt'"));
        assertEquals("logs a.log b.txt copy\n", quiet("(dir).Name -join ' '"));
        assertTrue(refused("Remove-Item -LiteralPath '*'").contains("because it does not exist"));
        assertTrue(refused("Rename-Item '?.log' c.log").contains("because it does not exist"));
        assertTrue(refused("Remove-Item a.log -LiteralPath b.txt").contains("Only one of -Path, -LiteralPath"));
        assertTrue(refused("Remove-Item").contains("missing mandatory parameters: Path"));
        assertEquals("logs a.log b.txt copy\n", quiet("(dir).Name -join ' '"));
    }

    @Test
    void a_folder_with_links_back_to_itself_is_copied_once() throws IOException {
        Files.createSymbolicLink(folder.resolve("logs/up"), Path.of("../logs"));
        Files.createSymbolicLink(folder.resolve("logs/round"), folder.resolve("logs"));
        Files.createSymbolicLink(folder.resolve("logs/nowhere"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("logs/one.log"), Path.of("c.log"));
        assertEquals("", quiet("Copy-Item logs copy -Recurse"));
        assertEquals(Path.of("../logs"), Files.readSymbolicLink(folder.resolve("copy/up")));
        assertTrue(Files.isSymbolicLink(folder.resolve("copy/nowhere")));
        assertEquals("four 451\n", Files.readString(folder.resolve("copy/one.log")));
        assertFalse(Files.isSymbolicLink(folder.resolve("copy/one.log")));
    }

    @Test
    void what_the_session_stands_in_is_not_removed_by_another_name_for_it() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("logs"));
        assertTrue(refused("cd logs/old; Remove-Item '" + folder.resolve("link/old") + "' -Recurse")
                .contains("because it is in use"));
        assertTrue(Files.exists(folder.resolve("logs/old/d.log")));
        assertEquals("", quiet("cd logs/old; Remove-Item '" + folder.resolve("link") + "'"));
        assertTrue(Files.exists(folder.resolve("logs/old/d.log")));
        assertFalse(Files.exists(folder.resolve("link")));
    }
}
