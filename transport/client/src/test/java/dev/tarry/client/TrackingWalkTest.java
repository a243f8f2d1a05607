package dev.tarry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events in the order of time, page by page, from a log that answers as the server's does.
final class TrackingWalkTest {
    private static final Instant NINE = Instant.parse("2026-01-02T09:00:00Z");
    private static final int PAGE = TrackingWalk.PAGE;

    /// In the order of the log: when, and which.
    private record Event(Instant time, int number) {}

    private final List<Event> log = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private TarryClient client;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/tracking", this::answer);
        server.start();
        client = new TarryClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        asked.add(query);
        Map<String, String> wanted = new LinkedHashMap<>(Map.of("bookmarkIndex", "1", "resultSize", "1000"));
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=");
            wanted.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        Instant start = wanted.containsKey("start") ? Instant.parse(wanted.get("start")) : Instant.EPOCH;
        List<Event> matching =
                log.stream().filter(event -> !event.time().isBefore(start)).toList();
        List<Event> ordered = wanted.containsKey("oldestFirst") ? matching : matching.reversed();
        int from = Math.min(ordered.size(), Integer.parseInt(wanted.get("bookmarkIndex")) - 1);
        int to = Math.min(ordered.size(), from + Integer.parseInt(wanted.get("resultSize")));
        String items = ordered.subList(from, to).stream()
                .map(event -> "{\"Timestamp\":\"" + event.time() + "\",\"Number\":" + event.number() + "}")
                .collect(Collectors.joining(","));
        byte[] body =
                ("{\"items\":[" + items + "],\"more\":" + (to < ordered.size()) + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /// @param each how many have one moment
    private void fill(int count, int each) {
        for (int i = 0; i < count; i++) {
            log.add(new Event(NINE.plusMillis(i / each), i));
        }
    }

    private static TrackingQuery within(ResultLimit limit) {
        return TrackingQuery.everything().within(limit);
    }

    private List<Long> numbers(TrackingWalk walk) {
        List<Long> numbers = new ArrayList<>();
        walk.forEach(event -> numbers.add((Long) event.get("Number")));
        return numbers;
    }

    private static List<Long> from(int first, int end) {
        return IntStream.range(first, end).mapToObj(Long::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "999, 1",
        "1000, 3",
        "1001, 1",
        "2000, 1",
        "3500, 1",
        "3500, 7",
        "3500, 999",
        "3500, 1000",
        "3500, 1001",
        "3500, 10000"
    })
    void all_come_once_in_the_order_of_time_however_many_have_one_moment(int count, int each) {
        fill(count, each);
        TrackingWalk walk = client.trackingWalk(within(ResultLimit.unlimited()));
        assertEquals(from(0, count), numbers(walk));
        assertEquals(false, walk.more());
    }

    @ParameterizedTest
    @CsvSource({
        "3500, 1, 10",
        "3500, 1, 1000",
        "3500, 1, 1001",
        "3500, 7, 1500",
        "3500, 7, 3499",
        "3500, 7, 3500",
        "3500, 7, 3501",
        "3500, 2000, 2500",
        "3500, 10000, 2500",
        "10, 1, 2000"
    })
    void of_a_number_of_them_the_newest_come_the_oldest_first(int count, int each, int limit) {
        fill(count, each);
        TrackingWalk walk = client.trackingWalk(within(ResultLimit.of(limit)));
        assertEquals(limit < count, walk.more());
        assertEquals(from(Math.max(0, count - limit), count), numbers(walk));
    }

    @Test
    void where_nothing_is_said_the_newest_page_comes_with_one_request() {
        fill(3500, 1);
        TrackingWalk walk = client.trackingWalk(TrackingQuery.everything());
        assertTrue(walk.more());
        assertEquals(from(3500 - PAGE, 3500), numbers(walk));
        assertEquals(List.of(""), asked);
    }

    @Test
    void whoever_has_enough_asks_for_no_more() {
        fill(5000, 1);
        TrackingWalk walk = client.trackingWalk(within(ResultLimit.unlimited()));
        List<Object> seen = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> walk.forEach(event -> {
                    seen.add(event);
                    if (seen.size() == 5) {
                        throw new IllegalStateException("enough");
                    }
                }));
        assertEquals(2, asked.size(), asked.toString());
    }

    @ParameterizedTest
    @CsvSource({"1", "100000"})
    void what_is_written_meanwhile_does_not_belong_to_it(int each) {
        fill(2500, each);
        TrackingWalk walk = client.trackingWalk(within(ResultLimit.unlimited()));
        List<Object> seen = new ArrayList<>();
        walk.forEach(event -> {
            seen.add(event.get("Number"));
            // As a pipeline that sends mail for each, while the clock stands still or goes on.
            log.add(new Event(log.getLast().time().plusMillis(each == 1 ? 1 : 0), log.size()));
        });
        assertEquals(from(0, 2500), seen);
    }

    @Test
    void a_limit_that_the_server_has_not_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> client.trackingWalk(within(ResultLimit.of(TrackingWalk.MOST + 1L))));
        assertEquals(List.of(), asked);
    }
}
