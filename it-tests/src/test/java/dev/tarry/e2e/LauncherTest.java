package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a checkout of its own, with programs that stand in for Maven and Java: a build is a jar that says
/// which one it is, and what runs tells where it runs from and reads its jar when it is asked to.
final class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("").toAbsolutePath().getParent().resolve("tarry");

    @TempDir
    private Path home;

    private Path programs;
    private Path source;
    private Process running;

    @BeforeEach
    void checkout() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: flock(1) is Linux's");
        Files.copy(LAUNCHER, home.resolve("tarry"));
        executable(home.resolve("tarry"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("transport/app/src/main"));
        source = Files.writeString(home.resolve("transport/app/src/main/Main.java"), "class Main {}");
        programs = home.resolve("transport/app/target/programs");
        script("jdk/bin/java", """
                while [ "$1" != -jar ]; do
                  case $1 in -XX:AOTCacheOutput=*) echo cache > "${1#*=}" ;; esac
                  shift
                done
                jar=$2
                case $3 in
                  serve) echo "$jar"; read -r _; cat "$jar" "${jar%/*}"/lib/*; echo ;;
                  --version) cat "$jar"; echo ;;
                esac
                """);
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        script("bin/mvn", """
                echo build >> builds
                packaged=transport/app/target/tarry
                mkdir -p $packaged/lib
                printf 'build %s' "$(wc -l < builds)" > $packaged/tarry.jar
                printf ', with ours of %s' "$(wc -l < builds)" > $packaged/lib/tarry-queue-0.1.0.jar
                [ -f $packaged/lib/other-1.jar ] || printf ', and others' > $packaged/lib/other-1.jar
                """);
    }

    @AfterEach
    void end() {
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private void script(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        executable(Files.writeString(file, "#!/bin/bash\n" + text));
    }

    private static void executable(Path file) {
        assertTrue(file.toFile().setExecutable(true));
    }

    private Process tarry(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("./tarry"), Stream.of(words)).toList())
                .directory(home.toFile())
                .redirectError(home.resolve("said.txt").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", home.resolve("bin") + ":" + environment.getOrDefault("PATH", ""));
        environment.put("TARRY_JAVA_HOME", home.resolve("jdk").toString());
        environment.remove("TARRY_JAVA_OPTS");
        return builder.start();
    }

    private String said(String... words) throws Exception {
        Process process = tarry(words);
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        assertTrue(process.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> read(home.resolve("said.txt")));
        return text;
    }

    /// Changes the source until the file system shows that it is newer than what was built; its clock may tick slowly.
    private void change(String text) {
        Path built = home.resolve("transport/app/target/tarry/tarry.jar");
        Wait.until("the source is newer", () -> {
            Files.writeString(source, text);
            return Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(built)) > 0;
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(programs)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void what_runs_keeps_its_program_while_another_is_built_and_it_is_gone_when_nothing_runs_from_it()
            throws Exception {
        running = tarry("serve");
        BufferedReader out = running.inputReader();
        Path first = Path.of(out.readLine()).getParent();
        assertEquals(List.of(first), folders());

        change("class Main { int changed; }");
        assertEquals("build 2", said("--version"));
        assertEquals(2, folders().size(), "the server's is still there");

        running.outputWriter().append('\n').flush();
        assertEquals("build 1, and others, with ours of 1", out.readLine());
        assertTrue(running.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS));

        change("class Main { int changedAgain; }");
        assertEquals("build 3", said("--version"));
        assertEquals(1, folders().size());
        assertFalse(Files.exists(first));
    }

    @Test
    void of_two_that_start_at_once_one_builds_and_both_run_it() throws Exception {
        Process one = tarry("--version");
        Process other = tarry("--version");
        for (Process each : List.of(one, other)) {
            assertEquals("build 1", new String(each.getInputStream().readAllBytes()).strip());
            assertTrue(each.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(1, folders().size());
        assertEquals(1, Files.readAllLines(home.resolve("builds")).size());
    }

    @Test
    void what_is_up_to_date_is_neither_built_nor_copied_again() throws Exception {
        assertEquals("build 1", said("--version"));
        List<Path> folder = folders();
        assertEquals("build 1", said("--version"));
        assertEquals(folder, folders());
        assertTrue(Files.exists(folder.getFirst().resolve("tarry.aot")));
    }

    @Test
    void what_maven_has_packaged_by_itself_is_run_without_another_build() throws Exception {
        said("--version");
        Path before = folders().getFirst();
        change("class Main { int changed; }");
        Process maven = new ProcessBuilder("bin/mvn").directory(home.toFile()).start();
        assertEquals(0, maven.waitFor());
        assertEquals("build 2", said("--version"));
        assertEquals(2, Files.readAllLines(home.resolve("builds")).size());
        assertNotEquals(List.of(before), folders());
    }

    @Test
    void a_build_that_fails_leaves_what_is_there() throws Exception {
        assertEquals("build 1", said("--version"));
        script("bin/mvn", "exit 1");
        change("class Main { broken }");
        Process failing = tarry("--version");
        assertTrue(failing.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(1, failing.exitValue());
        assertEquals(1, folders().size());
        assertEquals("build 1", Files.readString(folders().getFirst().resolve("tarry.jar")));
    }
}
