package dev.tarry.scenario.condition;

import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingQuery;
import dev.tarry.tracking.TrackingSearch;
import dev.tarry.tracking.TrackingSink;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts events of the message tracking log: at the beginning those that it holds (the oldest
/// [TrackingQuery#MAX_RESULTS] that the log can pick out), then each as it happens.
final class TrackingLeaf implements Leaf {
    /// What the log keeps of an event as it was written, so that both views of it are equal.
    private record Same(Instant time, TrackingEvent.Event event, long message, List<String> recipients) {}

    private final Condition.Tracking condition;
    private final TrackingFeed feed;
    private final TrackingSearch search;
    private final Tally<TrackingEvent> tally;
    private final TrackingSink listener;

    TrackingLeaf(Condition.Tracking condition, Lookout from) {
        this.condition = condition;
        this.feed = from.feed();
        this.search = from.tracking();
        this.tally = new Tally<>(
                this::wanted,
                event -> new Same(event.time(), event.event(), event.internalMessageId(), event.recipients()));
        this.listener = tally::came;
    }

    private boolean wanted(TrackingEvent event) {
        return condition.event().map(e -> e == event.event()).orElse(true)
                && condition.source().map(s -> s == event.source()).orElse(true)
                && condition.sender().matches(event.sender())
                && (condition.messageId().matches(event.messageId())
                        || condition.messageId().matches(bare(event.messageId())))
                && condition.since().takes(event.time())
                && (condition.recipient().anything()
                        || event.recipients().stream().anyMatch(condition.recipient()::matches));
    }

    private static String bare(String id) {
        return id.startsWith("<") && id.endsWith(">") && id.length() > 1 ? id.substring(1, id.length() - 1) : id;
    }

    @Override
    public void begin() throws IOException {
        feed.watch(listener);
        tally.seed(
                condition.since() instanceof Since.Now
                        ? List.of()
                        : search.find(TrackingQuery.of(query())).events());
    }

    private Map<String, List<String>> query() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        condition.event().ifPresent(event -> query.put("EventId", List.of(event.name())));
        condition.source().ifPresent(source -> query.put("Source", List.of(source.name())));
        if (condition.since() instanceof Since.At(Instant moment)) {
            query.put("Start", List.of(moment.toString()));
        }
        query.put("ResultSize", List.of("Unlimited"));
        return query;
    }

    @Override
    public void end() {
        feed.unwatch(listener);
    }

    @Override
    public boolean holds() {
        return condition.count().holds(tally.count());
    }

    @Override
    public String standing() {
        return Conditions.written(condition) + ": " + tally.count();
    }
}
