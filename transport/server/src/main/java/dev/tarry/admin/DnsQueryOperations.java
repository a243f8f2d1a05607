package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.dns.Detour;
import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsQuery;
import dev.tarry.dns.QueryJournal;
import dev.tarry.routing.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Searching what the server has asked of DNS. Thread-safe; answers from memory.
public final class DnsQueryOperations {
    private final QueryJournal journal;

    public DnsQueryOperations(QueryJournal journal) {
        this.journal = journal;
    }

    /// What to look for, as text; absent: anything.
    ///
    /// @param domain  a name asked for, or a next hop whose hosts were sought
    /// @param server  its address
    /// @param outcome what came of it, in any case: `records`, `no_answer`, `servfail` …
    /// @param cached  true or false: from the cache, or not
    /// @param search  the number of a search
    /// @param since   the earliest moment of lab time: `2026-03-04T09:15:00Z` or `2026-03-04`
    /// @param before  an id: only older queries
    /// @param size    how many at most
    public record Wanted(
            Optional<String> domain,
            Optional<String> server,
            Optional<String> outcome,
            Optional<String> cached,
            Optional<String> search,
            Optional<String> since,
            Optional<String> before,
            ResultSize size) {}

    /// Queries, newest first: `id`, `at`, `search`, `asker`, `nextHop`, `name`, `type`, `server`, `port`, `protocol`,
    /// `outcome`, `detail`, `tookMillis`, `cached`, `detours`, `records`.
    ///
    /// @throws OperationRefused if a part has a value that it cannot have
    public Listing list(Wanted wanted) {
        QueryJournal.Search search = new QueryJournal.Search(
                wanted.domain(),
                wanted.server().map(DnsQueryOperations::address),
                wanted.outcome().map(DnsQueryOperations::outcome),
                wanted.cached().map(DnsQueryOperations::flag),
                wanted.search().map(text -> number("search", text)),
                wanted.since().map(Moment::of));
        QueryJournal.Page page = journal.find(
                search,
                wanted.before().map(text -> number("before", text)),
                wanted.size().most());
        return to -> {
            page.entries().forEach(entry -> to.accept(bag(entry)));
            return page.more();
        };
    }

    private static SequencedMap<String, Object> bag(QueryJournal.Entry entry) {
        DnsQuery query = entry.query();
        InetSocketAddress server = query.attempt().server();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("id", entry.id());
        bag.put("at", query.at());
        bag.put("search", query.search());
        bag.put("asker", query.asker().name().toLowerCase(Locale.ROOT));
        bag.put("nextHop", query.nextHop());
        bag.put("name", query.name());
        bag.put("type", query.type());
        bag.put("server", server.getAddress().getHostAddress());
        bag.put("port", server.getPort());
        bag.put("protocol", query.attempt().protocol().name());
        bag.put("outcome", word(query.attempt().result()));
        bag.put("detail", query.attempt().outcome());
        bag.put("tookMillis", query.attempt().took().toMillis());
        bag.put("cached", query.cached());
        bag.put("detours", query.detours().stream().sorted().map(Detour::words).toList());
        bag.put("records", query.records());
        return bag;
    }

    private static String word(DnsOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static InetAddress address(String text) {
        return Literals.address(text)
                .orElseThrow(() ->
                        refused("a server is an IP address such as 8.8.8.8, not " + OperationRefused.quoted(text)));
    }

    private static DnsOutcome outcome(String text) {
        return Arrays.stream(DnsOutcome.values())
                .filter(outcome -> outcome.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> refused("an outcome is "
                        + Arrays.stream(DnsOutcome.values())
                                .map(DnsQueryOperations::word)
                                .collect(Collectors.joining(", "))
                        + "; not " + OperationRefused.quoted(text)));
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused("cached is true or false, not " + OperationRefused.quoted(text));
        };
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw refused(name + " is a whole number, not " + OperationRefused.quoted(text));
        }
    }

    private static OperationRefused refused(String message) {
        return new OperationRefused(Reason.INVALID_PARAMETER, message);
    }
}
