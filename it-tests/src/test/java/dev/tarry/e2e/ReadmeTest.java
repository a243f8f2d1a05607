package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The README's commands do what they say: each block that begins with ```sh is run, the test's server in the place
/// of the default one. Every command must end with 0 and say something.
@ExtendWith(SharedServer.class)
final class ReadmeTest {
    private static final Path README = Path.of("").toAbsolutePath().getParent().resolve("README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private static List<String> blocks() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(README));
        List<String> all = new ArrayList<>();
        while (block.find()) {
            all.add(block.group(1));
        }
        return all;
    }

    @Test
    void what_is_shown_can_be_typed(TarryProcess server, @TempDir Path folder) throws Exception {
        for (String name : List.of("bash", "curl", "jq")) {
            assumeTrue(Program.isHere(name), () -> "skipped: there is no " + name + " here");
        }
        List<String> blocks = blocks();
        assertFalse(blocks.isEmpty(), "there are blocks to run");
        for (String block : blocks) {
            Path output = folder.resolve("output.txt");
            String typed = block.replace("http://127.0.0.1:8025", server.admin().toString());
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + typed)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Process bash = builder.start();
            try {
                assertTrue(bash.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS), block);
                String said = Files.readString(output);
                assertEquals(0, bash.exitValue(), () -> block + "\n" + said);
                assertFalse(said.isBlank(), block);
            } finally {
                bash.destroyForcibly();
            }
        }
        server.client().resetLab();
    }
}
