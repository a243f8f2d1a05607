package dev.tarry.dns;

import dev.tarry.config.ALabels;
import dev.tarry.routing.Literals;
import dev.tarry.routing.SmartHost;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/// Where a domain's mail is to be delivered: the door of this room.
///
/// Its state lives on one event loop; [#hosts] and [#smartHosts] may be called from anywhere and answer on the loop
/// that the caller names. Equal searches under way at the same time are one search. Nothing that fails is
/// remembered.
public final class MxResolver {
    private static final Logger LOG = LoggerFactory.getLogger(MxResolver.class);

    private record Search(String domain, DnsServers.Chosen servers, boolean mayBeUs) {}

    private final World world;
    private final EventLoop loop;
    private final Loop counted;
    private volatile LookupSettings settings;
    private volatile Ourselves ourselves;
    private final DnsJournal journal;
    private final DnsCache cache;
    private final Map<Search, List<Consumer<MxAnswer>>> searches = new LinkedHashMap<>();
    /// the last search's number
    private long number;

    /// @param ourselves who must not be among a domain's hosts
    /// @param journal   told of every query
    public MxResolver(World world, LookupSettings settings, Ourselves ourselves, DnsJournal journal) {
        this.world = world;
        this.loop = world.loops().io().next();
        this.counted = world.loops().of(loop);
        this.settings = settings;
        this.ourselves = ourselves;
        this.journal = journal;
        this.cache = new DnsCache(world.labTime(), settings.maxCacheEntries(), LookupSettings.MAX_CACHED_RECORDS);
    }

    /// For searches that begin from now on; what was found is not forgotten.
    public void settings(LookupSettings next) {
        settings = next;
    }

    /// Who must not be among a domain's hosts, for searches that begin from now on.
    public void ourselves(Ourselves next) {
        ourselves = next;
    }

    /// Has the journal know what a search without hosts meant for a queue.
    public void failed(DnsRow row) {
        journal.failed(row);
    }

    public DnsCache cache() {
        return cache;
    }

    /// Finds the hosts of a recipient domain.
    ///
    /// @param domain   in any case; an address literal is its own host
    /// @param servers  whom to ask
    /// @param attempt  counts the queue's attempts: hosts of equal preference come in another order for another
    /// @param answerOn where `done` runs, once
    public void hosts(String domain, DnsServers.Chosen servers, long attempt, Loop answerOn, Consumer<MxAnswer> done) {
        counted.execute(() -> search(
                new Search(canonical(domain), servers, false),
                canonical(domain),
                answer -> answerOn.execute(() -> done.accept(shuffled(answer, domain, attempt)))));
    }

    /// Finds the addresses of smart hosts: an address stands for itself, a name is looked up as MX first, then as a
    /// host (reference §4.4). The list is begun at a place drawn for the attempt and gone round once; what cannot
    /// be found is left out, and only if nothing is left the first failure is the answer.
    ///
    /// @param hosts at least one; the others as for [#hosts]. Preferences of the result count up through the list
    public void smartHosts(
            List<SmartHost> hosts, DnsServers.Chosen servers, long attempt, Loop answerOn, Consumer<MxAnswer> done) {
        List<SmartHost> order = new ArrayList<>(hosts);
        if (order.size() > 1) {
            Collections.rotate(
                    order, world.chance().of("smart hosts " + hosts, attempt).nextInt(order.size()));
        }
        String queue = hosts.stream().map(SmartHost::toString).collect(Collectors.joining(","));
        counted.execute(() -> new SmartHosts(
                        queue, order, servers, attempt, answer -> answerOn.execute(() -> done.accept(answer)))
                .walk());
    }

    /// For people who want to look.
    public Inquirer inquirer() {
        return new Inquirer(this);
    }

    void execute(Runnable onLoop) {
        counted.execute(onLoop);
    }

    /// On the loop.
    RecordLookup lookup(DnsServers.Chosen servers, RecordLookup.Errand errand, Consumer<RuntimeException> broken) {
        boolean keeps = errand.asker() == DnsQuery.Asker.DELIVERY;
        return new RecordLookup(world, loop, servers, settings, cache, journal, errand, keeps, broken);
    }

    /// On the loop.
    RecordLookup.Errand errand(DnsQuery.Asker asker, String nextHop) {
        return new RecordLookup.Errand(++number, asker, nextHop);
    }

    /// On the loop.
    MxLookup walk(RecordLookup records, String domain, boolean mayBeUs, Consumer<MxAnswer> done) {
        return new MxLookup(records, settings, mayBeUs ? Ourselves.UNKNOWN : ourselves, domain, done);
    }

    private static String canonical(String domain) {
        String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        return ALabels.canonical(name);
    }

    private void search(Search search, String nextHop, Consumer<MxAnswer> done) {
        Optional<InetAddress> literal = Literals.bracketed(search.domain());
        if (literal.isPresent()) {
            done.accept(literal(search.domain(), literal.get(), search.mayBeUs()));
            return;
        }
        Optional<Name> name = DomainNames.parse(search.domain());
        if (name.isEmpty()) {
            done.accept(new MxAnswer.NoSuchDomain(search.domain()));
            return;
        }
        List<Consumer<MxAnswer>> waiting = searches.get(search);
        if (waiting != null) {
            waiting.add(done);
            return;
        }
        searches.put(search, new ArrayList<>(List.of(done)));
        begin(search, name.get(), nextHop);
    }

