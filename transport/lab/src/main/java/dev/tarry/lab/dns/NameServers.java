package dev.tarry.lab.dns;

import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.DatagramService;
import dev.tarry.lab.net.Protocol;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// All DNS servers of the lab: what they know, whom they forward to, how they fail.
///
/// Public servers are resolvers: they answer for everything outside, and ask the name servers of those domains that
/// have their own. These answer for their zones alone. Internal servers answer for what is inside and ask their
/// forwarders, one after the other, for the rest. A question that is passed on meets the faults of whom it is passed
/// on to.
///
/// Questions are answered on the loop of the channel that brought them, and wait for nothing but alarms in lab
/// time; knowledge is replaced as a whole from any thread.
public final class NameServers {
    /// In the order in which they are listed.
    public static final List<String> PUBLIC =
            List.of("8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "149.112.112.112");

    public static final List<String> INTERNAL = List.of("192.168.1.10", "192.168.1.11");

    static final int FORWARDERS_MAX = 16;

    /// An internal server waits so long for a forwarder, then asks the next.
    static final Duration FORWARDER_WAIT = Duration.ofSeconds(3);

    /// Internal servers may forward to each other, but not in circles.
    static final int FORWARDS_MAX = 4;

    static final int CONDITIONAL_MAX = 1_000;

    /// Questions that may wait for an answer at once, on all servers together, while servers are slow; of more nothing
    /// is heard, as of a server that is overrun.
    public static final int WAITING_MAX = 10_000;

    /// The outcome of a question that there was no place for.
    private static final String DROPPED = "DROPPED";

    private static final String CLIENT = "client";

    private final InstantSource clock;
    private final Later later;
    private final Faults faults;
    private final QueryJournal journal;
    private final Mischief mischief;
    private final AdditionalAddresses additional;
    private volatile Knowledge knowledge;
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param ownHosts names that are the server under test itself
    /// @param journalEntries queries remembered
    public NameServers(InstantSource clock, Later later, Faults faults, Set<String> ownHosts, int journalEntries) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.later = Objects.requireNonNull(later, "later");
        this.faults = Objects.requireNonNull(faults, "faults");
        this.journal = new QueryJournal(journalEntries);
        this.additional = new AdditionalAddresses(faults);
        this.mischief =
                new Mischief(later, this::truth, ownHosts.stream().sorted().findFirst());
        var zones = Zones.standard();
        this.knowledge = new Knowledge(
                ZoneIndex.outside(zones), ZoneIndex.inside(zones), standardForwarders(), new LinkedHashMap<>());
    }

    /// Whether a DNS server of the lab has this address: one of the resolvers, or a name server of a zone.
    public boolean at(String address) {
        return resolverAt(address) || knowledge.outside().serverAt(InetAddress.ofLiteral(address));
    }

    /// Whether a public or internal server has this address.
    public static boolean resolverAt(String address) {
        return PUBLIC.contains(address) || INTERNAL.contains(address);
    }

    /// The addresses of all DNS servers: public, internal, those of the zones.
    public List<String> servers() {
        var all = new LinkedHashSet<>(PUBLIC);
        all.addAll(INTERNAL);
        knowledge.outside().servers().forEach(address -> all.add(address.getHostAddress()));
        return List.copyOf(all);
    }

    /// The name of the mail host at an address, as the zones outside have it: the first name that stands there, the
    /// catch-all host last.
    ///
    /// @param except names that have no host in the lab, in lower case and without the last dot
    public Optional<String> hostAt(InetAddress address, Set<String> except) {
        return knowledge.outside().hostAt(address, except);
    }

    /// Every internal server forwards to 8.8.8.8, then 1.1.1.1.
    public static SequencedMap<String, List<String>> standardForwarders() {
        var forwarders = new LinkedHashMap<String, List<String>>();
        INTERNAL.forEach(server -> forwarders.put(server, List.of("8.8.8.8", "1.1.1.1")));
        return Collections.unmodifiableSequencedMap(forwarders);
    }

