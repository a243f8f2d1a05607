package dev.tarry.lab.mx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One session of a mail host, as it was or as far as it has come.
///
/// @param id unique in this run of the lab, rising
/// @param opened lab time
/// @param closed lab time; empty: it goes on
/// @param direction who dialled
/// @param host the lab's host
/// @param address where it is in the lab's world
/// @param port it was dialled at; 0 if nobody knows
/// @param client who is on the other end, as the socket says
/// @param heloName what followed EHLO or HELO; empty: nothing yet
/// @param tlsVersion such as `TLSv1.3`; empty: no TLS
/// @param tlsCipher the suite; empty: no TLS
/// @param user who logged in; empty: nobody
/// @param senders reverse-paths, in order, without doubles, bounded
/// @param recipients accepted forward-paths, in order, without doubles, bounded
/// @param octetsIn what the client sent, behind TLS if there was any
/// @param octetsOut what the host sent
/// @param messages that were kept
/// @param end how it ended: `open`, `quit`, `client` (hung up), `host` (hung up), `reset` (by the host),
///     `tls` (the handshake failed), `broken` (the connection did)
/// @param lines what was said, secrets masked, controls escaped, bounded
/// @param linesLeftOut how many more there were
public record JournaledSession(
        String id,
        Instant opened,
        Optional<Instant> closed,
        Direction direction,
        String host,
        String address,
        int port,
        String client,
        String heloName,
        String tlsVersion,
        String tlsCipher,
        String user,
        List<String> senders,
        List<String> recipients,
        long octetsIn,
        long octetsOut,
        List<Taken> messages,
        String end,
        List<Line> lines,
        long linesLeftOut) {
    /// Who dialled.
    public enum Direction {
        /// the client
        IN,
        /// the host, with a report
        OUT
    }

    /// Whose line it is.
    public enum Speaker {
        CLIENT,
        HOST,
        /// nobody's: a remark of the journal
        NOTE
    }

    /// @param after since the session was opened, lab time
    public record Line(Duration after, Speaker speaker, String text) {
        public Line {
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(speaker, "speaker");
            Objects.requireNonNull(text, "text");
        }
    }

    /// A message that was kept.
    ///
    /// @param id as in [ReceivedMessage]
    /// @param answered whether the host has said so, to the last octet
    public record Taken(String id, boolean answered) {}

    public JournaledSession {
        senders = List.copyOf(senders);
        recipients = List.copyOf(recipients);
        messages = List.copyOf(messages);
        lines = List.copyOf(lines);
    }
}
