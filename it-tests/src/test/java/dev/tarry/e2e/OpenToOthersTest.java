package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ProblemException;
import dev.tarry.client.TarryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An admin API that listens on more than the loopback, as in a container.
final class OpenToOthersTest {
    @Test
    void it_wants_a_token_that_lies_in_the_data_folder_and_is_printed_nowhere(@TempDir Path folder) throws IOException {
        String token;
        try (TarryProcess server = TarryProcess.serve(folder, "--set", "admin.bind=0.0.0.0:8025")) {
            URI admin = URI.create("http://127.0.0.1:" + server.admin().getPort());
            Path file = Path.of(server.ready("tokenFile"));
            assertEquals(folder.resolve("data").resolve("admin-token").toRealPath(), file.toRealPath());
            Wait.until("it says where the token is", () -> server.said().contains(" tokenFile=" + file));
            token = Files.readString(file).strip();
            assertFalse(server.said().contains(token), server::said);
            assertFalse(server.readyJson().contains(token));

            try (TarryClient stranger = new TarryClient(admin);
                    TarryClient guessing = new TarryClient(admin, Optional.of("x".repeat(token.length())));
                    TarryClient operator = new TarryClient(admin, Optional.of(token))) {
                assertTrue(stranger.ready(), "health is for everybody");
                ProblemException refused = assertThrows(ProblemException.class, stranger::clock);
                assertEquals(401, refused.status());
                assertEquals(
                        401,
                        assertThrows(ProblemException.class, guessing::resetLab).status());
                assertTrue(operator.ready());
                operator.freezeClock();
            }

            TarryProcess.Result without = shell(folder.resolve("one"), admin);
            assertEquals(1, without.code());
            assertTrue(without.err().contains("--token-file"), without::err);
            TarryProcess.Result with = shell(folder.resolve("two"), admin, "--token-file", file.toString());
            assertEquals(0, with.code(), with::err);
            TarryProcess.Result bad = shell(folder.resolve("three"), admin, "--token-file", "/nowhere");
            assertEquals(2, bad.code(), bad::err);
            server.stop();
        }
        try (TarryProcess again = TarryProcess.serve(folder, "--set", "admin.bind=0.0.0.0:8025")) {
            URI admin = URI.create("http://127.0.0.1:" + again.admin().getPort());
            try (TarryClient operator = new TarryClient(admin, Optional.of(token))) {
                assertEquals("frozen", operator.clock().mode());
            }
            again.stop();
        }
    }

    private static TarryProcess.Result shell(Path folder, URI admin, String... more) {
        String[] words = new String[5 + more.length];
        System.arraycopy(
                new String[] {"shell", "--server", admin.toString(), "-c", "Get-Queue | Out-Null"}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        return TarryProcess.run(folder, words);
    }
}
