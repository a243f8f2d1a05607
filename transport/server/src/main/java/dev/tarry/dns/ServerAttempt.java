package dev.tarry.dns;

import java.net.InetSocketAddress;
import java.time.Duration;

/// One query to one server, as it went.
///
/// @param server   whom
/// @param protocol what carried it last
/// @param question `gmail.com MX`
/// @param outcome  a few printable words: `NOERROR, 5 records`, `SERVFAIL`, `no answer`
/// @param result   the same in one word
/// @param took     in lab time
public record ServerAttempt(
        InetSocketAddress server,
        DnsProtocol protocol,
        String question,
        String outcome,
        DnsOutcome result,
        Duration took) {
    /// `8.8.8.8: no answer (external-company.com MX, UDP, 5.000 s)`.
    @Override
    public String toString() {
        long millis = took.toMillis();
        return server.getAddress().getHostAddress() + ": " + outcome + " (" + question + ", " + protocol + ", "
                + millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1) + " s)";
    }
}
