package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/// A container engine, if one answers, and the image that `docker/build` makes on it, under a name that nobody else
/// has. What a test made is removed at the end. Where anything cannot be had, the test is skipped and says why.
final class Engine implements AutoCloseable {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    private static final Path PROGRAM = REPOSITORY.resolve("transport/app/target/tarry/tarry.jar");

    /// An image is built in a minute, a base in two, on a machine that has nothing else to do.
    private static final long PATIENCE_MINUTES = 15;

    private final String name;

    private Engine(String name) {
        this.name = name;
    }

    /// @param folder where what the scripts say is kept
    /// @param name   of the image and of all else
    static Engine withImage(Path folder, String name) throws IOException, InterruptedException {
        need(
                DockerClientFactory.instance().isDockerAvailable(),
                () -> "no container engine answers (it-tests/container-engine start brings one up on Debian, as root)");
        need(
                Files.exists(PROGRAM),
                () -> "the program is not packaged (" + PROGRAM + "); mvn verify and ./tarry do that");
        Path base = folder.resolve("base.txt");
        need(
                run(base, List.of("it-tests/container-engine", "base")),
                () -> "there is no base image: " + read(base).strip());
        Path built = folder.resolve("build.txt");
        List<String> words = List.of(
                "docker/build",
                "--packaged",
                "--base",
                read(base).lines().toList().getLast(),
                "--tag",
                name);
        assertTrue(run(built, words), () -> "docker/build failed:\n" + read(built));
        System.out.println(read(built).lines().toList().getLast());
        return new Engine(name);
    }

    /// Maven's log does not tell why a test was skipped.
    private static void need(boolean there, Supplier<String> why) {
        if (!there) {
            System.out.println("The image is not tested: " + why.get());
        }
        assumeTrue(there, () -> "skipped: " + why.get());
    }

    /// Of docker's own kind.
    DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    /// Of the volume; the image's begins with it.
    String name() {
        return name;
    }

    String image() {
        return name + ":latest";
    }

    /// @return whether it ended with 0; its words are in the file
    private static boolean run(Path said, List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            process.getOutputStream().close();
            assertTrue(
                    process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES),
                    () -> String.join(" ", words) + " comes to no end:\n" + read(said));
            return process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        try {
            client().removeVolumeCmd(name).exec();
        } catch (NotFoundException _) {
            // the test did not come so far
        }
        client().removeImageCmd(image()).withForce(true).exec();
    }
}