    public Zones zones() {
        return knowledge.zones();
    }

    public synchronized void replaceZones(Zones zones) {
        knowledge = knowledge.with(zones);
    }

    /// @return empty if there is no such zone
    public Optional<Zone> zone(View view, String domain) {
        return knowledge.view(view).zone(zoneName(domain)).map(Domain::plain);
    }

    /// A new zone, or other records for the same one, in its old place.
    ///
    /// @throws BadZone naming the record that is wrong
    public synchronized void putZone(View view, Zone zone) {
        knowledge.view(view).put(Domain.of(zone));
    }

    /// @return what was removed
    public synchronized Optional<Zone> removeZone(View view, String domain) {
        return knowledge.view(view).remove(zoneName(domain)).map(Domain::plain);
    }

    /// A record that stands there already changes nothing but its TTL.
    ///
    /// @return the zone as it is now; empty if there is no such zone
    /// @throws BadZone if the record is wrong
    public synchronized Optional<Zone> addRecord(View view, String domain, ZoneRecord record) {
        var origin = zoneName(domain);
        var fresh = RecordText.parse(record, origin);
        return zone(view, domain).map(zone -> {
            var records = new ArrayList<>(zone.records());
            records.removeIf(known -> RecordText.parse(known, origin).equals(fresh));
            records.add(record);
            var now = new Zone(zone.domain(), records);
            putZone(view, now);
            return now;
        });
    }

    /// @param name as in [ZoneRecord#name()]; absent: any
    /// @param type absent: any
    /// @param data absent: any
    /// @return what was removed
    public synchronized List<ZoneRecord> removeRecords(
            View view, String domain, Optional<String> name, Optional<String> type, Optional<String> data) {
        var zone = zone(view, domain);
        if (zone.isEmpty()) {
            return List.of();
        }
        var origin = zoneName(domain);
        Predicate<ZoneRecord> meant = record ->
                name.map(n -> RecordText.sameName(n, record.name(), origin)).orElse(true)
                        && type.map(record.type()::equalsIgnoreCase).orElse(true)
                        && data.map(d -> RecordText.sameData(record, d, origin)).orElse(true);
        var gone = zone.get().records().stream().filter(meant).toList();
        if (!gone.isEmpty()) {
            putZone(
                    view,
                    new Zone(
                            zone.get().domain(),
                            zone.get().records().stream().filter(meant.negate()).toList()));
        }
        return gone;
    }

    private static Name zoneName(String domain) {
        return RecordText.name(domain, "zone " + domain);
    }

    public SequencedMap<String, List<String>> forwarders() {
        return knowledge.forwarders();
    }

    /// @throws BadZone if it is no internal server, an address is none, or there are too many
    public synchronized void setForwarders(String server, List<String> addresses) {
        if (!INTERNAL.contains(server)) {
            throw new BadZone(
                    "forwarders of " + server,
                    "it is no internal DNS server",
                    "one of " + String.join(", ", INTERNAL) + " is needed");
        }
        var all = new LinkedHashMap<>(knowledge.forwarders());
        all.put(server, literals("forwarders of " + server, addresses));
        knowledge = knowledge.with(all, knowledge.conditional());
    }

    /// Whom the internal servers ask about a domain and all below it, instead of their forwarders.
    public SequencedMap<String, List<String>> conditionalForwarders() {
        var all = new LinkedHashMap<String, List<String>>();
        knowledge.conditional().forEach((domain, addresses) -> all.put(domain.toString(true), addresses));
        return all;
    }

    /// @param addresses none: SERVFAIL for all names of the domain
    /// @throws BadZone if the domain or an address is none, or there are too many
    public synchronized void setConditionalForwarders(String domain, List<String> addresses) {
        var where = "conditional forwarders for " + domain;
        var all = new LinkedHashMap<>(knowledge.conditional());
        all.put(RecordText.name(domain, where), literals(where, addresses));
        if (all.size() > CONDITIONAL_MAX) {
            throw new BadZone(where, "there are " + CONDITIONAL_MAX + " domains already", "remove some first");
        }
        knowledge = knowledge.with(knowledge.forwarders(), all);
    }

