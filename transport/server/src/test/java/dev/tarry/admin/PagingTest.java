package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.StoreFaults;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reference §11.1 and §11.2: five messages and four queues, sorted and leafed through.
final class PagingTest {
    private final Desk desk = new Desk();
    private int most = 250_000;
    private final QueueOperations queues = new QueueOperations(desk, () -> Desk.SERVER, TlsDomains.NONE, () -> most);
    private MessageOperations messages;

    @BeforeEach
    void lay_out() throws Exception {
        messages = new MessageOperations(
                desk,
                StoreDoor.open(() -> MemoryMessageStore.open(new MemoryDisk(), StoreFaults.NONE)),
                () -> Desk.SERVER,
                InstantSource.fixed(Desk.NOW.plusSeconds(90)),
                () -> most);
        QueueView broken = Desk.retrying(4, Desk.dns("b.example"), 3);
        QueueView more = Desk.retrying(11, Desk.dns("A.example"), 2);
        desk.views.add(broken);
        desk.views.add(Desk.queue(9, Desk.dns("c.example")));
        desk.views.add(Desk.queue(10, Desk.dns("d.example")));
        desk.views.add(more);
        desk.message(105, more, "carol@company.com", "e@a.example", "Beta");
        desk.message(101, broken, "bob@company.com", "a@b.example", "alpha");
        desk.message(103, broken, "alice@company.com", "c@b.example", "Gamma");
        desk.message(102, broken, "Bob@company.com", "b@b.example", "beta");
        desk.message(104, more, "alice@company.com", "d@a.example", "");
    }

    private static Paging paging(
            String order, Integer index, String bookmark, boolean include, boolean forward, int most) {
        return new Paging(
                Optional.ofNullable(order),
                Optional.ofNullable(index),
                Optional.ofNullable(bookmark),
                include,
                forward,
                new ResultSize(most),
                true);
    }

    private String seen(Paging paging) {
        return shown(messages.list(new MessageOperations.Query(Optional.empty(), Optional.empty(), paging, false)));
    }

