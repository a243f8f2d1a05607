package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Queues and the messages in them, page by page. Reached by [TarryClient#queuePages]; as thread-safe.
public final class QueueClient {
    private static final String QUEUES = "/api/v1/queues";
    private static final String MESSAGES = "/api/v1/messages";

    private final Http http;

    QueueClient(Http http) {
        this.http = http;
    }

    /// Which queues are wanted.
    ///
    /// @param filter  in Exchange's words; absent: all
    /// @param include kinds, separated by commas (`Internal`, `External`, `Empty`, or values of
    ///     DeliveryType); absent: all
    /// @param exclude the same: none of these
    public record Queues(Optional<String> filter, Optional<String> include, Optional<String> exclude) {
        public static final Queues ALL = new Queues(Optional.empty(), Optional.empty(), Optional.empty());

        private Query with(Query query) {
            return query.with("filter", filter).with("include", include).with("exclude", exclude);
        }
    }

    /// Queues with the properties of reference §1.7.
    public Page<SequencedMap<String, Object>> queues(Queues wanted, PageRequest page) {
        return Page.of(get(page.with(wanted.with(new Query())).on(QUEUES)), Answer::bag);
    }

    /// The same, each as it arrives, so that any number of them takes little memory.
    ///
    /// @param each takes one; what it throws ends the request
    /// @return whether there are others
    public boolean queues(Queues wanted, PageRequest page, Consumer<SequencedMap<String, Object>> each) {
        return http.items(page.with(wanted.with(new Query())).on(QUEUES), item -> each.accept(item.bag()))
                .flag("more");
    }

    /// Queued messages with the properties of reference §1.8.
    ///
    /// @param wanted whose limit counts for nothing here: the page has one
    public Page<SequencedMap<String, Object>> messages(MessageQuery wanted, PageRequest page) {
        Query query = new Query().with("queue", wanted.queue()).with("filter", wanted.filter());
        return Page.of(get(page.with(wanted.with(query)).on(MESSAGES)), Answer::bag);
    }

    /// Queued messages, each as it arrives, so that any number of them takes little memory.
    ///
    /// @param each takes one; what it throws ends the request
    /// @return whether there are others
    public boolean messages(MessageQuery wanted, PageRequest page, Consumer<SequencedMap<String, Object>> each) {
        Query query = new Query().with("queue", wanted.queue()).with("filter", wanted.filter());
        return http.items(page.with(wanted.with(query)).on(MESSAGES), item -> each.accept(item.bag()))
                .flag("more");
    }

    /// The message or messages (copies in several queues) that an identity means.
    ///
    /// @param wanted of which only what is to be included counts
    public List<SequencedMap<String, Object>> message(String identity, MessageQuery wanted) {
        return get(wanted.with(new Query()).on(MESSAGES + "/" + encoded(identity))).items().stream()
                .map(Answer::bag)
                .toList();
    }

    /// Who still waits for a message.
    public Page<WaitingRecipient> recipients(String identity) {
        return Page.of(get(MESSAGES + "/" + encoded(identity) + "/recipients"), WaitingRecipient::of);
    }

    /// A message's header; [Page#more] where it is larger than anybody reads.
    public Page<HeaderLine> headers(String identity) {
        return Page.of(get(MESSAGES + "/" + encoded(identity) + "/headers"), HeaderLine::of);
    }

    private Answer get(String path) {
        return http.object("GET", path, Optional.empty());
    }
}