    /// @return whether there were any
    public synchronized boolean removeConditionalForwarders(String domain) {
        var all = new LinkedHashMap<>(knowledge.conditional());
        boolean were = all.remove(RecordText.name(domain, "conditional forwarders for " + domain)) != null;
        knowledge = knowledge.with(knowledge.forwarders(), all);
        return were;
    }

    private static List<String> literals(String where, List<String> addresses) {
        if (addresses.size() > FORWARDERS_MAX) {
            throw new BadZone(where, "there are " + addresses.size(), "at most " + FORWARDERS_MAX);
        }
        return addresses.stream().map(address -> literal(where, address)).toList();
    }

    private static String literal(String where, String address) {
        try {
            return InetAddress.ofLiteral(address.strip()).getHostAddress();
        } catch (IllegalArgumentException _) {
            throw new BadZone(where, "'" + address + "' is no IP address", "write one such as 8.8.8.8");
        }
    }

    /// @param onAsked told of each query when it has been written down, on whichever thread does that
    public void onAsked(Consumer<JournaledQuery> onAsked) {
        journal.onAdded(onAsked);
    }

    /// The newest queries, oldest first.
    public List<JournaledQuery> queries(int limit) {
        return journal.find(QuerySearch.newest(limit));
    }

    /// Queries that are still remembered, oldest first.
    public List<JournaledQuery> queries(QuerySearch search) {
        return journal.find(search);
    }

    public void forgetQueries() {
        journal.clear();
    }

    /// Questions that wait for an answer now.
    public int waiting() {
        return waiting.get();
    }

    /// What stands behind the UDP socket of a server.
    public DatagramService udp(String server) {
        return (octets, _, loop, reply) -> serve(server, ByteBufUtil.getBytes(octets), Protocol.UDP, loop, parcel -> {
            var answer = Unpooled.wrappedBuffer(parcel.octets());
            if (parcel.elsewhere()) {
                reply.sendFromElsewhere(answer);
            } else {
                reply.send(answer);
            }
        });
    }

    /// What stands behind the TCP socket of a server.
    public void tcp(String server, ChannelPipeline pipeline) {
        DnsOverTcp.fill(
                pipeline,
                (octets, loop, answer) ->
                        serve(server, octets, Protocol.TCP, loop, parcel -> answer.accept(parcel.octets())));
    }

    /// Calls `send` as often as there is something to send, or never: now, or when an alarm has rung on `loop`.
    void serve(String server, byte[] octets, Protocol protocol, EventExecutor loop, Consumer<Sending.Parcel> send) {
        switch (Packets.read(octets)) {
            case Packets.Read.Noise() -> {}
            case Packets.Read.Answer(var answer, var name, var type, int rcode) -> {
                journal.add(new JournaledQuery(
                        clock.instant(), server, CLIENT, protocol, name, type, Rcode.string(rcode), List.of()));
                send.accept(Sending.Parcel.here(answer));
            }
            case Packets.Read.Asked(var question) -> {
                var asked = new Asked(server, CLIENT, question, protocol, loop, 0, clock.instant());
                if (waiting.incrementAndGet() > WAITING_MAX) {
                    waiting.decrementAndGet();
                    note(asked, DROPPED, new Reply.Silence());
                    return;
                }
                act(asked, sending -> {
                    waiting.decrementAndGet();
                    send(asked, sending, send);
                });
            }
        }
    }

    private void send(Asked asked, Sending sending, Consumer<Sending.Parcel> send) {
        switch (sending.reply()) {
            case Reply.Silence silence -> note(asked, silence);
            case Reply.Answered answered -> {
                int octetsMax =
                        asked.protocol == Protocol.TCP ? Packets.TCP_OCTETS_MAX : Packets.udpOctetsMax(asked.question);
                var octets = Packets.write(asked.question, answered, octetsMax);
                note(
                        asked,
                        sending.spoiling()
                                .map(Sending.Spoiling::outcome)
                                .orElseGet(() -> Packets.cut(octets) ? "TRUNCATED" : outcome(answered)),
                        answered);
                sending.spoiling()
                        .map(spoiling -> spoiling.octets().apply(octets))
                        .orElseGet(() -> List.of(Sending.Parcel.here(octets)))
                        .forEach(send);
            }
        }
    }

