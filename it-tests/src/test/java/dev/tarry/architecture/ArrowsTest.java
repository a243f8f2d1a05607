package dev.tarry.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import dev.tarry.client.planted.LooksAtTheShell;
import dev.tarry.config.planted.LooksAtMail;
import dev.tarry.lab.planted.LooksAtTheServer;
import dev.tarry.planted.HasNoRoom;
import dev.tarry.queue.planted.CallsTransport;
import dev.tarry.receive.planted.LooksAtTheLab;
import dev.tarry.shell.planted.LooksAtTheQueue;
import dev.tarry.store.planted.OpensASocket;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ArrowsTest {
    private static final Map<String, ArchRule> RULES = new TreeMap<>(Map.of(
            "config knows nobody", Arrows.CONFIG_KNOWS_NOBODY,
            "the queue never calls transport", Arrows.THE_QUEUE_NEVER_CALLS_TRANSPORT,
            "the server knows no lab", Arrows.THE_SERVER_KNOWS_NO_LAB,
            "the lab is a stranger", Arrows.THE_LAB_IS_A_STRANGER,
            "client and shell speak HTTP only", Arrows.CLIENT_AND_SHELL_SPEAK_HTTP_ONLY,
            "the client knows no shell", Arrows.THE_CLIENT_KNOWS_NO_SHELL,
            "every class has a room", Arrows.EVERY_CLASS_HAS_A_ROOM,
            "rooms have no circles", Arrows.ROOMS_HAVE_NO_CIRCLES,
            "the store knows no Netty", Arrows.THE_STORE_KNOWS_NO_NETTY,
            "only the store knows which store it is", Arrows.ONLY_THE_STORE_KNOWS_WHICH_STORE_IT_IS));

    private static final Map<ArchRule, Class<?>[]> BREAKERS = Map.of(
            Arrows.CONFIG_KNOWS_NOBODY, new Class<?>[] {LooksAtMail.class},
            Arrows.THE_QUEUE_NEVER_CALLS_TRANSPORT, new Class<?>[] {CallsTransport.class},
            Arrows.THE_SERVER_KNOWS_NO_LAB, new Class<?>[] {LooksAtTheLab.class},
            Arrows.THE_LAB_IS_A_STRANGER, new Class<?>[] {LooksAtTheServer.class},
            Arrows.CLIENT_AND_SHELL_SPEAK_HTTP_ONLY, new Class<?>[] {LooksAtTheQueue.class},
            Arrows.THE_CLIENT_KNOWS_NO_SHELL, new Class<?>[] {LooksAtTheShell.class},
            Arrows.EVERY_CLASS_HAS_A_ROOM, new Class<?>[] {HasNoRoom.class},
            Arrows.ROOMS_HAVE_NO_CIRCLES, new Class<?>[] {LooksAtTheLab.class, LooksAtTheServer.class},
            Arrows.THE_STORE_KNOWS_NO_NETTY, new Class<?>[] {OpensASocket.class},
            Arrows.ONLY_THE_STORE_KNOWS_WHICH_STORE_IT_IS, new Class<?>[] {LooksAtTheQueue.class});

    @Test
    void all_modules_are_looked_at() {
        for (String room : new String[] {"config", "queue", "smtp", "lab.dns", "client", "shell.syntax", "app"}) {
            assertTrue(
                    House.SHIPPED.stream().anyMatch(one -> one.getPackageName().equals("dev.tarry." + room)), room);
        }
        assertFalse(House.SHIPPED.stream().anyMatch(one -> one.getPackageName().endsWith(".planted")));
    }

    @TestFactory
    Iterable<DynamicTest> the_arrows_run_one_way() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(House.SHIPPED)))
                .toList();
    }

    @TestFactory
    Iterable<DynamicTest> each_of_these_rules_sees_what_breaks_it() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertTrue(rule.getValue()
                                .evaluate(House.planted(BREAKERS.get(rule.getValue())))
                                .hasViolation())))
                .toList();
    }
}
