package dev.tarry.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.shell.print.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptHistoryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$p = ConvertTo-SecureString 'x' -AsPlainText -Force",
                "Set-Mailbox a -PASSWORD x",
                "$token = 'abc'",
                "Send-MailMessage -Credential $c"
            })
    void a_line_that_may_hold_a_secret_is_told(String line) {
        assertTrue(Secrets.mayStandIn(line));
    }

    @Test
    void an_ordinary_line_is_none() {
        assertFalse(Secrets.mayStandIn("Get-Queue | Where-Object {$_.LastError -like '*DNS*'}"));
    }

    @Test
    void the_file_lies_in_the_configuration_folder_unless_it_is_named() {
        Path config = folder.resolve("config");
        assertEquals(
                Optional.of(config.resolve("tarry/shell-history")),
                KeptHistory.file(Map.of("XDG_CONFIG_HOME", config.toString(), "HOME", "/home/x")));
        assertEquals(
                Optional.of(Path.of("/home/x/.config/tarry/shell-history")),
                KeptHistory.file(Map.of("HOME", "/home/x")));
        assertEquals(
                Optional.of(Path.of("/tmp/h")), KeptHistory.file(Map.of("HOME", "/home/x", "TARRY_HISTORY", "/tmp/h")));
        assertEquals(Optional.empty(), KeptHistory.file(Map.of("HOME", "/home/x", "TARRY_HISTORY", "")));
        assertEquals(Optional.empty(), KeptHistory.file(Map.of()));
    }

    @Test
    void file_and_folder_are_the_owners_alone() throws IOException {
        Path file = folder.resolve("a/tarry/shell-history");
        KeptHistory.prepare(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    void a_file_that_others_could_read_is_closed_to_them() throws IOException {
        Path file = Files.writeString(folder.resolve("shell-history"), "Get-Queue\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        KeptHistory.prepare(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("Get-Queue\n", Files.readString(file));
    }

    @Test
    void where_no_file_can_be_made_it_is_said() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        assertThrows(IOException.class, () -> KeptHistory.prepare(inTheWay.resolve("tarry/shell-history")));
    }
}
