package dev.tarry.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The table of events is the code's own. To write it anew, run this class's `main` in the module's folder.
final class EventPageTest {
    private static final Path PAGE = Path.of("EVENTS.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";

    @Test
    void the_page_lists_every_event_and_says_which_are_ours() throws IOException {
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(PAGE, renewed(Files.readString(PAGE)));
        }
        String text = Files.readString(PAGE);
        assertEquals(renewed(text), text, "EVENTS.md is stale; this test with -Dtarry.renew=true writes it anew");
    }

    @Test
    void no_two_events_share_an_id() {
        Set<Integer> ids = new HashSet<>();
        Arrays.stream(EventKind.values()).forEach(kind -> ids.add(kind.id()));
        assertEquals(EventKind.values().length, ids.size());
        Arrays.stream(EventKind.values())
                .forEach(kind -> assertEquals(kind, EventKind.of(kind.id()).orElseThrow()));
    }

    private static String renewed(String text) {
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        StringBuilder table = new StringBuilder("\n| id | level | category | when | whose |\n|---|---|---|---|---|\n");
        for (EventKind kind : EventKind.values()) {
            table.append("| ")
                    .append(kind.id())
                    .append(" | ")
                    .append(kind.level().shellName())
                    .append(" | ")
                    .append(kind.category())
                    .append(" | ")
                    .append(kind.meaning())
                    .append(" | ")
                    .append(kind.origin().words())
                    .append(" |\n");
        }
        return text.substring(0, begin) + table + "\n" + text.substring(text.indexOf(END));
    }
}