    /// One question to one server.
    ///
    /// @param by who asked: [#CLIENT], or the address of a server of the lab
    /// @param forwards how many servers have passed it on
    record Asked(
            String server,
            String by,
            Question question,
            Protocol protocol,
            EventExecutor loop,
            int forwards,
            Instant at) {
        Asked passedOn(String next, Question asking, Instant now) {
            return new Asked(next, server, asking, protocol, loop, forwards + 1, now);
        }

        Asked again(Protocol over, Question other, Instant now) {
            return new Asked(server, by, other, over, loop, forwards, now);
        }
    }

    /// Asks as a server does that passes the question on.
    void ask(Asked asked, Consumer<Reply> then) {
        act(asked, sending -> {
            switch (sending.heard()) {
                case Sending.Heard.As(var reply) -> then.accept(reply);
                case Sending.Heard.AskOverTcp() -> {
                    note(asked, "TRUNCATED", sending.reply());
                    ask(asked.again(Protocol.TCP, asked.question, clock.instant()), then);
                }
                case Sending.Heard.AskWithoutEdns() -> {
                    note(asked, sending.reply());
                    ask(asked.again(asked.protocol, asked.question.withoutEdns(), clock.instant()), then);
                }
            }
        });
    }

    private void act(Asked asked, Consumer<Sending> then) {
        faults.dns(
                        asked.server,
                        asked.question.nameText(),
                        asked.question.typeText(),
                        asked.protocol.name().toLowerCase(Locale.ROOT))
                .ifPresentOrElse(
                        effect -> mischief.act(effect, asked, then),
                        () -> truth(asked, reply -> then.accept(Sending.of(reply))));
    }

    /// Made-up names are known to all but the internal servers, which ask for them as for anything outside.
    private void truth(Asked asked, Consumer<Reply> then) {
        if (MadeUpNames.has(asked.question.name()) && !INTERNAL.contains(asked.server)) {
            MadeUpNames.answer(
                    asked.question, (other, next) -> truth(asked.again(asked.protocol, other, asked.at), next), then);
        } else {
            answerTruly(asked, then);
        }
    }

    private void answerTruly(Asked asked, Consumer<Reply> then) {
        var known = knowledge;
        var question = asked.question;
        if (!resolverAt(asked.server)) {
            then.accept(additional.beside(
                    asked,
                    known,
                    known.outside().authority(InetAddress.ofLiteral(asked.server), question.name(), question.type())));
        } else if (question.type() == Type.ANY) {
            then.accept(Packets.anything(question.name()));
        } else {
            new Resolving(this, known, asked, reply -> then.accept(additional.beside(asked, known, reply))).begin();
        }
    }

    Instant now() {
        return clock.instant();
    }

    Runnable later(Duration wait, EventExecutor loop, Runnable ring) {
        return later.run(wait, loop, ring);
    }

    void note(Asked asked, Reply reply) {
        note(asked, outcome(reply), reply);
    }

    private void note(Asked asked, String outcome, Reply reply) {
        journal.add(new JournaledQuery(
                asked.at,
                asked.server,
                asked.by,
                asked.protocol,
                asked.question.nameText(),
                asked.question.typeText(),
                outcome,
                reply instanceof Reply.Answered answered ? JournaledQuery.shown(answered.records()) : List.of()));
    }

    private static String outcome(Reply reply) {
        return switch (reply) {
            case Reply.Silence() -> "SILENCE";
            case Reply.Answered answered
            when answered.rcode() == Rcode.NOERROR ->
                "NOERROR " + answered.records().size();
            case Reply.Answered answered -> Rcode.string(answered.rcode());
        };
    }
}
