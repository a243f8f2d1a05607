package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.connectivity.ConnectivityFormat;
import dev.tarry.dns.DnsLogFormat;
import dev.tarry.protocol.ProtocolFormat;
import dev.tarry.queue.QueueLogFormat;
import dev.tarry.tracking.TrackingFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The fields in the page about logs are the code's own.
final class LogPageTest {
    private static final Path PAGE = Path.of("LOGS.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";

    @Test
    void the_page_lists_the_fields_of_every_log() throws IOException {
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(PAGE, renewed(Files.readString(PAGE)));
        }
        String text = Files.readString(PAGE);
        assertEquals(renewed(text), text, "LOGS.md is stale; this test with -Dtarry.renew=true writes it anew");
    }

    @Test
    void the_page_names_the_files_and_folders_that_are_the_default() throws IOException {
        String text = Files.readString(PAGE);
        for (String prefix : List.of(
                "MSGTRK",
                new ConnectivityFormat().prefix(),
                new QueueLogFormat().prefix(),
                new DnsLogFormat().prefix(),
                ProtocolFormat.RECEIVE.prefix(),
                ProtocolFormat.SEND.prefix())) {
            assertTrue(text.contains("`" + prefix + "yyyymmddHH-n.LOG`"), prefix);
        }
        String sample = Files.readString(Path.of("../../config/tarry.sample.yaml"));
        for (String folder : List.of(
                "logs/MessageTracking",
                "logs/Hub/Connectivity",
                "logs/Hub/QueueViewer",
                "logs/Hub/ProtocolLog/SmtpReceive",
                "logs/Hub/ProtocolLog/SmtpSend")) {
            assertTrue(text.contains("`" + folder + "`"), folder);
            assertTrue(sample.contains("path: " + folder), folder);
        }
    }

    private static String renewed(String text) {
        Map<String, List<String>> logs = new LinkedHashMap<>();
        logs.put("Message tracking", TrackingFormat.FIELDS);
        logs.put("Connectivity", ConnectivityFormat.FIELDS);
        logs.put("Queues", QueueLogFormat.FIELDS);
        logs.put("DNS", DnsLogFormat.FIELDS);
        logs.put("SMTP receive and send", ProtocolFormat.FIELDS);
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        StringBuilder fields = new StringBuilder();
        logs.forEach((log, names) -> fields.append("\n")
                .append(log)
                .append(": `")
                .append(String.join(", ", names))
                .append("`\n"));
        return text.substring(0, begin) + fields + "\n" + text.substring(text.indexOf(END));
    }
}
