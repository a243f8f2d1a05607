package dev.tarry.admin.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.Health;
import dev.tarry.admin.MailboxOperations;
import dev.tarry.admin.MessageOperations;
import dev.tarry.admin.MessageVerbs;
import dev.tarry.admin.Operations;
import dev.tarry.admin.QueueOperations;
import dev.tarry.admin.QueueVerbs;
import dev.tarry.admin.TlsDomains;
import dev.tarry.admin.TrackingOperations;
import dev.tarry.admin.metrics.Metrics;
import dev.tarry.admin.metrics.Scrape;
import dev.tarry.eventlog.EventSink;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.mailbox.Mailboxes;
import dev.tarry.pressure.BackPressure;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.Endpoint;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.Placement;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.Queues;
import dev.tarry.queue.RetrySchedule;
import dev.tarry.queue.StoreDoor;
import dev.tarry.queue.Submission;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFaults;
import dev.tarry.tracking.MemoryTrackingLog;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSearch;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole way from a request to real queues and back: mail for a domain whose DNS fails.
final class AdminApiTest {
    private static final String MAIL = "From: user@company.com\r\nSubject: Hello\r\n\r\nBody.\r\n";
    private static final QueueSettings SETTINGS = new QueueSettings(
            ExchangeProfile.E2019,
            "MAIL",
            "mail.company.com",
            "company.com",
            Set.of("company.com"),
            ZoneId.of("UTC"),
            RetrySchedule.EXCHANGE,
            Duration.ofMinutes(5),
            Duration.ofHours(12),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(48),
            Duration.ofHours(4),
            Duration.ZERO,
            Duration.ofMinutes(3),
            40,
            20,
            false,
            QueueSettings.DsnSettings.of("postmaster@company.com"));

    private final Stage stage = new Stage();
    private final AtomicInteger attempts = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Json json = new Json();
    private HttpListener listener;
    private Described described;
    private long id;

