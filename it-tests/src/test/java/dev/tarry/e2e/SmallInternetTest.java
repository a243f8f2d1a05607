package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Zones, name servers and forwarders of the lab's world over its API; and the lab in the place of the world.
@ExtendWith(SharedServer.class)
final class SmallInternetTest {
    private static final int SKIPPED = 77;

    private static HttpResponse<String> ask(TarryProcess server, String method, String path, String type, String body)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.admin().resolve("/lab/v1" + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!type.isEmpty()) {
                request.header(method.equals("GET") ? "Accept" : "Content-Type", type);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String get(TarryProcess server, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(server, "GET", path, "", "");
        assertEquals(200, answer.statusCode(), answer::body);
        return answer.body();
    }

    private static void put(TarryProcess server, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(server, "PUT", path, type, body);
        assertEquals(204, answer.statusCode(), answer::body);
    }

    @Test
    void a_zone_is_the_same_in_each_of_its_forms(TarryProcess server) throws Exception {
        put(server, "/zones/forms.org", "application/yaml", "{MX: 10 mail, mail: {A: 192.0.2.1, ttl: 60}}");
        String json = get(server, "/zones/forms.org");
        assertEquals(
                "{\"domain\":\"forms.org\",\"records\":["
                        + "{\"name\":\"forms.org\",\"type\":\"MX\",\"ttl\":3600,\"data\":\"10 mail.forms.org.\"},"
                        + "{\"name\":\"mail.forms.org\",\"type\":\"A\",\"ttl\":60,\"data\":\"192.0.2.1\"}]}",
                json);
        HttpResponse<String> master = ask(server, "GET", "/zones/forms.org", "text/dns", "");
        assertTrue(master.headers().firstValue("Content-Type").orElse("").startsWith("text/dns"));
        assertEquals(master.body(), get(server, "/zones/forms.org?format=dns"));

        put(server, "/zones/forms.org", "application/json", json);
        assertEquals(json, get(server, "/zones/forms.org"));
        put(server, "/zones/forms.org", "text/dns; charset=utf-8", master.body());
        assertEquals(master.body(), get(server, "/zones/forms.org?format=dns"));

        String all = get(server, "/zones?format=dns");
        put(server, "/zones", "text/dns", all);
        assertEquals(all, get(server, "/zones?format=dns"));
        String world = get(server, "/zones");
        put(server, "/zones", "application/json", world);
        assertEquals(world, get(server, "/zones"));

        assertEquals(204, ask(server, "DELETE", "/zones/forms.org", "", "").statusCode());
        assertEquals(404, ask(server, "DELETE", "/zones/forms.org", "", "").statusCode());
        assertEquals(404, ask(server, "GET", "/zones/forms.org", "", "").statusCode());
    }

    @Test
    void everything_that_is_wrong_in_a_text_is_told_at_once(TarryProcess server) throws Exception {
        HttpResponse<String> refused =
                ask(server, "PUT", "/zones/bad.org", "application/yaml", "A: 300.1.1.1\nmail: nowhere\n");
        assertEquals(400, refused.statusCode());
        assertTrue(
                refused.body().contains("line 1, column 4") && refused.body().contains("line 2, column 7"),
                refused::body);
        refused = ask(server, "PUT", "/zones/bad.org", "text/dns", "@ A 192.0.2.1\n@ MX mail\n");
        assertTrue(refused.statusCode() == 400 && refused.body().contains("line 2"), refused::body);
        assertEquals(
                415,
                ask(server, "PUT", "/zones/bad.org", "text/plain", "A: 192.0.2.1")
                        .statusCode());
        assertEquals(
                400,
                ask(server, "GET", "/zones/fabrikam.com?view=sideways", "", "").statusCode());
        assertEquals(404, ask(server, "GET", "/zones/bad.org", "", "").statusCode());
    }

    @Test
    void one_call_adds_the_missing_mx_and_mail_follows_it(TarryProcess server) throws Exception {
        put(server, "/zones/mended.org", "application/yaml", "{A: 192.0.2.20, mail: 192.0.2.21}");
        HttpResponse<String> added = ask(
                server,
                "POST",
                "/zones/mended.org/records",
                "application/json",
                "{\"type\": \"MX\", \"data\": \"10 mail.mended.org\"}");
        assertEquals(201, added.statusCode(), added::body);
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("zones@company.com", TarryProcess.octets("Subject: 1", "", "x"), "a@mended.org");
        }
        assertEquals(
                "mail.mended.org", new Seen(server).oneLabMail("a@mended.org").host());

        HttpResponse<String> removed = ask(server, "DELETE", "/zones/mended.org/records?name=@&type=MX", "", "");
        assertTrue(removed.body().contains("10 mail.mended.org"), removed::body);
        assertEquals(
                404,
                ask(server, "DELETE", "/zones/mended.org/records?type=MX", "", "")
                        .statusCode());
        assertEquals(
                404,
                ask(
                                server,
                                "POST",
                                "/zones/undefined.org/records",
                                "application/json",
                                "{\"type\": \"A\", \"data\": \"192.0.2.1\"}")
                        .statusCode());
    }

