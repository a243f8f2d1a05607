package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What Get-, Stop-, Start-, Restart-, Suspend- and Resume-Service do (reference §12.2). Thread-safe.
public final class ServiceControl {
    /// How long an order may take, in real time: sessions and hosts are given some seconds to end.
    static final Duration LIMIT = Duration.ofMinutes(2);

    /// What may be ordered.
    public enum Verb {
        PAUSE("Takes no new sessions and no new mail (421); deliveries go on (Suspend-Service)."),
        CONTINUE("Takes mail again after a pause (Resume-Service)."),
        STOP("Ends sessions and deliveries, and closes the queues; this API goes on (Stop-Service)."),
        START("Opens the queues anew, with an empty DNS cache, and tries those in Retry (Start-Service)."),
        RESTART("Stops it, and starts it again; clients hear 421 meanwhile (Restart-Service).");

        private final String says;

        Verb(String says) {
            this.says = says;
        }

        /// As it stands in a path: `pause`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// For people: what it does.
        public String says() {
            return says;
        }
    }

    /// A service as this room sees it. Any thread.
    public interface Desk {
        /// `MSExchangeTransport`
        String name();

        /// `Microsoft Exchange Transport`
        String displayName();

        /// As Windows prints it: `Running`, `StopPending`.
        String status();

        /// Where everything that is queued is being redirected to, and why no new mail is taken; empty: nowhere.
        default Optional<String> redirectingTo() {
            return Optional.empty();
        }

        /// @return done when it is carried out; fails with an [OperationRefused] if it cannot be in this state, else
        /// with what kept it from being carried out
        CompletableFuture<Void> order(Verb verb);
    }

    private final Desk desk;

    public ServiceControl(Desk desk) {
        this.desk = desk;
    }

    /// Name, DisplayName, Status and RedirectingTo.
    public SequencedMap<String, Object> service() {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Name", desk.name());
        bag.put("DisplayName", desk.displayName());
        bag.put("Status", desk.status());
        bag.put("RedirectingTo", desk.redirectingTo().orElse(null));
        return bag;
    }

    /// Carries an order out. Where there is nothing to do, as for starting what runs, nothing is done.
    ///
    /// @return the service then
    /// @throws OperationRefused if it cannot be carried out
    public SequencedMap<String, Object> order(Verb verb) {
        try {
            desk.order(verb).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return service();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OperationRefused refused) {
                throw refused;
            }
            throw new OperationRefused(
                    Reason.UNAVAILABLE,
                    "the service " + desk.name() + " cannot " + verb.word() + ": " + message(e.getCause()),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new OperationRefused(
                    Reason.UNAVAILABLE,
                    "the service " + desk.name() + " is still " + desk.status() + " after " + LIMIT.toSeconds()
                            + " seconds; the order stands",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationRefused(Reason.UNAVAILABLE, "the server is stopping", e);
        }
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