    @BeforeEach
    void start() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        StoreDoor door = StoreDoor.open(() -> MemoryMessageStore.open(disk, StoreFaults.NONE));
        MemoryTrackingLog log = new MemoryTrackingLog();
        Metrics metrics = new Metrics(() -> 0);
        Queues queues = new Queues(stage.world, door, log, SETTINGS, metrics);
        queues.onSubmitted(() -> categorize(queues));
        queues.onDue(() -> fail(queues));
        queues.open().join();
        QueueOperations queueOperations = new QueueOperations(queues, () -> SETTINGS, TlsDomains.NONE, () -> 250_000);
        RouteTable table = new AdminRoutes(
                        queueOperations,
                        new MessageOperations(queues, door, () -> SETTINGS, stage.time),
                        new TrackingOperations(new TrackingSearch(log)),
                        new MailboxOperations(new Mailboxes(door, queues)),
                        new Health(List.of(Health.of(queues), Health.of(door))),
                        () -> new Scrape(
                                metrics,
                                new Scrape.Gauges(
                                        () -> Optional.of(queues.views().join()),
                                        limits ->
                                                Optional.of(queues.ages(limits).join()),
                                        () -> bytes(door),
                                        () -> 0,
                                        () -> 0,
                                        () -> 0,
                                        () -> 0,
                                        Map.of(
                                                "connectivity", new Scrape.Backlog(() -> 31, () -> 32),
                                                "queue", new Scrape.Backlog(() -> 41, () -> 42),
                                                "dns", new Scrape.Backlog(() -> 51, () -> 52),
                                                "receive", new Scrape.Backlog(() -> 61, () -> 62),
                                                "send", new Scrape.Backlog(() -> 71, () -> 72)),
                                        () -> 0,
                                        new BackPressure(stage.time, EventSink.NONE, BackPressure.Effects.NONE),
                                        queues.submission().memory(),
                                        stage.time,
                                        "0.1.0"),
                                stage.time),
                        "0.1.0")
                .table(others(queues, door));
        listener = stage.listen(HttpSettings.loopback(Stage.anyPort()), table);
        described = new Described(OpenApi.document(table, "0.1.0"));
        id = submit(queues);
        await().atMost(HttpScene.GIVE_UP).until(() -> attempts.get() == 1);
    }

    private List<Route> others(Queues queues, StoreDoor door) {
        Operations operations =
                new Operations(stage.time, Thread.ofPlatform().daemon().factory(), 0);
        List<Route> others = new ArrayList<>(VerbRoutes.of(
                new QueueVerbs(queues, operations, () -> SETTINGS, TlsDomains.NONE),
                new MessageVerbs(queues, door, operations, () -> SETTINGS),
                new OperationRoutes(operations)));
        others.add(Route.get("/lab/v1/clock", "The lab's clock.").by(_ -> Reply.nothing()));
        return others;
    }

    private static long bytes(StoreDoor door) {
        try {
            return door.store().sizeBytes();
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void categorize(Queues queues) {
        queues.nextSubmitted().ifPresent(message -> {
            NextHopKey key =
                    new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, "external-company.com", new UUID(1, 2));
            queues.shelve(message, List.of(new Placement.Shelf(key, message.recipients())));
        });
    }

    private void fail(Queues queues) {
        queues.nextAttempt().ifPresent(attempt -> {
            attempts.incrementAndGet();
            queues.attemptFailed(
                    attempt,
                    new ErrorRecord(
                            "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
                            "external-company.com",
                            "",
                            stage.time.millis()),
                    Endpoint.NONE,
                    TrackingEvent.Source.DNS);
        });
    }

    private static long submit(Queues queues) {
        Submission.Body body = queues.submission().newBody();
        body.append(Unpooled.copiedBuffer(MAIL, StandardCharsets.US_ASCII));
        CompletableFuture<Submission.Acceptance> answer = new CompletableFuture<>();
        queues.submission()
                .accept(
                        new Incoming(
                                Envelope.of(
                                        ReversePath.of("user@company.com"),
                                        List.of(Recipient.of("a@external-company.com"))),
                                "<1@company.com>",
                                "Hello",
                                Optional.empty(),
                                MAIL.indexOf("Body"),
                                Incoming.NORMAL_PRIORITY,
                                new Incoming.Source(
                                        "SMTP:Default Frontend MAIL",
                                        "MAIL\\Default Frontend MAIL",
                                        "SMTP",
                                        "",
                                        "127.0.0.1",
                                        "client",
                                        "127.0.0.1")),
                        body,
                        answer::complete);
        return assertInstanceOf(Submission.Acceptance.Queued.class, answer.join())
                .internalId();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        stage.close();
    }

    private HttpRequest.Builder request(String path) {
        int port = ((InetSocketAddress) listener.address()).getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    /// Every answer is held against its description.
    private Map<String, Object> get(String path) throws Exception {
        return checked("GET", path, 200, request(path).build());
    }

    private Map<String, Object> refused(int status, String path) throws Exception {
        return checked("GET", path, status, request(path).build());
    }

    private Map<String, Object> checked(String method, String path, int status, HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), response::body);
        described.check(method, path.replaceFirst("\\?.*", ""), status, response.body());
        return json.object(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> only(String path) throws Exception {
        List<Object> items = (List<Object>) get(path).get("items");
        assertEquals(1, items.size(), items::toString);
        return (Map<String, Object>) items.getFirst();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void the_queue_whose_dns_fails_is_seen_in_retry() throws Exception {
        Map<String, Object> queue = only("/api/v1/queues?filter=" + encoded("LastError -like '*DNS*'"));
        assertEquals("MAIL\\4", queue.get("Identity"));
        assertEquals("Retry", queue.get("Status"));
        assertEquals(1L, queue.get("MessageCount"));
        assertEquals(0L, queue.get("RetryCount"));
        assertEquals("2026-03-04T09:16:00.000Z", queue.get("NextRetryTime"));
        assertEquals(queue, only("/api/v1/queues/MAIL%5C4"));
        assertEquals(queue, only("/api/v1/queues/4"));
        assertEquals(queue, only("/api/v1/queues/external-company.com"));
        assertEquals(3, ((List<?>) get("/api/v1/queues").get("items")).size());
    }

    @Test
    void retrying_it_makes_an_attempt_at_once() throws Exception {
        HttpResponse<String> response = client.send(
                request("/api/v1/queues/MAIL%5C4/retry")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        await().atMost(HttpScene.GIVE_UP).until(() -> attempts.get() == 2);
        await().atMost(HttpScene.GIVE_UP)
                .until(() -> only("/api/v1/queues/4").get("RetryCount").equals(1L));
    }

    @Test
    void its_message_is_seen_and_read() throws Exception {
        Map<String, Object> message = only("/api/v1/messages?queue=MAIL%5C4&includeRecipientInfo=true");
        assertEquals("MAIL\\4\\" + id, message.get("Identity"));
        assertEquals("user@company.com", message.get("FromAddress"));
        assertEquals("2026-03-06T09:15:00.000Z", message.get("ExpirationTime"));
        assertEquals((long) MAIL.length(), message.get("SizeBytes"));
        assertEquals(message, only("/api/v1/messages/" + id + "?includeRecipientInfo=true"));
        HttpResponse<String> content = client.send(
                request("/api/v1/messages/" + encoded("MAIL\\4\\" + id) + "/content")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(MAIL, content.body());
        assertEquals(
                "message/rfc822", content.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void what_happened_is_found_in_the_tracking_log() throws Exception {
        Map<String, Object> event = only("/api/v1/tracking?eventId=defer&source=DNS");
        assertEquals("2026-03-04T09:15:00.000Z", event.get("Timestamp"));
        assertEquals("DEFER", event.get("EventId"));
        HttpResponse<String> wrong =
                client.send(request("/api/v1/tracking?eventId=NOPE").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(400, wrong.statusCode(), wrong.body());
        assertTrue(wrong.body().contains("urn:tarry:problem:invalid-parameter"), wrong.body());
    }

    @Test
    void its_recipients_and_its_header_are_seen() throws Exception {
        Map<String, Object> recipient = only("/api/v1/messages/" + id + "/recipients");
        assertEquals("MAIL\\4", recipient.get("Queue"));
        assertEquals("a@external-company.com", recipient.get("Address"));
        assertEquals("Retry", recipient.get("Status"));
        assertEquals(null, recipient.get("Notify"));
        assertTrue(recipient.get("LastError").toString().contains("451 4.4.0"), recipient::toString);
        List<?> headers = (List<?>) get("/api/v1/messages/" + encoded("MAIL\\4\\" + id) + "/headers")
                .get("items");
        assertEquals(
                List.of(
                        Map.of("Name", "From", "Value", "user@company.com", "Decoded", "user@company.com"),
                        Map.of("Name", "Subject", "Value", "Hello", "Decoded", "Hello")),
                headers);
    }

    @Test
    void tracking_events_come_newest_first_unless_the_oldest_are_wanted() throws Exception {
        List<String> newest = times("/api/v1/tracking");
        assertTrue(newest.size() > 1, newest::toString);
        assertTrue(newest.getLast().endsWith(" RECEIVE"), newest::toString);
        assertEquals(newest.reversed(), times("/api/v1/tracking?oldestFirst=true"));
        assertEquals(newest.subList(0, 1), times("/api/v1/tracking?resultSize=1"));
        HttpResponse<String> backwards = client.send(
                request("/api/v1/tracking?start=2026-03-05&end=2026-03-04").build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(400, backwards.statusCode(), backwards.body());
        assertTrue(backwards.body().contains("is after end, 2026-03-04T00:00:00Z"), backwards.body());
    }

    private List<String> times(String path) throws Exception {
        return ((List<?>) get(path).get("items"))
                .stream()
                        .map(e -> ((Map<?, ?>) e).get("Timestamp") + " " + ((Map<?, ?>) e).get("EventId"))
                        .toList();
    }

    @Test
    void listings_are_sorted_and_paged() throws Exception {
        Map<String, Object> page = get("/api/v1/queues?sortOrder=-MessageCount&resultSize=1&returnPageInfo=true");
        assertEquals(Map.of("first", 1L, "total", 3L), page.get("page"));
        assertEquals(true, page.get("more"));
        assertTrue(page.get("items").toString().contains("Identity=MAIL\\4"), page::toString);
        assertEquals(
                "MAIL\\4",
                only("/api/v1/queues?searchForward=false&resultSize=1").get("Identity"));
        assertEquals(
                "MAIL\\4", only("/api/v1/queues?include=External&exclude=Empty").get("Identity"));
        Map<String, Object> messages = get("/api/v1/messages?sortOrder=+Subject,-Size&returnPageInfo=true");
        assertEquals(Map.of("first", 1L, "total", 1L), messages.get("page"));
        assertEquals(
                "DEFER",
                only("/api/v1/tracking?oldestFirst=true&resultSize=1&source=DNS")
                        .get("EventId"));
        assertEquals(
                List.of(),
                get("/api/v1/tracking?bookmarkIndex=2&resultSize=1&source=DNS").get("items"));
    }

    @Test
    void parameters_are_held_against_their_types() throws Exception {
        for (String query : List.of(
                "queues?resultSize=0",
                "queues?resultSize=many",
                "queues?resultSize=1000001",
                "queues?bookmarkIndex=first",
                "queues?bookmarkIndex=99999999999999999999",
                "queues?includeBookmark=1",
                "queues?include=Everything",
                "queues?sortOrder=Nothing",
                "queues?bookmark=4&bookmarkIndex=1",
                "messages?includeRecipientInfo=yes",
                "messages?sortOrder=Recipients",
                "tracking?eventId=NOPE",
                "tracking?internalMessageId=x",
                "tracking?bookmarkIndex=0",
                "mailboxes/a%40company.com/messages?since=yesterday")) {
            Map<String, Object> problem = refused(400, "/api/v1/" + query);
            assertEquals("urn:tarry:problem:invalid-parameter", problem.get("type"), query);
        }
    }

    @Test
    void an_object_that_is_still_the_same_is_not_sent_again() throws Exception {
        String tag = client.send(request("/api/v1/queues/4").build(), HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpRequest again =
                request("/api/v1/queues/4").header("If-None-Match", tag).build();
        assertEquals(
                304, client.send(again, HttpResponse.BodyHandlers.ofString()).statusCode());
        retrying_it_makes_an_attempt_at_once();
        assertEquals(
                200, client.send(again, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    void every_kind_of_problem_is_listed_under_its_own_name() throws Exception {
        List<?> rows = (List<?>) get("/api/v1/problems").get("items");
        assertEquals(ProblemType.values().length, rows.size());
        assertEquals(
                ProblemType.values().length,
                rows.stream()
                        .map(row -> ((Map<?, ?>) row).get("type"))
                        .distinct()
                        .count());
        for (ProblemType type : ProblemType.values()) {
            assertTrue(type.status() >= 400 && type.status() < 600, type.word());
            assertTrue(type.word().matches("[a-z]+(-[a-z]+)*"), type.word());
            assertEquals(Optional.of(type), ProblemType.of(type.urn()));
            for (String sentence : List.of(type.when(), type.remedy())) {
                assertTrue(sentence.matches("[A-Z].*\\."), sentence);
            }
        }
        assertEquals(Optional.empty(), ProblemType.of("urn:tarry:problem:nothing"));
    }

    @Test
    void the_page_for_browsers_needs_nothing_and_runs_nothing() throws Exception {
        HttpResponse<String> page = client.send(request("/api").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, page.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElseThrow());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(
                policy.matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'"),
                policy);
        String html = page.body();
        assertTrue(html.startsWith("<!DOCTYPE html>"), html);
        assertTrue(html.contains("<style>" + ApiPage.STYLE + "</style>"), "the policy's hash is of this text");
        for (String foreign : List.of("<script", "javascript:", " src=", "url(", "@import", "style=", " on", "//cdn")) {
            assertEquals(-1, html.replaceAll("<(pre|td|p|li)>[^<]*</", "").indexOf(foreign), foreign);
        }
        assertTrue(html.contains("GET /api/v1/queues/{identity}"), html);
        assertTrue(html.contains("Status -eq &#39;Retry&#39;"), html);
        assertTrue(html.contains("unknown-queue"), html);
    }

    @Test
    void mailboxes_that_are_empty_are_empty() throws Exception {
        assertEquals(List.of(), get("/api/v1/mailboxes").get("items"));
        assertEquals(
                List.of(), get("/api/v1/mailboxes/user%40company.com/messages").get("items"));
        HttpResponse<String> none = client.send(
                request("/api/v1/mailboxes/user%40company.com/messages/1")
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(404, none.statusCode());
    }

    @Test
    void those_who_watch_get_health_and_figures() throws Exception {
        assertEquals(Map.of("status", "up"), get("/health/live"));
        assertEquals(Map.of("status", "up", "checks", Map.of("queues", "up", "store", "up")), get("/health/ready"));
        String metrics = client.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(metrics.contains("tarry_messages_accepted_total 1.0"), metrics);
        assertTrue(metrics.contains("tarry_queue_messages{status=\"Retry\"} 1.0"), metrics);
        assertTrue(metrics.contains("tarry_log_lines_dropped_total{log=\"connectivity\"} 32.0"), metrics);
    }

    @Test
    void every_route_is_described_with_its_parameters() throws Exception {
        Map<String, Object> document = get("/api/v1/openapi.json");
        assertEquals("3.1.0", document.get("openapi"));
        Map<?, ?> paths = (Map<?, ?>) document.get("paths");
        for (String path : List.of(
                "/api/v1/queues",
                "/api/v1/queues/{identity}",
                "/api/v1/queues/{identity}/retry",
                "/api/v1/messages/{identity}/content",
                "/api/v1/tracking",
                "/api/v1/mailboxes/{address}/messages/{id}",
                "/health/ready",
                "/metrics",
                "/lab/v1/clock")) {
            assertTrue(paths.containsKey(path), path);
        }
        String text = paths.get("/api/v1/queues").toString();
        assertTrue(text.contains("schemas/Queue") && text.contains("resultSize"), text);
        assertTrue(document.get("components").toString().contains("NextRetryTime"), document::toString);
    }
}