    /// Of an address literal. Any thread.
    MxAnswer literal(String domain, InetAddress address, boolean mayBeUs) {
        return !mayBeUs && ourselves.at(List.of(address))
                ? new MxAnswer.Loop(domain)
                : new MxAnswer.Hosts(List.of(new MxHost(domain, 0, List.of(address))));
    }

    private void begin(Search search, Name name, String nextHop) {
        RecordLookup.Errand errand = errand(DnsQuery.Asker.DELIVERY, nextHop);
        Instant began = world.labTime().instant();
        Consumer<RuntimeException> broken = e -> {
            // ours, not the domain's: temporary
            LOG.error("looking up the hosts of {} failed", search.domain(), e);
            MxAnswer internal =
                    new MxAnswer.QueryFailed(DnsStatus.MALFORMED, "an internal error, see the log", List.of());
            finish(search, errand, began, internal, Set.of());
        };
        try {
            RecordLookup records = lookup(search.servers(), errand, broken);
            Ourselves avoided = search.mayBeUs() ? Ourselves.UNKNOWN : ourselves;
            new Walk(records, avoided, search, began).start(name);
        } catch (RuntimeException e) {
            broken.accept(e);
        }
    }

    /// One search for hosts. On the loop.
    private final class Walk {
        private final MxLookup lookup;

        Walk(RecordLookup records, Ourselves avoided, Search search, Instant began) {
            lookup = new MxLookup(records, settings, avoided, search.domain(), answer -> {
                Set<DnsRow> met = answer instanceof MxAnswer.Hosts ? met() : Set.of();
                finish(search, records.errand(), began, answer, met);
            });
        }

        private Set<DnsRow> met() {
            return lookup.met();
        }

        void start(Name name) {
            lookup.start(name);
        }
    }

    private void finish(Search search, RecordLookup.Errand errand, Instant began, MxAnswer answer, Set<DnsRow> met) {
        List<Consumer<MxAnswer>> waiting = searches.remove(search);
        if (waiting != null) {
            Instant ended = world.labTime().instant();
            journal.searched(new DnsSearch(
                    errand.search(), errand.asker(), errand.nextHop(), search.domain(), began, ended, answer, met));
            waiting.forEach(done -> done.accept(answer));
        }
    }

    /// RFC 5321 §5.1: among equal preferences the order is drawn, so that load spreads.
    private MxAnswer shuffled(MxAnswer answer, String domain, long attempt) {
        if (!(answer instanceof MxAnswer.Hosts(var hosts)) || hosts.size() < 2) {
            return answer;
        }
        RandomGenerator chance = world.chance().of("mx " + canonical(domain), attempt);
        List<MxHost> order = new ArrayList<>(hosts);
        int from = 0;
        while (from < order.size()) {
            int to = from + 1;
            while (to < order.size()
                    && order.get(to).preference() == order.get(from).preference()) {
                to++;
            }
            shuffle(order.subList(from, to), chance);
            from = to;
        }
        return new MxAnswer.Hosts(order);
    }

    private static void shuffle(List<MxHost> equals, RandomGenerator chance) {
        for (int i = equals.size() - 1; i > 0; i--) {
            Collections.swap(equals, i, chance.nextInt(i + 1));
        }
    }

    /// One walk through a list of smart hosts. On the loop.
    private final class SmartHosts {
        private final List<SmartHost> order;
        private final DnsServers.Chosen servers;
        private final long attempt;
        private final Consumer<MxAnswer> done;
        private final List<MxHost> found = new ArrayList<>();
        private final String queue;
        private MxAnswer firstFailure;
        private int next;
        private boolean walking;
        private boolean waiting;

        SmartHosts(
                String queue, List<SmartHost> order, DnsServers.Chosen servers, long attempt, Consumer<MxAnswer> done) {
            this.queue = queue;
            this.order = order;
            this.servers = servers;
            this.attempt = attempt;
            this.done = done;
        }

        /// Goes on until an answer is waited for. Those that come at once are not gone on with from within: a list may
        /// be long.
        void walk() {
            if (walking) {
                return;
            }
            walking = true;
            while (!waiting && next < order.size()) {
                step(order.get(next++));
            }
            walking = false;
            if (!waiting) {
                done.accept(found.isEmpty() ? firstFailure : new MxAnswer.Hosts(found));
            }
        }

        private void step(SmartHost one) {
            switch (one) {
                case SmartHost.Address host ->
                    found.add(new MxHost(host.toString(), found.size(), List.of(host.address())));
                case SmartHost.Name(var name) -> {
                    waiting = true;
                    search(new Search(name, servers, true), queue, answer -> {
                        waiting = false;
                        if (shuffled(answer, name, attempt) instanceof MxAnswer.Hosts(var hosts)) {
                            hosts.forEach(host -> found.add(new MxHost(host.name(), found.size(), host.addresses())));
                        } else if (firstFailure == null) {
                            firstFailure = answer;
                        }
                        walk();
                    });
                }
            }
        }
    }
}
