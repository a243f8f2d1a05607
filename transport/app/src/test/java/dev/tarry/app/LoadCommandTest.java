package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.load.MailSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class LoadCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void what_load_sent_is_what_the_sink_took(@TempDir Path folder) throws IOException {
        var json = folder.resolve("load.json");
        withSink(List.of(), (sink, at) -> {
            assertEquals(
                    0,
                    run("load --quiet --fail-on-error --messages 200 --sessions 4 --per-connection 30 --seed 3 --size"
                            + " uniform:500..30KiB --recipients zipf:5 --domains zipf:20:d{n}.example --to "
                            + at + " --json " + json),
                    err::toString);
            var written = JsonMapper.shared().readTree(json);
            var report = written.get("report");
            assertEquals(sink.count().messages(), report.get("accepted").asLong());
            assertEquals(
                    sink.count().recipients(),
                    report.get("recipients").get("accepted").asLong());
            assertEquals(sink.count().octets(), report.get("octets").asLong());
            assertEquals(sink.count().connections(), report.get("connections").asLong());
            assertEquals(3, written.get("seed").asLong());
            assertEquals(
                    200, report.get("latencies").get("message").get("count").asLong());
        });
        assertTrue(out.toString().startsWith("seed        3"), out::toString);
        assertTrue(out.toString().contains("messages    200: 200 accepted, 0 refused, 0 failed"), out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void refusals_fail_the_command_only_if_that_was_asked_for() throws IOException {
        withSink(List.of("smtp reply stage=eod code=451 first=1"), (sink, at) -> {
            assertEquals(1, run("load --quiet --fail-on-error --messages 20 --to " + at));
            assertTrue(out.toString().contains("messages    20: 19 accepted, 1 refused, 0 failed"), out::toString);
        });
        withSink(List.of("smtp reply stage=eod code=451 first=1"), (sink, at) -> {
            assertEquals(0, run("load --quiet --messages 20 --to " + at));
        });
    }

    @Test
    void when_nobody_answers_it_says_so() {
        assertEquals(1, run("load --sessions 2 --to 127.0.0.1:0"));
        assertTrue(err.toString().contains("tarry: nobody answered at 127.0.0.1:0; is the server running there?"));
    }

    @Test
    void only_this_machine_is_loaded_unless_another_is_named() {
        assertEquals(2, run("load --to 192.0.2.1:25 --messages 1"));
        assertTrue(err.toString().contains("--allow 192.0.2.1"), err::toString);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--to localhost ! --to is 'localhost'; HOST:PORT such as 127.0.0.1:2525 is needed",
                "--to 127.0.0.1:x ! HOST:PORT",
                "--to ::1:25 ! HOST:PORT",
                "--to nobody.invalid:25 ! nobody has the name nobody.invalid",
                "--size huge ! --size is 'huge'; a size such as 10KiB",
                "--size normal:1 ! --size is 'normal:1'",
                "--recipients 0 ! --recipients is '0'; a whole number from 1 to 1000",
                "--domains zipf:3 ! --domains is 'zipf:3'",
                "--rate fast ! --rate is 'fast'; 500/s",
                "--duration soon ! --duration is 'soon'; a duration such as 30s",
                "--duration 0s ! the duration is PT0S",
                "--pipelining maybe ! --pipelining is 'maybe'; on or off is needed",
                "--per-connection some ! --per-connection is 'some'; a whole number or 'all'",
                "--per-connection 0 ! messages per connection are 0; 1 or more",
                "--sessions 0 ! the number of sessions is 0",
                "--messages 0 ! the number of messages is 0",
                "--from alice ! the sender is 'alice'",
                "--auth bob ! --auth has no colon"
            })
    void bad_usage_is_told_with_what_would_be_right(String words, String said) {
        assertEquals(2, run("load " + words));
        assertTrue(err.toString().startsWith("tarry: ") && err.toString().contains(said), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "sink"})
    void help_has_examples_and_fits_the_screen(String command) {
        assertEquals(0, run(command + " --help"));
        assertTrue(out.toString().contains("EXAMPLES"), out::toString);
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 120), out::toString);
        assertFalse(out.toString().contains("${"), out::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--listen 2626 ! --listen is '2626'; HOST:PORT",
                "--fault smtp ! what",
                "--fault connect,refuse ! ",
                "--reply later ! --reply is 'later'",
                "--fraction 0.5 ! --reply is missing",
                "--reply 450 --fraction 2 ! probability",
                "--reply 450 --stage lunch ! stage",
                "--size-max much ! --size-max is 'much'"
            })
    void a_sink_refuses_nonsense_as_well(String words, String said) {
        assertEquals(2, run("sink " + words));
        assertTrue(err.toString().contains(said == null ? "" : said), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void a_sink_keeps_what_it_takes_and_ends_when_it_has_enough(@TempDir Path folder) throws Exception {
        var keep = folder.resolve("kept");
        var pipe = new PipedReader(1 << 16);
        var code = new CompletableFuture<Integer>();
        try (var said = new PrintWriter(new PipedWriter(pipe), true);
                var told = new BufferedReader(pipe)) {
            Thread.ofVirtual()
                    .start(() -> code.complete(Main.commandLine(said, new PrintWriter(err, true))
                            .execute(
                                    "sink",
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--max",
                                    "25",
                                    "--keep",
                                    keep.toString(),
                                    "--fault",
                                    "smtp reply stage=eod code=450 first=5")));
            var ready = told.readLine();
            assertTrue(ready.startsWith("sink ready smtp=127.0.0.1:"), ready);
            assertEquals(0, run("load --quiet --messages 30 --to " + ready.substring(ready.indexOf('=') + 1)));
            assertEquals(0, code.get(60, TimeUnit.SECONDS));
            assertEquals("messages    25", told.readLine());
            assertEquals("recipients  25", told.readLine());
            assertTrue(told.readLine().startsWith("octets      2"));
            assertEquals("connections 20", told.readLine());
            assertTrue(told.readLine().startsWith("fault       5 of 30 times: smtp reply "));
        }
        try (Stream<Path> files = Files.list(keep)) {
            assertEquals(
                    25, files.filter(file -> file.toString().endsWith(".eml")).count());
        }
    }

    /// What a test does with a sink.
    private interface Story {
        void tell(MailSink sink, String at) throws IOException;
    }

    private static void withSink(List<String> faults, Story story) throws IOException {
        var read =
                faults.stream().map(line -> FaultLine.read(line, Instant.EPOCH)).toList();
        var options = new MailSink.Options(Optional.empty(), 1 << 30, 1_000, read);
        try (var machine = new Machine("test-sink", 1);
                var sink = new MailSink(options, machine.group(), machine.time(), machine.alarms()::after)) {
            var at = sink.listen(HostPort.parse("--it", "127.0.0.1:0").anywhere())
                    .join();
            story.tell(sink, Addresses.text(at));
        }
    }

    private int run(String words) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(words.split(" "));
    }
}
