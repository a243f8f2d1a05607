package dev.tarry.lab;

import dev.tarry.lab.mx.MailHosts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lab at the addresses and ports that its world says: every DNS server at its own address, port 53, the mail hosts
/// behind one listener for each port. For a network namespace whose own these addresses are, so that any program in it
/// finds the lab where it would find the world. Thread-safe.
///
/// What strangers send counts in no ledger: time does not wait for them.
final class TrueAddresses {
    private static final Logger log = LoggerFactory.getLogger(TrueAddresses.class);
    private static final int NAMED_MAX = 10;

    private final Listeners listeners;
    private final Map<String, CompletableFuture<?>> opened = new LinkedHashMap<>();

    TrueAddresses(Listeners listeners) {
        this.listeners = listeners;
    }

    /// DNS servers first: where these addresses are not local, the ports of the mail hosts are left alone.
    ///
    /// @return fails with an `IOException` that says which commands would help
    CompletableFuture<Void> open(List<String> servers) {
        var dns = new LinkedHashMap<String, CompletableFuture<?>>();
        servers.forEach(server -> dns.put(server, once(server, () -> listeners.dnsAtTrue(server))));
        return whole(dns).thenCompose(_ -> {
            var mail = new LinkedHashMap<String, CompletableFuture<?>>();
            MailHosts.PORTS.stream()
                    .sorted()
                    .forEach(port -> mail.put("port " + port, once("port " + port, () -> listeners.mailAtTrue(port))));
            return whole(mail);
        });
    }

    private static CompletableFuture<Void> whole(Map<String, CompletableFuture<?>> all) {
        return CompletableFuture.allOf(all.values().toArray(CompletableFuture<?>[]::new))
                .exceptionallyCompose(_ -> CompletableFuture.failedFuture(new IOException(says(all))));
    }

    /// Opens what has come to the world since; what cannot be opened is told in the log.
    void more(List<String> servers) {
        open(servers).whenComplete((_, failure) -> {
            if (failure != null) {
                var cause = failure instanceof CompletionException ? failure.getCause() : failure;
                log.warn("the lab's world has grown, and {}", cause.getMessage());
            }
        });
    }

    private interface Opening {
        CompletableFuture<?> open();
    }

    private synchronized CompletableFuture<?> once(String what, Opening opening) {
        var known = opened.get(what);
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        var fresh = opening.open();
        opened.put(what, fresh);
        return fresh;
    }

    /// All that failed, and what to do about it.
    private static String says(Map<String, CompletableFuture<?>> all) {
        var failed = new ArrayList<String>();
        SequencedSet<String> remedies = new LinkedHashSet<>();
        all.forEach((what, opening) -> {
            if (opening.isCompletedExceptionally()) {
                var cause = opening.handle((_, thrown) -> thrown).join();
                var words = String.valueOf(cause.getMessage());
                failed.add(what);
                remedies.add(remedy(what, words));
            }
        });
        var named = String.join(", ", failed.subList(0, Math.min(NAMED_MAX, failed.size())));
        var rest = failed.size() > NAMED_MAX ? " and " + (failed.size() - NAMED_MAX) + " more" : "";
        return "the lab cannot listen at its world's own addresses (lab.realAddresses): " + named + rest + ". "
                + String.join("; ", remedies.stream().limit(NAMED_MAX).toList());
    }

    private static String remedy(String what, String words) {
        if (words.contains("annot assign")) {
            return "in a network namespace of its own (unshare -n), make it local: ip link set lo up; "
                    + (what.contains(":") ? "ip -6 route" : "ip route") + " add local " + what + " dev lo";
        }
        if (words.contains("ermission denied")) {
            return "ports below 1024 are root's: run it in a namespace of its own (unshare -rn)";
        }
        if (words.contains("already in use")) {
            return "another program listens there: ss -lntup shows which";
        }
        return words;
    }
}
