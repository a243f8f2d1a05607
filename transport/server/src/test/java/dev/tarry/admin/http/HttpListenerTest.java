package dev.tarry.admin.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// What well-meaning clients see.
final class HttpListenerTest extends HttpScene {
    @Test
    void a_request_is_answered_as_json_with_guarding_headers() throws Exception {
        HttpResponse<String> response = get("/things/a?color=red");
        assertEquals(200, response.statusCode());
        assertEquals("{\"name\":\"a\",\"color\":\"red\"}", response.body());
        assertEquals(JSON, response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "nosniff",
                response.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "Wed, 04 Mar 2026 09:15:00 GMT",
                response.headers().firstValue("Date").orElse(""));
        assertTrue(response.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        assertEquals("{\"special\":true}", get("/things/special").body());
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL%5C4, MAIL\\\\4",
        "a%2Fb, a/b",
        "..%2F..%2Fetc%2Fpasswd, ../../etc/passwd",
        "%2e%2e, ..",
        "a+b, a+b",
        "%C3%A4, ä",
        "user%40company.com, user@company.com",
    })
    void an_encoded_name_is_a_name_and_never_a_path(String encoded, String name) throws Exception {
        HttpResponse<String> response = get("/things/" + encoded);
        assertEquals(200, response.statusCode());
        assertEquals("{\"name\":\"" + name + "\",\"color\":null}", response.body());
    }

    @Test
    void a_backslash_as_it_is_typed_reaches_its_route() throws Exception {
        String response = raw("GET /things/MAIL\\4 HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        assertTrue(response.contains("{\"name\":\"MAIL\\\\4\""), response);
    }

