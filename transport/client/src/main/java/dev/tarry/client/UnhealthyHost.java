package dev.tarry.client;

import java.time.Instant;

/// A host's address that could not be used last: until a moment it is tried behind all others of a next hop, never
/// left out.
///
/// @param host     its name, or an address literal
/// @param address  the IP address that could not be used
/// @param port     where it was dialled
/// @param failures how often in a row, at least once
/// @param since    when it failed first, lab time
/// @param last     when it failed last
/// @param until    when it is tried in its place again
/// @param error    what went wrong, as LastError has it
public record UnhealthyHost(
        String host, String address, int port, int failures, Instant since, Instant last, Instant until, String error) {
    static UnhealthyHost of(Answer a) {
        return new UnhealthyHost(
                a.text("host"),
                a.text("address"),
                Math.toIntExact(a.count("port")),
                Math.toIntExact(a.count("failures")),
                a.moment("since"),
                a.moment("last"),
                a.moment("until"),
                a.text("error"));
    }
}
