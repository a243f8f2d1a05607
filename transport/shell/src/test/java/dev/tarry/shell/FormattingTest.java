package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tables, lists and wide output, to the letter.
final class FormattingTest {
    private static final String THREE = """
            $rows = 'Name,Kind,Size
            alpha,one,1
            beta,two,22
            gamma,one,333' | ConvertFrom-Csv | Select-Object Name, Kind, @{n='Size'; e={0 + $_.Size}}
            """;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private String out(String script) {
        return bench.run(THREE + script).shown();
    }

    @Test
    void a_table_has_numbers_at_the_right_and_text_at_the_left() {
        assertEquals("""

                Name  Kind Size
                ----  ---- ----
                alpha one     1
                beta  two    22
                gamma one   333

                """, out("$rows"));
        assertEquals(out("$rows"), out("$rows | Format-Table"));
        assertEquals(out("$rows"), out("$rows | ft Name, Kind, Size -AutoSize"));
    }

    @Test
    void of_an_object_without_a_property_that_a_pattern_matches_nothing_is_shown() {
        assertEquals("", bench.run(THREE + "$rows | Format-List nosuch*").text());
        assertEquals("", bench.run(THREE + "$rows | Format-Table nosuch*").text());
        assertEquals("text", bench.run("'text' | Format-List nosuch*").text());
        assertEquals(
                "Name : alpha", bench.run(THREE + "$rows[0] | Format-List nam*").text());
    }

    @Test
    void blank_lines_stand_where_power_shell_5_has_them() {
        String table = bench.run("1,2 | Select-Object @{n='n'; e={$_}}").out();
        assertEquals("\nn\n-\n1\n2\n\n\n", table);
        assertEquals(
                "\n\nn : 1\n\nn : 2\n\n\n\n",
                bench.run("1,2 | Format-List @{n='n'; e={$_}}").out());
        assertEquals(
                table + table,
                bench.run("$o = 1,2 | Select-Object @{n='n'; e={$_}}; $o; $o").out());
        assertEquals(
                "\n\n   g: 1\n\nn\n-\n1\n\n\n   g: 2\n\nn\n-\n2\n\n\n",
                bench.run("1,2 | Format-Table @{n='n'; e={$_}} -GroupBy @{n='g'; e={$_}}")
                        .out());
        assertEquals(
                "\nFriday, January 2, 2026 12:00:00 AM\n\n\n",
                bench.run("Get-Date '1/2/2026'").out());
        assertEquals("x\n", bench.run("'x'").out());
    }

    @Test
    void calculated_columns_take_width_alignment_and_format() {
        assertEquals(
                """

                N...   K        Size
                ----   -        ----
                a...  one       1.00
                beta  two      22.00
                g...  one     333.00

                """,
                out("$rows | ft @{Label='Name of it'; Expression='Name'; Width=4; Alignment='Left'},"
                        + " @{n='K'; e={$_.Kind}; width=6; align='center'},"
                        + " @{n='Size'; e='Size'; FormatString='N2'; Alignment='Right'; Width=8}"));
        assertEquals("\nSize : {333}\n\n", out("$rows | Select -Last 1 | fl @{e='Size'; f='{{{0}}}'}"));
        assertEquals(
                "\nDay\n---\n2026-01-02\n\n",
                out("Get-Date '1/2/2026' | ft @{n='Day'; e={$_}; FormatString='yyyy-MM-dd'}"));
    }

    @Test
    void a_key_that_a_calculated_property_cannot_have_is_an_error() {
        Bench.Said said = bench.run(THREE + "$rows | ft @{n='x'; e='Name'; Colour='red'}");
        assertEquals("", said.out());
        assertTrue(said.err().startsWith("Format-Table : The Colour key is not valid."), said.err());
        assertTrue(bench.run(THREE + "$rows | Select-Object @{n='x'; e='Name'; Width=3}")
                .err()
                .startsWith("Select-Object : The Width key is not valid."));
        assertTrue(bench.run(THREE + "$rows | ft @{n='x'; e='Name'; Alignment='up'}")
                .err()
                .contains("is not one of left, center, right."));
        assertTrue(bench.run(THREE + "$rows | ft @{n='x'}").err().contains("The mandatory Expression key is missing."));
    }

    @Test
    void groups_have_a_title_and_a_table_each() {
        assertEquals("""

                   Kind: one

                Name
                ----
                alpha
                gamma

                   Kind: two

                Name
                ----
                beta

                """, out("$rows | Sort-Object Kind | Format-Table Name -GroupBy Kind"));
        assertEquals("""

                   Long: True

                Name : gamma

                """, out("$rows | Select -Last 1 | fl Name -GroupBy @{n='Long'; e={$_.Size -gt 100}}"));
    }

    @Test
    void a_wrapped_table_cuts_nothing() {
        String text = "Lorem ipsum dolor sit amet, consectetur";
        assertEquals("""

                Text       End
                ----       ---
                Lorem      x
                ipsum
                dolor sit
                amet,
                consectetu
                r

                """, out("'" + text + "' | ft @{n='Text'; e={$_}; Width=10}, @{n='End'; e={'x'}} -Wrap"));
        assertTrue(out("'" + text + "' | ft @{n='Text'; e={$_}; Width=10}").contains("\nLorem i...\n"));
    }

    @Test
    void columns_without_room_are_left_out_and_named() {
        Bench.Said said = bench.run("Get-Queue | ft *");
        assertTrue(said.err().startsWith("WARNING: "), said.err());
        assertTrue(said.err().contains(" columns do not fit into the display and were removed: "), said.err());
        assertTrue(said.err().contains("'ObjectState'"), said.err());
        assertTrue(said.out().lines().allMatch(line -> line.length() <= 120), said.out());
        assertEquals("", bench.run("Get-Queue | ft Identity, Status").err());
    }