    @Test
    void the_failure_of_a_domains_own_servers_is_seen_through_every_resolver(TarryProcess server) throws Exception {
        put(
                server,
                "/zones/owned.org",
                "application/yaml",
                "{NS: ns1, ns1: 192.0.2.53, MX: 10 mail, mail: 192.0.2.31}");
        ask(
                server,
                "POST",
                "/faults",
                "application/json",
                "{\"where\": \"dns\", \"what\": \"servfail\", \"server\": \"192.0.2.53\"}");
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("zones@company.com", TarryProcess.octets("Subject: 1", "", "x"), "a@owned.org");
        }
        Seen seen = new Seen(server);
        seen.inRetry("owned.org", 1);
        String asked = get(server, "/dns/queries?name=owned.org&server=192.0.2.53&askedBy=8.8.8.8&outcome=SERVFAIL");
        assertTrue(asked.contains("\"Type\":\"MX\""), asked);
        assertFalse(get(server, "/dns/queries?name=owned.org&outcome=NOERROR").contains("owned.org"));
        server.client().resetLab();
        put(
                server,
                "/zones/owned.org",
                "application/yaml",
                "{NS: ns1, ns1: 192.0.2.53, MX: 10 mail, mail: 192.0.2.31}");
        server.client().retryQueue("owned.org", false);
        assertEquals("mail.owned.org", seen.oneLabMail("a@owned.org").host());
    }

    @Test
    void conditional_forwarders_come_and_go(TarryProcess server) throws Exception {
        put(
                server,
                "/dns/conditional-forwarders/partner.org",
                "application/json",
                "{\"forwarders\": [\"198.51.100.33\"]}");
        assertEquals("{\"partner.org\":[\"198.51.100.33\"]}", get(server, "/dns/conditional-forwarders"));
        assertEquals(
                204,
                ask(server, "DELETE", "/dns/conditional-forwarders/partner.org", "", "")
                        .statusCode());
        assertEquals(
                404,
                ask(server, "DELETE", "/dns/conditional-forwarders/partner.org", "", "")
                        .statusCode());
        assertEquals(
                400,
                ask(
                                server,
                                "PUT",
                                "/dns/conditional-forwarders/partner.org",
                                "application/json",
                                "{\"forwarders\": [\"dns\"]}")
                        .statusCode());
    }

    @Test
    void other_peoples_programs_find_the_lab_where_the_world_would_be(@TempDir Path folder) throws Exception {
        Path script = Path.of("internet").toAbsolutePath();
        assertTrue(Files.isExecutable(script), script::toString);
        List<String> command = new ArrayList<>(List.of(
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tarry.app.Main"));
        Path output = folder.resolve("internet.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroy();
        String said = Files.readString(output);
        System.out.print(said);
        assertTrue(ended, said);
        assumeTrue(process.exitValue() != SKIPPED, said);
        assertEquals(0, process.exitValue(), said);
    }
}
