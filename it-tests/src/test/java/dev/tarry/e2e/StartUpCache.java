package dev.tarry.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How the program is started: with a cache of what a start loads, made once for all of these tests as the
/// launcher makes it, for they start the program more than a hundred times. It takes jars alone, as `mvn
/// verify` has them; where the program comes in folders, or no cache can be made, each start loads
/// everything anew.
final class StartUpCache {
    private static final List<String> COMMON = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-Xmx512m");
    private static final List<String> CLASS_PATH =
            Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    private static final List<String> JARS =
            CLASS_PATH.stream().filter(entry -> entry.endsWith(".jar")).toList();
    private static final Path FILE = Path.of("target", "tarry.aot").toAbsolutePath();
    private static final boolean MADE = make();

    private StartUpCache() {}

    /// @param jvm more options
    static List<String> command(List<String> jvm) {
        List<String> command = new ArrayList<>(COMMON);
        if (MADE) {
            command.addAll(List.of("-XX:AOTCache=" + FILE, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        command.addAll(jvm);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, MADE ? JARS : CLASS_PATH), "dev.tarry.app.Main"));
        return command;
    }

    private static boolean make() {
        if (JARS.stream().noneMatch(jar -> Path.of(jar).getFileName().toString().equals("tarry.jar"))) {
            return false;
        }
        try {
            Files.deleteIfExists(FILE);
            List<String> command = new ArrayList<>(COMMON);
            command.add("-XX:AOTCacheOutput=" + FILE);
            command.addAll(List.of("-cp", String.join(File.pathSeparator, JARS), "dev.tarry.app.Main", "aot-train"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "tarry.aot.log").toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TARRY_"));
            Process training = builder.start();
            training.getOutputStream().close();
            if (!training.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                training.destroyForcibly();
                return false;
            }
            return training.exitValue() == 0 && Files.isRegularFile(FILE);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
