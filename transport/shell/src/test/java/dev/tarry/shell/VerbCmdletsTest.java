package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verbs as the shell has them: what is said, what is asked for, what is followed.
final class VerbCmdletsTest {
    private static final byte[] MAIL =
            "X-Sender: <a@b.example>\r\n\r\nBody \u00e9.\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.bytes("GET /api/v1/messages/MAIL%5C4%5C7/export", MAIL);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static String operation(String state, int looked, int done, String more) {
        return "{\"id\":7,\"verb\":\"Suspend-Message\",\"what\":\"Size -gt 1\",\"state\":\"" + state
                + "\",\"objects\":100,\"looked\":" + looked + ",\"matched\":" + looked + ",\"done\":" + done
                + ",\"pending\":0,\"unchanged\":0,\"gone\":0,\"refused\":0,\"messages\":" + done
                + ",\"started\":\"2026-01-02T03:04:05.000Z\",\"ended\":null" + more + "}";
    }

    @Test
    void an_operation_is_followed_to_its_end_and_says_nothing_when_it_is_done() {
        bench.server.json("POST /api/v1/messages/suspend", 202, operation("running", 20, 20, ""));
        bench.server.json("GET /api/v1/operations/7?wait=1", 200, operation("done", 100, 100, ""));
        Bench.Said said = bench.run("Suspend-Message -Filter 'Size -gt 1'");
        assertEquals("", said.out() + said.err());
        assertEquals(0, said.code());
        assertEquals(
                List.of("POST /api/v1/messages/suspend {\"filter\":\"Size -gt 1\"}", "GET /api/v1/operations/7?wait=1"),
                bench.server.requests());
    }

    @Test
    void whoever_looks_sees_how_far_it_is() {
        bench.server.json("POST /api/v1/messages/suspend", 202, operation("running", 20, 19, ""));
        bench.server.json("GET /api/v1/operations/7?wait=1", 200, operation("done", 100, 100, ""));
        Bench.Said said = bench.run("Suspend-Message -Filter 'Size -gt 1'", true);
        assertTrue(said.err().contains("Suspend-Message: 20 of 100 looked at (20 %), 19 of 20 done"), said.err());
    }

    @Test
    void what_there_is_to_know_of_an_operation_is_a_warning() {
        bench.server.json(
                "POST /api/v1/messages/redirect",
                200,
                operation("done", 3, 3, ",\"warning\":\"2 messages have not been taken.\""));
        Bench.Said said = bench.run("Redirect-Message -Server MAIL -Target mail2.company.com");
        assertEquals("WARNING: 2 messages have not been taken.\n", said.err());
        assertEquals(0, said.code());
    }

    @Test
    void a_retry_that_tries_nothing_says_so() {
        String unchanged = "{\"outcome\":\"unchanged\",\"messages\":0}";
        bench.server.json("POST /api/v1/queues/MAIL%5C4/retry", 200, unchanged);
        bench.server.json("POST /api/v1/queues/MAIL%5C4/suspend", 200, unchanged);
        assertTrue(bench.run("Retry-Queue MAIL\\4")
                .err()
                .startsWith("WARNING: The queue 'MAIL\\4' is not waiting for a retry"));
        assertTrue(bench.run("Retry-Queue MAIL\\4 -Resubmit $true")
                .err()
                .startsWith("WARNING: The queue 'MAIL\\4' has no messages that could be resubmitted"));
        assertEquals("", bench.run("Suspend-Queue MAIL\\4").err(), "that is what was wanted");
        bench.server.json(
                "POST /api/v1/queues/retry",
                200,
                operation("done", 2, 0, "").replace("\"unchanged\":0", "\"unchanged\":2"));
        assertTrue(bench.run("Retry-Queue -Filter 'MessageCount -gt 1'")
                .err()
                .startsWith("WARNING: Each of the 2 queues that matched is not waiting"));
        bench.server.json(
                "POST /api/v1/queues/retry",
                200,
                operation("done", 2, 1, "").replace("\"unchanged\":0", "\"unchanged\":1"));
        assertEquals("", bench.run("Retry-Queue -Filter 'MessageCount -gt 1'").err());
        bench.server.json("POST /api/v1/queues/MAIL%5C4/retry", 200, "{\"outcome\":\"done\",\"messages\":1}");
        assertEquals("", bench.run("Retry-Queue MAIL\\4").err());
    }

    @Test
    void what_was_refused_is_told_as_an_error() {
        bench.server.json(
                "POST /api/v1/messages/suspend",
                200,
                operation(
                        "done",
                        100,
                        97,
                        ",\"refusals\":[{\"why\":\"submission-queue\",\"says\":\"Not in the Submission queue.\",\"count\":3}]"));
        Bench.Said said = bench.run("Suspend-Message -Filter 'Size -gt 1'");
        assertTrue(
                said.err().startsWith("Suspend-Message : 3 of 100 objects: Not in the Submission queue.\n"),
                said.err());
        assertTrue(said.err().contains("FullyQualifiedErrorId : order-refused,Suspend-Message"), said.err());
        assertEquals(1, said.code());
    }

    @Test
    void what_was_cancelled_or_failed_says_how_far_it_came() {
        bench.server.json("POST /api/v1/messages/suspend", 200, operation("cancelled", 50, 48, ""));
        Bench.Said said = bench.run("Suspend-Message -Filter 'Size -gt 1'");
        assertTrue(
                said.err().startsWith("WARNING: The operation was cancelled: it was done for 48 of 50 "), said.err());
        bench.server.json(
                "POST /api/v1/messages/suspend", 200, operation("failed", 50, 48, ",\"problem\":\"the disk is gone\""));
        Bench.Said failed = bench.run("Suspend-Message -Filter 'Size -gt 1'");
        assertTrue(
                failed.err().startsWith("Suspend-Message : the disk is gone. It was done for 48 of 50 objects"),
                failed.err());
        assertEquals(1, failed.code());
    }

    @Test
    void removing_asks_and_nobody_can_answer_here() {
        Bench.Said said = bench.run("Remove-Message MAIL\\4\\7; Remove-Message -Filter 'Size -gt 1' -WithNDR $false");
        assertTrue(said.err().contains("To go on without, use -Confirm:$false."), said.err());
        assertTrue(said.err().contains("ConfirmationNotPossible,Remove-Message"), said.err());
        assertEquals(1, said.code());
        assertEquals(List.of(), bench.server.requests());
    }

    @Test
    void what_if_touches_nothing() {
        Bench.Said said =
                bench.run("Remove-Message MAIL\\4\\7 -WhatIf; Suspend-Queue -Filter 'MessageCount -gt 1' -wi");
        assertEquals("""
                What if: Removing message "MAIL\\4\\7".
                What if: Suspending queues that match the filter "MessageCount -gt 1".
                """, said.out());
        assertEquals(List.of(), bench.server.requests());
    }

    @Test
    void one_of_identity_and_filter_is_needed_and_only_one() {
        assertTrue(bench.run("Suspend-Message").err().contains("missing mandatory parameters: Identity."));
        Bench.Said both = bench.run("Suspend-Queue 4 -Filter 'MessageCount -gt 1'");
        assertTrue(both.err().contains("AmbiguousParameterSet"), both.err());
        Bench.Said other = bench.run("Suspend-Queue -Filter 'MessageCount -gt 1' -Server EX02");
        assertTrue(other.err().contains("object 'EX02' couldn't be found on 'MAIL'."), other.err());
        assertEquals(List.of(), bench.server.requests());
    }

    @Test
    void a_refusal_is_printed_as_powershell_prints_errors() {
        bench.server.json("POST /api/v1/messages/MAIL%5CSubmission%5C7/remove", 409, """
                {"type":"urn:tarry:problem:order-refused","title":"No","detail":"Not on the Submission queue."}""");
        Bench.Said said = bench.run("Remove-Message MAIL\\Submission\\7 -Confirm:$false");
        assertTrue(
                said.err().startsWith("Remove-Message : Not on the Submission queue.\nAt line:1 char:1\n"), said.err());
        assertTrue(said.err().contains("InvalidOperation: (:) [Remove-Message], ServerException"), said.err());
        assertEquals(1, said.code());
    }

    @Test
    void an_answer_that_breaks_off_is_an_error_of_one_cmdlet_and_the_script_goes_on() {
        bench.server.torn("GET /api/v1/messages/MAIL%5CPoison%5C7/export", MAIL);
        Bench.Said said = bench.run("Export-Message 'MAIL\\Poison\\7' | AssembleMessage -Path '"
                + folder.resolve("x.eml") + "'; Write-Host next");
        assertTrue(said.err().contains("Export-Message : The answer to GET "), said.err());
        assertTrue(said.err().contains("FullyQualifiedErrorId : AnswerBrokenOff,Export-Message"), said.err());
        assertFalse(said.err().contains("No server answers"), said.err());
        assertEquals("next", said.text());
        assertEquals(1, said.code());
        assertFalse(Files.exists(folder.resolve("x.eml")), "nothing is left of it");
    }

    @Test
    void an_exported_message_is_assembled_into_a_file_octet_by_octet() throws Exception {
        Path file = folder.resolve("one.eml");
        Bench.Said said = bench.run("Export-Message MAIL\\4\\7 | AssembleMessage -Path '" + file + "'");
        assertEquals("", said.out() + said.err());
        assertArrayEquals(MAIL, Files.readAllBytes(file));
        bench.run("Export-Message MAIL\\4\\7 | AssembleMessage '" + folder + "'");
        assertArrayEquals(MAIL, Files.readAllBytes(folder.resolve("7.eml")));
    }

    @Test
    void the_octets_of_an_exported_message_go_into_files_as_scripts_write_them() throws Exception {
        Path one = folder.resolve("one.eml");
        Path two = folder.resolve("two.eml");
        Bench.Said said = bench.run("Export-Message MAIL\\4\\7 | ForEach-Object { [IO.File]::WriteAllBytes('" + one
                + "', $_.FileData) }; (Export-Message MAIL\\4\\7).FileData | Set-Content '" + two
                + "' -Encoding Byte; [System.IO.File]::Exists('" + one
                + "'); (Export-Message MAIL\\4\\7).FileData.Count; (Export-Message MAIL\\4\\7 | gm FileData).Definition"
                + "; (Get-Content '" + one + "' -Encoding Byte -TotalCount 2) -join ' '; [IO.File]::ReadAllBytes('"
                + one
                + "').Length");
        assertEquals("", said.err());
        assertEquals(
                "True\n" + MAIL.length + "\nbyte[] FileData {get;}\n" + (MAIL[0] & 0xff) + " " + (MAIL[1] & 0xff) + "\n"
                        + MAIL.length,
                said.text());
        assertArrayEquals(MAIL, Files.readAllBytes(one));
        assertArrayEquals(MAIL, Files.readAllBytes(two));
        Bench.Said text = bench.run("[IO.File]::WriteAllText('" + one + "', 'hé'); [IO.File]::ReadAllText('" + one
                + "'); [IO.File]::Exists('" + folder + "')");
        assertEquals("hé\nFalse", text.text());
        for (String wrong : List.of(
                "[IO.File]::WriteAllBytes('" + one + "', 'text') ¦ for \"WriteAllBytes\" to type \"System.Byte[]\"",
                "[IO.File]::ReadAllText('" + folder + "/none.eml') ¦ Could not find file '",
                "[IO.File]::WriteAllText('" + folder + "/none/x', '') ¦ Could not find a part of the path '",
                "[IO.File]::ReadAllBytes('" + folder + "') ¦ Access to the path '",
                "[IO.File]::Delete('" + one + "') ¦ [System.IO.File]::Delete()",
                "'text' | Set-Content '" + one + "' -Encoding Byte ¦ the content must be of type byte.")) {
            Bench.Said failed = bench.run(wrong.substring(0, wrong.indexOf(" ¦")));
            assertEquals(1, failed.code(), wrong);
            assertTrue(failed.err().contains(wrong.substring(wrong.indexOf("¦ ") + 2)), failed.err());
        }
        assertEquals("hé", Files.readString(one));
    }

    @Test
    void no_file_is_written_over_and_no_folder_made() throws Exception {
        Path file = folder.resolve("one.eml");
        Files.writeString(file, "mine");
        Bench.Said said = bench.run("Export-Message MAIL\\4\\7 | AssembleMessage -Path '" + file + "'");
        assertTrue(said.err().contains("already exists"), said.err());
        assertEquals("mine", Files.readString(file));
        Path link = Files.createSymbolicLink(folder.resolve("link.eml"), folder.resolve("elsewhere"));
        assertTrue(bench.run("Export-Message MAIL\\4\\7 | AssembleMessage -Path '" + link + "'")
                .err()
                .contains("already exists"));
        assertFalse(Files.exists(folder.resolve("elsewhere")));
        Bench.Said nowhere = bench.run("Export-Message MAIL\\4\\7 | AssembleMessage -Path '"
                + folder.resolve("none").resolve("one.eml") + "'");
        assertTrue(nowhere.err().contains("Could not find a part of the path"), nowhere.err());
        assertEquals(1, nowhere.code());
        assertTrue(bench.run("'text' | AssembleMessage -Path x.eml").err().contains("what Export-Message puts out"));
    }
}
