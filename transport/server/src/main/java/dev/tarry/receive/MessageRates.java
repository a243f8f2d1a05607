package dev.tarry.receive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Counts the messages of a connector's sources, minute by minute, a source's minute beginning with its first message
/// (reference §6.1: MessageRateLimit). Thread-safe; quick.
final class MessageRates {
    /// Sources that are counted at a time; those that were counted for longest are let go.
    static final int MAX_SOURCES = 20_000;
    static final Duration MINUTE = Duration.ofMinutes(1);

    private record Minute(Instant begun, int messages) {}

    private final Map<String, Minute> sources = new LinkedHashMap<>();

    /// Counts a message in, or says that it is one too many.
    ///
    /// @param now wire time
    /// @return false if a source of it has sent as many as it may; it is not counted then
    synchronized boolean admit(IntakeRules rules, Peer peer, String sender, Instant now) {
        if (rules.messageRateLimit() == Integer.MAX_VALUE || rules.frees(peer)) {
            return true;
        }
        List<String> keys = keys(rules, peer, sender);
        if (keys.stream().anyMatch(key -> messages(key, now) >= rules.messageRateLimit())) {
            return false;
        }
        for (String key : keys) {
            int before = messages(key, now);
            Minute minute = before == 0
                    ? new Minute(now, 1)
                    : new Minute(sources.get(key).begun(), before + 1);
            if (before == 0) {
                sources.remove(key); // its new minute comes last
            }
            sources.put(key, minute);
        }
        while (sources.size() > MAX_SOURCES) {
            sources.remove(sources.keySet().iterator().next());
        }
        return true;
    }

    /// Nobody has an address that is a sender too: the signs tell them apart. Reports have no sender to be counted.
    private static List<String> keys(IntakeRules rules, Peer peer, String sender) {
        List<String> keys = new ArrayList<>(2);
        if (rules.ratePerClient()) {
            keys.add("@" + peer.clientIp());
        }
        if (rules.ratePerSender() && !sender.isEmpty()) {
            keys.add("<" + sender.toLowerCase(Locale.ROOT));
        }
        return keys;
    }

    private int messages(String key, Instant now) {
        Minute minute = sources.get(key);
        return minute == null || !now.isBefore(minute.begun().plus(MINUTE)) ? 0 : minute.messages();
    }
}
