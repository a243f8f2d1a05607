package dev.tarry.dns;

import dev.tarry.time.World;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// Asks the servers, in their order, for one record set after the other, on behalf of one search for hosts. Lives
/// on the resolver's loop.
///
/// The rules of reference §4.3: every question begins at the first server; an error or silence moves it to the
/// next one, NXDOMAIN does not; a server that was silent or unreachable is not asked again in this search while
/// another is left; all questions together have one budget of time.
final class RecordLookup {
    /// What a question came to.
    sealed interface Result {
        record Found(Name owner, List<Record> records) implements Result {}

        record NoRecords(Name owner) implements Result {}

        record NoName(Name owner) implements Result {}

        record Failed(DnsStatus status, String detail) implements Result {}
    }

    private record Learned(
            DnsCache.Key key,
            DnsCache.Status status,
            Name owner,
            List<Record> records,
            InetSocketAddress from,
            long ttlSeconds) {}

    /// On whose behalf.
    ///
    /// @param search  its number
    /// @param nextHop as [DnsQuery] has it
    record Errand(long search, DnsQuery.Asker asker, String nextHop) {}

    private final World world;
    private final EventLoop loop;
    private final DnsServers.Chosen chosen;
    private final LookupSettings settings;
    private final DnsCache cache;
    private final DnsJournal journal;
    private final Errand errand;
    private final boolean keeps;
    private final Consumer<RuntimeException> failures;

    private final Instant deadline;
    private final Set<InetSocketAddress> dead = new HashSet<>();
    private final List<ServerAttempt> attempts = new ArrayList<>();
    private final List<Learned> learned = new ArrayList<>();
    private final Set<Detour> detours = EnumSet.noneOf(Detour.class);
    private Optional<DnsExchange> underWay = Optional.empty();
    private boolean abandoned;

    /// @param keeps    whether what was found may be kept
    /// @param failures told what broke inside a callback, since nobody above it could catch it
    RecordLookup(
            World world,
            EventLoop loop,
            DnsServers.Chosen chosen,
            LookupSettings settings,
            DnsCache cache,
            DnsJournal journal,
            Errand errand,
            boolean keeps,
            Consumer<RuntimeException> failures) {
        this.world = world;
        this.loop = loop;
        this.chosen = chosen;
        this.settings = settings;
        this.cache = cache;
        this.journal = journal;
        this.errand = errand;
        this.keeps = keeps;
        this.failures = failures;
        this.deadline = world.labTime().instant().plus(settings.queryBudget());
    }

    List<ServerAttempt> attempts() {
        return attempts;
    }

    /// What queries met that were answered all the same.
    Set<Detour> detours() {
        return detours;
    }

    Errand errand() {
        return errand;
    }

    /// Nobody waits for it any more: nothing is asked from here on, and no callback runs.
    void abandon() {
        abandoned = true;
        underWay.ifPresent(DnsExchange::abandon);
        underWay = Optional.empty();
    }

    /// Keeps what was found; not called where some exchange turned out bad, for such results are never cached.
    void keepLearned() {
        if (!keeps) {
            return;
        }
        learned.forEach(l -> cache.put(l.key(), l.status(), l.owner(), l.records(), l.from(), l.ttlSeconds()));
    }

    void ask(Name name, int type, Consumer<Result> done) {
        Optional<DnsCache.Entry> cached = cache.get(new DnsCache.Key(chosen, name, type));
        if (cached.isPresent()) {
            remembered(name, type, cached.get(), done);
            return;
        }
        if (chosen.servers().isEmpty()) {
            done.accept(new Result.Failed(DnsStatus.NO_SERVER, "no DNS server is configured"));
            return;
        }
        new Walk(name, type, done).askNext();
    }

    private void remembered(Name name, int type, DnsCache.Entry entry, Consumer<Result> done) {
        Name owner = entry.owner();
        Result result = switch (entry.status()) {
            case NOERROR -> new Result.Found(owner, entry.records());
            case NODATA -> new Result.NoRecords(owner);
            case NXDOMAIN -> new Result.NoName(owner);
        };
        DnsOutcome outcome = switch (entry.status()) {
            case NOERROR -> DnsOutcome.RECORDS;
            case NODATA -> DnsOutcome.NO_RECORDS;
            case NXDOMAIN -> DnsOutcome.NO_NAME;
        };
        DnsQuestion question = new DnsQuestion(name, type);
        ServerAttempt attempt = new ServerAttempt(
                entry.from(),
                DnsProtocol.UDP,
                question.toString(),
                entry.status() + ", " + entry.records().size() + " records",
                outcome,
                Duration.ZERO);
        tell(question, attempt, Set.of(), true, entry.records());
        done.accept(result);
    }

    private void tell(
            DnsQuestion question, ServerAttempt attempt, Set<Detour> met, boolean cached, List<Record> records) {
        journal.queried(new DnsQuery(
                world.labTime().instant(),
                errand.search(),
                errand.asker(),
                errand.nextHop(),
                DomainNames.text(question.name()),
                question.typeName(),
                attempt,
                met,
                cached,
                DnsCache.texts(records.subList(0, Math.min(records.size(), DnsQuery.MAX_RECORDS)))));
    }

