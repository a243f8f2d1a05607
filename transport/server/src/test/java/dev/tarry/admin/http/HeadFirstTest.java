package dev.tarry.admin.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is refused is refused before a body is there, and all bodies together have a bound.
final class HeadFirstTest extends HttpScene {
    private static final String TOKEN = "a-token-of-some-length";
    private static final int MOST = 32 * 1024 * 1024;
    private static final String WORLD = "PUT /world HTTP/1.1\r\n" + HOST + "Content-Type: application/yaml\r\n";

    private BodyBudget bodies;

    private void listen(Optional<String> token, long budget) {
        bodies = new BodyBudget(budget);
        listener = HttpListener.open(
                        stage.world, new HttpSettings(Stage.anyPort(), Set.of(), token, Set.of(), MOST), routes, bodies)
                .join();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /world,         localhost,    wrong, application/yaml,  401, unauthorized",
        "PUT,    /world,         evil.example, right, application/yaml,  421, host-not-allowed",
        "PUT,    /world,         localhost,    right, text/plain,        415, unsupported-media-type",
        "PUT,    /worlds,        localhost,    right, application/yaml,  404, unknown-path",
        "DELETE, /world,         localhost,    right, application/yaml,  405, method-not-allowed",
        "PUT,    /world?color=x, localhost,    right, application/yaml,  400, unknown-parameter",
        "GET,    /things/a,      localhost,    right, application/json,  400, unexpected-body",
        "POST,   /things,        localhost,    right, application/json,  413, body-too-large",
    })
    void who_is_refused_hears_it_before_an_octet_of_the_body_is_sent(
            String method, String path, String host, String token, String type, int status, String problem)
            throws Exception {
        listen(Optional.of(TOKEN), BodyBudget.BYTES);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer "
                + (token.equals("right") ? TOKEN : "another-of-some-length") + "\r\nContent-Type: " + type
                + "\r\nContent-Length: 30000000\r\n";
        for (String expects : List.of("", "Expect: 100-continue\r\n")) {
            // ends because the server hangs up, not because the body has come
            assertProblem(status, problem, raw(head + expects + "\r\n"));
        }
        assertEquals(0, bodies.taken());
    }

    @Test
    void a_refused_body_in_chunks_is_not_kept_and_the_connection_ends() throws Exception {
        listen(Optional.of(TOKEN), BodyBudget.BYTES);
        String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
        assertProblem(401, "unauthorized", raw(WORLD + "Transfer-Encoding: chunked\r\n\r\n" + chunk));
        String bearer = "Authorization: Bearer " + TOKEN + "\r\n";
        assertProblem(
                400,
                "unexpected-body",
                raw("GET /things/a HTTP/1.1\r\n" + HOST + bearer + "Transfer-Encoding: chunked\r\n\r\n" + chunk));
        assertEquals(0, bodies.taken());
    }

    @Test
    void a_refused_request_without_a_body_leaves_the_connection_as_it_is() throws Exception {
        listen(Optional.of(TOKEN), BodyBudget.BYTES);
        try (RawClient raw = new RawClient(listener.address())) {
            raw.send("GET /things/a HTTP/1.1\r\n" + HOST + "\r\n");
            assertProblem(401, "unauthorized", raw.reply());
            raw.send("GET /open HTTP/1.1\r\n" + HOST + "\r\n");
            assertTrue(raw.reply().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void many_half_bodies_stay_within_the_budget_and_make_room_when_they_go() throws Exception {
        long budget = 1024 * 1024;
        listen(Optional.empty(), budget);
        String half = WORLD + "Content-Length: 400000\r\n\r\n" + "x".repeat(200_000);
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                clients.add(new RawClient(listener.address()).send(half));
            }
            // half a body takes a quarter of the budget in blocks: four may stay and wait for the rest of theirs
            List<RawClient> refused = new ArrayList<>();
            await().atMost(GIVE_UP).until(() -> {
                long taken = bodies.taken();
                assertTrue(taken <= budget + 2 * 256 * 1024, "more than what two loops may have in hand: " + taken);
                refused.clear();
                for (RawClient client : clients) {
                    if (client.answered()) {
                        refused.add(client);
                    }
                }
                return refused.size() >= 8;
            });
            for (RawClient client : refused) {
                assertProblem(503, "busy", client.reply());
            }
            assertTrue(bodies.taken() > 0 && bodies.taken() <= budget, "some stay");
            String late = raw(WORLD + "Content-Length: 1048577\r\n\r\n");
            assertProblem(503, "busy", late);
            assertTrue(late.contains("\r\nRetry-After: 5\r\n") || late.contains("\r\nretry-after: 5\r\n"), late);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().atMost(GIVE_UP).until(() -> bodies.taken() == 0);
        assertTrue(raw(WORLD + "Connection: close\r\nContent-Length: 400000\r\n\r\n" + "x".repeat(400_000))
                .contains("{\"octets\":400000}"));
        await().atMost(GIVE_UP).until(() -> bodies.taken() == 0);
    }

    @Test
    void a_body_that_outgrows_the_budget_on_its_way_is_turned_away() throws Exception {
        listen(Optional.empty(), 100_000);
        String chunk = "30d40\r\n" + "x".repeat(200_000) + "\r\n0\r\n\r\n";
        String response = raw(WORLD + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
        assertProblem(503, "busy", response);
        await().atMost(GIVE_UP).until(() -> bodies.taken() == 0);
    }

    @Test
    void a_good_large_body_comes_whole_with_or_without_being_announced() throws Exception {
        listen(Optional.of(TOKEN), BodyBudget.BYTES);
        StringBuilder zones = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            zones.append("zone")
                    .append(i)
                    .append(".example: ")
                    .append("x".repeat(500))
                    .append('\n');
        }
        String text = zones.toString();
        assertTrue(text.length() > 5_000_000);
        for (boolean asks : List.of(false, true)) {
            HttpResponse<String> response = client.send(
                    request("/world")
                            .expectContinue(asks)
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", "application/yaml")
                            .PUT(HttpRequest.BodyPublishers.ofString(text))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            assertEquals("{\"octets\":" + text.length() + "}", response.body());
        }
        HttpResponse<String> json = client.send(
                request("/world")
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", JSON)
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"zones\":[\"" + "y".repeat(5_000_000) + "\"]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, json.statusCode(), json.body());
        assertFalse(json.body().isEmpty());
        await().atMost(GIVE_UP).until(() -> bodies.taken() == 0);
    }
}