    /// The last digits of the identities, `+` if there are more, and where the page begins out of how many.
    private static String shown(Listing listing) {
        List<String> all = new ArrayList<>();
        boolean more = listing.forEach(bag -> {
            String identity = bag.get("Identity").toString();
            all.add(identity.substring(identity.lastIndexOf('\\') + 1).replaceFirst("^10(?=[1-5]$)", ""));
        });
        return String.join(" ", all)
                + (more ? "+" : "")
                + listing.page().map(p -> " " + p.first() + "/" + p.total()).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // order | index | bookmark | include | forward | most | what is seen
                "- | - | - | true | true | 2 | 1 2+ 1/5",
                "- | 1 | - | true | true | 2 | 1 2+ 1/5",
                "- | 3 | - | true | true | 2 | 3 4+ 3/5",
                "- | 4 | - | true | true | 2 | 4 5 4/5",
                "- | 3 | - | false | true | 2 | 4 5 4/5",
                "- | 0 | - | true | true | 2 | 1 2+ 1/5",
                "- | -7 | - | true | false | 2 | 1 2 1/5",
                "- | 2147483647 | - | true | true | 2 | 4 5 4/5",
                "- | 6 | - | true | true | 2 | ' 0/5'",
                "- | 2147483646 | - | false | true | 2 | ' 0/5'",
                "- | - | - | true | false | 2 | 4 5+ 4/5",
                "- | 3 | - | true | false | 2 | 2 3+ 2/5",
                "- | 3 | - | false | false | 2 | 1 2 1/5",
                "- | 1 | - | false | false | 2 | ' 0/5'",
                "- | - | MAIL\\4\\103 | true | true | 2 | 3 4+ 3/5",
                "- | - | 103 | false | true | 5 | 4 5 4/5",
                "- | - | *\\103 | false | false | 5 | 1 2 1/5",
                "-Identity | - | - | true | true | 3 | 5 4 3+ 1/5",
                "+FromAddress,-Identity | - | - | true | true | 9 | 4 3 2 1 5 1/5",
                "+fromaddress,-SUBJECT | - | - | true | true | 9 | 3 4 2 1 5 1/5",
                "Subject | - | - | true | true | 9 | 4 1 2 5 3 1/5",
                "-Queue | - | - | true | true | 9 | 1 2 3 4 5 1/5",
                "-Size | - | - | true | true | 1 | 1+ 1/5",
                "-Subject | - | 103 | false | true | 2 | 2 5+ 2/5",
            })
    void a_page_is_what_exchange_would_give(
            String order, Integer index, String bookmark, boolean include, boolean forward, int most, String seen) {
        Paging paging = paging(order, index, bookmark, include, forward, most);
        assertEquals(seen, seen(paging));
        Paging untold = new Paging(
                paging.sortOrder(),
                paging.bookmarkIndex(),
                paging.bookmark(),
                include,
                forward,
                new ResultSize(most),
                false);
        assertEquals(seen.replaceFirst(" \\d/5$", ""), seen(untold), "where no page is told of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "+",
                "+Subject,",
                "Subject,Subject",
                "Recipients",
                "PriorityDescriptions",
                "Nothing",
                "--Subject",
                "Subject;Size"
            })
    void a_sort_order_that_is_none_is_refused(String order) {
        OperationRefused refused =
                assertThrows(OperationRefused.class, () -> seen(paging(order, null, null, true, true, 9)));
        assertEquals(Reason.INVALID_PARAMETER, refused.reason());
        assertTrue(refused.getMessage().matches("(?s).*(sort order|sorting).*"), refused.getMessage());
    }

    @Test
    void a_bookmark_that_is_gone_or_stands_beside_another_is_refused() {
        assertEquals(
                Reason.UNKNOWN_MESSAGE,
                assertThrows(OperationRefused.class, () -> seen(paging(null, null, "MAIL\\4\\105", true, true, 9)))
                        .reason());
        assertEquals(
                Reason.INVALID_IDENTITY,
                assertThrows(OperationRefused.class, () -> seen(paging(null, null, "x", true, true, 9)))
                        .reason());
        assertEquals(
                Reason.INVALID_PARAMETER,
                assertThrows(OperationRefused.class, () -> paging(null, 1, "101", true, true, 9))
                        .reason());
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                assertThrows(
                                OperationRefused.class,
                                () -> queues.list(new QueueOperations.Query(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        paging(null, null, "MAIL\\7", true, true, 9))))
                        .reason());
    }

    @Test
    void filter_and_page_work_together() {
        assertEquals(
                "2 3 2/3",
                shown(messages.list(new MessageOperations.Query(
                        Optional.of("MAIL\\4"),
                        Optional.of("Subject -like '*a' -and Size -gt 1KB"),
                        paging(null, 2, null, true, true, 9),
                        false))));
    }

    @Test
    void sorting_by_what_the_index_knows_reads_only_what_is_shown() {
        assertEquals("1+ 1/5", seen(paging("-RetryCount", null, null, true, true, 1)));
        assertEquals(1, desk.reads);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void a_page_further_on_than_one_walk_passes_over_is_the_same(int pass) {
        for (int index = 1; index <= 7; index++) {
            for (boolean forward : List.of(true, false)) {
                Paging paging = paging("+FromAddress,-Identity", index, null, true, forward, 2);
                SortOrder<ShownCopy> order = SortOrder.parse("+FromAddress,-Identity", MessageProperties.TABLE);
                CopyWalk walk = new CopyWalk(
                        desk,
                        row -> new ShownCopy(row, Desk.SERVER, desk, false),
                        Optional.empty(),
                        Filter.everything());
                assertEquals(
                        seen(paging),
                        shown(new SortedCopies(walk, order, paging, Optional.empty(), pass)),
                        "from " + index);
            }
        }
    }

    @Test
    void no_listing_is_larger_than_the_setting_says_whatever_it_is_asked_for() {
        most = 2;
        ResultSize unlimited = ResultSize.parse("Unlimited");
        assertEquals("1 2+", shown(first(Paging.first(unlimited))));
        assertEquals("1 2+", shown(first(Paging.first(new ResultSize(3)))));
        assertEquals("1+", shown(first(Paging.first(new ResultSize(1)))));
        assertEquals("4 9+", shown(queues.list(QueueOperations.Query.of(Optional.empty(), unlimited))));
        most = 250_000;
        assertEquals("4 9 10 11", shown(queues.list(QueueOperations.Query.of(Optional.empty(), unlimited))));
    }

    @Test
    void the_first_page_and_the_last_are_found_without_looking_at_the_rest() {
        for (int i = 0; i < 500; i++) {
            desk.message(200 + i, desk.views.getFirst(), "dave@company.com", "f@b.example", "more");
        }
        assertEquals("1 2+", shown(first(Paging.first(new ResultSize(2)))));
        assertTrue(desk.slices <= 3, desk.slices + " slices were looked at");
        desk.slices = 0;
        assertEquals(
                "698 699+",
                shown(first(new Paging(
                        Optional.empty(), Optional.empty(), Optional.empty(), true, false, new ResultSize(2), false))));
        assertTrue(desk.slices <= 3, desk.slices + " slices were looked at");
    }

    private Listing first(Paging paging) {
        return messages.list(new MessageOperations.Query(Optional.empty(), Optional.empty(), paging, false));
    }

    @Test
    void nothing_more_is_looked_for_when_whoever_asked_has_hung_up() {
        for (int i = 0; i < 500; i++) {
            desk.message(200 + i, desk.views.getFirst(), "dave@company.com", "f@b.example", "more");
        }
        for (String order : List.of("+Subject", "-Identity")) {
            desk.slices = 0;
            Listing listing = messages.list(new MessageOperations.Query(
                    Optional.empty(),
                    Optional.of("FromAddress -eq 'nobody@company.com'"),
                    new Paging(
                            Optional.of(order),
                            Optional.empty(),
                            Optional.empty(),
                            true,
                            true,
                            ResultSize.DEFAULT,
                            false),
                    false));
            assertThrows(CancellationException.class, () -> listing.forEach(_ -> {}, () -> desk.slices < 10));
            assertEquals(10, desk.slices);
        }
    }

    @Test
    void a_message_that_leaves_while_it_is_being_listed_is_left_out() {
        Listing listing = messages.list(new MessageOperations.Query(
                Optional.empty(), Optional.empty(), paging("+Queue", null, null, true, true, 9), false));
        desk.records.remove(103L);
        assertEquals("4 5 1 2 1/5", shown(listing));
    }

    private String queues(String include, String exclude, Paging paging) {
        return shown(queues.list(new QueueOperations.Query(
                Optional.empty(), Optional.ofNullable(include), Optional.ofNullable(exclude), paging)));
    }

    @Test
    void queues_are_sorted_and_paged_in_the_same_way() {
        assertEquals("4 9 10 11 1/4", queues(null, null, paging(null, null, null, true, true, 9)));
        assertEquals("4 11 9 10 1/4", queues(null, null, paging("-MessageCount", null, null, true, true, 9)));
        assertEquals("11 4 9 10 1/4", queues(null, null, paging("+NextHopDomain", null, null, true, true, 9)));
        assertEquals("10 11 3/4", queues(null, null, paging(null, null, "d.example", true, true, 9)));
        assertEquals("9 10+ 2/4", queues(null, null, paging(null, 2, null, true, true, 2)));
        assertEquals("9 10 4 11 1/4", queues(null, null, paging("+NextRetryTime", null, null, true, true, 9)));
    }

    @Test
    void include_and_exclude_choose_kinds_of_queues() {
        Paging all = Paging.first(ResultSize.DEFAULT);
        assertEquals("4 11", queues(null, "Empty", all));
        assertEquals("9 10", queues("empty", null, all));
        assertEquals("4 9 10 11", queues("External", null, all));
        assertEquals("", queues("Internal", null, all));
        assertEquals("4 11", queues("SmartHostConnectorDelivery, dnsconnectordelivery", "Empty", all));
        assertEquals("", queues("Empty", "External", all));
        for (String wrong : List.of("", "Everything", "External,", "Retry")) {
            OperationRefused refused = assertThrows(OperationRefused.class, () -> queues(wrong, null, all));
            assertEquals(Reason.INVALID_PARAMETER, refused.reason());
            assertTrue(refused.getMessage().startsWith("include takes a list of Internal, External, Empty, "));
        }
    }

    @Test
    void what_was_asked_for_with_each_recipient_is_told() {
        assertEquals(
                List.of(Map.of("Queue", "MAIL\\4", "Address", "a@b.example", "Status", "Retry")),
                messages.recipients("101").toList().stream()
                        .map(bag -> Map.of(
                                "Queue", bag.get("Queue"), "Address", bag.get("Address"), "Status", bag.get("Status")))
                        .toList());
        assertThrows(OperationRefused.class, () -> messages.recipients("999"));
    }
}
