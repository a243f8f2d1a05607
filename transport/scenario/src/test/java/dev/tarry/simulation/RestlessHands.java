package dev.tarry.simulation;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.server.Plan;
import dev.tarry.time.Chance;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// An operator who cannot leave the settings alone, by seed: one value after the other, now and then all of
/// them back to the defaults.
final class RestlessHands {
    /// What each setting is set to; nothing of it may cost a message.
    private static final Map<String, List<String>> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("transport.queueGlitchRetryCount", List.of("0", "1", "15")),
            Map.entry("transport.queueGlitchRetryInterval", List.of("1s", "30s", "1h")),
            Map.entry("transport.transientFailureRetryCount", List.of("0", "2", "15")),
            Map.entry("transport.transientFailureRetryInterval", List.of("5s", "1m", "2h")),
            Map.entry("transport.outboundConnectionFailureRetryInterval", List.of("1m", "30m", "12h")),
            Map.entry("transport.messageRetryInterval", List.of("1s", "1m", "1h", "1d")),
            Map.entry("transport.expirationSweepInterval", List.of("0s", "1m", "1h")),
            Map.entry("transport.queueMaxIdleTime", List.of("5s", "1m", "1h")),
            Map.entry("transport.maxOutboundConnections", List.of("40", "100", "unlimited")),
            Map.entry("transport.maxPerDomainOutboundConnections", List.of("1", "2", "40")),
            Map.entry("priority.queuingEnabled", List.of("true", "false")),
            Map.entry("priority.maxHighMessageSize", List.of("1KB", "250KB")),
            Map.entry("priority.lowDelayNotificationTimeout", List.of("1h", "8h")),
            Map.entry("priority.maxPerDomainLowConnections", List.of("1", "2")),
            Map.entry("priority.maxPerDomainHighConnections", List.of("1", "3")),
            Map.entry("dns.externalDNSAdapterEnabled", List.of("true", "false")),
            Map.entry("dns.externalDNSServers", List.of("8.8.8.8", "1.1.1.1,9.9.9.9", "192.0.2.53", "")),
            Map.entry("dns.externalDNSProtocolOption", List.of("Any", "UseTcpOnly", "UseUdpOnly")),
            Map.entry("dns.queryTimeout", List.of("1s", "10s")),
            Map.entry("dns.faultTolerance", List.of("Normal", "Lenient")),
            Map.entry("server.profile", List.of("2010", "2013", "2016", "seed")),
            Map.entry("trackingLog.deferPerAttempt", List.of("true", "false")),
            Map.entry("dsn.internalDsnSendHtml", List.of("false", "true")),
            Map.entry("dsn.internalDsnMaxMessageAttachSize", List.of("0", "1KB")),
            Map.entry("receiveConnectors[0].pipeliningEnabled", List.of("true", "false")),
            Map.entry("sendConnectors[Internet].smtpMaxMessagesPerConnection", List.of("1", "3")),
            Map.entry("sendConnectors[Internet].addressSpaces", List.of("SMTP:gmail.com;1", "SMTP:*.com;5,SMTP:*;9")),
            Map.entry("sendConnectors[Internet].errorPolicies", List.of("Default", "DowngradeDnsFailures")),
            Map.entry("acceptedDomains[1].matchSubDomains", List.of("true", "false"))));

    private final RandomGenerator chance;
    private final Settings started = Settings.defaults();
    private final Map<String, String> set = new TreeMap<>();

    RestlessHands(long seed) {
        chance = new Chance(seed).of("operator", 0);
    }

    Duration within(Duration span) {
        return Duration.ofMillis(chance.nextLong(span.toMillis()));
    }

    /// @return what is set; a change that cannot be is refused, and nothing is another than before
    String change(Simulation simulation) {
        Map<String, String> before = Map.copyOf(set);
        String key = List.copyOf(VALUES.keySet()).get(chance.nextInt(VALUES.size()));
        List<String> values = VALUES.get(key);
        if (chance.nextInt(8) == 0) {
            set.clear();
        } else {
            set.put(key, values.get(chance.nextInt(values.size())));
        }
        try {
            Settings next = Settings.load(Optional.empty(), set, Map.of(), List.of());
            simulation.apply(Plan.of(next.runningSince(started), ZoneOffset.UTC));
        } catch (ConfigException e) {
            if (!e.getMessage().contains("more than maxPerDomainOutboundConnections")) {
                throw new AssertionError(e); // each value can be by itself
            }
            set.clear();
            set.putAll(before);
        }
        return set.toString();
    }
}