    @Test
    void a_list_puts_its_values_under_each_other() {
        assertEquals("""

                Name : alpha
                Kind : one

                Name : beta
                Kind : two

                """, out("$rows | Select -First 2 | Format-List Name, Kind"));
        assertEquals("\nKind : one\n\n", out("$rows | select -First 1 | fl K*"));
        assertEquals("\nname :\n\n", out("$rows | select -First 1 | fl @{n='name'; e={$null}}"));
    }

    @Test
    void a_long_value_of_a_list_goes_on_under_the_value_column() {
        String words = "word ".repeat(40).strip();
        String list = out("Get-Date '1/2/2026' | fl @{n='Label'; e={'" + words + "'}}, @{n='A longer one'; e={1}}");
        String[] lines = list.split("\n", -1);
        assertEquals("Label        : " + "word ".repeat(21).strip(), lines[1]);
        assertEquals(" ".repeat(15) + "word ".repeat(19).strip(), lines[2]);
        assertEquals("A longer one : 1", lines[3]);
    }

    @Test
    void wide_output_shows_one_property_in_two_columns_or_as_many_as_asked() {
        assertEquals("\nalpha" + " ".repeat(55) + "beta\ngamma\n\n", out("$rows | Format-Wide Name"));
        assertEquals(
                "\nalpha" + " ".repeat(35) + "beta" + " ".repeat(36) + "gamma\n\n", out("$rows | fw Name -Column 3"));
        assertEquals("\nalpha beta  gamma\n\n", out("$rows | fw -AutoSize"));
        assertTrue(bench.run("1 | fw -Column 0").err().contains("Cannot validate argument on parameter 'Column'."));
    }

    @Test
    void hash_tables_are_names_and_values() {
        assertEquals("""

                Name                           Value
                ----                           -----
                a                              1
                longer                         {1, 2}

                """, out("@{a=1; longer=1,2}"));
        assertEquals(out("@{a=1}"), out("@{a=1} | ft"));
    }

    @Test
    void objects_of_different_shape_get_tables_of_their_own_and_text_stands_between() {
        assertEquals("""

                Name
                ----
                alpha

                text

                Kind
                ----
                one

                """, out("$a = $rows | select -First 1; $a | Select Name | % { $_; 'text'; $a | Select Kind }"));
    }

    @Test
    void formatting_is_laid_out_by_who_prints_it() {
        String narrow = out("$rows | fl Name | Out-String -Width 30").strip();
        assertTrue(narrow.startsWith("Name : alpha"), narrow);
        String cut = out("Get-Queue | ft Identity, LastError | Out-String -Width 40");
        assertTrue(cut.lines().allMatch(line -> line.length() <= 40), cut);
        String whole = out("Get-Queue | ft Identity, LastError | Out-String -Width 4000");
        assertTrue(whole.contains("{LRT=1/2/2026 3:03:05 AM}]"), whole);
        assertEquals(out("$rows | ft Name"), out("$t = $rows | ft Name; $t"));
    }

    @Test
    void what_format_cmdlets_put_out_is_for_the_screen_only() {
        for (String next :
                new String[] {"Sort-Object", "Export-Csv /dev/null", "ConvertTo-Json", "Select-Object Name"}) {
            Bench.Said said = bench.run("Get-Queue | ft | " + next);
            assertTrue(said.err().contains("FullyQualifiedErrorId : FormattedInput"), next + said.err());
            assertEquals("", said.out(), next);
        }
        assertEquals("", bench.run("Get-Queue | ft | Out-Null").out());
    }

    @Test
    void wide_characters_take_two_cells_and_combining_ones_none() {
        assertEquals(
                "\nT    E\n-    -\n日本 x\ne\u0301    y\n\n",
                out("'日本x','e\u0301y' | ft @{n='T'; e={$_.Substring(0,2)}}, @{n='E'; e={$_.Substring(2)}}"));
        String cut = out("'日本日本日本日本' | ft @{n='T'; e={$_}; Width=8}");
        assertTrue(cut.contains("\n日本...\n"), cut);
    }

    @Test
    void control_characters_never_reach_the_terminal() {
        String out = out("$e = \"`u{1B}[31mred`a\"".replace("`u{1B}", "\u001b") + "; $e; $e | ft @{n='x'; e={$_}};"
                + " @{k=$e} | fl; Write-Host $e; $e | ft Length -GroupBy @{n=$e; e={$e}}");
        assertFalse(out.contains("\u001b"), out);
        assertFalse(out.contains("\u0007"), out);
        assertTrue(out.contains("`u{1B}[31mred"), out);
    }

    @Test
    void long_lists_in_a_cell_end_in_dots() {
        assertTrue(out("@{k=1..17}").contains("{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16...}\n"));
        assertTrue(out("@{k=1..16}").contains(" 15, 16}\n"));
    }

    @Test
    void a_cell_shows_as_many_elements_of_a_list_as_the_session_says() {
        String list = "[PSCustomObject]@{a=1..20} | fl";
        assertEquals("16", bench.run("$FormatEnumerationLimit").text());
        assertEquals(
                "a : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16...}",
                bench.run(list).text());
        assertEquals(
                "a : {1, 2...}",
                bench.run("$FormatEnumerationLimit = 2; " + list).text());
        assertEquals(
                "a : {1, 2...}",
                bench.run("$FormatEnumerationLimit = 2\n(" + list + " | Out-String).Trim()")
                        .text());
        assertEquals(
                "a : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}",
                bench.run("$FormatEnumerationLimit = -1; " + list).text());
    }
}
