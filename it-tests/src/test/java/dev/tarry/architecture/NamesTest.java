package dev.tarry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import dev.tarry.planted.PlantedHelper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamesTest {
    private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

    /// If a name needs one of these words, the thing isn't understood yet.
    private static final ArchRule NAMES_SAY_SOMETHING =
            noClasses().should().haveNameMatching(".*[^.$](Manager|Helper|Utils?|Impl|Processor)");

    /// Where SMTP is spoken, mail data is a thing (RFC 5321 §2.3.9); elsewhere everything is data.
    private static final ArchRule DATA_IS_SMTPS_WORD = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.tarry.smtp..", "dev.tarry.receive..", "dev.tarry.send..", "dev.tarry.lab.mx..")
            .should()
            .haveNameMatching(".*[^.$]Data");

    @Test
    void no_name_hides_behind_manager_helper_or_the_like() {
        NAMES_SAY_SOMETHING.check(House.SHIPPED);
        DATA_IS_SMTPS_WORD.check(House.SHIPPED);
    }

    @Test
    void the_rule_on_names_sees_what_breaks_it() {
        assertTrue(
                NAMES_SAY_SOMETHING.evaluate(House.planted(PlantedHelper.class)).hasViolation());
        assertTrue(DATA_IS_SMTPS_WORD
                .evaluate(House.planted(PlantedHelper.PlantedData.class))
                .hasViolation());
    }

    @Test
    void every_package_has_a_sign_on_its_door() throws IOException {
        assertTrue(packages(SOURCES).size() > 10);
        assertEquals(
                List.of(),
                packages(SOURCES).stream().filter(NamesTest::hasNoSign).toList());
    }

    @Test
    void a_package_without_a_sign_is_seen(@TempDir Path elsewhere) throws IOException {
        Path room = Files.createDirectories(elsewhere.resolve("module/src/main/java/room"));
        Files.writeString(room.resolve("Thing.java"), "package room;\n");
        assertEquals(
                List.of(room),
                packages(elsewhere).stream().filter(NamesTest::hasNoSign).toList());

        Files.writeString(room.resolve("package-info.java"), "package room;\n");
        assertEquals(
                List.of(room),
                packages(elsewhere).stream().filter(NamesTest::hasNoSign).toList());

        Files.writeString(room.resolve("package-info.java"), "/// What it is for.\npackage room;\n");
        assertEquals(
                List.of(),
                packages(elsewhere).stream().filter(NamesTest::hasNoSign).toList());
    }

    private static boolean hasNoSign(Path folder) {
        try {
            Path sign = folder.resolve("package-info.java");
            return !Files.exists(sign) || !Files.readString(sign).startsWith("///");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> packages(Path root) throws IOException {
        return sources(root).stream().map(Path::getParent).distinct().sorted().toList();
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .sorted()
                    .toList();
        }
    }
}
