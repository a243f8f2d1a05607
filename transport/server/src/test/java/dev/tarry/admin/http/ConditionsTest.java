package dev.tarry.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two operators at one box.
final class ConditionsTest extends HttpScene {
    private HttpResponse<String> read(String ifNoneMatch) throws Exception {
        return client.send(
                request("/box").header("If-None-Match", ifNoneMatch).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> fill(String content, String... headers) throws Exception {
        HttpRequest.Builder request = request("/box")
                .header("Content-Type", JSON)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"content\": \"" + content + "\"}"));
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String tag() throws Exception {
        return tag(get("/box"));
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void a_state_has_a_tag_that_changes_with_it_and_comes_back_with_it() throws Exception {
        String air = tag();
        assertTrue(air.matches("\"[A-Za-z0-9_-]{22}\""), air);
        assertEquals(air, tag(), "nothing has changed");
        String books = tag(fill("books"));
        assertFalse(books.equals(air));
        assertEquals(books, tag());
        fill("air");
        assertEquals(air, tag());
    }

    @Test
    void what_the_client_has_already_is_not_sent_again() throws Exception {
        String tag = tag();
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*", "\"other\",W/\"more\" ," + tag)) {
            HttpResponse<String> same = read(known);
            assertEquals(304, same.statusCode(), known);
            assertEquals("", same.body());
            assertEquals(tag, tag(same));
        }
        for (String other : List.of("\"other\"", "W/\"other\"", "\"\"")) {
            HttpResponse<String> whole = read(other);
            assertEquals(200, whole.statusCode(), other);
            assertEquals("{\"content\":\"air\"}", whole.body());
        }
        fill("books");
        assertEquals(200, read(tag).statusCode());
    }

    @Test
    void the_connection_goes_on_after_a_304() throws Exception {
        String tag = tag();
        try (RawClient raw = new RawClient(listener.address())) {
            String first = raw.send("GET /box HTTP/1.1\r\n" + HOST + "If-None-Match: " + tag + "\r\n\r\n")
                    .reply();
            assertTrue(first.startsWith("HTTP/1.1 304 "), first);
            assertFalse(first.toLowerCase(Locale.ROOT).contains("content-length"), first);
            String second = raw.send("GET /box HTTP/1.1\r\n" + HOST + "\r\n").reply();
            assertTrue(second.endsWith("{\"content\":\"air\"}"), second);
        }
    }

    @Test
    void the_second_of_two_operators_does_not_undo_the_firsts_work_unseen() throws Exception {
        String seenByBoth = tag();
        HttpResponse<String> first = fill("books", "If-Match", seenByBoth);
        assertEquals(201, first.statusCode(), first.body());
        assertEquals("/box", first.headers().firstValue("Location").orElseThrow());
        assertProblem(412, "precondition-failed", fill("shoes", "If-Match", seenByBoth));
        assertEquals("{\"content\":\"books\"}", get("/box").body());
        assertEquals(201, fill("shoes", "If-Match", tag()).statusCode());
    }

    @Test
    void without_a_condition_the_last_writer_wins() throws Exception {
        assertEquals(201, fill("books").statusCode());
        assertEquals(201, fill("shoes", "If-Match", "*").statusCode());
        assertEquals("{\"content\":\"shoes\"}", get("/box").body());
    }

    @Test
    void a_change_is_compared_strongly() throws Exception {
        assertProblem(412, "precondition-failed", fill("books", "If-Match", "W/" + tag()));
        assertProblem(412, "precondition-failed", fill("books", "If-None-Match", "*"));
        assertEquals(
                201, fill("books", "If-Match", "\"other\"", "If-Match", tag()).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"air", "\"a\" \"b\"", "w/\"a\"", "\"a", "\"a\",", "*, \"a\"", "\"a b\"", ""})
    void what_is_no_tag_is_refused(String header) throws Exception {
        assertProblem(400, "malformed-request", fill("books", "If-Match", header));
        assertProblem(400, "malformed-request", read(header));
        assertEquals("{\"content\":\"air\"}", get("/box").body());
    }

    @Test
    void a_route_without_tags_does_not_change_things_regardless() throws Exception {
        HttpResponse<String> response = client.send(
                request("/things")
                        .headers("Content-Type", JSON, "If-Match", "\"some\"")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"a\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertProblem(412, "precondition-failed", response);
        HttpResponse<String> plain = client.send(
                request("/things/a").header("If-None-Match", "\"some\"").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, plain.statusCode());
        assertTrue(plain.headers().firstValue("ETag").isEmpty());
    }
}
