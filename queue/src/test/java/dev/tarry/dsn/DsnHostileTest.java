package dev.tarry.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tarry.dsn.DsnRequest.Diagnostic;
import dev.tarry.dsn.DsnRequest.OriginalMessage;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.RemoteHost;
import dev.tarry.dsn.DsnRequest.ReportingServer;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import jakarta.mail.Header;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that a client or a remote host can say, said in the worst way.
final class DsnHostileTest {
    private static final int REQUESTS = 100;

    private static final List<DsnKind> KINDS =
            List.of(DsnKind.FAILURE, new DsnKind.Delay(Samples.EXPIRY), new DsnKind.Delivered(), new DsnKind.Relayed());

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r\nBcc: victim@example.net\r\n",
            "\r\n\r\n<html>",
            "\n",
            "\r",
            "\0",
            "\u001b[2J",
            "\u0085\u2028",
            "\u202e",
            "\ud800",
            "\udc00x",
            "é",
            "三月",
            "📈",
            "<script>alert(1)</script>",
            "\" onmouseover=\"x",
            "&lt;'",
            "=?utf-8?Q?=0D=0ABcc:?=",
            "--4a18aa08-28cf-409c-9056-8d84c79248b2",
            "--",
            ".",
            ";",
            ",",
            "a",
            "word",
            " ",
            "  ",
            "\t",
            "=",
            "=0D=0A",
            "+0D+0A",
            "+ZZ",
            "+",
            "%0d%0a",
            "x".repeat(200),
            "y ".repeat(400),
            "<",
            ">",
            "@",
            "\"",
            "\\",
            "(",
            ")",
            "$" + "{jndi:ldap://x}");

    private static final List<String> HEADER_NAMES = List.of(
            "MIME-Version",
            "From",
            "To",
            "Date",
            "Content-Type",
            "X-MS-Exchange-Message-Is-Ndr",
            "Content-Language",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Subject",
            "Auto-Submitted");

    private static final Pattern FIELD =
            Pattern.compile("[A-Z][A-Za-z-]+: [\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothing_that_anybody_says_can_break_a_report(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < REQUESTS; i++) {
            DsnRequest request = request(random);
            try {
                check(request);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", request " + i + ": " + e, e);
            }
        }
    }

    private static void check(DsnRequest request) throws Exception {
        Dsn dsn = DsnWriter.write(request);
        byte[] octets = Samples.octets(dsn, request.original());
        linesAreProper(octets, dsn);
        String header = new String(octets, 0, dsn.headerBytes(), StandardCharsets.UTF_8);
        assertTrue(header.endsWith("\r\n\r\n") && header.indexOf("\r\n\r\n") == header.length() - 4);

        MimeMessage message = Reading.message(request);
        List<String> names = new ArrayList<>();
        for (Header h : Collections.list(message.getAllHeaders())) {
            names.add(h.getName());
        }
        List<String> allowed = new ArrayList<>(HEADER_NAMES);
        allowed.retainAll(names);
        names.remove("Content-Transfer-Encoding");
        assertEquals(allowed, names);
        assertEquals(dsn.subject(), message.getSubject() == null ? "" : message.getSubject());
        assertEquals(1, message.getFrom().length);
        assertEquals(dsn.messageId(), message.getMessageID());

        DeliveryStatus status =
                assertInstanceOf(DeliveryStatus.class, Reading.report(message).getReport());
        assertEquals(3, Reading.report(message).getCount());
        assertEquals(request.recipients().size(), status.getRecipientDSNCount());
        for (String line : dev.tarry.dsn.DeliveryStatus.of(request).split("\r\n", -1)) {
            assertTrue(line.isEmpty() || FIELD.matcher(line).matches(), line);
        }
        for (int i = 0; i < request.recipients().size(); i++) {
            RecipientReport recipient = request.recipients().get(i);
            InternetHeaders fields = status.getRecipientDSN(i);
            assertEquals(recipient.reply().status().toString(), fields.getHeader("Status", null));
            assertEquals(request.kind().action(), fields.getHeader("Action", null));
            assertEquals(1, fields.getHeader("Diagnostic-Code").length);
            assertEquals(1, fields.getHeader("Final-Recipient").length);
            assertTrue(fields.getHeader("Diagnostic-Code", null)
                    .startsWith("smtp;" + recipient.reply().code()));
        }
        htmlHasOnlyOurTags(Reading.html(request));
    }

    private static void linesAreProper(byte[] octets, Dsn dsn) {
        boolean sevenBit = dsn.body() == BodyType.SEVEN_BIT && !dsn.smtpUtf8();
        int column = 0;
        for (int i = 0; i < octets.length; i++) {
            byte c = octets[i];
            if (c == '\r') {
                assertTrue(i + 1 < octets.length && octets[i + 1] == '\n', "bare CR at " + i);
                column = 0;
                i++;
                continue;
            }
            if (c == '\n' || c == 0 || ++column > 998 || (c < 0 && sevenBit)) {
                fail("octet " + c + " at " + i + ", column " + column);
            }
        }
        assertEquals(0, column);
    }

    private static void htmlHasOnlyOurTags(String html) {
        assertFalse(html.contains("<script") || html.contains("onmouseover=\""), html);
        String without = html.replaceAll(
                "<(?:/?(?:html|body|p|b|font|pre|a)|Head|/head|br)>|<font color=\"#[0-9]{6}\" size=\"[23]\""
                        + " face=\"(?:Arial|Tahoma)\">|<a href=\"mailto:[A-Za-z0-9%._~@!$*+:-]+\">",
                "");
        assertTrue(without.indexOf('<') < 0 && without.indexOf('>') < 0, without);
    }

    private static DsnRequest request(SplittableRandom random) {
        List<RecipientReport> recipients = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<Diagnostic> earlier = new ArrayList<>();
            for (int k = random.nextInt(3); k > 0; k--) {
                earlier.add(new Diagnostic(Samples.LAST_ATTEMPT, text(random), remote(random)));
            }
            recipients.add(new RecipientReport(
                    address(random),
                    maybe(random),
                    new Reply(random.nextInt(400, 600), List.of(text(random), text(random))),
                    random.nextBoolean() ? Optional.of(Samples.EXPIRY) : Optional.empty(),
                    remote(random),
                    earlier));
        }
        // what is returned whole is streamed as it is, so its header is given as headers only
        OriginalMessage original = new OriginalMessage(
                address(random),
                random.nextBoolean(),
                text(random),
                text(random),
                Samples.ARRIVAL,
                text(random),
                Optional.of(Ret.HDRS),
                maybe(random),
                BodyType.SEVEN_BIT,
                false,
                text(random).getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16),
                1000);
        ExchangeProfile profile = ExchangeProfile.values()[random.nextInt(ExchangeProfile.values().length)];
        return new DsnRequest(
                KINDS.get(random.nextInt(KINDS.size())),
                server(profile, text(random)),
                original,
                recipients,
                Samples.EXPIRY,
                Samples.IDS);
    }

    private static ReportingServer server(ExchangeProfile profile, String authority) {
        ReportingServer plain = Samples.server(profile);
        return new ReportingServer(
                plain.fqdn(),
                profile,
                plain.defaultDomain(),
                plain.postmaster(),
                Optional.of(authority),
                true,
                plain.maxAttachBytes(),
                List.of());
    }

    @Test
    void a_header_of_a_megabyte_is_returned_whole_and_shown_in_part() throws Exception {
        String header = "Subject: big\r\n" + "X-Filler: --4a18aa08-28cf-409c-9056-8d84c79248b2\r\n".repeat(20_000)
                + "X-Long: " + "y".repeat(2_000) + "\r\n\r\n";
        DsnRequest request = Samples.request(
                DsnKind.FAILURE,
                Samples.server(ExchangeProfile.E2019),
                Samples.original(header, Optional.of(Ret.HDRS)),
                Samples.rejected());
        check(request);
        assertEquals(
                header.strip(),
                new String(
                                Reading.report(Reading.message(request))
                                        .getBodyPart(2)
                                        .getInputStream()
                                        .readAllBytes(),
                                StandardCharsets.US_ASCII)
                        .strip());
        assertTrue(Reading.plainText(request).length() < 2 * HumanText.MAX_HEADER_BYTES);
    }

    private static Optional<String> maybe(SplittableRandom random) {
        return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
    }

    private static Optional<RemoteHost> remote(SplittableRandom random) {
        return random.nextBoolean()
                ? Optional.of(new RemoteHost(text(random), maybe(random), random.nextBoolean()))
                : Optional.empty();
    }

    private static EmailAddress address(SplittableRandom random) {
        while (true) {
            Optional<EmailAddress> address = random.nextInt(4) == 0
                    ? Optional.of(EmailAddress.of("plain@example.net"))
                    : EmailAddress.parse(text(random) + "@" + text(random));
            if (address.isPresent()) {
                return address.get();
            }
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
