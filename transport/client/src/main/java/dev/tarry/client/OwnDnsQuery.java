package dev.tarry.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A DNS query of the server's own.
///
/// @param id       grows by one with each
/// @param at       when it was over, lab time
/// @param search   all queries of one search for hosts have one number
/// @param asker    `delivery`, or `operator` where a person asked
/// @param nextHop  whose hosts are sought: a domain, or a queue's smart hosts
/// @param server   who was asked; of the cache, who had said so
/// @param protocol `UDP` or `TCP`, what carried the query last
/// @param outcome  `records`, `no_answer` …
/// @param detail   for people
/// @param took     in lab time
/// @param cached   whether the cache had it, and nobody was asked
/// @param detours  what it met on its way, for people
/// @param records  as zone files write their data
public record OwnDnsQuery(
        long id,
        Instant at,
        long search,
        String asker,
        String nextHop,
        String name,
        String type,
        String server,
        int port,
        String protocol,
        String outcome,
        String detail,
        Duration took,
        boolean cached,
        List<String> detours,
        List<String> records) {
    public OwnDnsQuery {
        detours = List.copyOf(detours);
        records = List.copyOf(records);
    }

    static OwnDnsQuery of(Answer a) {
        return new OwnDnsQuery(
                a.count("id"),
                a.moment("at"),
                a.count("search"),
                a.text("asker"),
                a.text("nextHop"),
                a.text("name"),
                a.text("type"),
                a.text("server"),
                Math.toIntExact(a.count("port")),
                a.text("protocol"),
                a.text("outcome"),
                a.text("detail"),
                Duration.ofMillis(a.count("tookMillis")),
                a.flag("cached"),
                a.texts("detours"),
                a.texts("records"));
    }
}
