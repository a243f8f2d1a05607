package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The lab's mail hosts, as somebody else's clients see them.
@ExtendWith(SharedServer.class)
final class HostsTest {
    private static final String HOSTS = "/lab/v1/hosts/";
    private static final Pattern LISTENS = Pattern.compile("\"listens\":\"127\\.0\\.0\\.1:(\\d+)\"");

    @TempDir
    Path folder;

    private static String ask(TarryProcess server, String method, String path, String body)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.admin().resolve(path))
                            .method(
                                    method,
                                    body.isEmpty()
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(2, answer.statusCode() / 100, answer::body);
            return answer.body();
        }
    }

    private static String open(TarryProcess server, String host) throws IOException, InterruptedException {
        var listens = LISTENS.matcher(ask(server, "POST", HOSTS + host + "/open", ""));
        assertTrue(listens.find());
        return listens.group(1);
    }

    @Test
    void swaks_hears_what_a_host_was_told_to_say(TarryProcess server) throws Exception {
        String host = "swaks.hosts.example";
        ask(
                server,
                "PUT",
                HOSTS + host,
                "{\"addresses\":[\"192.0.2.77\"],\"banner\":\"Hello from swaks' host\",\"mailboxes\":[\"info@*\"],"
                        + "\"auth\":[\"LOGIN\"],\"users\":{\"alice\":\"secret\"},\"requireAuth\":true}");
        String port = open(server, host);
        String said = swaks(port, "--to", "info@hosts.example", "--auth-user", "alice", "--auth-password", "secret");
        assertTrue(said.contains("<-  220 Hello from swaks' host"), said);
        assertTrue(said.contains("235 2.7.0"), said);
        assertTrue(said.contains("250 2.0.0 OK L"), said);
        said = swaks(port, "--to", "b@hosts.example", "--auth-user", "alice", "--auth-password", "secret");
        assertTrue(said.contains("<** 550 5.1.1 User unknown"), said);
        assertTrue(swaks(port, "--to", "info@hosts.example").contains("<** 530 5.7.0"));
        String sessions = ask(server, "GET", "/lab/v1/sessions?host=" + host, "");
        assertTrue(sessions.contains("\"User\":\"alice\""), sessions);
        assertFalse(sessions.contains("secret"), sessions);
        ask(server, "DELETE", HOSTS + host, "");
    }

    private String swaks(String port, String... words) {
        List<String> all = new ArrayList<>(
                List.of("--server", "127.0.0.1", "--port", port, "--from", "a@company.com", "--timeout", "60"));
        all.addAll(List.of(words));
        return Program.run(folder, "swaks", "swaks", "", all);
    }

    @Test
    void openssl_believes_a_hosts_certificate(TarryProcess server) throws Exception {
        String host = "mail.fabrikam.com";
        String port = open(server, host);
        Path authority = Files.writeString(folder.resolve("ca.pem"), ask(server, "GET", "/lab/v1/ca.pem", ""));
        String said = Program.run(
                folder,
                "openssl",
                "openssl",
                "QUIT\r\n",
                List.of(
                        "s_client",
                        "-starttls",
                        "smtp",
                        "-connect",
                        "127.0.0.1:" + port,
                        "-CAfile",
                        authority.toString(),
                        "-verify_hostname",
                        host,
                        "-attime",
                        Long.toString(
                                server.client().clock().now().plusSeconds(60).getEpochSecond()),
                        "-verify_return_error",
                        "-crlf"));
        assertTrue(said.contains("Verify return code: 0 (ok)") || said.contains("Verification: OK"), said);
    }
}
