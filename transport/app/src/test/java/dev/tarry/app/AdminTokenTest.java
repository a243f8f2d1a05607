package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.AdminSettings;
import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.time.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {
    private static final String OPEN = "admin.bind=0.0.0.0:8025";

    @TempDir
    private Path folder;

    private final Secrets secrets = new Secrets(new SplittableRandom(1));

    private AdminToken token(String... sets) throws IOException, ConfigException {
        AdminSettings settings =
                Settings.load(Optional.empty(), Map.of(), List.of(sets)).admin();
        return AdminToken.of(settings, folder, secrets);
    }

    @Test
    void on_the_loopback_none_is_wanted_and_none_is_made() throws Exception {
        assertEquals(new AdminToken(Optional.empty(), Optional.empty()), token());
        assertEquals(new AdminToken(Optional.empty(), Optional.empty()), token("admin.bind=[::1]:8025"));
        assertFalse(Files.exists(folder.resolve(AdminToken.FILE)));
    }

    @Test
    void off_the_loopback_one_is_made_at_the_first_start_and_kept_for_its_owner_alone() throws Exception {
        AdminToken first = token(OPEN);
        assertTrue(first.token().orElseThrow().matches("[A-Za-z0-9_-]{43}"));
        Path file = first.file().orElseThrow();
        assertEquals(folder.resolve("admin-token"), file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(first.token().get() + "\n", Files.readString(file));
        assertEquals(first, token(OPEN), "a second start keeps it");
        Files.delete(file);
        assertNotEquals(first, token(OPEN), "a lost one is replaced by another");
    }

    @Test
    void what_a_kill_left_half_written_is_replaced() throws Exception {
        Files.writeString(folder.resolve("admin-token.new"), "half");
        assertEquals(43, token(OPEN).token().orElseThrow().length());
        assertFalse(Files.exists(folder.resolve("admin-token.new")));
    }

    @Test
    void one_that_is_set_is_taken_on_the_loopback_too() throws Exception {
        assertEquals(
                new AdminToken(Optional.of("0123456789abcdef"), Optional.empty()),
                token("admin.token=0123456789abcdef"));
        Path file = Files.writeString(folder.resolve("secret"), "  0123456789abcdef \r\nmore\n");
        assertEquals(
                new AdminToken(Optional.of("0123456789abcdef"), Optional.of(file)), token("admin.tokenFile=" + file));
        assertFalse(Files.exists(folder.resolve(AdminToken.FILE)));
    }

    @Test
    void a_file_that_is_missing_or_holds_no_token_is_named_and_its_words_are_not() throws Exception {
        Path missing = folder.resolve("missing");
        String none = assertThrows(IOException.class, () -> token("admin.tokenFile=" + missing))
                .getMessage();
        assertEquals("admin.tokenFile: " + missing + " does not exist; name a file whose first line is a token", none);
        Path bad = Files.writeString(folder.resolve("bad"), "my password\n");
        String wrong = assertThrows(IOException.class, () -> token("admin.tokenFile=" + bad))
                .getMessage();
        assertEquals(
                "admin.tokenFile: the first line of " + bad
                        + " is no token; write 16 to 512 letters, digits and -._~+/= there",
                wrong);
        Files.writeString(folder.resolve(AdminToken.FILE), "\n");
        assertThrows(IOException.class, () -> token(OPEN), "one that was emptied is not silently replaced");
    }

    @Test
    void one_of_two_sources_is_enough() {
        ConfigException both =
                assertThrows(ConfigException.class, () -> token("admin.token=0123456789abcdef", "admin.tokenFile=x"));
        assertTrue(both.getMessage().contains("admin.tokenFile: is set beside admin.token; set one of them"));
    }
}
