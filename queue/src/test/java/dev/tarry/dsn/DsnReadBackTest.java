package dev.tarry.dsn;

import static dev.tarry.dsn.Samples.expired;
import static dev.tarry.dsn.Samples.fromOutside;
import static dev.tarry.dsn.Samples.noSuchDomain;
import static dev.tarry.dsn.Samples.original;
import static dev.tarry.dsn.Samples.rejected;
import static dev.tarry.dsn.Samples.request;
import static dev.tarry.dsn.Samples.server;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.dsn.DsnRequest.OriginalMessage;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.ReportingServer;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;

/// What somebody else's reader finds in a report.
final class DsnReadBackTest {
    @Test
    void every_field_is_where_a_reader_looks_for_it() throws Exception {
        DsnRequest request = request(
                DsnKind.FAILURE,
                server(ExchangeProfile.E2013),
                fromOutside(Optional.empty()),
                expired(ExchangeProfile.E2013),
                rejected(),
                noSuchDomain());
        MimeMessage message = Reading.message(request);
        assertEquals("Undeliverable: Quarterly figures", message.getSubject());
        assertEquals("postmaster@company.com", Reading.address(message.getFrom()[0]));
        assertEquals("bob@fabrikam.com", Reading.address(message.getAllRecipients()[0]));
        assertEquals("<30fe02df-1863-4f99-b615-0dc480e8023d@mail.company.com>", message.getMessageID());
        assertEquals("<q1@client.contoso.com>", message.getHeader("In-Reply-To", null));
        assertEquals("<q1@client.contoso.com>", message.getHeader("References", null));
        assertEquals("auto-replied", message.getHeader("Auto-Submitted", null));
        assertEquals("", message.getHeader("X-MS-Exchange-Message-Is-Ndr", null));
        assertEquals(Samples.EXPIRY, message.getSentDate().toInstant());

        MultipartReport report = Reading.report(message);
        DeliveryStatus status = assertInstanceOf(DeliveryStatus.class, report.getReport());
        InternetHeaders whole = status.getMessageDSN();
        assertEquals("dns;mail.company.com", whole.getHeader("Reporting-MTA", null));
        assertEquals("dns;client.contoso.com", whole.getHeader("Received-From-MTA", null));
        assertEquals("Mon, 2 Mar 2026 09:15:00 +0000", whole.getHeader("Arrival-Date", null));
        assertEquals("QQ314159+1", whole.getHeader("Original-Envelope-Id", null));

        assertEquals(3, status.getRecipientDSNCount());
        InternetHeaders first = status.getRecipientDSN(0);
        assertEquals("rfc822;john.smith@external-company.com", first.getHeader("Original-Recipient", null));
        assertEquals("rfc822;john.smith@external-company.com", first.getHeader("Final-Recipient", null));
        assertEquals("failed", first.getHeader("Action", null));
        assertEquals("4.4.7", first.getHeader("Status", null));
        assertEquals("smtp;550 4.4.7 QUEUE.Expired; message expired", first.getHeader("Diagnostic-Code", null));
        assertNull(first.getHeader("Remote-MTA", null));

        InternetHeaders second = status.getRecipientDSN(1);
        assertNull(second.getHeader("Original-Recipient", null));
        assertEquals("5.1.1", second.getHeader("Status", null));
        assertEquals("dns;mx.gmail.com", second.getHeader("Remote-MTA", null));
        assertEquals(
                "smtp;550 5.1.1 The account does not exist. 5.1.1 See <https://support.gmail.com/?p=NoSuchUser>",
                second.getHeader("Diagnostic-Code", null));
        assertEquals("5.4.4", status.getRecipientDSN(2).getHeader("Status", null));
    }

    @Test
    void an_original_is_returned_octet_for_octet() throws Exception {
        DsnRequest request =
                request(DsnKind.FAILURE, server(ExchangeProfile.E2019), original(), expired(ExchangeProfile.E2019));
        assertTrue(DsnWriter.write(request).returnsOriginal());
        Multipart report = Reading.report(Reading.message(request));
        BodyPart returned = report.getBodyPart(2);
        assertTrue(returned.isMimeType("message/rfc822"));
        assertArrayEquals(
                (Samples.HEADER + Samples.BODY).getBytes(StandardCharsets.US_ASCII),
                returned.getDataHandler().getInputStream().readAllBytes());
    }

    @Test
    void an_eight_bit_original_says_so_and_needs_eight_bit_transport() throws Exception {
        OriginalMessage original = with(original(), BodyType.EIGHT_BIT_MIME, 1000);
        DsnRequest request =
                request(DsnKind.FAILURE, server(ExchangeProfile.E2019), original, expired(ExchangeProfile.E2019));
        Dsn dsn = DsnWriter.write(request);
        assertEquals(BodyType.EIGHT_BIT_MIME, dsn.body());
        assertEquals("8bit", Reading.message(request).getHeader("Content-Transfer-Encoding", null));
        assertEquals(BodyType.EIGHT_BIT_MIME, dsn.envelope().body());
        assertTrue(dsn.envelope().sender().isNull());
    }

