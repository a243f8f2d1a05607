package dev.tarry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.server.TransportService.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// Orders that wait while another is carried out, as slowly as the test wants.
final class TransportServiceTest {
    private final List<String> done = new ArrayList<>();
    private CompletableFuture<Void> stopping = new CompletableFuture<>();
    private final TransportService service = new TransportService(new TransportService.Works() {
        @Override
        public CompletableFuture<Void> stop(boolean restart) {
            done.add(restart ? "stop for a restart" : "stop");
            return stopping.copy();
        }

        @Override
        public CompletableFuture<Void> start() {
            done.add("start");
            return CompletableFuture.completedFuture(null);
        }
    });

    private static void assertRefusedAtTheEnd(CompletableFuture<?> order) {
        assertTrue(order.isDone());
        CompletionException failure = assertThrows(CompletionException.class, order::join);
        TransportService.Refused refused = assertInstanceOf(TransportService.Refused.class, failure.getCause());
        assertEquals("the server ends", refused.getMessage());
        assertFalse(refused.busy());
    }

    @Test
    void at_the_end_what_waits_in_line_is_refused_and_opens_nothing_again() {
        service.begun();
        CompletableFuture<Status> stop = service.stop();
        List<CompletableFuture<Status>> waiting = List.of(service.start(), service.restart(), service.pause());
        CompletableFuture<Void> end = service.end();
        assertRefusedAtTheEnd(service.start());
        assertFalse(end.isDone());
        stopping.complete(null);
        assertTrue(end.isDone());
        assertEquals(Status.STOPPED, stop.join());
        waiting.forEach(TransportServiceTest::assertRefusedAtTheEnd);
        assertEquals(List.of("stop"), done);
        assertEquals(Status.STOPPED, service.status());
    }

    @Test
    void a_restart_in_the_middle_of_which_the_process_ends_does_not_start() {
        service.begun();
        CompletableFuture<Status> restart = service.restart();
        CompletableFuture<Void> end = service.end();
        stopping.complete(null);
        assertRefusedAtTheEnd(restart);
        assertTrue(end.isDone());
        assertEquals(List.of("stop for a restart", "stop"), done, "a restart leaves the ports open");
    }

    @Test
    void the_process_ends_however_many_orders_wait() {
        service.begun();
        service.stop();
        List<CompletableFuture<Status>> waiting = new ArrayList<>();
        for (int i = 0; i < TransportService.MAX_WAITING; i++) {
            waiting.add(service.restart());
        }
        TransportService.Refused refused = assertInstanceOf(
                TransportService.Refused.class,
                assertThrows(CompletionException.class, service.restart()::join).getCause());
        assertTrue(refused.busy());
        CompletableFuture<Void> end = service.end();
        stopping.complete(null);
        end.join();
        waiting.forEach(TransportServiceTest::assertRefusedAtTheEnd);
        assertEquals(List.of("stop"), done);
    }

    @Test
    void ending_twice_is_ending_once() {
        service.begun();
        CompletableFuture<Void> first = service.end();
        CompletableFuture<Void> second = service.end();
        stopping.complete(null);
        first.join();
        second.join();
        assertEquals(List.of("stop"), done);
    }
}
