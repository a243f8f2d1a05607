package dev.tarry.time;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// A loop on a platform thread of its own: the live queue loop. A task that throws is reported and does not end the
/// loop.
public final class ThreadLoop implements Loop, AutoCloseable {
    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final CountedExecutor counted;
    private final Thread thread;
    private final Consumer<Throwable> failures;

    /// @param failures gets what a task threw, on the loop
    public ThreadLoop(String name, Ledger ledger, Consumer<Throwable> failures) {
        this.counted = new CountedExecutor(tasks::add, ledger, Ledger.Kind.TASK);
        this.failures = failures;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
        thread.start();
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        counted.execute(task);
    }

    /// As [#execute], but not counted: for what looks at the loop from outside, and no clock need wait for.
    public void uncounted(Runnable task) {
        tasks.add(task);
    }

    /// Tasks that wait; a measure of how far behind the loop is.
    public int backlog() {
        return tasks.size();
    }

    private void run() {
        while (true) {
            Runnable task;
            try {
                task = tasks.take();
            } catch (InterruptedException _) {
                continue;
            }
            if (task == END) {
                return;
            }
            try {
                task.run();
            } catch (Throwable thrown) {
                failures.accept(thrown);
            }
        }
    }

    /// Runs what was handed over before, then ends; waits for that.
    @Override
    public void close() {
        tasks.add(END);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