    @Test
    void headers_alone_are_returned_when_asked_for_or_when_the_whole_is_too_large_or_not_to_be_carried()
            throws Exception {
        ReportingServer server = server(ExchangeProfile.E2019);
        ReportingServer never = new ReportingServer(
                server.fqdn(),
                server.profile(),
                server.defaultDomain(),
                Optional.empty(),
                Optional.empty(),
                true,
                0,
                List.of());
        long limit = server.maxAttachBytes();
        List<DsnRequest> headersOnly = List.of(
                request(DsnKind.FAILURE, server, original(Samples.HEADER, Optional.of(Ret.HDRS)), rejected()),
                request(DsnKind.FAILURE, server, with(original(), BodyType.SEVEN_BIT, limit + 1), rejected()),
                request(DsnKind.FAILURE, server, with(original(), BodyType.BINARY_MIME, 1000), rejected()),
                request(DsnKind.FAILURE, never, original(), rejected()),
                request(new DsnKind.Delay(Samples.EXPIRY), server, original(), rejected()),
                request(new DsnKind.Relayed(), server, original(), rejected()));
        for (DsnRequest request : headersOnly) {
            assertFalse(DsnWriter.write(request).returnsOriginal());
            BodyPart returned = Reading.report(Reading.message(request)).getBodyPart(2);
            assertTrue(returned.isMimeType("text/rfc822-headers"), returned.getContentType());
            assertEquals(
                    Samples.HEADER.strip(),
                    new String(returned.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        assertTrue(DsnWriter.write(
                        request(DsnKind.FAILURE, server, with(original(), BodyType.SEVEN_BIT, limit), rejected()))
                .returnsOriginal());
    }

    @Test
    void only_failures_are_marked_as_ndr_and_2010_does_not_know_the_mark() throws Exception {
        String mark = "X-MS-Exchange-Message-Is-Ndr";
        assertNull(Reading.message(request(DsnKind.FAILURE, server(ExchangeProfile.E2010), original(), rejected()))
                .getHeader(mark, null));
        assertNull(
                Reading.message(request(new DsnKind.Delivered(), server(ExchangeProfile.E2019), original(), rejected()))
                        .getHeader(mark, null));
    }

    @Test
    void a_postmaster_of_its_own_signs_for_senders_outside() throws Exception {
        ReportingServer server = new ReportingServer(
                "mail.company.com",
                ExchangeProfile.E2019,
                "company.com",
                Optional.of(EmailAddress.of("dsn@company.com")),
                Optional.empty(),
                true,
                0,
                List.of());
        DsnRequest outside = request(DsnKind.FAILURE, server, fromOutside(Optional.empty()), rejected());
        assertEquals("dsn@company.com", Reading.address(Reading.message(outside).getFrom()[0]));
        DsnRequest inside = request(DsnKind.FAILURE, server, original(), rejected());
        assertEquals(
                "\"Microsoft Outlook\" <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@company.com>",
                Reading.message(inside).getHeader("From", null));
        assertEquals(DsnWriter.from(server, true), DsnWriter.write(inside).from());
    }

    @Test
    void the_diagnostics_list_the_last_errors_newest_first_and_a_bounded_number() throws Exception {
        RecipientReport base = expired(ExchangeProfile.E2019);
        List<DsnRequest.Diagnostic> many =
                new ArrayList<>(Collections.nCopies(50, base.earlier().getFirst()));
        String text = Reading.plainText(request(
                DsnKind.FAILURE,
                server(ExchangeProfile.E2019),
                original(),
                new RecipientReport(
                        base.address(), base.originalRecipient(), base.reply(), base.at(), base.remote(), many)));
        assertEquals(1 + RecipientReport.MAX_EARLIER, text.split(" returned '", -1).length - 1);
        assertTrue(text.indexOf("9:15:30 AM - Server at external-company.com returned '550 5.4.300")
                < text.indexOf("9:09:30 AM - Server at external-company.com returned '451 4.4.0"));
    }

    @Test
    void an_address_that_is_not_ascii_asks_for_smtputf8_and_stays_seven_bit_in_the_machine_part() throws Exception {
        RecipientReport local = RecipientReport.local(
                EmailAddress.of("jürgen@bücher.example"), Reply.of(550, "5.1.1 unbekannt: jürgen"));
        DsnRequest request = request(DsnKind.FAILURE, server(ExchangeProfile.E2019), original(), local);
        assertFalse(DsnWriter.write(request).smtpUtf8());
        DeliveryStatus status =
                (DeliveryStatus) Reading.report(Reading.message(request)).getReport();
        assertEquals(
                "utf-8;j\\x{FC}rgen@b\\x{FC}cher.example",
                status.getRecipientDSN(0).getHeader("Final-Recipient", null));
        assertEquals(
                "smtp;550 5.1.1 unbekannt: j?rgen", status.getRecipientDSN(0).getHeader("Diagnostic-Code", null));
        assertTrue(Reading.plainText(request).contains("jürgen@bücher.example"));
    }

    @Test
    void a_request_without_recipients_or_a_server_without_a_proper_name_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> request(DsnKind.FAILURE, server(ExchangeProfile.E2019), original()));
        assertThrows(
                IllegalArgumentException.class,
                () -> ReportingServer.of("mail company\r\n", ExchangeProfile.E2019, "company.com"));
    }

    private static OriginalMessage with(OriginalMessage o, BodyType body, long bytes) {
        return new OriginalMessage(
                o.sender(),
                o.internal(),
                o.subject(),
                o.messageId(),
                o.arrival(),
                o.heloName(),
                o.ret(),
                o.envelopeId(),
                body,
                o.smtpUtf8(),
                o.header(),
                bytes);
    }
}
