package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.tarry.config.SettingsBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Every command has a manual page, and every example on it is run as it stands there, by bash.
final class ManualTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /// `tarry` is this build's; where a line leaves out the server or the ports, those of the test take the defaults'
    /// place.
    private static final String TARRY = """
            tarry() {
              local command=$1
              shift
              case "$command $*" in
                serve\\ *--ephemeral*) ;;
                serve\\ *) set -- --ephemeral "$@" ;;
                sink\\ *--listen*) ;;
                sink\\ *) set -- --listen 127.0.0.1:0 "$@" ;;
                load\\ *--to*) ;;
                load\\ *) set -- --to "$SMTP" "$@" ;;
                health\\ *--server* | shell\\ *--server*) ;;
                health\\ * | shell\\ *) set -- --server "$ADMIN" "$@" ;;
              esac
              $STAYS "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
                -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "$CLASSES" dev.tarry.app.Main "$command" "$@"
            }
            eval "$LINE"
            """;

    /// What an example may count on in its folder.
    private static final Map<String, String> FILES = Map.of(
            "tarry.yaml", "server:\n  name: mail.company.com\n",
            "night.ps1", "Reset-Lab -Confirm:$false\nWrite-Output 'Good weather'\n");

    private static Running server;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = Running.start(
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stream<CommandLine> commands(CommandLine from) {
        return Stream.concat(
                Stream.of(from),
                from.getSubcommands().values().stream().distinct().flatMap(ManualTest::commands));
    }

    private static Stream<CommandLine> commands() {
        return commands(Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())))
                .filter(command -> !command.getCommandSpec().usageMessage().hidden());
    }

    private static Stream<Arguments> examples() {
        return commands()
                .map(CommandLine::getCommand)
                .filter(Manual.Documented.class::isInstance)
                .flatMap(command -> ((Manual.Documented) command).manual().examples().stream())
                .map(example -> argumentSet(example.line(), example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_does_what_it_says(Example example, @TempDir Path folder) throws Exception {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path output = Files.createFile(folder.resolve("output"));
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", TARRY)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TARRY_"));
        builder.environment()
                .putAll(Map.of(
                        "SMTP", Addresses.text(server.addresses().smtp()),
                        "ADMIN", "http://" + Addresses.text(server.addresses().admin()),
                        "JAVA",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        "CLASSES", System.getProperty("java.class.path"),
                        "LINE", example.line(),
                        // it takes the shell's place, so that the signal reaches it
                        "STAYS", example.stays() ? "exec" : ""));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (example.stays()) {
                Awaitility.await(example.line())
                        .atMost(PATIENCE)
                        .until(() -> said(output).contains(example.prints().getFirst()) || !process.isAlive());
                process.destroy();
            }
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "no end: " + said(output));
            assertEquals(example.exit(), process.exitValue(), () -> said(output));
            int from = 0;
            for (String piece : example.prints()) {
                int at = said(output).indexOf(piece, from);
                assertTrue(at >= 0, () -> "no '" + piece + "' (there) in\n" + said(output));
                from = at + piece.length();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void every_command_has_a_page_whose_parts_stand_in_the_order_of_manual_pages() {
        List<String> order = List.of(
                "NAME",
                "SYNOPSIS",
                "DESCRIPTION",
                "COMMANDS",
                "OPTIONS",
                "FILES",
                "ENVIRONMENT",
                "EXIT STATUS",
                "EXAMPLES");
        commands().forEach(command -> {
            String name = command.getCommandSpec().qualifiedName();
            assertTrue(command.getCommand() instanceof Manual.Documented, () -> name + " has no manual");
            String page = command.getUsageMessage();
            List<String> headings =
                    page.lines().filter(line -> line.matches("[A-Z][A-Z ]*")).toList();
            assertEquals(order.stream().filter(headings::contains).toList(), headings, page);
            assertTrue(headings.containsAll(List.of("NAME", "SYNOPSIS", "EXIT STATUS", "EXAMPLES")), page);
            assertTrue(page.contains(name + " - "), page);
            assertFalse(page.contains("${"), page);
            assertTrue(
                    page.lines()
                            .filter(line -> !line.contains("$ tarry"))
                            .allMatch(line -> line.length() <= ManualPage.WIDTH_COLUMNS),
                    page);
        });
    }

    @Test
    void an_example_that_says_nothing_of_what_it_prints_is_none() {
        assertThrows(IllegalArgumentException.class, () -> Example.of("Nothing", "tarry help"));
    }

    private static String said(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
