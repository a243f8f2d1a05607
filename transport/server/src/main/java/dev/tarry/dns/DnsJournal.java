package dev.tarry.dns;

import java.util.List;

/// Told of each query and each search when it is over, and of what a search that failed meant for mail. Called on the
/// resolver's loop, [#failed] on the queue loop: must not block.
@FunctionalInterface
public interface DnsJournal {
    DnsJournal NONE = _ -> {};

    /// A question was answered, by a server or the cache, or not at all.
    void queried(DnsQuery query);

    /// A search for hosts is over, with queries or from the cache.
    default void searched(DnsSearch search) {}

    /// A queue has no hosts to try, for now or for good.
    default void failed(DnsRow row) {}

    /// All of these are told, in this order.
    static DnsJournal of(List<DnsJournal> journals) {
        List<DnsJournal> all = List.copyOf(journals);
        return new DnsJournal() {
            @Override
            public void queried(DnsQuery query) {
                all.forEach(journal -> journal.queried(query));
            }

            @Override
            public void searched(DnsSearch search) {
                all.forEach(journal -> journal.searched(search));
            }

            @Override
            public void failed(DnsRow row) {
                all.forEach(journal -> journal.failed(row));
            }
        };
    }
}
