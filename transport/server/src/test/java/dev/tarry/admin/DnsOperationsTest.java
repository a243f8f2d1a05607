package dev.tarry.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tarry.config.Settings;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.Inquiry;
import dev.tarry.dns.LookupSettings;
import dev.tarry.dns.MxResolver;
import dev.tarry.dns.Ourselves;
import dev.tarry.stage.OneThread;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Questions that nobody answers, for the loop that would stands still until a test lets it run.
final class DnsOperationsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final DnsOperations.Question QUESTION =
            new DnsOperations.Question("gmail.com", Optional.of("MX"), true);

    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final OneThread stage = new OneThread();
    private final AtomicInteger begun = new AtomicInteger();

    private DnsOperations operations(Duration patience) {
        MxResolver resolver =
                new MxResolver(stage.world(), LookupSettings.DEFAULTS, Ourselves.UNKNOWN, DnsJournal.NONE);
        return new DnsOperations(
                () -> {
                    begun.incrementAndGet();
                    return DnsServers.of(Settings.defaults().dns());
                },
                () -> null,
                resolver.cache(),
                resolver.inquirer(),
                patience);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void a_question_that_is_given_up_leaves_no_socket_and_no_alarm() {
        DnsServers servers = DnsServers.of(Settings.defaults().dns());
        servers.chosen(servers.external())
                .servers()
                .forEach(server -> stage.wires().datagramHost(server, () -> new ChannelInboundHandlerAdapter()));
        DnsOperations operations = operations(Duration.ZERO);
        OperationRefused refused = assertThrows(OperationRefused.class, () -> operations.resolve(QUESTION));
        assertEquals(OperationRefused.Reason.UNAVAILABLE, refused.reason());
        stage.settle();
        assertEquals(0, stage.wires().open());
        stage.runOut();
        assertEquals(Duration.ZERO, stage.elapsed(), "no alarm was left");
    }

    @Test
    void more_questions_than_may_be_under_way_are_refused_until_one_is_over() throws Exception {
        DnsOperations operations = operations(LONG);
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < DnsOperations.MAX_UNDER_WAY; i++) {
            asking.add(ask(operations));
        }
        await().atMost(GIVE_UP).until(() -> begun.get() == DnsOperations.MAX_UNDER_WAY);
        OperationRefused refused = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThrows(OperationRefused.class, () -> operations.resolve(QUESTION)),
                "it was let in");
        assertEquals(OperationRefused.Reason.BUSY, refused.reason());
        asking.getFirst().interrupt();
        asking.getFirst().join();
        asking.add(ask(operations));
        await().atMost(GIVE_UP).until(() -> begun.get() == DnsOperations.MAX_UNDER_WAY + 1);
        for (Thread thread : asking) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void smart_hosts_are_asked_for_together_and_share_one_patience() throws Exception {
        DnsServers servers = DnsServers.of(Settings.defaults().dns());
        DnsServers.Chosen external = servers.chosen(servers.external());
        external.servers()
                .forEach(server -> stage.wires().datagramHost(server, () -> new ChannelInboundHandlerAdapter()));
        List<String> names = List.of("a.example", "not a name", "b.example", "c.example");

        List<Optional<Inquiry.Hosts>> answers = operations(Duration.ZERO).smartHosts(names, external);
        assertEquals(
                List.of("", "NoSuchDomain", "", ""),
                answers.stream()
                        .map(one -> one.map(h -> h.answer().getClass().getSimpleName())
                                .orElse(""))
                        .toList());
        stage.settle();
        assertEquals(0, stage.wires().open(), "who gives up leaves nothing behind");

        DnsOperations patient = operations(LONG);
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                patient.smartHosts(names, external);
            } catch (OperationRefused _) {
                // interrupted, below
            }
        });
        await().pollInSameThread().until(() -> {
            stage.settle();
            return stage.wires().open() == 3;
        });
        asking.interrupt();
        asking.join();
        stage.settle();
        assertEquals(0, stage.wires().open());
    }

    private static Thread ask(DnsOperations operations) {
        return Thread.ofVirtual().start(() -> {
            try {
                operations.resolve(QUESTION);
            } catch (OperationRefused _) {
                // interrupted, at the end of the test
            }
        });
    }
}
