package dev.tarry.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import dev.tarry.planted.AsksTheSystem;
import dev.tarry.planted.IsGiven;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class GivenTest {
    private static final Map<String, ArchRule> RULES = new TreeMap<>(Map.of(
            "only the source asks the system", Given.ONLY_THE_SOURCE_ASKS_THE_SYSTEM,
            "no alarms of Netty's", Given.NO_ALARMS_OF_NETTYS,
            "no time-out handlers", Given.NO_TIME_OUT_HANDLERS,
            "no connect time-out", Given.NO_CONNECT_TIME_OUT,
            "no static state", Given.NO_STATIC_STATE,
            "only the rim writes to the terminal", Given.ONLY_THE_RIM_WRITES_TO_THE_TERMINAL,
            "only the door ends the process", Given.ONLY_THE_DOOR_ENDS_THE_PROCESS));

    @TestFactory
    Iterable<DynamicTest> time_chance_and_the_process_are_given() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(House.SHIPPED)))
                .toList();
    }

    @TestFactory
    Iterable<DynamicTest> each_of_these_rules_sees_what_breaks_it_and_nothing_else() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                    assertTrue(rule.getValue()
                            .evaluate(House.planted(AsksTheSystem.class))
                            .hasViolation());
                    assertFalse(rule.getValue()
                            .evaluate(House.planted(IsGiven.class))
                            .hasViolation());
                }))
                .toList();
    }

    /// One violation a method: no way of asking is overlooked.
    @Test
    void every_way_of_asking_the_system_is_seen() {
        List<String> broken = Given.ONLY_THE_SOURCE_ASKS_THE_SYSTEM
                .evaluate(House.planted(AsksTheSystem.class))
                .getFailureReport()
                .getDetails();

        for (var method : AsksTheSystem.class.getDeclaredMethods()) {
            if (method.getName().startsWith("asks")) {
                assertEquals(
                        1,
                        broken.stream()
                                .filter(line -> line.contains("." + method.getName() + "("))
                                .count(),
                        method.getName());
            }
        }
    }
}
