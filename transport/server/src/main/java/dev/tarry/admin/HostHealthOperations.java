package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.send.HostHealth;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// The hosts that the server could not use last, and tries behind the others for a while. Thread-safe.
public final class HostHealthOperations {
    private final HostHealth health;

    public HostHealthOperations(HostHealth health) {
        this.health = health;
    }

    /// By the moment of their last failure: `host`, `address` (as `192.0.2.1`), `port`, `failures` (in a row), `since`,
    /// `last`, `until` (in lab time), `error`.
    ///
    /// @param host only those of this name or IP address, in any case
    public Listing unhealthy(Optional<String> host) {
        return Listing.of(health.list().stream()
                .filter(one -> host.isEmpty()
                        || one.target().host().equalsIgnoreCase(host.get())
                        || one.target().ip().equalsIgnoreCase(host.get()))
                .map(HostHealthOperations::bag)
                .toList());
    }

    private static SequencedMap<String, Object> bag(HostHealth.Unhealthy one) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("host", one.target().host());
        bag.put("address", one.target().ip());
        bag.put("port", one.target().address().getPort());
        bag.put("failures", one.failures());
        bag.put("since", one.since().toString());
        bag.put("last", one.last().toString());
        bag.put("until", one.until().toString());
        bag.put("error", one.words());
        return bag;
    }

    /// Has the server forget all that it remembers of hosts, as a restart does.
    ///
    /// @return how many addresses were unhealthy
    public int forget() {
        return health.forget();
    }

    /// Has it forget one.
    ///
    /// @param host a name or an IP address
    /// @return how many addresses that were
    /// @throws OperationRefused if there was none
    public int forget(String host) {
        int forgotten = health.forget(host);
        if (forgotten == 0) {
            throw new OperationRefused(
                    Reason.UNKNOWN_OBJECT, "no trouble is remembered of " + OperationRefused.quoted(host));
        }
        return forgotten;
    }
}
