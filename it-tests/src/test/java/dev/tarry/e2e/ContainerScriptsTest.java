package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docker/build` and `it-tests/container-engine` among engines that are not there: programs of those names stand in.
final class ContainerScriptsTest {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    private Path programs;
    private Path state;

    private record Told(int code, String text) {}

    @BeforeEach
    void folders() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: these scripts are for Linux");
        programs = Files.createDirectory(folder.resolve("bin"));
        state = Files.createDirectory(folder.resolve("tarry-it-engine"));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/bash\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Told run(String... words) throws IOException, InterruptedException {
        Path output = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", programs + ":" + environment.getOrDefault("PATH", ""));
        environment.put("XDG_RUNTIME_DIR", folder.toString());
        environment.remove("DOCKER_HOST");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertTrue(
                    process.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS),
                    () -> String.join(" ", words) + " comes to no end");
        } finally {
            process.destroyForcibly();
        }
        return new Told(process.exitValue(), Files.readString(output));
    }

    /// A process that looks as podman's service does, and ends when it is told to.
    private Process service(Path socket) throws IOException {
        Files.writeString(folder.resolve("system"), "read -r");
        return new ProcessBuilder("bash", "-c", "exec -a podman bash system service --time=0 unix://" + socket)
                .directory(folder.toFile())
                .start();
    }

    private void awaitName(Process process) {
        Path words = Path.of("/proc/" + process.pid() + "/cmdline");
        Wait.until("it looks like podman", () -> Files.readString(words).startsWith("podman\0"));
    }

    @Test
    void stop_ends_the_service_of_its_own_socket_only() throws Exception {
        Path socket = state.resolve("podman.sock");
        Path pid = state.resolve("pid");
        Process ours = service(socket);
        Process other = service(folder.resolve("other.sock"));
        Process stranger = new ProcessBuilder("bash", "-c", "read -r").start();
        try {
            awaitName(ours);
            awaitName(other);
            for (Process innocent : List.of(other, stranger)) {
                Files.writeString(pid, innocent.pid() + "\n");
                assertEquals(new Told(0, ""), run("it-tests/container-engine", "stop"));
                assertFalse(Files.exists(pid));
            }
            Files.writeString(pid, ours.pid() + "\n");
            assertEquals(new Told(0, ""), run("it-tests/container-engine", "stop"));
            assertTrue(ours.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertFalse(Files.exists(pid));
            assertTrue(other.isAlive());
            assertTrue(stranger.isAlive());
            assertEquals(new Told(0, ""), run("it-tests/container-engine", "stop"));
        } finally {
            List.of(ours, other, stranger).forEach(Process::destroyForcibly);
        }
    }

    /// What start installs otherwise.
    private void nothingIsMissing() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/usr/lib/cni")), "skipped: there are no CNI plugins here");
        program("docker", "exit 1");
        for (String name : List.of("runc", "debootstrap", "iptables")) {
            program(name, "exit 1");
        }
    }

    @Test
    void start_says_whether_it_has_started_the_service() throws Exception {
        nothingIsMissing();
        Path socket = state.resolve("podman.sock");
        Process before = service(socket);
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            awaitName(before);
            program("podman", "exit 1");
            Files.writeString(state.resolve("pid"), before.pid() + "\n");

            Told found = run("it-tests/container-engine", "start");

            assertEquals(0, found.code(), found::text);
            assertTrue(found.text().startsWith("export DOCKER_HOST=unix://" + socket + " "), found::text);
            assertFalse(found.text().contains("engine_started"), found::text);
            assertTrue(before.isAlive());
        } finally {
            before.destroyForcibly();
        }
        before.waitFor();
        assumeTrue(Program.isHere("python3"), "skipped: there is no python3 here to open a socket");
        program("podman", """
                [ "$*" = 'system service --time=0 unix://%1$s' ] || exit 1
                cd %2$s && printf 'read -r < fifo' > system && mkfifo fifo
                python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' %1$s
                exec -a podman bash "$@\"""".formatted(socket, folder));

        Told started = run("it-tests/container-engine", "start");

        assertEquals(0, started.code(), started::text);
        assertTrue(started.text().startsWith("engine_started=yes\nexport DOCKER_HOST="), started::text);
        long pid = Long.parseLong(Files.readString(state.resolve("pid")).strip());
        assertTrue(ProcessHandle.of(pid).isPresent());
        ProcessHandle service = ProcessHandle.of(pid).orElseThrow();
        Wait.until(
                "it looks like podman",
                () -> Files.readString(Path.of("/proc/" + pid + "/cmdline")).startsWith("podman\0"));
        assertEquals(0, run("it-tests/container-engine", "stop").code());
        Wait.until("it has ended", () -> !service.isAlive());
    }

    @Test
    void an_image_is_built_also_where_the_size_of_its_base_cannot_be_told() throws Exception {
        assumeTrue(
                Files.exists(REPOSITORY.resolve("transport/app/target/tarry/tarry.jar")),
                "skipped: the program is not packaged");
        program("docker", """
                case "$*" in
                  version | build*) exit 0 ;;
                  *some/tag*) echo 300000000 ;;
                  *some/base*) [ -e %s ] && echo 100000000 ;;
                esac""".formatted(folder.resolve("stored")));
        String[] build = {"docker/build", "--packaged", "--base", "some/base", "--tag", "some/tag"};

        Told alone = run(build);

        assumeTrue(!alone.text().contains("no JDK 25 with jlink"), alone::text);
        assertEquals(0, alone.code(), alone::text);
        assertTrue(alone.text().endsWith("build: some/tag: 300 MB\n"), alone::text);
        Files.createFile(folder.resolve("stored"));
        Told stored = run(build);
        assertEquals(0, stored.code(), stored::text);
        assertTrue(
                stored.text().endsWith("build: some/tag: 300 MB, of which 200 MB are tarry and its Java\n"),
                stored::text);
    }
}
