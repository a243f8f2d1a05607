package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ServiceClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an organization's own people may send, and what they may get: Set-TransportConfig's limits on a running server.
final class OrganizationLimitsTest {
    /// Of "Secret-1", as `tarry config hash-password` prints it.
    private static final String HASH =
            "SCRAM-SHA-256$4096:LsBseHqBD23rP8gg6/y90Q==$41UiF39dXOVvk6rLZN85eAIF5smW03eTY5XbnI+fD4Q=:"
                    + "zQi/wqLchFdSRDzCGiXabyQfwBBsxpWVwGzKzutbUSY=";

    private static final String CONFIG = """
            users:
              - {name: ann, password: "%s"}
            receiveConnectors:
              - {name: Default Frontend MAIL, bind: "127.0.0.1:0"}
              - name: Client Frontend MAIL
                bind: 127.0.0.1:0
                authMechanism: BasicAuth
                permissionGroups: ExchangeUsers
                anonymousRelayRanges: []
                authPlainEnabled: true
            """.formatted(HASH);

    private static final int MEGABYTES = 11;

    private static byte[] large() {
        String line = "x".repeat(1022) + "\r\n";
        return ("Subject: large\r\n\r\n" + line.repeat(MEGABYTES * 1024)).getBytes(StandardCharsets.US_ASCII);
    }

    private static SmtpDialogue loggedIn(TarryProcess server) throws IOException {
        SmtpDialogue client = SmtpDialogue.dial(server.submission());
        client.ok("EHLO client.example");
        String secret = Base64.getEncoder().encodeToString("\0ann\0Secret-1".getBytes(StandardCharsets.US_ASCII));
        String said = client.command("AUTH PLAIN " + secret);
        assertTrue(said.startsWith("235"), said);
        return client;
    }

    private static void undeliverable(Seen seen, String address, String diagnostic) throws Exception {
        MultipartReport report = assertInstanceOf(
                MultipartReport.class, Seen.mime(seen.oneReport(address)).getContent());
        DeliveryStatus status = assertInstanceOf(DeliveryStatus.class, report.getReport());
        assertEquals("failed", status.getRecipientDSN(0).getHeader("Action", null));
        assertEquals(diagnostic.substring(4, 9), status.getRecipientDSN(0).getHeader("Status", null));
        assertEquals("smtp;" + diagnostic, status.getRecipientDSN(0).getHeader("Diagnostic-Code", null));
        assertTrue(report.getBodyPart(2).isMimeType("text/rfc822-headers"), "what is large does not come back whole");
    }

    private static void failed(Seen seen, String recipient, String diagnostic) {
        List<SequencedMap<String, Object>> fails = seen.eventsTo(recipient).stream()
                .filter(event -> event.get("EventId").equals("FAIL"))
                .toList();
        assertEquals(1, fails.size(), fails::toString);
        assertTrue(String.valueOf(fails.getFirst().get("RecipientStatus")).contains(diagnostic), fails::toString);
    }

    @Test
    void ten_megabytes_bind_who_has_logged_in_and_who_gets_mail_here_and_nobody_else(@TempDir Path folder)
            throws Exception {
        Path config = Files.writeString(folder.resolve("tarry.yaml"), CONFIG);
        try (TarryProcess server = TarryProcess.serve(folder.resolve("server"), "--config", config.toString())) {
            Seen seen = new Seen(server);
            ServiceClient service = server.client().service();
            Map<String, Object> limits = service.transportConfig().properties();
            assertEquals("10 MB (10,485,760 bytes)", limits.get("MaxSendSize"));
            assertEquals("10 MB (10,485,760 bytes)", limits.get("MaxReceiveSize"));
            assertEquals(500L, limits.get("MaxRecipientEnvelopeLimit"));

            String sendSize = "550 5.2.3 RESOLVER.RST.SendSizeLimit.Org; message too large for this organization";
            try (SmtpDialogue client = loggedIn(server)) {
                assertTrue(client.transaction("ann@company.com", large(), "big@gmail.com")
                        .startsWith("250 2.6.0"));
            }
            undeliverable(seen, "ann@company.com", sendSize);
            failed(seen, "big@gmail.com", sendSize);
            assertEquals(0, seen.labMail("big@gmail.com").size());

            // the same from somebody who has not logged in: it passes through, and stops at a mailbox here
            String recipSize = "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient";
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                assertTrue(client.transaction("stranger@company.com", large(), "through@gmail.com", "bob@company.com")
                        .startsWith("250 2.6.0"));
            }
            seen.oneLabMail("through@gmail.com");
            undeliverable(seen, "stranger@company.com", recipSize);
            failed(seen, "bob@company.com", recipSize);
            assertEquals(0, seen.mailbox("bob@company.com").size());

            service.changeTransportConfig(Map.of("MaxSendSize", "Unlimited", "MaxReceiveSize", "12MB"));
            try (SmtpDialogue client = loggedIn(server)) {
                client.transaction("ann@company.com", large(), "now@gmail.com", "bob@company.com");
            }
            seen.oneLabMail("now@gmail.com");
            Wait.until(
                    "the large message in bob's mailbox",
                    () -> seen.mailbox("bob@company.com").size() == 1);
            server.stop();
        }
    }

    @Test
    void too_many_recipients_of_who_has_logged_in_are_too_many_for_all_of_them(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("tarry.yaml"), CONFIG);
        try (TarryProcess server = TarryProcess.serve(folder.resolve("server"), "--config", config.toString())) {
            Seen seen = new Seen(server);
            server.client().service().changeTransportConfig(Map.of("MaxRecipientEnvelopeLimit", 2));
            String[] three = {"a@gmail.com", "b@gmail.com", "c@fabrikam.com"};
            byte[] text = TarryProcess.octets("Subject: many", "", "Hello.");
            try (SmtpDialogue client = loggedIn(server)) {
                assertTrue(client.transaction("ann@company.com", text, three).startsWith("250 2.6.0"));
            }
            seen.oneReport("ann@company.com");
            failed(seen, "c@fabrikam.com", "550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients");
            assertEquals(0, seen.labMail("*").size());
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                client.transaction("stranger@company.com", text, three);
            }
            seen.oneLabMail("c@fabrikam.com");
            server.stop();
        }
    }
}
