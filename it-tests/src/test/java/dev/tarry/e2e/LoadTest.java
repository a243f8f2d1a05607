package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tarry load` against `tarry serve`, and `tarry sink`, each a process of its own.
final class LoadTest {
    @Test
    void everything_that_load_sends_through_the_server_reaches_the_labs_hosts(@TempDir Path folder) {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            TarryProcess.Result load = TarryProcess.run(
                    folder.resolve("load"),
                    "load",
                    "--to",
                    server.ready("smtp"),
                    "--messages",
                    "200",
                    "--sessions",
                    "8",
                    "--per-connection",
                    "15",
                    "--seed",
                    "11",
                    "--size",
                    "choice:2KiB=9,200KiB=1",
                    "--recipients",
                    "uniform:1..3",
                    "--domains",
                    "gmail.com,outlook.com",
                    "--fail-on-error");
            assertEquals(0, load.code(), load::err);
            assertTrue(load.out().contains("messages    200: 200 accepted, 0 refused, 0 failed"), load::out);
            int recipients = Integer.parseInt(load.out().replaceAll("(?s).*recipients  (\\d+): .*", "$1"));
            Seen seen = new Seen(server);
            Wait.until("all recipients have their mail", () -> recipients(seen) >= recipients);
            assertEquals(recipients, recipients(seen));
            assertEquals(
                    200,
                    seen.labMail("*").stream()
                            .map(mail -> seen.labContent(mail).replaceAll("(?s).*Message-ID: (\\S+).*", "$1"))
                            .distinct()
                            .count());
            server.stop();
        }
    }

    @Test
    void told_to_end_load_and_sink_end_in_good_order_with_a_summary(@TempDir Path folder) {
        try (TarryProcess sink = TarryProcess.command(folder.resolve("sink"), "sink", "--listen", "127.0.0.1:0")) {
            Wait.until("the sink listens", () -> sink.said().contains("sink ready smtp="));
            String at = sink.said().replaceAll("(?s).*smtp=(\\S+).*", "$1");
            try (TarryProcess load = TarryProcess.command(
                    folder.resolve("load"), "load", "--to", at, "--duration", "1h", "--rate", "200/s")) {
                Wait.until("load tells how far it is", () -> load.said().contains(" accepted "));
                load.stop();
                assertTrue(load.said().contains(", stopped early"), load::said);
                assertTrue(load.said().contains(" 0 refused, 0 failed"), load::said);
                sink.stop();
                assertEquals(figure(load, "messages    (\\d+): "), figure(sink, "messages    (\\d+)"));
            }
        }
    }

    private static int recipients(Seen seen) {
        return seen.labMail("*").stream()
                .mapToInt(mail -> mail.recipients().size())
                .sum();
    }

    private static List<String> figure(TarryProcess process, String pattern) {
        return java.util.regex.Pattern.compile(pattern)
                .matcher(process.said())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
