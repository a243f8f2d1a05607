package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Somebody else's program, if it is installed, as a child process.
final class Program implements AutoCloseable {
    /// Below the ports that systems give out by themselves: Linux from 32768 on, others from 49152 on.
    private static final int LOW_PORTS = 20_000;

    private static final int PORTS = 10_000;
    private static final AtomicInteger portsTried = new AtomicInteger();

    private final Process process;
    private final Path output;
    private final Thread reaper;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /// Starts it and waits until it accepts connections on a port of loopback. Where it is not installed the test is
    /// skipped, and says so.
    static Program start(Path folder, String name, String debianPackage, int port, List<String> words) {
        Program running = launch(folder, name, debianPackage, words);
        running.awaitPort(port);
        return running;
    }

    /// Runs it to its end, with something to read. Where it is not installed the test is skipped, and says so.
    ///
    /// @return what it wrote, to standard output and error alike
    static String run(Path folder, String name, String debianPackage, String input, List<String> words) {
        try (Program running = launch(folder, name, debianPackage, words)) {
            running.process.getOutputStream().write(input.getBytes(StandardCharsets.ISO_8859_1));
            running.process.getOutputStream().flush();
            Wait.until(name + " ends", () -> !running.process.isAlive());
            return running.said();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it, and does not wait. Where it is not installed the test is skipped, and says so.
    static Program launch(Path folder, String name, String debianPackage, List<String> words) {
        Optional<Path> program = find(name);
        assumeTrue(
                program.isPresent(),
                () -> "skipped: there is no " + name + " here (Debian has it in the package " + debianPackage + ")");
        List<String> command = new ArrayList<>(List.of(program.orElseThrow().toString()));
        command.addAll(words);
        try {
            Path output = folder.resolve(name + ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Program(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether it is installed.
    static boolean isHere(String name) {
        return find(name).isPresent();
    }

    private static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin";
        return Stream.concat(Arrays.stream(path.split(":")), Stream.empty())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void awaitPort(int port) {
        Wait.until("port " + port + " accepts", () -> {
            assertTrue(process.isAlive(), () -> "it ended at once: " + said());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return true;
            } catch (IOException _) {
                return false;
            }
        });
    }

    /// What it wrote so far, to standard output and error alike.
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// A port of loopback that nobody has, for TCP and UDP, and that no system gives to whoever asks for any: it is
    /// still free when the test's program begins to listen there. Each call gives another.
    static int freePort() {
        long first = ProcessHandle.current().pid() * 50; // builds side by side begin apart
        for (int tries = 0; tries < PORTS; tries++) {
            int port = LOW_PORTS + (int) ((first + portsTried.getAndIncrement()) % PORTS);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket _ = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException _) {
                // somebody has it
            }
        }
        throw new IllegalStateException("no port is free from " + LOW_PORTS + " on");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException _) {
            // the JVM is ending
        }
    }
}
