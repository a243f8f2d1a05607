package dev.tarry.dsn;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.EnhancedStatus;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Everything that a report is made of. The same request gives the same octets.
///
/// @param kind       what happened
/// @param server     who reports
/// @param original   the message that it is about
/// @param recipients whom it is about, at least one, in the order in which they are shown
/// @param moment     the report's own date, lab time
/// @param ids        fresh and unguessable: a boundary that a sender can foresee lets him forge parts of the report
public record DsnRequest(
        DsnKind kind,
        ReportingServer server,
        OriginalMessage original,
        List<RecipientReport> recipients,
        Instant moment,
        Ids ids) {
    public DsnRequest {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a report is about at least one recipient");
        }
    }

    /// The server and its settings (reference §7.6).
    ///
    /// @param fqdn            its name: letters, digits, `.` and `-`
    /// @param profile         whose words it uses
    /// @param defaultDomain   the default accepted domain
    /// @param postmaster      ExternalPostmasterAddress; absent: `postmaster@` and the default domain
    /// @param authority       who reports, in the machine part; absent: the server's name (…DsnReportingAuthority)
    /// @param sendHtml        whether the text comes as HTML too (…DsnSendHtml)
    /// @param maxAttachBytes  larger originals are returned as headers only; 0: always (…DsnMaxMessageAttachSize)
    /// @param texts           what senders are told instead of Exchange's own sentences (New-SystemMessage)
    public record ReportingServer(
            String fqdn,
            ExchangeProfile profile,
            String defaultDomain,
            Optional<EmailAddress> postmaster,
            Optional<String> authority,
            boolean sendHtml,
            long maxAttachBytes,
            List<CustomText> texts) {
        /// Exchange's default: 10 MB.
        public static final long DEFAULT_MAX_ATTACH_BYTES = 10L * 1024 * 1024;

        public ReportingServer {
            if (!fqdn.matches("[A-Za-z0-9.-]{1,255}")) {
                throw new IllegalArgumentException(
                        "a server's name has 1 to 255 letters, digits, dots and hyphens, not: " + fqdn);
            }
            if (maxAttachBytes < 0) {
                throw new IllegalArgumentException("the size limit of a returned message is 0 or more bytes");
            }
            texts = List.copyOf(texts);
        }

        /// Exchange's defaults for a server of that name.
        public static ReportingServer of(String fqdn, ExchangeProfile profile, String defaultDomain) {
            return new ReportingServer(
                    fqdn,
                    profile,
                    defaultDomain,
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    DEFAULT_MAX_ATTACH_BYTES,
                    List.of());
        }

        /// The text for failures of this status, if the operator has written one.
        Optional<CustomText> text(EnhancedStatus status) {
            return texts.stream().filter(text -> text.status().equals(status)).findFirst();
        }
    }

    /// What the sender of a failed message is told of a recipient, in the operator's own words (reference §7.3).
    ///
    /// @param status the failure that it is about
    /// @param html   HTML that was checked when it was set: it is put into the report as it is
    /// @param plain  the same as lines of plain text
    public record CustomText(EnhancedStatus status, String html, List<String> plain) {
        public CustomText {
            plain = List.copyOf(plain);
        }
    }

    /// What is known of the original.
    ///
    /// @param sender     its reverse-path, to whom the report goes; a message without one is never reported
    /// @param internal   whether that sender is one of ours (decides the report's From)
    /// @param subject    decoded, empty if none
    /// @param messageId  its Message-ID with angle brackets, empty if none
    /// @param arrival    when it was accepted
    /// @param heloName   what the client that handed it in called itself, empty if none
    /// @param ret        RET= of MAIL
    /// @param envelopeId ENVID= of MAIL, still xtext
    /// @param body       BODY= of MAIL
    /// @param smtpUtf8   whether it came with SMTPUTF8
    /// @param header     the octets of its header as stored, ending empty line or not; not to be changed
    /// @param bytes      its whole size
    public record OriginalMessage(
            EmailAddress sender,
            boolean internal,
            String subject,
            String messageId,
            Instant arrival,
            String heloName,
            Optional<Ret> ret,
            Optional<String> envelopeId,
            BodyType body,
            boolean smtpUtf8,
            byte[] header,
            long bytes) {}

    /// One recipient.
    ///
    /// @param address           where the message should have gone
    /// @param originalRecipient ORCPT as given, still xtext
    /// @param reply             what it ended with: gives Status and Diagnostic-Code
    /// @param at                when, shown in the diagnostics; absent where nothing was tried (a local rejection)
    /// @param remote            the last host that was tried
    /// @param earlier           what it met before, newest first; at most [#MAX_EARLIER] are shown
    public record RecipientReport(
            EmailAddress address,
            Optional<String> originalRecipient,
            Reply reply,
            Optional<Instant> at,
            Optional<RemoteHost> remote,
            List<Diagnostic> earlier) {
        public static final int MAX_EARLIER = 5;

        public RecipientReport {
            earlier = List.copyOf(earlier);
        }

        /// A recipient that failed here, without any remote host.
        public static RecipientReport local(EmailAddress address, Reply reply) {
            return new RecipientReport(address, Optional.empty(), reply, Optional.empty(), Optional.empty(), List.of());
        }
    }

    /// What an earlier attempt ended with.
    ///
    /// @param at     when
    /// @param text   the words, on one line
    /// @param remote the host, if one was tried
    public record Diagnostic(Instant at, String text, Optional<RemoteHost> remote) {}

    /// The other end.
    ///
    /// @param name     its name; the next-hop domain where no host was found
    /// @param ip       its address
    /// @param answered whether it said anything: only then does the machine part name it as Remote-MTA
    public record RemoteHost(String name, Optional<String> ip, boolean answered) {}

    /// Values that nobody can guess.
    ///
    /// @param message     the Message-ID's left part
    /// @param report      the boundary of the report
    /// @param alternative the boundary between text and HTML
    public record Ids(UUID message, UUID report, UUID alternative) {}
}
