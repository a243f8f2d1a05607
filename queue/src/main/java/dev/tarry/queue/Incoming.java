package dev.tarry.queue;

import dev.tarry.dsn.DsnKind;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ReversePath;
import dev.tarry.mail.Submitter;
import java.time.Duration;
import java.util.Optional;

/// A message as it is handed in: its envelope, and what the receiver read out of the header while it passed.
///
/// @param envelope          who to whom
/// @param internetMessageId the Message-ID with angle brackets; never empty: the receiver adds one to the header where
/// it is missing
/// @param subject           decoded, without controls, at most 1,000 characters; empty if none
/// @param about             the message that this one reports on; absent except for DSNs
/// @param headerBytes       octets of the header as stored (added lines included), up to and with the empty line
/// @param priority          0 High, 1 Normal, 2 Low
/// @param source            where it comes from
/// @param receiving         how long it took to come in, in real time; zero if it came in no session
/// @param submitter         who hands it in
public record Incoming(
        Envelope envelope,
        String internetMessageId,
        String subject,
        Optional<About> about,
        int headerBytes,
        int priority,
        Source source,
        Duration receiving,
        Submitter submitter) {
    /// One of the server's own making.
    public Incoming(
            Envelope envelope,
            String internetMessageId,
            String subject,
            Optional<About> about,
            int headerBytes,
            int priority,
            Source source) {
        this(
                envelope,
                internetMessageId,
                subject,
                about,
                headerBytes,
                priority,
                source,
                Duration.ZERO,
                Submitter.SYSTEM);
    }

    public static final int NORMAL_PRIORITY = 1;
    public static final int MAX_SUBJECT_CHARACTERS = 1_000;

    /// What a report is about.
    ///
    /// @param sender            the reverse-path of the message that it is about
    /// @param internetMessageId that message's
    /// @param reportSender      the report's own From address: sender-address in the log
    /// @param kind              what the report says
    /// @param status            the words that it reports, of its first recipient: recipient-status in the log
    public record About(
            ReversePath sender, String internetMessageId, String reportSender, DsnKind kind, String status) {}

    /// Where a message comes from, as properties and the tracking log show it.
    ///
    /// @param name      MessageSourceName: `SMTP:Default Frontend MAIL`, `DSN`
    /// @param connector connector-id in the log: `MAIL\Default Frontend MAIL`; empty for DSNs
    /// @param trackingSource `SMTP` or `DSN`: the log's source column
    /// @param context   source-context in the log: session id;session start;0
    /// @param clientIp  empty if none
    /// @param clientHostname the HELO name, empty if none
    /// @param serverIp  our end, empty if none
    public record Source(
            String name,
            String connector,
            String trackingSource,
            String context,
            String clientIp,
            String clientHostname,
            String serverIp) {}
}
