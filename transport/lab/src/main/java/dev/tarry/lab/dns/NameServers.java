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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// All DNS servers of the lab: what they know, whom they forward to, how they fail.
///
/// Public servers answer for everything outside. Internal ones answer for what is inside and ask their forwarders,
/// one after the other, for the rest; forwarded questions meet the faults of the server that they are forwarded to.
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
    private static final int FORWARDS_MAX = 4;

    private static final String CLIENT = "client";

    private final InstantSource clock;
    private final Later later;
    private final Faults faults;
    private final QueryJournal journal;
    private final Mischief mischief;
    private volatile Knowledge knowledge;

    private record Knowledge(
            Zones zones,
            ZoneIndex outside,
            ZoneIndex inside,
            List<Name> insideDomains,
            SequencedMap<String, List<String>> forwarders) {
        static Knowledge of(Zones zones, SequencedMap<String, List<String>> forwarders) {
            var domains = zones.inside().stream()
                    .map(zone -> RecordText.name(zone.domain(), "zone " + zone.domain()))
                    .toList();
            return new Knowledge(zones, ZoneIndex.outside(zones), ZoneIndex.inside(zones), domains, forwarders);
        }

        boolean inside(Name name) {
            return insideDomains.stream().anyMatch(name::subdomain);
        }
    }

    /// @param ownHosts names that are the server under test itself
    /// @param journalEntries queries remembered
    public NameServers(InstantSource clock, Later later, Faults faults, Set<String> ownHosts, int journalEntries) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.later = Objects.requireNonNull(later, "later");
        this.faults = Objects.requireNonNull(faults, "faults");
        this.journal = new QueryJournal(journalEntries);
        this.mischief =
                new Mischief(later, this::truth, ownHosts.stream().sorted().findFirst());
        this.knowledge = Knowledge.of(Zones.standard(), standardForwarders());
    }

    /// Whether a DNS server of the lab has this address.
    public static boolean at(String address) {
        return PUBLIC.contains(address) || INTERNAL.contains(address);
    }

    /// Every internal server forwards to 8.8.8.8, then 1.1.1.1.
    public static SequencedMap<String, List<String>> standardForwarders() {
        var forwarders = new LinkedHashMap<String, List<String>>();
        INTERNAL.forEach(server -> forwarders.put(server, List.of("8.8.8.8", "1.1.1.1")));
        return Collections.unmodifiableSequencedMap(forwarders);
    }

    public Zones zones() {
        return knowledge.zones;
    }

    public SequencedMap<String, List<String>> forwarders() {
        return knowledge.forwarders;
    }

    public synchronized void replaceZones(Zones zones) {
        knowledge = Knowledge.of(zones, knowledge.forwarders);
    }

    /// @throws BadZone if it is no internal server, an address is none, or there are too many
    public synchronized void setForwarders(String server, List<String> addresses) {
        if (!INTERNAL.contains(server)) {
            throw new BadZone(
                    "forwarders of " + server,
                    "it is no internal DNS server",
                    "one of " + String.join(", ", INTERNAL) + " is needed");
        }
        if (addresses.size() > FORWARDERS_MAX) {
            throw new BadZone("forwarders of " + server, "there are " + addresses.size(), "at most " + FORWARDERS_MAX);
        }
        var literal =
                addresses.stream().map(address -> literal(server, address)).toList();
        var all = new LinkedHashMap<>(knowledge.forwarders);
        all.put(server, literal);
        var now = knowledge;
        knowledge = new Knowledge(
                now.zones, now.outside, now.inside, now.insideDomains, Collections.unmodifiableSequencedMap(all));
    }

    private static String literal(String server, String address) {
        try {
            return InetAddress.ofLiteral(address.strip()).getHostAddress();
        } catch (IllegalArgumentException _) {
            throw new BadZone(
                    "forwarders of " + server, "'" + address + "' is no IP address", "write one such as 8.8.8.8");
        }
    }

    /// The newest queries, oldest first.
    public List<JournaledQuery> queries(int limit) {
        return journal.newest(limit);
    }

    public void forgetQueries() {
        journal.clear();
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
                journal.add(
                        new JournaledQuery(clock.instant(), server, CLIENT, protocol, name, type, Rcode.string(rcode)));
                send.accept(Sending.Parcel.here(answer));
            }
            case Packets.Read.Asked(var question) -> {
                var asked = new Asked(server, CLIENT, question, protocol, loop, 0, clock.instant());
                act(asked, sending -> send(asked, sending, send));
            }
        }
    }

    private void send(Asked asked, Sending sending, Consumer<Sending.Parcel> send) {
        switch (sending.reply()) {
            case Reply.Silence silence -> note(asked, outcome(silence));
            case Reply.Answered answered -> {
                int octetsMax =
                        asked.protocol == Protocol.TCP ? Packets.TCP_OCTETS_MAX : Packets.udpOctetsMax(asked.question);
                var octets = Packets.write(asked.question, answered, octetsMax);
                note(
                        asked,
                        sending.spoiling()
                                .map(Sending.Spoiling::outcome)
                                .orElseGet(() -> Packets.cut(octets) ? "TRUNCATED" : outcome(answered)));
                sending.spoiling()
                        .map(spoiling -> spoiling.octets().apply(octets))
                        .orElseGet(() -> List.of(Sending.Parcel.here(octets)))
                        .forEach(send);
            }
        }
    }

    /// One question to one server.
    record Asked(
            String server,
            String by,
            Question question,
            Protocol protocol,
            EventExecutor loop,
            int forwards,
            Instant at) {
        Asked forwardedTo(String forwarder, Instant now) {
            return new Asked(forwarder, server, question, protocol, loop, forwards + 1, now);
        }

        Asked again(Protocol over, Question other, Instant now) {
            return new Asked(server, by, other, over, loop, forwards, now);
        }
    }

    /// Asks as a server does that passes the question on.
    private void ask(Asked asked, Consumer<Reply> then) {
        act(asked, sending -> {
            switch (sending.heard()) {
                case Sending.Heard.As(var reply) -> then.accept(reply);
                case Sending.Heard.AskOverTcp() -> {
                    note(asked, "TRUNCATED");
                    ask(asked.again(Protocol.TCP, asked.question, clock.instant()), then);
                }
                case Sending.Heard.AskWithoutEdns() -> {
                    note(asked, outcome(sending.reply()));
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
        if (question.type() == Type.ANY) {
            then.accept(Packets.anything(question));
        } else if (PUBLIC.contains(asked.server)) {
            then.accept(Reply.of(known.outside.find(question.name(), question.type()), false));
        } else if (known.inside(question.name())) {
            then.accept(Reply.of(known.inside.find(question.name(), question.type()), true));
        } else {
            forward(asked, new ArrayList<>(known.forwarders.getOrDefault(asked.server, List.of())), then);
        }
    }

    /// Asks the forwarders in turn; a refusal, failure or referral is passed over, an answer (also "no such name") is
    /// passed
    /// on.
    private void forward(Asked asked, List<String> forwarders, Consumer<Reply> then) {
        if (forwarders.isEmpty() || asked.forwards >= FORWARDS_MAX) {
            then.accept(Reply.failed(Rcode.SERVFAIL));
            return;
        }
        var next = forwarders.removeFirst();
        var onward = asked.forwardedTo(next, clock.instant());
        var wait = new Wait();
        if (at(next)) {
            ask(onward, reply -> {
                note(onward, outcome(reply));
                switch (reply) {
                    case Reply.Silence() -> {}
                    case Reply.Answered answered
                    when wait.end() -> {
                        if (answered.rcode() != Rcode.NOERROR && answered.rcode() != Rcode.NXDOMAIN
                                || !answered.referral().isEmpty()) {
                            forward(asked, forwarders, then);
                        } else {
                            then.accept(
                                    new Reply.Answered(false, answered.rcode(), answered.records(), answered.soa()));
                        }
                    }
                    case Reply.Answered _ -> {
                        // Too late: the next one has been asked.
                    }
                }
            });
        }
        if (!wait.over) {
            wait.cancel = later.run(FORWARDER_WAIT, asked.loop, () -> {
                if (wait.end()) {
                    forward(asked, forwarders, then);
                }
            });
        }
    }

    /// Waiting for one forwarder, on one loop.
    private static final class Wait {
        private boolean over;
        private Runnable cancel = () -> {};

        /// @return whether it was still going on
        boolean end() {
            boolean first = !over;
            over = true;
            cancel.run();
            return first;
        }
    }

    private void note(Asked asked, String outcome) {
        journal.add(new JournaledQuery(
                asked.at,
                asked.server,
                asked.by,
                asked.protocol,
                asked.question.nameText(),
                asked.question.typeText(),
                outcome));
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
