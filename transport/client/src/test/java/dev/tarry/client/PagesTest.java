package dev.tarry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pages, mailboxes, health, and the token.
final class PagesTest {
    private final StubServer server = open();
    private final TarryClient client = new TarryClient(server.uri(), Optional.of("0123456789abcdef"));

    private static StubServer open() {
        try {
            return new StubServer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void a_page_of_queues_tells_where_it_stands() {
        server.json(
                "GET /api/v1/queues?filter=MessageCount%20-gt%200&include=External&exclude=Empty&sortOrder=-MessageCount"
                        + "&bookmarkIndex=3&resultSize=2&returnPageInfo=true",
                200, """
                {"items":[{"Identity":"MAIL\\\\4","NextRetryTime":"2026-03-04T09:16:00.000Z"}],"more":true,\
                "page":{"first":3,"total":9}}""");
        Page<?> page = client.queuePages()
                .queues(
                        new QueueClient.Queues(
                                Optional.of("MessageCount -gt 0"), Optional.of("External"), Optional.of("Empty")),
                        PageRequest.first(ResultLimit.of(2))
                                .sortedBy("-MessageCount")
                                .from(3));
        assertEquals(
                List.of(Map.of("Identity", "MAIL\\4", "NextRetryTime", Instant.parse("2026-03-04T09:16:00Z"))),
                page.items());
        assertTrue(page.more());
        assertEquals(Optional.of(new Page.Place(3, 9)), page.place());
    }

    @Test
    void messages_are_leafed_through_from_one_to_the_next() {
        server.json(
                "GET /api/v1/messages?queue=MAIL%5C4&includeRecipientInfo=true&bookmark=MAIL%5C4%5C7&includeBookmark=false",
                200, "{\"items\":[],\"more\":false}");
        Page<?> page = client.queuePages()
                .messages(
                        new MessageQuery(Optional.of("MAIL\\4"), Optional.empty(), ResultLimit.serverDefault(), true),
                        PageRequest.first(ResultLimit.serverDefault()).after("MAIL\\4\\7"));
        assertEquals(List.of(), page.items());
        assertFalse(page.more());
        assertEquals(Optional.empty(), page.place());
    }

    @Test
    void messages_are_handed_on_as_they_arrive() {
        // The answer breaks off: what came before was there already.
        server.torn(
                "GET /api/v1/messages?resultSize=Unlimited",
                "{\"items\":[{\"Identity\":\"MAIL\\\\4\\\\1\"},{\"Identity\":\"MAIL\\\\4\\\\2\"},"
                        .getBytes(StandardCharsets.UTF_8));
        List<Object> seen = new ArrayList<>();
        PageRequest all = PageRequest.first(ResultLimit.unlimited());
        MessageQuery every = new MessageQuery(Optional.empty(), Optional.empty(), ResultLimit.serverDefault(), false);
        assertThrows(
                AnswerBrokenOffException.class,
                () -> client.queuePages().messages(every, all, bag -> seen.add(bag.get("Identity"))));
        assertEquals(List.of("MAIL\\4\\1", "MAIL\\4\\2"), seen);
    }

    @Test
    void whoever_takes_messages_may_have_enough() {
        server.json(
                "GET /api/v1/messages?resultSize=2",
                200,
                "{\"items\":[{\"Identity\":1},{\"Identity\":2}],\"more\":true}");
        MessageQuery every = new MessageQuery(Optional.empty(), Optional.empty(), ResultLimit.serverDefault(), false);
        PageRequest two = PageRequest.first(ResultLimit.of(2));
        List<Object> seen = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> client.queuePages().messages(every, two, bag -> {
                    seen.add(bag.get("Identity"));
                    throw new IllegalStateException("enough");
                }));
        assertEquals(List.of(1L), seen);
        assertTrue(client.queuePages().messages(every, two, bag -> seen.add(bag.get("Identity"))));
        assertEquals(List.of(1L, 1L, 2L), seen);
    }

    @Test
    void recipients_and_header_of_a_message_are_typed() {
        server.json("GET /api/v1/messages/7/recipients", 200, """
                {"items":[{"Queue":"MAIL\\\\4","Address":"a@b.example","Type":"External","FinalDestination":"b.example",\
                "Status":"Retry","LastError":"451","Notify":"NEVER","OriginalRecipient":null,"Return":"HDRS",\
                "EnvelopeId":null}],"more":false}""");
        assertEquals(
                List.of(new WaitingRecipient(
                        "MAIL\\4",
                        "a@b.example",
                        "External",
                        "b.example",
                        "Retry",
                        "451",
                        Optional.of("NEVER"),
                        Optional.empty(),
                        Optional.of("HDRS"),
                        Optional.empty())),
                client.queuePages().recipients("7").items());
        server.json(
                "GET /api/v1/messages/7/headers",
                200,
                "{\"items\":[{\"Name\":\"Subject\",\"Value\":\"=?x?\",\"Decoded\":\"y\"}],\"more\":true}");
        Page<HeaderLine> headers = client.queuePages().headers("7");
        assertEquals(List.of(new HeaderLine("Subject", "=?x?", "y")), headers.items());
        assertTrue(headers.more());
    }

    @Test
    void a_delivered_report_is_read_with_what_it_says() {
        server.json("GET /api/v1/mailboxes/a%40b.example/messages/9", 200, """
                {"Id":"9","Received":"2026-03-04T09:16:00.000Z","From":"<>","Subject":"Undeliverable: x",\
                "MessageId":"<1@m>","SizeBytes":5,"Headers":[{"Name":"To","Value":"a","Decoded":"a"}],"Text":"Sorry",\
                "TextCut":false,"Parts":[{"Depth":0,"Type":"multipart/report","Charset":null,"Encoding":"7bit",\
                "SizeBytes":0}],"Report":{"Message":{"Reporting-MTA":"dns;m"},"Recipients":[{"Action":"failed"}]},\
                "Whole":true}""");
        ReadMessage read = client.mailbox("a@b.example").read("9");
        assertEquals("Undeliverable: x", read.message().subject());
        assertEquals("Sorry", read.text());
        assertEquals(List.of("multipart/report"), read.parts());
        assertEquals("dns;m", read.report().orElseThrow().message().get("Reporting-MTA"));
        assertEquals(List.of(Map.of("Action", "failed")), read.report().get().recipients());
        assertTrue(read.whole());
    }

    @Test
    void a_mailbox_is_searched_and_emptied() {
        server.json(
                "GET /api/v1/mailboxes/a%40b.example/messages?subject=Undeliverable*&newestFirst=true",
                200, "{\"items\":[],\"more\":false}");
        server.json("DELETE /api/v1/mailboxes/a%40b.example/messages", 200, "{\"removed\":3}");
        MailboxQuery wanted = new MailboxQuery(
                Optional.of("Undeliverable*"), Optional.empty(), Optional.empty(), true, ResultLimit.serverDefault());
        assertEquals(List.of(), client.mailbox("a@b.example").messages(wanted).items());
        assertEquals(3, client.mailbox("a@b.example").removeAll());
    }

    @Test
    void tracking_gives_the_newest_page_first() {
        server.json(
                "GET /api/v1/tracking?eventId=DEFER&bookmarkIndex=1",
                200,
                "{\"items\":[{\"EventId\":\"DEFER\"}],\"more\":true}");
        TrackingQuery all = TrackingQuery.everything();
        TrackingQuery deferred = new TrackingQuery(
                all.start(),
                all.end(),
                Optional.of("DEFER"),
                all.source(),
                all.sender(),
                all.recipients(),
                all.messageId(),
                all.internalMessageId(),
                all.messageSubject(),
                all.limit());
        server.json(
                "GET /api/v1/tracking?eventId=DEFER&bookmarkIndex=1&oldestFirst=true",
                200,
                "{\"items\":[{\"EventId\":\"FAIL\"}],\"more\":true}");
        assertEquals(
                "FAIL", client.tracking(deferred, 1, false).items().getFirst().get("EventId"));
        assertEquals(
                "DEFER", client.tracking(deferred, 1, true).items().getFirst().get("EventId"));
    }

    @Test
    void a_server_that_is_down_says_what_is_wrong() {
        server.json("GET /health/ready", 503, "{\"status\":\"down\",\"checks\":{\"queues\":\"up\",\"store\":\"no\"}}");
        assertEquals(new Health(false, Map.of("queues", "up", "store", "no")), client.health());
        server.json("GET /health/ready", 200, "{\"status\":\"up\",\"checks\":{\"queues\":\"up\"}}");
        assertTrue(client.health().up());
    }

    @Test
    void the_token_goes_with_every_request_and_could_break_none() {
        server.json("GET /api/v1/mailboxes", 200, "{\"items\":[],\"more\":false}");
        client.mailboxes();
        assertEquals(List.of("Bearer 0123456789abcdef"), server.authorizations());
        try (TarryClient plain = new TarryClient(server.uri())) {
            plain.mailboxes();
        }
        assertEquals(List.of("Bearer 0123456789abcdef", ""), server.authorizations());
        for (String bad : List.of("", "a b", "a\r\nX: y", "ä")) {
            assertThrows(IllegalArgumentException.class, () -> new TarryClient(server.uri(), Optional.of(bad)), bad);
        }
    }
}
