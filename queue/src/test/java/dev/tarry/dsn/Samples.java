package dev.tarry.dsn;

import dev.tarry.dsn.DsnRequest.Diagnostic;
import dev.tarry.dsn.DsnRequest.Ids;
import dev.tarry.dsn.DsnRequest.OriginalMessage;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.RemoteHost;
import dev.tarry.dsn.DsnRequest.ReportingServer;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Requests that tests start from.
final class Samples {
    static final Instant ARRIVAL = Instant.parse("2026-03-02T09:15:00Z");
    static final Instant EXPIRY = Instant.parse("2026-03-04T09:15:30Z");
    static final Instant LAST_ATTEMPT = Instant.parse("2026-03-04T09:09:30Z");
    static final String DNS_ERROR = "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry";
    static final String SEED_ERROR =
            "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorDnsQueryFailed";

    static final String HEADER = """
            Received: from client.contoso.com (192.0.2.9) by mail.company.com (192.0.2.1)
            \twith Microsoft SMTP Server id 15.2.1544.4; Mon, 2 Mar 2026 09:15:00 +0000
            From: Anna <anna@company.com>
            To: <john.smith@external-company.com>
            Subject: Quarterly figures
            Message-ID: <q1@client.contoso.com>

            """.replace("\n", "\r\n");
    static final String BODY = "The figures are attached.\r\n.\r\n--\r\nAnna\r\n";

    static final Ids IDS = new Ids(
            UUID.fromString("30fe02df-1863-4f99-b615-0dc480e8023d"),
            UUID.fromString("4a18aa08-28cf-409c-9056-8d84c79248b2"),
            UUID.fromString("7c0f4b1e-52d9-4a53-8d0e-6a1d7f0c9b11"));

    private Samples() {}

    static ReportingServer server(ExchangeProfile profile) {
        return ReportingServer.of("mail.company.com", profile, "company.com");
    }

    static OriginalMessage original() {
        return original(HEADER, Optional.empty());
    }

    static OriginalMessage original(String header, Optional<Ret> ret) {
        byte[] octets = header.getBytes(StandardCharsets.UTF_8);
        return new OriginalMessage(
                EmailAddress.of("anna@company.com"),
                true,
                "Quarterly figures",
                "<q1@client.contoso.com>",
                ARRIVAL,
                "client.contoso.com",
                ret,
                Optional.empty(),
                BodyType.SEVEN_BIT,
                false,
                octets,
                octets.length + BODY.length());
    }

    /// From outside, so the postmaster answers.
    static OriginalMessage fromOutside(Optional<Ret> ret) {
        OriginalMessage o = original(HEADER, ret);
        return new OriginalMessage(
                EmailAddress.of("bob@fabrikam.com"),
                false,
                o.subject(),
                o.messageId(),
                o.arrival(),
                o.heloName(),
                o.ret(),
                Optional.of("QQ314159+2B1"),
                o.body(),
                o.smtpUtf8(),
                o.header(),
                o.bytes());
    }

    static OriginalMessage withSubject(String subject) {
        OriginalMessage o = original();
        return new OriginalMessage(
                o.sender(),
                o.internal(),
                subject,
                o.messageId(),
                o.arrival(),
                o.heloName(),
                o.ret(),
                o.envelopeId(),
                o.body(),
                o.smtpUtf8(),
                o.header(),
                o.bytes());
    }

    /// Two days of DNS failures, in the words of each generation.
    static RecipientReport expired(ExchangeProfile profile) {
        String error = profile == ExchangeProfile.SEED ? SEED_ERROR : DNS_ERROR;
        Optional<RemoteHost> domain = Optional.of(new RemoteHost("external-company.com", Optional.empty(), false));
        Reply reply = switch (profile) {
            case E2010, E2013, SEED -> Reply.parse("550 4.4.7 QUEUE.Expired; message expired");
            case E2016, E2019 -> Reply.parse("550 5.4.300 Message expired -> " + error);
        };
        return new RecipientReport(
                EmailAddress.of("john.smith@external-company.com"),
                Optional.of("rfc822;john.smith@external-company.com"),
                reply,
                Optional.of(EXPIRY),
                domain,
                List.of(new Diagnostic(LAST_ATTEMPT, error, domain)));
    }

    /// A remote host's own 550.
    static RecipientReport rejected() {
        return new RecipientReport(
                EmailAddress.of("nobody@gmail.com"),
                Optional.empty(),
                Reply.of(
                        550,
                        "5.1.1 The account does not exist.",
                        "5.1.1 See <https://support.gmail.com/?p=NoSuchUser>"),
                Optional.of(LAST_ATTEMPT),
                Optional.of(new RemoteHost("mx.gmail.com", Optional.of("203.0.113.7"), true)),
                List.of());
    }

    static RecipientReport noSuchDomain() {
        return RecipientReport.local(
                EmailAddress.of("x@no-such.example"),
                Reply.parse("554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain"));
    }

    static DsnRequest request(
            DsnKind kind, ReportingServer server, OriginalMessage original, RecipientReport... recipients) {
        return new DsnRequest(kind, server, original, List.of(recipients), EXPIRY, IDS);
    }

    /// All octets, the original being its header and [#BODY].
    static byte[] octets(Dsn dsn, OriginalMessage original) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Dsn.Part part : dsn.parts()) {
            switch (part) {
                case Dsn.Part.Octets octets -> out.writeBytes(octets.octets());
                case Dsn.Part.WholeOriginal _ -> {
                    out.writeBytes(original.header());
                    out.writeBytes(BODY.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return out.toByteArray();
    }
}
