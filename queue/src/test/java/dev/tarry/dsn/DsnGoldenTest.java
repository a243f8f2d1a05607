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

import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.ReportingServer;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Reports as they were once read and found right, to the byte. What a test made instead lies in `target/golden`.
final class DsnGoldenTest {
    @ParameterizedTest
    @EnumSource(ExchangeProfile.class)
    void an_expired_message_is_reported_in_each_generation_s_words(ExchangeProfile profile) throws IOException {
        same("expired-" + profile.text(), request(DsnKind.FAILURE, server(profile), original(), expired(profile)));
    }

    @ParameterizedTest
    @EnumSource(ExchangeProfile.class)
    void a_remote_host_s_refusal_is_reported_in_each_generation_s_words(ExchangeProfile profile) throws IOException {
        same(
                "rejected-" + profile.text(),
                request(DsnKind.FAILURE, server(profile), fromOutside(Optional.of(Ret.HDRS)), rejected()));
    }

    @ParameterizedTest
    @EnumSource(ExchangeProfile.class)
    void several_recipients_each_have_their_blocks(ExchangeProfile profile) throws IOException {
        same(
                "several-" + profile.text(),
                request(
                        DsnKind.FAILURE,
                        server(profile),
                        fromOutside(Optional.of(Ret.FULL)),
                        expired(profile),
                        rejected(),
                        noSuchDomain()));
    }

    @Test
    void a_delay_is_reported() throws IOException {
        RecipientReport late = expired(ExchangeProfile.E2019);
        same(
                "delay-2019",
                new DsnRequest(
                        new DsnKind.Delay(Samples.EXPIRY),
                        server(ExchangeProfile.E2019),
                        original(),
                        List.of(new RecipientReport(
                                late.address(),
                                late.originalRecipient(),
                                DsnKind.Delay.REPLY,
                                Optional.of(Samples.ARRIVAL.plus(Duration.ofHours(4))),
                                late.remote(),
                                List.of())),
                        Samples.ARRIVAL.plus(Duration.ofMinutes(4 * 60 + 4)),
                        Samples.IDS));
    }

    @Test
    void a_delivery_is_reported() throws IOException {
        same(
                "delivered-2019",
                request(
                        new DsnKind.Delivered(),
                        server(ExchangeProfile.E2019),
                        original(),
                        RecipientReport.local(rejected().address(), Reply.of(250, "2.1.5 Recipient OK"))));
    }

    @Test
    void a_relaying_is_reported() throws IOException {
        same(
                "relayed-2019",
                request(
                        new DsnKind.Relayed(),
                        server(ExchangeProfile.E2019),
                        original(),
                        RecipientReport.local(rejected().address(), Reply.of(250, "2.1.5 Recipient OK"))));
    }

    @Test
    void a_subject_that_is_not_ascii_makes_the_text_utf_8_and_a_report_without_html_has_one_text() throws IOException {
        String subject = "Grüße aus Köln – 三月の数字 📈";
        String header = Samples.HEADER.replace("Quarterly figures", subject);
        DsnRequest.OriginalMessage original = Samples.withSubject(subject);
        ReportingServer textOnly = new ReportingServer(
                "mail.company.com",
                ExchangeProfile.E2019,
                "company.com",
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                List.of());
        same(
                "unicode-2019",
                request(
                        DsnKind.FAILURE,
                        textOnly,
                        new DsnRequest.OriginalMessage(
                                original.sender(),
                                original.internal(),
                                subject,
                                original.messageId(),
                                original.arrival(),
                                original.heloName(),
                                original.ret(),
                                original.envelopeId(),
                                original.body(),
                                original.smtpUtf8(),
                                header.getBytes(StandardCharsets.UTF_8),
                                original.bytes()),
                        expired(ExchangeProfile.E2019)));
    }

    private static void same(String name, DsnRequest request) throws IOException {
        Dsn dsn = DsnWriter.write(request);
        byte[] actual = Samples.octets(dsn, request.original());
        assertEquals(dsn.bytes(), actual.length);
        Path made = Path.of("target", "golden", name + ".eml");
        Files.createDirectories(made.getParent());
        Files.write(made, actual);
        try (InputStream golden = DsnGoldenTest.class.getResourceAsStream(name + ".eml")) {
            byte[] expected = golden == null ? new byte[0] : golden.readAllBytes();
            assertEquals(
                    new String(expected, StandardCharsets.UTF_8), new String(actual, StandardCharsets.UTF_8), name);
            assertArrayEquals(expected, actual);
        }
    }
}