    /// One question on its way through the servers; an alias leads to another question on the same walk.
    private final class Walk {
        private final Name first;
        private final int type;
        private final Consumer<Result> done;
        private DnsQuestion question;
        private int aliasSteps;
        private long ttlSeconds = Long.MAX_VALUE;
        private List<InetSocketAddress> left;
        private DnsStatus status = DnsStatus.NO_SERVER;
        private String detail = "";

        Walk(Name name, int type, Consumer<Result> done) {
            this.first = name;
            this.type = type;
            this.done = done;
            question(name);
        }

        private void question(Name name) {
            question = new DnsQuestion(name, type);
            List<InetSocketAddress> alive = new ArrayList<>(chosen.servers());
            alive.removeAll(dead);
            left = alive.isEmpty() ? new ArrayList<>(chosen.servers()) : alive;
        }

        void askNext() {
            if (abandoned) {
                return;
            }
            if (left.isEmpty()) {
                done.accept(new Result.Failed(status, question + ": " + detail));
                return;
            }
            Instant now = world.labTime().instant();
            Duration budget = Duration.between(now, deadline);
            if (!budget.isPositive()) {
                done.accept(new Result.Failed(
                        DnsStatus.TIMEOUT,
                        question + ": not found in " + settings.queryBudget().toSeconds() + " s"));
                return;
            }
            InetSocketAddress server = left.removeFirst();
            Duration timeout = budget.compareTo(settings.serverTimeout()) < 0 ? budget : settings.serverTimeout();
            DnsExchange exchange = new DnsExchange(
                    world, loop, question, server, chosen.protocol(), settings.edns(), (reply, protocol, met) -> {
                        try {
                            replied(server, protocol, reply, met, now);
                        } catch (RuntimeException e) {
                            failures.accept(e);
                        }
                    });
            underWay = Optional.of(exchange); // an answer may come before start returns, and lead to the next one
            exchange.start(timeout);
        }

        private void replied(
                InetSocketAddress server, DnsProtocol protocol, DnsReply reply, Set<Detour> met, Instant asked) {
            AnswerReading reading = reply instanceof DnsReply.Answer(var message, var whole)
                    ? AnswerReading.read(message, question, aliasSteps, whole)
                    : null;
            String outcome = reading instanceof AnswerReading.Bad(var what) ? "malformed: " + what : reply.outcome();
            Instant now = world.labTime().instant();
            ServerAttempt attempt = new ServerAttempt(
                    server,
                    protocol,
                    question.toString(),
                    outcome,
                    DnsOutcome.of(reply, reading),
                    Duration.between(asked, now));
            attempts.add(attempt);
            tell(
                    question,
                    attempt,
                    met,
                    false,
                    reading instanceof AnswerReading.Found(var _, var records, var _) ? records : List.of());

            if (reading != null && !(reading instanceof AnswerReading.Bad)) {
                detours.addAll(met);
                answered(reading, server);
                return;
            }
            status = status(reply);
            detail = attempt.toString();
            if (reply instanceof DnsReply.NoAnswer || reply instanceof DnsReply.Unreachable) {
                dead.add(server);
            }
            askNext();
        }

        private void learn(
                DnsCache.Status status, Name owner, List<Record> records, InetSocketAddress server, long ttl) {
            if (status == DnsCache.Status.NOERROR || settings.negativeCache()) {
                DnsCache.Key key = new DnsCache.Key(chosen, first, type);
                learned.add(new Learned(key, status, owner, records, server, Math.min(ttlSeconds, ttl)));
            }
        }

        private void answered(AnswerReading reading, InetSocketAddress server) {
            switch (reading) {
                case AnswerReading.Found(var owner, var records, var ttl) -> {
                    learn(DnsCache.Status.NOERROR, owner, records, server, ttl);
                    done.accept(new Result.Found(owner, records));
                }
                case AnswerReading.Alias(var target, var steps, var ttl) -> {
                    aliasSteps = steps;
                    ttlSeconds = Math.min(ttlSeconds, ttl);
                    question(target);
                    askNext();
                }
                case AnswerReading.NoRecords(var owner, var ttl) -> {
                    learn(DnsCache.Status.NODATA, owner, List.of(), server, ttl);
                    done.accept(new Result.NoRecords(owner));
                }
                case AnswerReading.NoName(var owner, var ttl) -> {
                    learn(DnsCache.Status.NXDOMAIN, owner, List.of(), server, ttl);
                    done.accept(new Result.NoName(owner));
                }
                case AnswerReading.AliasLoop(var at) ->
                    done.accept(new Result.Failed(
                            DnsStatus.ALIAS_LOOP, question + ": aliases go round at " + DomainNames.text(at)));
                case AnswerReading.Bad(var what) ->
                    throw new IllegalStateException("bad answers are no answers: " + what);
            }
        }
    }

    private static DnsStatus status(DnsReply reply) {
        return switch (reply) {
            case DnsReply.ServerFailure(var rcode) ->
                rcode == Rcode.REFUSED ? DnsStatus.REFUSED : DnsStatus.SERVER_FAILURE;
            case DnsReply.NoAnswer _ -> DnsStatus.TIMEOUT;
            case DnsReply.Unreachable _ -> DnsStatus.NO_SERVER;
            case DnsReply.Truncated _ -> DnsStatus.TRUNCATED;
            case DnsReply.Malformed _, DnsReply.Answer _ -> DnsStatus.MALFORMED;
        };
    }
}
