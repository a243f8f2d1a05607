package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CSV, HTML, JSON, files, and what is written to whom.
final class TextCmdletsTest {
    private static final String NEWLINE = System.lineSeparator();

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

    private String file(String name) {
        return "'" + folder.resolve(name) + "'";
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).replace(NEWLINE, "\n");
    }

    private String quiet(String script) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        return said.out();
    }

    @Test
    void csv_names_its_type_unless_told_and_quotes_everything_but_nothing() {
        assertEquals("""
                #TYPE Microsoft.Exchange.Data.QueueViewer.ExtensibleQueueInfo
                """, quiet("Get-Queue | ConvertTo-Csv | select -First 1"));
        assertEquals(
                """
                #TYPE Selected.Microsoft.Exchange.Data.QueueViewer.ExtensibleQueueInfo
                "Identity","NextRetryTime","MessageCountsPerPriority","Nope"
                "MAIL\\4","1/2/2026 3:04:05 AM","0 0 0 0",
                "MAIL\\Submission",,"0 0 0 0",
                """,
                quiet("Get-Queue | select Identity, NextRetryTime, MessageCountsPerPriority, Nope | ConvertTo-Csv"));
        assertEquals(
                "\"a\";\"b\"\n\"say \"\"hi\"\"\";\"x;y\"\n",
                quiet("'1' | select @{n='a';e={'say \"hi\"'}}, @{n='b';e={'x;y'}}"
                        + " | ConvertTo-Csv -NoTypeInformation -Delimiter ';'"));
        assertTrue(bench.run("1 | ConvertTo-Csv -Delimiter ab").err().contains("It is one character, not \"ab\"."));
    }

    @Test
    void csv_comes_back_as_it_went() throws IOException {
        quiet("Get-Queue | select Identity, Status, LastError | Export-Csv " + file("q.csv") + " -NoTypeInformation");
        assertTrue(read("q.csv").startsWith("\"Identity\",\"Status\",\"LastError\"\n\"MAIL\\4\",\"Retry\",\"[{LED="));
        assertEquals("MAIL\\4\nMAIL\\Submission\n", quiet("Import-Csv " + file("q.csv") + " | % Identity"));
        assertEquals("True\n", quiet("(Import-Csv " + file("q.csv") + ")[0].LastError -eq (Get-Queue)[0].LastError"));
        assertEquals(
                "{\"a\":\"1\",\"b\":\"two\\nlines\"}\n{\"a\":\"3\",\"b\":null}\n",
                quiet(
                        "'#TYPE X','a,b','1,\"two','lines\"','3' | ConvertFrom-Csv | % { $_ | ConvertTo-Json -Compress }"));
        assertEquals("2\n", quiet("('1,2','3,4' | ConvertFrom-Csv -Header x, y)[0].y"));
        assertTrue(bench.run("'a,b','\"1' | ConvertFrom-Csv").err().contains("a quotation mark is never closed"));
        assertTrue(bench.run("'a,A','1,2' | ConvertFrom-Csv").err().contains("The member \"A\" is already present"));
    }

    @Test
    void csv_is_appended_to_what_fits() throws IOException {
        String target = file("log.csv") + " -NoTypeInformation -Append";
        quiet("Get-Queue | select Identity, Status -First 1 | Export-Csv " + target);
        quiet("Get-Queue | select Status, Identity, RetryCount -Last 1 | Export-Csv " + target);
        assertEquals(
                "\"Identity\",\"Status\"\n\"MAIL\\4\",\"Retry\"\n\"MAIL\\Submission\",\"Ready\"\n", read("log.csv"));
        Bench.Said other = bench.run("Get-Queue | select Identity | Export-Csv " + target);
        assertTrue(other.err().contains("a property that corresponds to the following column: Status."), other.err());
        assertEquals(3, read("log.csv").lines().count());
        assertTrue(
                bench.run("1 | Export-Csv -NoClobber " + file("log.csv")).err().contains("already exists."));
        assertTrue(quiet("Get-Queue | Export-Csv -WhatIf " + file("none.csv")).startsWith("What if: "));
        assertFalse(Files.exists(folder.resolve("none.csv")));
    }

    @Test
    void html_escapes_what_objects_hold_and_leaves_the_scripts_own() {
        assertEquals(
                """
                <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
                <html xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <title>Q &amp; A</title>
                </head><body>
                <h1>Queues</h1>
                <table>
                <colgroup><col/><col/></colgroup>
                <tr><th>Identity</th><th>&lt;x&gt;</th></tr>
                <tr><td>MAIL\\4</td><td>&lt;script&gt;</td></tr>
                <tr><td>MAIL\\Submission</td><td>&lt;script&gt;</td></tr>
                </table>
                </body></html>
                """,
                quiet(
                        "Get-Queue | ConvertTo-Html Identity, @{n='<x>'; e={'<script>'}} -Title 'Q & A' -Body '<h1>Queues</h1>'"));
        assertEquals("""
                <p>before</p>
                <table>
                <tr><td>Identity:</td><td>MAIL\\4</td></tr>
                <tr><td><hr></td></tr>
                <tr><td>Identity:</td><td>MAIL\\Submission</td></tr>
                </table>
                """, quiet("Get-Queue | ConvertTo-Html Identity -Fragment -As List -PreContent '<p>before</p>'"));
        assertTrue(bench.run("1 | ConvertTo-Html -Fragment -Title x").err().contains("Only one of -Fragment, -Title"));
    }

    @Test
    void json_comes_back_as_objects() {
        assertEquals("c\n", quiet("('{\"a\":[1,{\"b\":\"c\"}]}' | ConvertFrom-Json).a[1].b"));
        assertEquals("3\n", quiet("@('[1,2,3]' | ConvertFrom-Json).Count"));
        assertEquals(
                "{\"a\":[1,2.5,true,null,\"x\"],\"b\":{\"c\":[]}}\n",
                quiet(
                        "'{\"a\":[1,2.5,true,null,\"x\"],','\"b\":{\"c\":[]}}' | ConvertFrom-Json | ConvertTo-Json -Depth 4 -Compress"));
        assertEquals("1\n", quiet("('{\"a\":1}' | ConvertFrom-Json -AsHashtable)['A']"));
        Bench.Said wrong = bench.run("'{\"a\":' | ConvertFrom-Json");
        assertTrue(wrong.err().startsWith("ConvertFrom-Json : Invalid JSON: "), wrong.err());
        assertTrue(bench.run("'{\"a\":1,\"A\":2}' | ConvertFrom-Json").err().contains("keys with different casing"));
    }

    @Test
    void out_file_writes_what_the_screen_would_show() throws IOException {
        quiet("Get-Queue | ft Identity, Status | Out-File " + file("q.txt"));
        assertEquals(bench.run("Get-Queue | ft Identity, Status").out(), read("q.txt"));
        quiet("'more' | Out-File -Append " + file("q.txt"));
        assertTrue(read("q.txt").endsWith("\n\nmore\n"), read("q.txt"));
        quiet("'x' | Out-File -Encoding Unicode " + file("u.txt"));
        assertEquals(0xff, Files.readAllBytes(folder.resolve("u.txt"))[0] & 0xff);
        assertEquals("x\n", quiet("Get-Content " + file("u.txt")));
        assertTrue(bench.run("1 | Out-File " + file("no/such/folder")).err().contains("because it does not exist."));
        assertEquals("a\n", quiet("'a' | Tee-Object " + file("t.txt")));
        assertEquals("a\n", read("t.txt"));
    }

    @Test
    void what_was_written_stays_when_the_pipeline_breaks_off() throws IOException {
        String broken = "1,2 | % { if ($_ -eq 2) { throw 'over' }; [PSCustomObject]@{a='x'} } | ";
        assertTrue(bench.run(broken + "% a | Out-File " + file("b.txt")).err().contains("over"));
        assertTrue(bench.run(broken + "Export-Csv -NoTypeInformation " + file("b.csv"))
                .err()
                .contains("over"));
        assertEquals("x\n", read("b.txt"));
        assertEquals("\"a\"\n\"x\"\n", read("b.csv"));
    }

    @Test
    void files_of_text_are_read_written_and_asked_for() throws IOException {
        quiet("'one','zwei \u00fc' | Set-Content " + file("a.txt") + "; Add-Content " + file("a.txt") + " three");
        assertEquals("one\nzwei \u00fc\nthree\n", read("a.txt"));
        assertEquals(
                "one\nzwei \u00fc\nthree\n".length(),
                Files.readString(folder.resolve("a.txt"), StandardCharsets.UTF_8)
                        .replace(NEWLINE, "\n")
                        .length());
        assertEquals("one\n", quiet("Get-Content " + file("a.txt") + " -TotalCount 1"));
        assertEquals("three\n", quiet("gc " + file("a.txt") + " -Tail 1"));
        assertEquals("17\n", quiet("(Get-Content -Raw " + file("a.txt") + ").Replace(\"`r\", '').Length"));
    }

    @Test
    void paths_are_tested_joined_and_split() {
        assertEquals(
                "True\nFalse\nFalse\n",
                quiet("Test-Path '" + folder + "'; Test-Path " + file("none") + "; Test-Path '" + folder
                        + "' -PathType Leaf"));
        assertEquals(
                "a.b\na\n.b\n/x\n",
                quiet("Split-Path /x/a.b -Leaf; Split-Path /x/a.b -LeafBase;"
                        + " Split-Path /x/a.b -Extension; Split-Path /x/a.b"));
        assertEquals("c.txt\n", quiet("Split-Path 'C:\\a\\c.txt' -Leaf"));
        assertTrue(quiet("Join-Path a b").matches("a.b\n"));
        assertTrue(bench.run("Get-Content " + file("none")).err().contains("ObjectNotFound"));
        assertTrue(bench.run("Get-Content '" + folder + "'").err().contains("it is a folder"));
    }

    @Test
    void select_string_finds_lines_in_files_streams_and_tables() throws IOException {
        Files.writeString(folder.resolve("l.log"), "alpha\nBETA\nbeta.x\n");
        String path = folder.resolve("l.log").toString();
        assertEquals(path + ":2:BETA\n" + path + ":3:beta.x\n", quiet("Select-String beta " + file("l.log")));
        assertEquals("3\n", quiet("(Select-String b.*a\\.x " + file("l.log") + ").LineNumber"));
        assertEquals("b.a\n", quiet("'abc','b.a' | sls b.a -SimpleMatch"));
        assertEquals("B\n", quiet("'b','B' | sls B -CaseSensitive"));
        assertEquals("b\n", quiet("'a','b' | sls a -NotMatch"));
        assertEquals("True\n", quiet("'a','b' | sls a -Quiet"));
        assertEquals("", quiet("'b' | sls a -Quiet"));
    }

    @Test
    void messages_go_where_they_belong() {
        assertEquals("a-b\n", quiet("Write-Host a b -Separator '-' -ForegroundColor Red"));
        assertEquals("ab\n", quiet("Write-Host a -NoNewline; Write-Host b"));
        assertEquals("WARNING: w\n", bench.run("Write-Warning w").err());
        assertEquals(
                "",
                bench.run("Write-Verbose v; Write-Debug d; Write-Information i").err());
        assertEquals(
                "VERBOSE: v\n",
                bench.run("Set-Variable VerbosePreference Continue; Write-Verbose v")
                        .err());
        assertEquals(
                "DEBUG: d\n",
                bench.run("Set-Variable DebugPreference Continue; Write-Debug d")
                        .err());
        assertEquals(
                "i\n",
                bench.run("Set-Variable InformationPreference Continue; Write-Information i")
                        .out());
        Bench.Said error =
                bench.run("Write-Error 'no `n good' -Category InvalidData -ErrorId Mine -TargetObject t; 'on'"
                        .replace("`n ", ""));
        assertEquals("on\n", error.out());
        assertTrue(error.err().startsWith("Write-Error : no good\n"), error.err());
        assertTrue(error.err()
                .contains("CategoryInfo          : InvalidData: (t:String) [Write-Error], WriteErrorException"));
        assertTrue(error.err().contains("FullyQualifiedErrorId : Mine"));
        assertEquals(1, error.code());
        assertEquals("", bench.run("Write-Progress x -PercentComplete 5").err());
        assertTrue(bench.run("Write-Progress x -PercentComplete 5", true).err().startsWith("\rx: Processing (5 %)"));
    }

    @Test
    void where_nobody_sits_nobody_is_asked() {
        assertTrue(bench.run("Read-Host 'Your name'").err().contains("Nobody can be asked for \"Your name\" here"));
        assertTrue(bench.run("Get-Credential admin").err().contains("Nobody can be asked for a password here."));
    }

    @Test
    void out_string_gives_lines_when_it_streams() {
        assertEquals("5\n", quiet("@(Get-Queue | ft Identity | Out-String -Stream).Count - 2"));
        assertEquals("1\n", quiet("@(Get-Queue | Out-String).Count"));
        assertTrue(
                bench.run("1 | Out-String -Width 1").err().contains("Cannot validate argument on parameter 'Width'."));
        assertEquals("x\n", quiet("$y = 'x' | Out-Host; $y"));
    }
}