    @Test
    void what_is_not_there_is_a_problem() throws Exception {
        assertProblem(404, "unknown-path", get("/nothing"));
        assertProblem(404, "unknown-path", get("/things/a/b"));
        assertProblem(404, "unknown-path", get("/things/a/"));
        HttpResponse<String> response =
                client.send(request("/things/a").DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertProblem(405, "method-not-allowed", response);
        assertEquals("GET", response.headers().firstValue("Allow").orElse(""));
        assertProblem(404, "unknown-queue", get("/refused"));
    }

    @Test
    void parameters_are_the_routes_and_come_once() throws Exception {
        HttpResponse<String> response = get("/things/a?colour=red");
        assertProblem(400, "unknown-parameter", response);
        assertTrue(response.body().contains("'colour' is no parameter here; these are: color."), response.body());
        assertProblem(400, "duplicate-parameter", get("/things/a?color=red&color=blue"));
        assertProblem(400, "malformed-request", get("/things/a?color=%00"));
        assertProblem(400, "malformed-request", get("/things/%0d%0aX"));
        assertProblem(400, "malformed-request", get("/things/%C3"));
        assertProblem(
                400, "malformed-request", raw("GET /things/%zz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"));
    }

    @Test
    void a_body_has_the_routes_shape() throws Exception {
        assertEquals(201, post("/things", "{\"name\":\"a\"}", JSON).statusCode());
        assertEquals(
                201,
                post("/things", "{\"name\":\"a\"}", JSON + "; charset=UTF-8").statusCode());
        HttpResponse<String> unknown = post("/things", "{\"name\":\"a\",\"nmae\":1}", JSON);
        assertProblem(400, "unknown-member", unknown);
        assertTrue(unknown.body().contains("'nmae' is no member of this body; these are: name, count."));
        assertProblem(400, "missing-member", post("/things", "{}", JSON));
        assertProblem(400, "missing-member", post("/things", "", ""));
        assertProblem(400, "invalid-json", post("/things", "{\"name\":1}", JSON));
        assertProblem(400, "invalid-json", post("/things", "{\"name\":\"a\",\"count\":1.5}", JSON));
        assertProblem(400, "invalid-json", post("/things", "{\"name\":\"a\",\"name\":\"b\"}", JSON));
        assertProblem(400, "invalid-json", post("/things", "[]", JSON));
        assertProblem(400, "invalid-json", post("/things", "{\"name\":\"a\"", JSON));
        assertProblem(400, "invalid-json", post("/things", "{\"name\":\"a\"} {}", JSON));
        assertProblem(400, "invalid-json", post("/things", "{\"name\":" + "[".repeat(100_000), JSON));
        assertProblem(415, "unsupported-media-type", post("/things", "name=a", "application/x-www-form-urlencoded"));
        assertProblem(415, "unsupported-media-type", post("/things", "{\"name\":\"a\"}", "text/plain"));
        assertProblem(415, "unsupported-media-type", post("/things", "{\"name\":\"a\"}", ""));
        assertEquals(204, post("/poke", "", "").statusCode());
        assertEquals(204, post("/poke", "{}", JSON).statusCode());
        assertProblem(
                400,
                "unexpected-body",
                raw("GET /things/a HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"));
    }

    @Test
    void an_empty_object_is_no_body() throws Exception {
        for (String nothing : List.of("", "{}", " { }\r\n")) {
            assertEquals(204, post("/nudge", nothing, JSON).statusCode(), nothing);
        }
        for (String something : List.of("[]", "{{}}", "{\"a\":1}", "{\"a\":1234567890}", "        {}")) {
            assertProblem(400, "unexpected-body", post("/nudge", something, JSON));
        }
        assertEquals(204, post("/nudge", "", "").statusCode(), "the connection goes on");
    }

    @Test
    void a_refusal_is_an_answer_and_leaves_no_stack_trace_in_the_log() throws Exception {
        Logger room = (Logger) LoggerFactory.getLogger("dev.tarry.admin.http");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        room.addAppender(log);
        try {
            assertProblem(503, "unavailable", get("/unreadable"));
            assertProblem(503, "unavailable", get("/closed"));
            assertProblem(404, "unknown-queue", get("/refused"));
            assertEquals(
                    List.of(),
                    log.list.stream()
                            .filter(e -> e.getLevel().isGreaterOrEqual(Level.INFO) && e.getThrowableProxy() != null)
                            .toList());
            assertEquals(
                    List.of("GET /closed could not be answered: the queues are not open (the store is closed)"),
                    log.list.stream()
                            .filter(e -> e.getLevel().isGreaterOrEqual(Level.INFO))
                            .map(ILoggingEvent::getFormattedMessage)
                            .toList());
            get("/broken");
            assertTrue(log.list.stream().anyMatch(e -> e.getThrowableProxy() != null), "a bug keeps its own");
        } finally {
            room.detachAppender(log);
        }
    }

    @Test
    void an_inner_failure_tells_the_client_nothing() throws Exception {
        HttpResponse<String> response = get("/broken");
        assertProblem(500, "internal", response);
        assertFalse(response.body().contains("secret"), response.body());
        assertFalse(response.body().contains("IllegalState"), response.body());
    }

    @Test
    void a_request_may_come_octet_by_octet() throws Exception {
        String request = "POST /things HTTP/1.1\r\n" + HOST
                + "Content-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"name\":\"a\"}";
        try (RawClient raw = new RawClient(listener.address())) {
            for (int i = 0; i < request.length(); i++) {
                raw.send(request.substring(i, i + 1));
            }
            String response = raw.rest();
            assertTrue(response.startsWith("HTTP/1.1 201 "), response);
        }
    }

    @Test
    void requests_sent_together_are_answered_in_order() throws Exception {
        try (RawClient raw = new RawClient(listener.address())) {
            raw.send(("GET /things/a HTTP/1.1\r\n" + HOST + "\r\n")
                    + ("POST /things HTTP/1.1\r\n" + HOST
                            + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"name\":\"b\"}")
                    + ("HEAD /things/c HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"));
            assertTrue(raw.reply().contains("\"name\":\"a\""));
            assertTrue(raw.reply().contains("\"made\":\"b\""));
            String head = raw.rest();
            assertTrue(head.startsWith("HTTP/1.1 200 ") && head.endsWith("\r\n\r\n"), head);
            assertTrue(head.toLowerCase(Locale.ROOT).contains("content-length: 25"), head);
        }
    }

    @Test
    void a_client_may_ask_before_it_sends_a_body() throws Exception {
        try (RawClient raw = new RawClient(listener.address())) {
            raw.send("POST /things HTTP/1.1\r\n" + HOST
                    + "Content-Type: application/json\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n");
            assertTrue(raw.reply().startsWith("HTTP/1.1 100 "));
            raw.send("{\"name\":\"a\"}");
            assertTrue(raw.reply().startsWith("HTTP/1.1 201 "));
        }
    }

    @Test
    void a_large_list_is_streamed_and_says_that_there_is_more() throws Exception {
        HttpResponse<String> response = get("/many");
        assertEquals(200, response.statusCode());
        assertEquals(
                "chunked", response.headers().firstValue("Transfer-Encoding").orElse(""));
        assertTrue(response.body().startsWith("{\"items\":[{\"number\":0},{\"number\":1},"));
        assertTrue(response.body().endsWith(",{\"number\":19999}],\"more\":true}"));
        String old = raw("GET /many HTTP/1.0\r\n" + HOST + "\r\n");
        assertTrue(old.endsWith("\"more\":true}"), "an old client gets it without chunks");
        assertFalse(old.toLowerCase(Locale.ROOT).contains("transfer-encoding"));
        assertTrue(raw("HEAD /many HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                .endsWith("\r\n\r\n"));
    }

    @Test
    void a_reply_that_breaks_off_is_cut_and_never_looks_whole() throws Exception {
        assertProblem(503, "unavailable", get("/unreadable"));
        assertThrows(IOException.class, () -> get("/torn"));
        assertThrows(IOException.class, () -> get("/short"));
    }

    @Test
    void a_download_is_a_file_with_a_harmless_name() throws Exception {
        assertEquals(400, get("/mail/a%22%0Ab").statusCode());
        HttpResponse<byte[]> response =
                client.send(request("/mail/a%22b%2Fc").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(LARGE, response.body().length);
        assertEquals(
                "message/rfc822", response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "attachment; filename=\"a_b_c\"",
                response.headers().firstValue("Content-Disposition").orElse(""));
    }

    @Test
    void a_client_that_dawdles_is_cut_off_by_wire_time_alone() throws Exception {
        try (RawClient raw = new RawClient(listener.address())) {
            raw.send("GET /things/a HTTP/1.1\r\nHost: loc");
            await().atMost(GIVE_UP).until(() -> listener.open() == 1);
            stage.time.ringNext(Stage.NOW.plus(HttpListener.REQUEST_WITHIN).minusMillis(1));
            raw.send("alhost\r\n\r\n");
            assertTrue(raw.reply().startsWith("HTTP/1.1 200 "), "in time");
            raw.send("GET /things/a HTTP/1.1\r\n");
            await().atMost(GIVE_UP)
                    .until(() -> stage.time.ringNext(stage.time.instant().plus(HttpListener.REQUEST_WITHIN)));
            assertEquals("", raw.rest());
        }
    }

    @Test
    void a_client_that_does_not_read_its_replies_is_cut_off() throws Exception {
        try (RawClient raw = new RawClient(listener.address())) {
            // far more than any socket's buffers take
            raw.send(("GET /mail/a HTTP/1.1\r\n" + HOST + "\r\n").repeat(20));
            await().atMost(GIVE_UP).until(() -> listener.open() == 1);
            await().atMost(GIVE_UP).until(() -> {
                stage.time.ringNext(stage.time.instant().plus(HttpListener.READ_WITHIN));
                return listener.open() == 0;
            });
        }
    }

    @Test
    void closing_lets_a_request_finish_and_ends_idle_connections() throws Exception {
        try (RawClient idle = new RawClient(listener.address());
                RawClient busy = new RawClient(listener.address())) {
            idle.send("GET /things/a HTTP/1.1\r\n" + HOST + "\r\n");
            assertTrue(idle.reply().startsWith("HTTP/1.1 200 "));
            busy.send("GET /slow HTTP/1.1\r\n" + HOST + "\r\n");
            await().atMost(GIVE_UP).until(() -> waiting == 1);
            CompletableFuture<Void> closed = listener.close();
            assertEquals("", idle.rest());
            assertFalse(closed.isDone());
            release.countDown();
            assertTrue(busy.rest().contains("{\"waited\":true}"));
            closed.join();
            assertEquals(0, listener.open());
            assertFalse(
                    listener.listening()); // its port may be somebody else's by now: dialling it would prove nothing
        }
    }

    @Test
    void a_taken_address_is_told() {
        HttpSettings same = HttpSettings.loopback((InetSocketAddress) listener.address());
        CompletableFuture<HttpListener> second = HttpListener.open(stage.world, same, routes);
        await().atMost(GIVE_UP).until(second::isDone);
        assertTrue(second.isCompletedExceptionally());
    }

    @Test
    void two_routes_of_one_form_are_a_mistake() {
        Route one = Route.get("/a/{x}", "").by(_ -> Reply.nothing());
        Route other = Route.get("/a/{y}", "").by(_ -> Reply.nothing());
        assertThrows(IllegalArgumentException.class, () -> new RouteTable(List.of(one, other)));
        assertThrows(
                IllegalArgumentException.class, () -> Route.get("no-slash", "").by(_ -> Reply.nothing()));
    }
}
