package dev.tarry.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// What Windows' DNS client remembers, in lab time: answers for as long as their TTL lets it, and that something does
/// not exist for as long as the zone says. Transport's cache is another one.
///
/// Bounded in entries and in records: what was put longest ago leaves first. Thread-safe; every call is short.
public final class NameCache {
    /// Answers to questions.
    static final int MAX_ENTRIES = 1_000;

    /// Records of all of them together.
    static final int MAX_RECORDS = 20_000;

    /// However long a TTL claims to hold (Windows' MaxCacheTtl).
    static final Duration MAX_TTL = Duration.ofDays(1);

    /// However long a zone lets what it does not have be remembered (Windows' MaxNegativeCacheTtl).
    static final Duration MAX_NEGATIVE_TTL = Duration.ofMinutes(15);

    private record Key(Name name, int type) {}

    private record Kept(NameAnswer answer, Instant since, Instant until) {}

    /// For people to look at.
    ///
    /// @param entry what was asked for, in lower case and without the last dot
    /// @param type  of the question
    /// @param answer with what is left of the TTLs
    public record Listed(String entry, String type, NameAnswer answer, Duration left) {}

    private final InstantSource labTime;
    private final Map<Key, Kept> entries = new LinkedHashMap<>();
    private int records;

    public NameCache(InstantSource labTime) {
        this.labTime = labTime;
    }

    synchronized Optional<NameAnswer> get(Name name, int type) {
        Key key = new Key(name, type);
        Kept kept = entries.get(key);
        if (kept == null) {
            return Optional.empty();
        }
        Instant now = labTime.instant();
        if (!kept.until().isAfter(now)) {
            remove(key);
            return Optional.empty();
        }
        return Optional.of(aged(kept, now));
    }

    /// What failed is not remembered, nor what has no time to live.
    synchronized void put(Name name, int type, NameAnswer answer) {
        Duration ttl = ttl(answer);
        int size = answer.records().size();
        if (!ttl.isPositive() || size > MAX_RECORDS) {
            return;
        }
        Key key = new Key(name, type);
        remove(key);
        while (entries.size() >= MAX_ENTRIES || records + size > MAX_RECORDS) {
            remove(entries.keySet().iterator().next());
        }
        records += size;
        Instant now = labTime.instant();
        entries.put(key, new Kept(answer, now, now.plus(ttl)));
    }

    private void remove(Key key) {
        Kept gone = entries.remove(key);
        records -= gone == null ? 0 : gone.answer().records().size();
    }

    private static Duration ttl(NameAnswer answer) {
        long seconds = switch (answer.status()) {
            case SUCCESS ->
                Math.min(
                        MAX_TTL.toSeconds(),
                        answer.records().stream()
                                .filter(record -> record.section() == NameRecord.Section.ANSWER)
                                .mapToLong(NameRecord::ttlSeconds)
                                .min()
                                .orElse(0));
            case NO_RECORDS, NAME_ERROR -> Math.min(MAX_NEGATIVE_TTL.toSeconds(), negativeTtl(answer));
            case NOT_CACHED,
                    SERVER_FAILURE,
                    REFUSED,
                    FORMAT_ERROR,
                    NOT_IMPLEMENTED,
                    OTHER_ERROR,
                    BAD_PACKET,
                    TIMEOUT,
                    UNREACHABLE,
                    NO_SERVERS -> 0;
        };
        return Duration.ofSeconds(seconds);
    }

    /// RFC 2308 §5; without an SOA record it is not kept.
    private static long negativeTtl(NameAnswer answer) {
        return answer.records().stream()
                .filter(one -> one.record() instanceof SOARecord)
                .mapToLong(one -> Math.min(one.ttlSeconds(), ((SOARecord) one.record()).getMinimum()))
                .min()
                .orElse(0);
    }

    /// @return how many answers that were
    public synchronized int clear() {
        int held = list().size();
        entries.clear();
        records = 0;
        return held;
    }

    /// What it holds now, in the order in which it was learned.
    public synchronized List<Listed> list() {
        Instant now = labTime.instant();
        List<Listed> listed = new ArrayList<>();
        entries.forEach((key, kept) -> {
            if (kept.until().isAfter(now)) {
                listed.add(new Listed(
                        NameText.of(key.name()),
                        Type.string(key.type()),
                        aged(kept, now),
                        Duration.between(now, kept.until())));
            }
        });
        return listed;
    }

    private static NameAnswer aged(Kept kept, Instant now) {
        long age = Duration.between(kept.since(), now).toSeconds();
        NameAnswer answer = kept.answer();
        return new NameAnswer(
                answer.status(),
                answer.records().stream()
                        .map(record -> record.withTtl(Math.max(0, record.ttlSeconds() - age)))
                        .toList(),
                answer.server(),
                answer.detail());
    }
}
