package dev.tarry.server;

import dev.tarry.mail.Reply;
import dev.tarry.receive.Admission;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The transport service as an operator of Windows sees it: it can be paused, continued, stopped, started and restarted
/// while the process, its lab and its administration go on (reference §12.2).
///
/// ```
/// RUNNING   pause ▷ PAUSED.  stop ▷ STOPPED.  restart ▷ RUNNING, by STOPPED.  start, continue: nothing to do
/// PAUSED    continue ▷ RUNNING.  stop ▷ STOPPED.  restart ▷ RUNNING, by STOPPED.  pause, start: nothing to do
/// STOPPED   start, restart ▷ RUNNING.  stop: nothing to do.  pause, continue: refused, for nothing runs
/// ENDED     all are refused, those too that wait in line: the process ends
/// ```
/// A start that fails leaves it STOPPED. Orders are carried out one after the other in the order in which they
/// came. Any thread; what they do is done on the loops, and nobody is held up.
public final class TransportService {
    private static final Logger LOG = LoggerFactory.getLogger(TransportService.class);

    /// As Windows calls it.
    public static final String NAME = "MSExchangeTransport";

    public static final String DISPLAY_NAME = "Microsoft Exchange Transport";

    /// Orders that may wait for the ones before them; nobody gives so many but by mistake.
    static final int MAX_WAITING = 32;

    private static final Reply NOT_AVAILABLE = Reply.of(421, "4.3.2 Service not available");
    private static final Reply NOT_ACTIVE = Reply.of(421, "4.3.2 Service not active");

    /// How it stands; what lies between two of them is said by the one that it comes from or goes to.
    public enum Status {
        STOPPED("Stopped"),
        START_PENDING("StartPending"),
        STOP_PENDING("StopPending"),
        RUNNING("Running"),
        PAUSED("Paused");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /// As Windows prints it: `StopPending`.
        public String word() {
            return word;
        }
    }

    /// An order that cannot be carried out in this state. The message is for people.
    public static final class Refused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final boolean busy;

        Refused(String message, boolean busy) {
            super(message);
            this.busy = busy;
        }

        /// Whether too many orders wait: later it may be taken.
        public boolean busy() {
            return busy;
        }
    }

    /// What stopping and starting means to the server.
    interface Works {
        /// Ends sessions and deliveries, and closes the queues.
        ///
        /// @param restart whether it is started again at once: clients are turned away then, not refused
        CompletableFuture<Void> stop(boolean restart);

        /// Opens all of it again, as at the start of a process.
        CompletableFuture<Void> start();
    }

    private final Works works;
    private final List<Consumer<Status>> watchers = new CopyOnWriteArrayList<>();
    private final Object orders = new Object();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int waiting;
    /// null until the process ends; what waits in line then is refused
    private CompletableFuture<Void> end;
    private volatile Status status = Status.START_PENDING;

    TransportService(Works works) {
        this.works = works;
    }

    public Status status() {
        return status;
    }

    /// @param watcher told of each new status, on whatever thread makes it so; must be quick
    public void onChange(Consumer<Status> watcher) {
        watchers.add(watcher);
    }

    /// Takes no new sessions and no new mail: clients hear 421. Deliveries and all else go on.
    ///
    /// @return what it is then; fails with [Refused] if it is stopped
    public CompletableFuture<Status> pause() {
        return order(() -> {
            requireStarted("paused");
            become(Status.PAUSED);
            return done();
        });
    }

    /// Takes mail again after a pause.
    ///
    /// @return what it is then; fails with [Refused] if it is stopped
    public CompletableFuture<Status> resume() {
        return order(() -> {
            requireStarted("continued");
            become(Status.RUNNING);
            return done();
        });
    }

    /// Ends sessions (421) and deliveries, closes the queues, and listens no more.
    ///
    /// @return what it is then
    public CompletableFuture<Status> stop() {
        return order(() -> stopped() ? done() : stop(false));
    }

    /// Starts it, as the process does at first: the DNS cache is empty, the queues are read from the store, those in
    /// Retry are tried at once.
    ///
    /// @return what it is then; fails with what kept it from starting, and it is stopped then
    public CompletableFuture<Status> start() {
        return order(() -> stopped() ? begin() : done());
    }

    /// Stops it, if it is not, and starts it. Clients that come meanwhile are told 421.
    ///
    /// @return what it is then; fails as [#start]
    public CompletableFuture<Status> restart() {
        return order(() -> (stopped() ? done() : stop(true))
                .thenCompose(_ -> ended() ? works.stop(false).thenCompose(_ -> refusedAtTheEnd()) : begin()));
    }

    /// The process ends: what is being carried out is finished, what waits in line is refused, and it is stopped for
    /// good.
    CompletableFuture<Void> end() {
        synchronized (orders) {
            if (end == null) {
                // whatever was ordered before has had its turn by then, and did nothing
                end = last.handle((_, _) -> null).thenCompose(_ -> stopped() ? done() : stop(false));
            }
            return end.copy();
        }
    }

    private boolean ended() {
        synchronized (orders) {
            return end != null;
        }
    }

    private static <T> CompletableFuture<T> refusedAtTheEnd() {
        return CompletableFuture.failedFuture(new Refused("the server ends", false));
    }

    /// It has begun for the first time.
    void begun() {
        become(Status.RUNNING);
    }

    /// What its state means to clients.
    Admission admission() {
        return new Admission() {
            @Override
            public Optional<Reply> atConnection() {
                return atMail();
            }

            @Override
            public Optional<Reply> atMail() {
                return switch (status) {
                    case RUNNING -> Optional.empty();
                    case PAUSED -> Optional.of(NOT_ACTIVE);
                    case STOPPED, START_PENDING, STOP_PENDING -> Optional.of(NOT_AVAILABLE);
                };
            }
        };
    }

    private CompletableFuture<Void> stop(boolean restart) {
        become(Status.STOP_PENDING);
        return works.stop(restart).handle((_, failure) -> {
            if (failure != null) {
                LOG.error("the transport service did not stop in good order", failure);
            }
            become(Status.STOPPED);
            return null;
        });
    }

    private CompletableFuture<Void> begin() {
        become(Status.START_PENDING);
        return works.start().whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.error("the transport service cannot start", failure);
            }
            become(failure == null ? Status.RUNNING : Status.STOPPED);
        });
    }

    private boolean stopped() {
        return status == Status.STOPPED;
    }

    private void requireStarted(String what) {
        if (stopped()) {
            throw new Refused("the service " + NAME + " cannot be " + what + ": it is stopped", false);
        }
    }

    private void become(Status next) {
        if (status != next) {
            status = next;
            watchers.forEach(watcher -> watcher.accept(next));
        }
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Status> order(Supplier<CompletableFuture<Void>> order) {
        CompletableFuture<Status> carriedOut;
        synchronized (orders) {
            if (end != null) {
                return refusedAtTheEnd();
            }
            if (waiting >= MAX_WAITING) {
                return CompletableFuture.failedFuture(
                        new Refused(MAX_WAITING + " orders for the service " + NAME + " wait already", true));
            }
            waiting++;
            carriedOut = last.handle((_, _) -> null)
                    .thenCompose(_ -> {
                        synchronized (orders) {
                            waiting--;
                        }
                        return ended() ? refusedAtTheEnd() : order.get();
                    })
                    .thenApply(_ -> status);
            last = carriedOut;
        }
        return carriedOut.copy(); // whoever loses patience with it cancels nothing
    }
}
