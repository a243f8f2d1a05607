package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.time.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadsTest {
    private final List<Runnable> readers = new ArrayList<>();
    private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
    private final List<String> given = new ArrayList<>();
    private final Reads reads = new Reads(readers::add, new Loop() {
        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            loop.add(task);
        }
    });

    private void finish(int reader) {
        readers.get(reader).run();
        while (!loop.isEmpty()) {
            loop.poll().run();
        }
    }

    @Test
    void what_is_found_is_given_in_the_order_of_asking_whichever_is_ready_first() {
        for (String name : List.of("a", "b", "c")) {
            reads.read(() -> name, given::add);
        }
        finish(2);
        finish(1);
        assertEquals(List.of(), given);
        finish(0);
        assertEquals(List.of("a", "b", "c"), given);
    }

    @Test
    void who_fails_to_read_or_to_take_holds_nobody_up() {
        reads.read(
                () -> {
                    throw new IllegalStateException("a drill");
                },
                _ -> given.add("never"));
        reads.read(() -> "b", _ -> {
            throw new IllegalStateException("a drill");
        });
        reads.read(() -> "c", given::add);
        finish(2);
        finish(1);
        assertThrows(IllegalStateException.class, () -> finish(0));
        while (!loop.isEmpty()) {
            loop.poll().run();
        }
        assertEquals(List.of("c"), given);
    }
}
