package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RelayTest {
    @Test
    void a_client_that_may_not_relay_reaches_accepted_domains_only(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder, "--set", "receiveConnectors.0.anonymousRelayRanges=");
                SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.ok("MAIL FROM:<stranger@elsewhere.example>");
            assertEquals(
                    "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
                    client.command("RCPT TO:<user@gmail.com>"));
            client.ok("RCPT TO:<alice@company.com>");
            assertTrue(client.command("RCPT TO:<alice@sub.company.com>").startsWith("550 5.7.54"));
            assertTrue(client.command("DATA").startsWith("354"));
            client.send(TarryProcess.octets("Subject: hello", "", "Hello."));
            assertTrue(client.command(".").startsWith("250 2.6.0"));
            Seen seen = new Seen(server);
            seen.oneReport("alice@company.com");
            assertEquals(0, seen.labMail("*").size());
            server.stop();
        }
    }
}
