package dev.tarry.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFolderTest {
    private static final String PREFIX = "CONNECTLOG";
    private static final Instant NOW = Instant.parse("2026-03-04T10:30:00Z");
    private static final Duration FOR_EVER = Duration.ofDays(10_000);
    private static final int BYTES = 100;

    @TempDir
    Path path;

    private final List<LogFileName> hours = new ArrayList<>();
    private LogFolder folder;

    /// Five files, one an hour, the last of the hour that it is.
    @BeforeEach
    void files() throws IOException {
        folder = new LogFolder(path, PREFIX);
        for (int hour = 6; hour <= 10; hour++) {
            LogFileName name = LogFileName.parse(
                            PREFIX, PREFIX + String.format(Locale.ROOT, "20260304%02d-1.LOG", hour))
                    .orElseThrow();
            Files.write(folder.file(name), new byte[BYTES]);
            hours.add(name);
        }
        Files.write(path.resolve("README.txt"), new byte[BYTES]);
        Files.write(path.resolve("OTHER2026030406-1.LOG"), new byte[BYTES]);
    }

    private List<LogFileName> left() throws IOException {
        assertTrue(Files.exists(path.resolve("README.txt")));
        assertTrue(Files.exists(path.resolve("OTHER2026030406-1.LOG")));
        return List.copyOf(folder.files().keySet());
    }

    @Test
    void what_is_young_and_fits_stays() throws IOException {
        assertEquals(List.of(), folder.deleteOld(NOW, FOR_EVER, 5 * BYTES, null));
        assertEquals(hours, left());
    }

    @Test
    void a_file_goes_when_its_whole_hour_is_older_than_the_age() throws IOException {
        assertEquals(
                List.of(folder.file(hours.get(0)), folder.file(hours.get(1))),
                folder.deleteOld(NOW, Duration.ofMinutes(150), 100 * BYTES, null));
        assertEquals(hours.subList(2, 5), left(), "the third ended 90 minutes ago");
    }

    @Test
    void a_file_goes_at_the_very_moment_at_which_its_hour_is_so_old() throws IOException {
        Duration age = Duration.between(hours.getFirst().end(), NOW);
        folder.deleteOld(NOW, age.plusMillis(1), 100 * BYTES, null);
        assertEquals(hours, left());
        folder.deleteOld(NOW, age, 100 * BYTES, null);
        assertEquals(hours.subList(1, 5), left());
    }

    @Test
    void the_oldest_go_until_the_rest_is_within_the_limit() throws IOException {
        assertEquals(
                List.of(folder.file(hours.get(0)), folder.file(hours.get(1)), folder.file(hours.get(2))),
                folder.deleteOld(NOW, FOR_EVER, 2 * BYTES + BYTES / 2, null));
        assertEquals(hours.subList(3, 5), left());
    }

    @Test
    void the_file_that_is_being_written_never_goes() throws IOException {
        LogFileName current = hours.getFirst();
        folder.deleteOld(NOW, Duration.ZERO, 0, current);
        assertEquals(List.of(current), left());
    }

    @Test
    void nothing_is_deleted_where_there_is_no_folder() throws IOException {
        LogFolder nowhere = new LogFolder(path.resolve("nowhere"), PREFIX);
        assertEquals(List.of(), nowhere.deleteOld(NOW, Duration.ZERO, 0, null));
    }
}
