package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Choosing, sorting, grouping, counting and comparing objects.
final class ObjectCmdletsTest {
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private String lines(String script) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        return said.shown().strip().replace("\n", " ");
    }

    @Test
    void select_object_picks_by_place() {
        assertEquals("1 2", lines("1..5 | Select-Object -First 2"));
        assertEquals("4 5", lines("1..5 | select -Last 2"));
        assertEquals("3 4", lines("1..5 | select -Skip 2 -First 2"));
        assertEquals("3 4", lines("1..5 | select -Skip 1 -Last 2"));
        assertEquals("1 5", lines("1..5 | select -First 1 -Last 1"));
        assertEquals("1 2 3", lines("1..5 | select -SkipLast 2"));
        assertEquals("2 3", lines("1..5 | select -Skip 1 -SkipLast 2"));
        assertEquals("1 3", lines("1..5 | select -Index 2,0"));
        assertEquals("", lines("1..5 | select -First 0"));
        assertEquals("a b A", lines("'a','b','a','A' | select -Unique"));
        assertTrue(bench.run("1 | select -First -1").err().contains("is less than the minimum allowed range of 0."));
        assertTrue(bench.run("1 | select -First 1 -Index 1").err().contains("Parameter set cannot be resolved"));
    }

    @Test
    void select_object_stops_what_feeds_it_when_it_has_enough() {
        assertEquals("2", lines("1..4 | % { $n = $_; $_ } | select -First 2 | Out-Null; $n"));
        assertEquals("4", lines("1..4 | % { $n = $_; $_ } | select -First 2 -Wait | Out-Null; $n"));
    }

    @Test
    void expand_property_gives_the_values_and_says_where_there_are_none() {
        assertEquals("Retry Ready", lines("Get-Queue | select -ExpandProperty Status"));
        assertEquals("0 1 0 0", lines("Get-Queue | select -First 1 -Expand DeferredMessageCountsPerPriority"));
        Bench.Said missing = bench.run("Get-Queue | select -ExpandProperty Nope");
        assertEquals("", missing.shown());
        assertTrue(missing.err().startsWith("Select-Object : Property \"Nope\" cannot be found."), missing.err());
        assertTrue(missing.err().contains("FullyQualifiedErrorId : ExpandPropertyNotFound"), missing.err());
    }

    @Test
    void sort_object_takes_several_keys_each_its_own_way() {
        String rows = "'k,v\nb,2\na,10\nb,1\na,9' | ConvertFrom-Csv | ";
        assertEquals("a 10 a 9 b 1 b 2", lines(rows + "sort k, v | % { $_.k; $_.v }"));
        assertEquals("a 9 a 10 b 1 b 2", lines(rows + "sort k, {0 + $_.v} | % { $_.k; $_.v }"));
        assertEquals("a 10 a 9 b 2 b 1", lines(rows + "sort k, @{e={0 + $_.v}; Descending=$true} | % { $_.k; $_.v }"));
        assertEquals("b 2 b 1 a 10 a 9", lines(rows + "sort k -Descending | % { $_.k; $_.v }"));
        assertEquals("1 2 3", lines("3,1,2,1 | sort -Unique"));
        assertEquals("9 8", lines("7,9,8 | sort -Descending -Top 2"));
        assertEquals("3 10", lines("10,3 | sort"));
        assertEquals("10 3", lines("'3','10' | sort"));
        assertEquals("1 a 2".length(), lines("'a',2,1 | sort").length());
    }

    @Test
    void sort_object_finds_an_order_where_kinds_are_mixed() {
        String mixed =
                lines("10,'9','abc',2.5,$true,'1/1/2026',3,'x',1,'20','b',7,8,'5','4',6,0,11,12,'13','y','z','w',"
                        + "14,15,'16','17','q','r',21,22,'23','u','v' | Sort-Object");
        assertEquals(34, mixed.split(" ").length);
    }

    @Test
    void groups_come_as_objects_as_counts_or_as_a_table() {
        assertEquals("a 2 b 1", lines("'a','b','A' | Group-Object | % { $_.Name; $_.Count }"));
        assertEquals("a 1 b 1 A 1", lines("'a','b','A' | group -CaseSensitive | % { $_.Name; $_.Count }"));
        assertEquals("a A", lines("('a','b','A' | group)[0].Group"));
        assertEquals(
                "\nCount Name\n----- ----\n    2 a\n    1 b\n\n",
                bench.run("'a','b','A' | group -NoElement").shown());
        assertEquals("MAIL\\4", lines("(Get-Queue | group Status -AsHashTable).Retry[0].Identity"));
        assertEquals("Retry, 1 Ready, 0", lines("Get-Queue | group Status, MessageCount | % Name"));
        assertEquals("False True", lines("Get-Queue | group { $_.MessageCount -eq 0 } | % Name"));
    }

    @Test
    void measures_count_numbers_text_and_properties() {
        assertEquals(
                """

                Count    : 3
                Average  : 2
                Sum      : 6
                Maximum  : 3
                Minimum  : 1
                Property :

                """,
                bench.run("1..3 | Measure-Object -Sum -Average -Maximum -Minimum")
                        .shown());
        assertEquals("1.5", lines("(1,2 | measure -Average).Average"));
        assertEquals("1 MessageCount", lines("$m = Get-Queue | measure MessageCount -Sum; $m.Sum; $m.Property"));
        assertEquals("2 2", lines("Get-Queue | measure MessageCount, RetryCount | % Count"));
        assertEquals("0", lines("@() | measure | % Count"));
        assertEquals(
                """

                Lines Words Characters Property
                ----- ----- ---------- --------
                    3     4         12

                """,
                bench.run("'one two','t',\"a b`nc\".Substring(0,4) | Measure-Object -Line -Word -Character"
                                .replace("\"a b`nc\".Substring(0,4)", "'four'"))
                        .shown());
        assertTrue(bench.run("Get-Queue | measure Nope -Sum")
                .err()
                .startsWith("Measure-Object : The property \"Nope\" cannot be found in the input for any objects."));
        assertTrue(bench.run("'x' | measure -Sum")
                .err()
                .startsWith("Measure-Object : Input object \"x\" is not numeric."));
    }

    @Test
    void compare_object_tells_the_sides_apart() {
        assertEquals(
                "\nInputObject SideIndicator\n----------- -------------\nd           =>\na           <=\n\n",
                bench.run("Compare-Object 'a','b','c' 'B','c','d'").shown());
        assertEquals(
                "== b == c",
                lines("compare 'a','b','c' 'b','c' -IncludeEqual -ExcludeDifferent"
                        + " | % { $_.SideIndicator; $_.InputObject }"));
        assertEquals("", lines("Compare-Object (Get-Queue) (Get-Queue) -Property Identity, Status"));
        assertEquals("=>", lines("compare 'a' 'a','a' | % SideIndicator"));
        assertEquals("=> <=", lines("compare 'a' 'A' -CaseSensitive | % SideIndicator"));
    }

    @Test
    void for_each_object_runs_blocks_properties_and_methods() {
        assertEquals("b 2 4 e", lines("1,2 | % { 'b' } { $_ * 2 } { 'e' }"));
        assertEquals("b 1 2 e", lines("1,2 | % -Begin { 'b' } -Process { $_ } -End { 'e' }"));
        assertEquals("1 1 2 2", lines("1,2 | % -Begin { } -Process { $_ }, { $_ } -End { }"));
        assertEquals("ABC", lines("'abc' | % ToUpper"));
        assertEquals("a b", lines("'a,b' | % Split ','"));
        assertEquals("", lines("Get-Queue | % NoSuchProperty"));
        assertTrue(bench.run("1 | ForEach-Object").err().contains("missing mandatory parameters: Process"));
    }

    @Test
    void where_object_knows_every_comparison_and_null() {
        assertEquals("2 3", lines("1..3 | where { $_ -gt 1 }"));
        assertEquals("MAIL\\4", lines("Get-Queue | ? Status -eq Retry | % Identity"));
        assertEquals("MAIL\\4", lines("Get-Queue | ? Status -in Retry, Suspended | % Identity"));
        assertEquals("MAIL\\4", lines("Get-Queue | ? DeferredMessageCountsPerPriority -contains 1 | % Identity"));
        assertEquals("MAIL\\Submission", lines("Get-Queue | ? NextRetryTime -eq $null | % Identity"));
        assertEquals("MAIL\\4", lines("Get-Queue | ? NextHopDomain -clike ext* | % Identity"));
        assertEquals("", lines("Get-Queue | ? NextHopDomain -clike EXT* | % Identity"));
        assertEquals("MAIL\\Submission", lines("Get-Queue | ? -Not LastError | % Identity"));
        assertEquals("MAIL\\4", lines("Get-Queue | where LastError | % Identity"));
    }

    @Test
    void unique_and_tee_and_members_do_what_they_say() {
        assertEquals("a b a", lines("'a','a','b','a' | Get-Unique"));
        assertEquals("1 2 1 2", lines("1,2 | Tee-Object -Variable seen; $seen"));
        assertEquals(
                "1 2 3", lines("1,2 | tee -Variable seen | Out-Null; 3 | tee -Var seen -Append | Out-Null; $seen"));
        assertEquals(
                "{\"Identity\":\"MAIL\\\\4\",\"Note\":\"x\"}",
                lines("$q = Get-Queue | select Identity -First 1; $q | Add-Member -NotePropertyName Note"
                        + " -NotePropertyValue x; $q | ConvertTo-Json -Compress"));
        assertEquals(
                "y",
                lines(
                        "(Get-Queue | select -First 1 | Add-Member -MemberType NoteProperty -Name Own -Value y -PassThru).Own"));
        Bench.Said twice = bench.run("$q = Get-Queue | select Identity -First 1; $q | Add-Member Identity y");
        assertTrue(twice.err().contains("a member with that name already exists"), twice.err());
        assertFalse(
                bench.run("New-Object PSObject -Property @{a=1; b='x'}").shown().contains("PSObject"));
        assertEquals("{\"a\":1}", lines("New-Object PSObject -Property @{a=1} | ConvertTo-Json -Compress"));
        assertEquals(
                "2", lines("$l = New-Object System.Collections.ArrayList; [void]$l.Add(1); [void]$l.Add(2); $l.Count"));
        assertTrue(bench.run("New-Object System.Net.WebClient").err().contains("Net.WebClient"));
        assertTrue(bench.run("New-Object -ComObject Outlook.Application").err().contains("COM"));
    }

    @Test
    void objects_that_scripts_make_are_shown_in_order() {
        assertEquals(
                "\nName Count\n---- -----\na        1\n\n",
                bench.run("[PSCustomObject]@{Name='a'; Count=1}").shown());
        assertEquals(
                "\nName                           Value\n----                           -----\nb                              2\n\n",
                bench.run("@{b=2}.GetEnumerator()").shown());
        assertTrue(bench.run("[guid]::NewGuid()").shown().startsWith("\nGuid\n----\n"));
        assertEquals(
                "\nMajor  Minor  Build  Revision\n-----  -----  -----  --------\n1      2      -1     -1\n\n",
                bench.run("[version]'1.2'").shown());
        assertEquals("36", lines("\"$(New-Guid)\".Length"));
    }

    @Test
    void an_error_shows_its_text_and_under_force_its_properties() {
        String script = "try { throw 'no' } catch { $e = $_ }; $e | Format-List * ";
        assertTrue(
                bench.run(script).out().startsWith("no\nAt line:1 char:7\n"),
                bench.run(script).out());
        String all = bench.run(script + "-Force").out();
        assertTrue(all.contains("\nFullyQualifiedErrorId : no\n"), all);
        assertTrue(all.contains("\nCategoryInfo          : OperationStopped: (no:String) [], RuntimeException\n"), all);
    }
}
