package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What monitoring and tools look at, by plain HTTP.
@ExtendWith(SharedServer.class)
final class LookingInTest {
    private static HttpResponse<String> ask(TarryProcess server, String method, String path)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.admin().resolve(path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void health_metrics_and_the_description_of_the_api_answer(TarryProcess server) throws Exception {
        assertEquals(200, ask(server, "GET", "/health/live").statusCode());
        assertEquals(200, ask(server, "GET", "/health/ready").statusCode());

        HttpResponse<String> metrics = ask(server, "GET", "/metrics");
        assertEquals(200, metrics.statusCode());
        assertTrue(metrics.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"), metrics::toString);
        assertTrue(
                metrics.body().lines().anyMatch(line -> line.matches("tarry_[a-z_]+(\\{.*})? [0-9.E+-]+")),
                metrics::body);

        HttpResponse<String> document = ask(server, "GET", "/api/v1/openapi.json");
        assertEquals(200, document.statusCode());
        assertTrue(document.body().contains("\"openapi\":\"3.1"), () -> Seen.head(document.body()));
        for (String path : new String[] {"/api/v1/queues", "/api/v1/tracking", "/lab/v1/clock/advance"}) {
            assertTrue(document.body().contains("\"" + path + "\""), path);
        }
    }

    @Test
    void what_is_not_there_or_not_understood_is_a_problem_document(TarryProcess server) throws Exception {
        for (String path : new String[] {"/api/v1/nothing", "/lab/v1/mail/none/content"}) {
            HttpResponse<String> answer = ask(server, "GET", path);
            assertEquals(404, answer.statusCode(), path);
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElse(""));
        }
        assertEquals(405, ask(server, "DELETE", "/api/v1/queues").statusCode());
        assertEquals(
                400, ask(server, "GET", "/api/v1/queues?filter=Status%20-eq").statusCode());
        assertEquals(400, ask(server, "POST", "/lab/v1/clock/advance").statusCode());
    }

    @Test
    void mail_is_counted(TarryProcess server) throws Exception {
        double before = received(server);
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("meter@company.com", TarryProcess.octets("Subject: 1", "", "x"), "meter@gmail.com");
        }
        new Seen(server).oneLabMail("meter@gmail.com");
        assertTrue(received(server) > before);
    }

    private static double received(TarryProcess server) throws IOException, InterruptedException {
        return ask(server, "GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tarry_receive_messages_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
