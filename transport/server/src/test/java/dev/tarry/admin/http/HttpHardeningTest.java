package dev.tarry.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others see: web pages, names that lead here, requests that are two things at once.
final class HttpHardeningTest extends HttpScene {
    private static final String CLOSE = "Connection: close\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8025",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.168.1.10",
                "0.0.0.0",
                "[2001:db8::1]",
                "local host",
                "localhost:99999999",
                ""
            })
    void a_foreign_host_is_turned_away(String host) throws Exception {
        String response = raw("GET /things/a HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE);
        assertProblem(421, "host-not-allowed", response);
        assertFalse(response.contains("\"name\""), response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8025", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8025"})
    void the_loopbacks_own_names_are_answered(String host) throws Exception {
        String response = raw("GET /things/a HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE);
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    }

    @Test
    void there_is_one_host() throws Exception {
        assertProblem(400, "malformed-request", raw("GET /things/a HTTP/1.1\r\n" + CLOSE));
        assertProblem(400, "malformed-request", raw("GET /things/a HTTP/1.0\r\n\r\n"));
        assertProblem(400, "malformed-request", raw("GET /things/a HTTP/1.1\r\n" + HOST + HOST + CLOSE));
        assertProblem(421, "host-not-allowed", raw("GET http://evil.example/things/a HTTP/1.1\r\n" + HOST + CLOSE));
        String absolute = raw("GET http://localhost/things/a HTTP/1.1\r\n" + HOST + CLOSE);
        assertTrue(absolute.startsWith("HTTP/1.1 200 "), absolute);
    }

    @Test
    void other_web_pages_change_nothing() throws Exception {
        String poke = "POST /poke HTTP/1.1\r\nHost: localhost:8025\r\nContent-Length: 0\r\n";
        for (String header : List.of(
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost:9999",
                "Origin: http://localhost:8025.evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site")) {
            assertProblem(403, "cross-origin", raw(poke + header + "\r\n" + CLOSE));
        }
        for (String header : List.of(
                "Origin: http://localhost:8025", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "X: y")) {
            String response = raw(poke + header + "\r\n" + CLOSE);
            assertTrue(response.startsWith("HTTP/1.1 204 "), response);
        }
        String preflight = raw("OPTIONS /poke HTTP/1.1\r\n" + HOST
                + "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n" + CLOSE);
        assertProblem(405, "method-not-allowed", preflight);
        assertFalse(preflight.toLowerCase(Locale.ROOT).contains("access-control-allow"), preflight);
    }

    @Test
    void off_the_loopback_there_must_be_a_token() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThrows(IllegalArgumentException.class, () -> HttpSettings.loopback(everywhere));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpSettings(everywhere, Set.of(), Optional.of("short"), Set.of(), 1_000));
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpSettings.loopback(InetSocketAddress.createUnresolved("localhost", 0)));
    }

    @Test
    void a_token_opens_what_it_must() throws Exception {
        listener = stage.listen(
                new HttpSettings(
                        Stage.anyPort(),
                        Set.of("tarry"),
                        Optional.of("a-token-of-some-length"),
                        Set.of("/many"),
                        1_000),
                routes);
        HttpResponse<String> without = get("/things/a");
        assertProblem(401, "unauthorized", without);
        assertEquals("Bearer", without.headers().firstValue("WWW-Authenticate").orElse(""));
        assertProblem(401, "unauthorized", get("/nothing"));
        assertEquals(200, get("/open").statusCode());
        assertEquals(200, get("/many").statusCode(), "opened by a setting");
        for (String wrong : List.of("Bearer a-token-of-some-lengtH", "Bearer ", "Basic a-token-of-some-length")) {
            assertProblem(401, "unauthorized", withToken(wrong));
        }
        assertEquals(200, withToken("Bearer a-token-of-some-length").statusCode());
        String named = raw("GET /open HTTP/1.1\r\nHost: tarry:8025\r\n" + CLOSE);
        assertTrue(named.startsWith("HTTP/1.1 200 "), named);
        String twice = "Authorization: Bearer a-token-of-some-length\r\n".repeat(2);
        assertProblem(401, "unauthorized", raw("GET /things/a HTTP/1.1\r\n" + HOST + twice + CLOSE));
    }

    @Test
    void where_a_token_is_wanted_the_server_may_be_called_by_any_address_and_still_not_by_any_name() throws Exception {
        listener = stage.listen(
                new HttpSettings(Stage.anyPort(), Set.of(), Optional.of("a-token-of-some-length"), Set.of(), 1_000),
                routes);
        for (String address : List.of("192.168.1.10:8025", "[2001:db8::1]:8025", "10.0.0.1")) {
            String health = raw("GET /open HTTP/1.1\r\nHost: " + address + "\r\n" + CLOSE);
            assertTrue(health.startsWith("HTTP/1.1 200 "), health);
        }
        for (String name : List.of("evil.example", "192.168.1.10.evil.example", "1.2.3.4.5", "999.1.1.1", "[::g]")) {
            assertProblem(421, "host-not-allowed", raw("GET /open HTTP/1.1\r\nHost: " + name + "\r\n" + CLOSE));
        }
    }

    private HttpResponse<String> withToken(String authorization) throws Exception {
        return client.send(
                request("/things/a").header("Authorization", authorization).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void bodies_and_heads_have_bounds() throws Exception {
        int most = HttpSettings.DEFAULT_MAX_BODY_BYTES;
        String head = "POST /things HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";
        String tooMuch = "Content-Length: " + (most + 1) + "\r\n\r\n";
        assertProblem(413, "body-too-large", raw(head + tooMuch));
        assertProblem(413, "body-too-large", raw(head + tooMuch + "x".repeat(most + 1)));
        String chunk = Integer.toHexString(most + 1) + "\r\n" + "x".repeat(most + 1) + "\r\n0\r\n\r\n";
        assertProblem(413, "body-too-large", raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk));
        assertProblem(413, "body-too-large", raw(head + "Expect: 100-continue\r\n" + tooMuch));
        assertProblem(
                414,
                "uri-too-long",
                raw("GET /" + "x".repeat(HttpListener.MAX_LINE) + " HTTP/1.1\r\n" + HOST + "\r\n"));
        assertProblem(
                431,
                "headers-too-large",
                raw("GET /things/a HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(HttpListener.MAX_HEADER) + "\r\n\r\n"));
        String large = "{\"name\":\"" + "a".repeat(500_000) + "\"}";
        assertEquals(201, post("/things", large, JSON).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 2\r\n\r\n{}",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: +2\r\n\r\n{}",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2, 3\r\n\r\n{}",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x2\r\n\r\n{}",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /poke HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /poke HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n",
                "POST /poke HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /things/a HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
                "GET /things/a HTTP/1.1\r\nHost : localhost\r\n\r\n",
                "GET /things/a HTTP/3.7\r\nHost: localhost\r\n\r\n",
                "EHLO localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void odd_requests_are_refused_and_nothing_behind_them_is_answered(String octets) throws Exception {
        String response = raw(octets + "GET /things/smuggled HTTP/1.1\r\n" + HOST + CLOSE);
        assertProblem(400, "malformed-request", response);
        assertFalse(response.contains("smuggled"), response);
    }
}
