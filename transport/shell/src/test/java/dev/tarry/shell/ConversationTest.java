package dev.tarry.shell;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.terminal.Conversation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person at a terminal: keys go in as octets, and what would be on the screen comes out.
final class ConversationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char CTRL_C = 3;
    private static final char CTRL_D = 4;
    private static final char CTRL_U = 21;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private StubServer server;
    private TarryClient client;
    private LineDisciplineTerminal terminal;
    private CompletableFuture<Integer> ended;
    private int seen;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        for (String query : new String[] {"", "?resultSize=200", "?resultSize=1"}) {
            server.json("GET /api/v1/queues" + query, 200, Bench.TWO_QUEUES);
        }
        client = new TarryClient(server.uri());
    }

    @AfterEach
    void stop() throws IOException {
        if (terminal != null) {
            terminal.close();
        }
        client.close();
        server.close();
    }

    private void sit(String type, Map<String, String> variables) throws IOException {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.putIfAbsent("TARRY_HISTORY", folder.resolve("history").toString());
        terminal = new LineDisciplineTerminal("test", type, screen, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(100, 40));
        Conversation conversation = new Conversation(terminal, environment);
        ShellIo io = new ShellIo(
                InputStream.nullInputStream(),
                conversation.out(),
                conversation.err(),
                conversation::widthColumns,
                ZoneOffset.UTC,
                Map.of("COMPUTERNAME", "MAIL"),
                conversation.person(),
                () -> true);
        CmdletTable cmdlets = StandardCmdlets.table();
        ended = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                ended.complete(conversation.hold(new TypedSession(io, client, cmdlets, PATIENCE), cmdlets));
            } catch (RuntimeException | Error e) {
                ended.completeExceptionally(e);
            }
        });
        sees("[PS] C:\\>");
    }

    private void sit() throws IOException {
        sit("xterm", Map.of("NO_COLOR", "1"));
    }

    private void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    /// What is on the screen, without what moves the cursor or colours anything.
    private String screen() {
        return raw().replaceAll("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])", "")
                .replace("\r\n", "\n")
                .replaceAll("(?m)^.*\r(?!\n)", "");
    }

    private String raw() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /// Waits until this is on the screen, behind what was waited for before.
    ///
    /// @return what came in between, and it
    private String sees(String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertTrue(
                        ended.isDone() || screen().indexOf(text, seen) >= 0,
                        () -> "no '" + text + "' in:\n" + screen().substring(seen)));
        int found = screen().indexOf(text, seen);
        assertTrue(found >= 0, () -> "no '" + text + "' in:\n" + screen().substring(seen));
        String between = screen().substring(seen, found + text.length());
        seen = found + text.length();
        return between;
    }

    private int code() {
        return ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Ctrl-C ends what runs: what stands behind it does not run, and the shell goes on.
    private void interrupted() throws IOException {
        type("" + CTRL_C);
        String rest = sees("[PS] C:\\>");
        assertFalse(rest.contains("\nafter\n"), rest);
        type("'alive'\r");
        sees("\nalive\n");
    }

    @Test
    void lines_run_and_share_their_variables_until_exit_says_a_code() throws IOException {
        sit();
        type("$x = 40 + 2\r");
        sees("[PS] C:\\>");
        type("\"it is $x\"\r");
        sees("\nit is 42\n");
        type("exit 4\r");
        assertEquals(4, code());
    }

    @Test
    void what_is_unfinished_goes_on_on_the_next_line() throws IOException {
        sit();
        type("$x = 1 +\r");
        sees(">> ");
        type("2\r");
        sees("[PS] C:\\>");
        type("\"a\r");
        sees(">> ");
        type("b $x\"\r");
        sees("\na\nb 3\n");
        sees("[PS] C:\\>");
        type("Write-Output `\r");
        sees(">> ");
        type("-InputObject `\r");
        sees(">> ");
        type("'continued'\r");
        sees("\ncontinued\n");
    }

    @Test
    void a_transcript_holds_what_was_typed_and_printed_and_no_secrets() throws IOException {
        sit();
        Path file = folder.resolve("transcript.txt");
        type("Start-Transcript '" + file + "'\r");
        sees("Transcript started, output file is " + file);
        sees("[PS] C:\\>");
        type("'it is ' + (40 + 2)\r");
        sees("\nit is 42\n");
        type("$password = 'hunter2'; Write-Host say $password\r");
        sees("\nsay hunter2\n");
        type("Get-Nothing\r");
        sees("FullyQualifiedErrorId");
        sees("[PS] C:\\>");
        type("Stop-Transcript\r");
        sees("Transcript stopped, output file is " + file);
        sees("[PS] C:\\>");
        type("'not in it'\r");
        sees("\nnot in it\n");
        type("exit\r");
        assertEquals(0, code());

        String text = Files.readString(file).replace(System.lineSeparator(), "\n");
        assertTrue(
                text.startsWith("**********************\nWindows PowerShell transcript start\nStart time: 20"), text);
        assertTrue(text.contains("Username: MAIL\\"), text);
        assertTrue(
                text.contains("**********************\nTranscript started, output file is " + file
                        + "\n[PS] C:\\>'it is ' + (40 + 2)\nit is 42\n[PS] C:\\>********\nsay ********\n"
                        + "[PS] C:\\>Get-Nothing\nGet-Nothing : The term 'Get-Nothing' is not recognized"),
                text);
        assertTrue(text.contains("\n[PS] C:\\>Stop-Transcript\n**********************\n"), text);
        assertTrue(text.contains("\nWindows PowerShell transcript end\nEnd time: 20"), text);
        assertFalse(text.contains("hunter2"), text);
        assertFalse(text.contains("not in it"), text);
    }

    @Test
    void an_error_is_shown_and_the_next_line_runs() throws IOException {
        sit();
        type("Get-Foo\r");
        sees("The term 'Get-Foo' is not recognized");
        sees("[PS] C:\\>");
        type("'still here'\r");
        sees("\nstill here\n");
    }

    @Test
    void ctrl_d_ends_with_0_and_ctrl_c_drops_the_line_only() throws IOException {
        sit();
        type("'never run'");
        sees("never run'");
        type("" + CTRL_C);
        String dropped = sees("[PS] C:\\>");
        assertFalse(dropped.contains("\nnever run\n"), dropped);
        type("" + CTRL_D);
        assertEquals(0, code());
    }

    @Test
    void the_tab_key_completes_with_what_the_server_has() throws IOException {
        sit("xterm", Map.of("NO_COLOR", "1"));
        type("Retry-Queue -Identity MAIL\\4 -Wha\t");
        sees("WhatIf");
        type("\r");
        sees("What if: Retrying queue \"MAIL\\4\".");
        sees("[PS] C:\\>");
        type("Retry-Queue MAIL\\4 | Retry-Queue -WhatIf -Identity MAIL\\S\t\r");
        sees("MAIL\\Submission");
        sees("[PS] C:\\>");
        type("(Get-Queue | Select-Object LastErr\t).LastError.Count\r");
        sees("\n2\n");
    }

    @Test
    void a_question_is_asked_and_its_answer_obeyed() throws IOException {
        sit();
        type("Get-Queue | Retry-Queue -Confirm\r");
        String question = sees("(default is \"Y\"):");
        assertTrue(
                question.contains("\nConfirm\nAre you sure you want to perform this action?\n"
                        + "Retrying queue \"MAIL\\4\".\n"
                        + "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"Y\"):"),
                question);
        type("?\r");
        sees("Y - Continue with only the next step of the operation.");
        sees("(default is \"Y\"):");
        type("L\r");
        String rest = sees("[PS] C:\\>");
        assertFalse(rest.contains("Confirm"), "no to all is asked no more: " + rest);
        assertEquals(
                0, server.requests().stream().filter(r -> r.startsWith("POST")).count());
    }

    @Test
    void ctrl_c_at_a_question_ends_the_pipeline_and_does_nothing() throws IOException {
        sit();
        type("Get-Queue | Retry-Queue -Confirm; 'after'\r");
        sees("(default is \"Y\"):");
        interrupted();
        assertEquals(
                0, server.requests().stream().filter(r -> r.startsWith("POST")).count());
    }

    @Test
    void what_a_cmdlet_cannot_do_without_is_asked_for() throws IOException {
        sit();
        type("ConvertTo-SecureString -AsPlainText -Force\r");
        String asked = sees("String: ");
        assertTrue(
                asked.contains("\ncmdlet ConvertTo-SecureString at command pipeline position 1\n"
                        + "Supply values for the following parameters:\n"),
                asked);
        type("geheim\r");
        sees("\nSystem.Security.SecureString\n");
        sees("[PS] C:\\>");
        type("ConvertTo-SecureString -AsPlainText -Force\r");
        sees("String: ");
        type("" + CTRL_C);
        String rest = sees("[PS] C:\\>");
        assertFalse(rest.contains("mandatory"), rest);
        type("ConvertTo-SecureString -AsPlainText -Force\r");
        sees("String: ");
        type("\r");
        sees("parameters: String.");
    }

    @Test
    void of_two_that_stand_for_each_other_the_first_is_asked_for() throws IOException {
        sit();
        type("Suspend-Queue\r");
        String asked = sees("Identity: ");
        assertTrue(
                asked.contains("\ncmdlet Suspend-Queue at command pipeline position 1\n"
                        + "Supply values for the following parameters:\n"),
                asked);
        type("\r");
        sees("MissingMandatoryParameter,Suspend-Queue");
        type("Suspend-Queue -Filter \"Status -eq 'Retry'\" -WhatIf\r");
        String rest = sees("What if: Suspending");
        assertFalse(rest.contains("Supply values"), rest);
    }

    @Test
    void a_backslash_before_a_capital_e_is_no_key() throws IOException {
        sit();
        for (int line = 0; line < 2; line++) {
            type("'\\\\MAIL\\Exchange'.Length\r");
            sees("\n15\n");
            sees("[PS] C:\\>");
        }
        type("Read-Host answer\r");
        sees("answer: ");
        type("a\\Exchange\r");
        sees("\na\\Exchange\n");
    }

    @Test
    void a_credential_is_asked_for_and_its_password_is_not_shown() throws IOException {
        sit();
        type("$c = Get-Credential; \"it is $($c.UserName)\"\r");
        String asked = sees("User: ");
        assertTrue(asked.contains("\nWindows PowerShell credential request\nEnter your credentials.\n"), asked);
        type("me\r");
        sees("Password for user me: ");
        type("hunter2\r");
        String rest = sees("\nit is me\n");
        assertFalse(rest.contains("hunter2"), rest);
    }

    @Test
    void an_empty_line_stands_between_an_error_and_what_follows() throws IOException {
        sit();
        type("nope1; nope2; 1 +* 2\r");
        sees("FullyQualifiedErrorId");
        sees("[PS] C:\\>");
        type("nope1; nope2\r");
        String two = sees("nope2:String");
        assertTrue(two.contains("FullyQualifiedErrorId : CommandNotFoundException\n\nnope2 : "), two);
        sees("FullyQualifiedErrorId : CommandNotFoundException\n\n[PS] C:\\>");
    }

    @Test
    void a_script_may_ask_and_a_secret_is_not_shown() throws IOException {
        sit();
        type("$who = Read-Host 'Who'; $pass = Read-Host -AsSecureString 'Word'; \"it is $who\"\r");
        sees("Who: ");
        type("me \\ you\r");
        sees("Word: ");
        type("hunter2\r");
        String rest = sees("\nit is me \\ you\n");
        assertFalse(rest.contains("hunter2"), rest);
    }

    @Test
    void ctrl_c_ends_a_pipeline_that_computes() throws IOException {
        sit();
        type("'begun'; while ($true) { $x = 1 }; 'after'\r");
        sees("\nbegun\n");
        interrupted();
    }

    @Test
    void ctrl_c_hangs_up_where_the_server_takes_its_time() throws IOException {
        client.close();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            client = new TarryClient(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            sit();
            type("Get-Queue; 'after'\r");
            try (Socket asked = silent.accept()) {
                assertTrue(asked.getInputStream().read() >= 0);
                type("" + CTRL_C);
                String rest = sees("[PS] C:\\>");
                assertFalse(rest.contains("after\n") || rest.contains("tarry shell:"), rest);
                while (asked.getInputStream().read() >= 0) {
                    // What it had sent already, and then that it is gone.
                }
            }
            type("'alive'\r");
            sees("\nalive\n");
        }
    }

    @Test
    void lines_are_kept_from_one_session_to_the_next_but_no_secrets() throws IOException {
        sit();
        type("'first'\r");
        sees("\nfirst\n");
        type("$null = ConvertTo-SecureString 'hunter2' -AsPlainText -Force\r");
        sees("[PS] C:\\>");
        sees("[PS] C:\\>");
        type("exit\r");
        assertEquals(0, code());
        String kept = Files.readString(folder.resolve("history"));
        assertTrue(kept.contains("'first'"), kept);
        assertFalse(kept.contains("hunter2"), kept);
    }

    @Test
    void a_history_that_cannot_be_kept_is_said_once_and_the_shell_goes_on() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        sit("xterm", Map.of("TARRY_HISTORY", inTheWay.resolve("x/history").toString()));
        assertTrue(screen().contains("WARNING: The history cannot be kept in "), screen());
        type("'here'\r");
        sees("\nhere\n");
    }

    @Test
    void the_line_has_colours_unless_nobody_wants_them() throws IOException {
        sit("xterm-256color", Map.of());
        type("Get-Foo\r");
        sees("is not recognized");
        assertTrue(raw().contains("\u001b[91mGet-Foo : The term"), raw());
        assertTrue(raw().contains("\u001b[93m"), raw());
    }

    @Test
    void a_terminal_that_only_prints_is_asked_for_lines_as_they_are() throws IOException {
        sit("dumb", Map.of());
        type("$x = 1 +\r");
        sees(">> ");
        type("2\r");
        sees("[PS] C:\\>");
        type("Get-Queue | Retry-Queue -Confirm:(3 -eq $x); 'after'\r");
        sees("(default is \"Y\"):");
        type("n\r");
        sees("(default is \"Y\"):");
        type("l\r");
        sees("\nafter\n");
        sees("[PS] C:\\>");
        type("exit\r");
        assertEquals(0, code());
        assertEquals(
                0, server.requests().stream().filter(r -> r.startsWith("POST")).count());
        assertFalse(raw().contains("\u001b"), raw());
    }

    @Test
    void no_color_is_respected() throws IOException {
        sit("xterm-256color", Map.of("NO_COLOR", "1"));
        type("Get-Foo\r");
        sees("is not recognized");
        assertFalse(raw().contains("\u001b[9"), raw());
    }

    @Test
    void tables_follow_the_window() throws IOException {
        sit();
        terminal.setSize(Size.of(60, 40));
        type("Get-Queue\r");
        String table = sees("[PS] C:\\>");
        assertFalse(table.contains("external-company.com"), table);
        assertTrue(
                table.lines().filter(line -> !line.startsWith("WARNING")).allMatch(line -> line.length() <= 60), table);
        terminal.setSize(Size.of(200, 40));
        type("Get-Queue\r");
        table = sees("[PS] C:\\>");
        assertTrue(table.contains("external-company.com"), table);
    }

    @Test
    void a_line_that_is_dropped_by_hand_leaves_nothing() throws IOException {
        sit();
        type("'wrong'" + CTRL_U + "'right'\r");
        sees("\nright\n");
    }
}
