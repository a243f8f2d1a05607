package dev.tarry.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The machine that the server runs on: its DNS client, the ports that it can reach, its mail program. Reached by
/// [TarryClient#computer]; as thread-safe. Answers are property bags in the words of the API.
public final class ComputerClient {
    private static final String PATH = "/api/v1/computer";

    private final Http http;

    ComputerClient(Http http) {
        this.http = http;
    }

    /// Name, network adapter and DNS servers: `ComputerName`, `DnsHostName`, `InterfaceAlias`, `Addresses` …
    public SequencedMap<String, Object> network() {
        return http.object("GET", PATH + "/network", Optional.empty()).bag();
    }

    /// Looks a name up as the machine does.
    ///
    /// @param question `name`, and what else the API takes: `type`, `servers`, `cacheOnly` …
    /// @return `Status`, `Server`, `Detail`, `Records` …
    public SequencedMap<String, Object> resolve(Map<String, ?> question) {
        return http.object("POST", PATH + "/resolve", Optional.of(question)).bag();
    }

    /// What the DNS client remembers, a bag for each record, and one for each name that has none.
    public List<SequencedMap<String, Object>> dnsCache() {
        return http.object("GET", PATH + "/dns-cache", Optional.empty()).items().stream()
                .map(Answer::bag)
                .toList();
    }

    /// Has the DNS client forget everything; transport's cache stays.
    public void clearDnsCache() {
        http.object("DELETE", PATH + "/dns-cache", Optional.empty());
    }

    /// Tries whether the machine can reach somebody.
    ///
    /// @param port absent: only an echo request is sent
    /// @param protocol `TCP`, or `UDP` for a DNS question
    public SequencedMap<String, Object> reach(String host, Optional<Long> port, String protocol) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("host", host);
        port.ifPresent(number -> target.put("port", number));
        target.put("protocol", protocol);
        return http.object("POST", PATH + "/reach", Optional.of(target)).bag();
    }

    /// Hands a message in over SMTP, from the machine.
    ///
    /// @param errand `server`, `from`, `recipients`, `content` (Base64) …
    /// @return `Outcome`, `Reply`, `Refused` …
    public SequencedMap<String, Object> hand(Map<String, ?> errand) {
        return http.object("POST", PATH + "/mail", Optional.of(errand)).bag();
    }
}
