package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Notify.Condition;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MessageHeaders;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything that a client can ask for (RFC 3461 §4) with everything that can become of a message: who hears what, as
/// somebody else's reader finds it.
final class NotifyTableTest {
    /// What becomes of the message.
    enum Outcome {
        /// a host says 550
        FAILED,
        /// 48 hours without a host
        EXPIRED,
        /// four hours without a host, so far
        DELAYED,
        /// it is in a mailbox here
        DELIVERED,
        /// a host without DSN has it
        RELAYED,
        /// a host that speaks DSN has it
        PASSED_ON
    }

    /// @param envelopeId and @param originalRecipient as given, and as a report shows them
    private record Asked(
            Optional<Notify> notifyOn,
            Optional<Ret> ret,
            Optional<String> envelopeId,
            Optional<String> envelopeIdShown,
            Optional<String> originalRecipient,
            Optional<String> originalRecipientShown) {
        boolean wants(Condition condition) {
            return notifyOn.map(n -> n.on(condition)).orElse(condition != Condition.SUCCESS);
        }
    }

    private static final String TEXT =
            "From: a@company.com\r\nSubject: hello\r\nMessage-ID: <1@client.example>\r\n" + "\r\nhello\r\n--\r\n.\r\n";

    private static Stream<Asked> everything() {
        List<Optional<Notify>> notifies = new ArrayList<>(List.of(Optional.empty(), Optional.of(Notify.NEVER)));
        for (int bits = 1; bits < 8; bits++) {
            Set<Condition> on = EnumSet.noneOf(Condition.class);
            for (Condition condition : Condition.values()) {
                if ((bits >> condition.ordinal() & 1) == 1) {
                    on.add(condition);
                }
            }
            notifies.add(Optional.of(new Notify(on)));
        }
        List<Optional<Ret>> rets = List.of(Optional.empty(), Optional.of(Ret.FULL), Optional.of(Ret.HDRS));
        String[][] ids = {{null, null}, {"QQ+2B1+3D2", "QQ+1=2"}};
        String[][] originals = {
            {null, null},
            {"rfc822;Bob+2BLists@Dest.example", "rfc822;Bob+Lists@Dest.example"},
            {"utf-8;j\\x{FC}rgen@dest.example", "utf-8;j\\x{FC}rgen@dest.example"}
        };
        Stream.Builder<Asked> all = Stream.builder();
        for (Optional<Notify> notify : notifies) {
            for (Optional<Ret> ret : rets) {
                for (String[] id : ids) {
                    for (String[] original : originals) {
                        all.add(new Asked(
                                notify,
                                ret,
                                Optional.ofNullable(id[0]),
                                Optional.ofNullable(id[1]),
                                Optional.ofNullable(original[0]),
                                Optional.ofNullable(original[1])));
                    }
                }
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void each_sender_hears_what_he_asked_for_and_nothing_else(Outcome outcome) throws Exception {
        int told = 0;
        for (Asked asked : everything().toList()) {
            try {
                told += look(asked, outcome);
            } catch (AssertionError failed) {
                throw new AssertionError(outcome + " with " + asked + ": " + failed.getMessage(), failed);
            }
        }
        // 162 rows: of 9 NOTIFYs, absent and 4 sets want each of failure and delay, 4 sets want success
        assertEquals(
                switch (outcome) {
                    case FAILED, DELAYED -> 18 * 5;
                    case EXPIRED -> 18 * 10;
                    case DELIVERED, RELAYED -> 18 * 4;
                    case PASSED_ON -> 0;
                },
                told);
    }

    private static int look(Asked asked, Outcome outcome) throws Exception {
        QueueBench bench = new QueueBench();
        String to = outcome == Outcome.DELIVERED ? "b@company.com" : "b@gmail.com";
        bench.send(
                TEXT,
                new Envelope(
                        ReversePath.of(EmailAddress.of("a@company.com")),
                        BodyType.SEVEN_BIT,
                        false,
                        asked.ret,
                        asked.envelopeId,
                        List.of(new Recipient(EmailAddress.of(to), asked.notifyOn, asked.originalRecipient))));
        come(bench, outcome);
        List<String> expected = new ArrayList<>();
        switch (outcome) {
            case FAILED -> expect(expected, asked, Condition.FAILURE, "failed");
            case EXPIRED -> {
                expect(expected, asked, Condition.DELAY, "delayed");
                expect(expected, asked, Condition.FAILURE, "failed");
            }
            case DELAYED -> expect(expected, asked, Condition.DELAY, "delayed");
            case DELIVERED -> expect(expected, asked, Condition.SUCCESS, "delivered");
            case RELAYED -> expect(expected, asked, Condition.SUCCESS, "relayed");
            case PASSED_ON -> {}
        }
        List<String> actions = new ArrayList<>();
        for (Leased report : reports(bench)) {
            actions.add(read(bench, report, asked, to));
        }
        assertEquals(expected, actions);
        assertEquals(expected.size(), bench.tracked(Event.DSN).size());
        return actions.size();
    }

    private static void expect(List<String> expected, Asked asked, Condition condition, String action) {
        if (asked.wants(condition)) {
            expected.add(action);
        }
    }

    private static void come(QueueBench bench, Outcome outcome) {
        switch (outcome) {
            case EXPIRED -> bench.pass(Duration.ofHours(48));
            case DELAYED -> bench.pass(Duration.ofHours(4));
            case DELIVERED -> end(bench, "company.com", r -> new Verdict.Stored(r, "b@company.com", ""));
            case FAILED ->
                end(
                        bench,
                        "gmail.com",
                        r -> new Verdict.Failed(r, Reply.of(550, "5.1.1 User unknown"), Source.SMTP, ErrorRecord.NONE));
            case RELAYED -> end(bench, "gmail.com", r -> new Verdict.Delivered(r, Reply.of(250, "OK"), false));
            case PASSED_ON -> end(bench, "gmail.com", r -> new Verdict.Delivered(r, Reply.of(250, "OK"), true));
        }
    }

    private interface Ending {
        Verdict of(Recipient recipient);
    }

    private static void end(QueueBench bench, String domain, Ending ending) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        Recipient to = leased.copy().recipients().getFirst().recipient();
        bench.queues.settle(leased, List.of(ending.of(to)), new Endpoint("Internet", "mx.gmail.com", "203.0.113.7"));
        bench.queues.disconnected(attempt);
        bench.run();
    }

    /// Oldest first.
    private static List<Leased> reports(QueueBench bench) {
        if (bench.view("company.com") == null || bench.view("company.com").messageCount() == 0) {
            return List.of();
        }
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        return bench.lease(attempt, 10);
    }

    /// @return its action
    private static String read(QueueBench bench, Leased report, Asked asked, String to) throws Exception {
        // RFC 3461 §6.1: from nobody, to the sender alone, and it asks for nothing itself but for silence
        assertTrue(report.message().sender().isNull());
        assertEquals(Optional.empty(), report.message().ret());
        assertEquals(Optional.empty(), report.message().envelopeId());
        Recipient only = report.copy().recipients().getFirst().recipient();
        assertEquals(1, report.copy().recipients().size());
        assertEquals("a@company.com", only.address().toString());
        assertEquals(Optional.empty(), only.originalRecipient());

        String octets = bench.store().content(report.message().content());
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("auto-replied", message.getHeader("Auto-Submitted", null));
        assertEquals("<1@client.example>", message.getHeader("In-Reply-To", null));
        MultipartReport parts = assertInstanceOf(MultipartReport.class, message.getContent());
        assertEquals(3, parts.getCount());
        DeliveryStatus status = assertInstanceOf(DeliveryStatus.class, parts.getReport());
        assertEquals(
                asked.envelopeIdShown.orElse(null), status.getMessageDSN().getHeader("Original-Envelope-Id", null));
        assertEquals(1, status.getRecipientDSNCount());
        InternetHeaders of = status.getRecipientDSN(0);
        assertEquals(asked.originalRecipientShown.orElse(null), of.getHeader("Original-Recipient", null));
        assertEquals("rfc822;" + to, of.getHeader("Final-Recipient", null));
        String action = of.getHeader("Action", null);
        boolean failed = action.equals("failed");
        assertEquals(
                switch (action) {
                    case "failed" -> "5";
                    case "delayed" -> "4";
                    default -> "2";
                },
                of.getHeader("Status", null).substring(0, 1));
        assertEquals(action.equals("delayed"), of.getHeader("Will-Retry-Until", null) != null);
        assertEquals(action.equals("relayed") ? "dns;mx.gmail.com" : null, relayedBy(of, action));
        assertEquals(failed, message.getHeader("X-MS-Exchange-Message-Is-Ndr", null) != null);

        // RFC 3461 §4.3: RET is about failures; everything else brings the header alone
        boolean whole = failed && !asked.ret.equals(Optional.of(Ret.HDRS));
        assertEquals(
                whole ? "message/rfc822" : "text/rfc822-headers",
                parts.getBodyPart(2).getContentType());
        if (whole) {
            assertArrayEquals(
                    TEXT.getBytes(StandardCharsets.US_ASCII),
                    parts.getBodyPart(2).getDataHandler().getInputStream().readAllBytes());
        } else {
            MessageHeaders headers = assertInstanceOf(MessageHeaders.class, parts.getReturnedMessage());
            assertEquals("hello", headers.getSubject());
            assertEquals("<1@client.example>", headers.getMessageID());
            assertFalse(octets.contains("hello\r\n--"), "its body is not returned");
        }
        return action;
    }

    private static String relayedBy(InternetHeaders of, String action) {
        String mta = of.getHeader("Remote-MTA", null);
        if (action.equals("delivered") || action.equals("delayed")) {
            assertNull(mta);
        }
        return action.equals("relayed") ? mta : null;
    }
}
