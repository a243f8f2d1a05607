package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HashPasswordTest {
    private static Optional<String> read(String stdin) throws IOException {
        return ConfigHashPassword.read(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_password_is_the_first_line_of_stdin_blanks_and_all() throws IOException {
        assertEquals(Optional.of("Secret-1"), read("Secret-1"));
        assertEquals(Optional.of("Secret-1"), read("Secret-1\n"));
        assertEquals(Optional.of("Secret-1"), read("Secret-1\r\nmore\n"));
        assertEquals(Optional.of(" pässwörd "), read(" pässwörd \n"));
        assertEquals(Optional.empty(), read(""));
        assertEquals(Optional.empty(), read("\nSecret-1\n"));
        assertEquals(Optional.of("x".repeat(1_024)), read("x".repeat(1_024) + "\n"));
        assertEquals(Optional.empty(), read("x".repeat(1_025) + "\n"));
    }
}
