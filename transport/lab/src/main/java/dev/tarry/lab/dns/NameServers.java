package dev.tarry.lab.dns;

import dev.tarry.lab.fault.DnsEffect;
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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /// @param journalEntries queries remembered
    public NameServers(InstantSource clock, Later later, Faults faults, int journalEntries) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.later = Objects.requireNonNull(later, "later");
        this.faults = Objects.requireNonNull(faults, "faults");
        this.journal = new QueryJournal(journalEntries);
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
        return (octets, _, loop, reply) -> serve(
                server,
                ByteBufUtil.getBytes(octets),
                Protocol.UDP,
                loop,
                answer -> reply.send(Unpooled.wrappedBuffer(answer)));
    }

    /// What stands behind the TCP socket of a server.
    public void tcp(String server, ChannelPipeline pipeline) {
        DnsOverTcp.fill(pipeline, (octets, loop, answer) -> serve(server, octets, Protocol.TCP, loop, answer));
    }

    /// Calls `send` once, or never: now, or when an alarm has rung on `loop`.
    void serve(String server, byte[] octets, Protocol protocol, EventExecutor loop, Consumer<byte[]> send) {
        switch (Packets.read(octets)) {
            case Packets.Read.Noise() -> {}
            case Packets.Read.Answer(var answer, var name, var type, int rcode) -> {
                journal.add(
                        new JournaledQuery(clock.instant(), server, CLIENT, protocol, name, type, Rcode.string(rcode)));
                send.accept(answer);
            }
            case Packets.Read.Asked(var question) -> {
                int octetsMax = protocol == Protocol.TCP ? Packets.TCP_OCTETS_MAX : Packets.udpOctetsMax(question);
                Function<Reply, Optional<byte[]>> toOctets = reply -> switch (reply) {
                    case Reply.Answered answered -> Optional.of(Packets.write(question, answered, octetsMax));
                    case Reply.Silence() -> Optional.empty();
                };
                var asked = new Asked(server, CLIENT, question, protocol, loop, 0, clock.instant());
                ask(asked, reply -> {
                    var answer = toOctets.apply(reply);
                    note(asked, answer.map(Packets::cut).orElse(false) ? "TRUNCATED" : outcome(reply));
                    answer.ifPresent(send);
                });
            }
        }
    }

    /// One question to one server.
    private record Asked(
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
    }

    private void ask(Asked asked, Consumer<Reply> then) {
        var effect = faults.dns(
                asked.server,
                asked.question.nameText(),
                asked.question.typeText(),
                asked.protocol.name().toLowerCase(Locale.ROOT));
        if (effect.isEmpty()) {
            answerTruly(asked, then);
            return;
        }
        switch (effect.get()) {
            case DnsEffect.NoAnswer() -> then.accept(new Reply.Silence());
            case DnsEffect.ServFail() -> then.accept(Reply.failed(Rcode.SERVFAIL));
            case DnsEffect.Refused() -> then.accept(Reply.failed(Rcode.REFUSED));
            case DnsEffect.NxDomain() ->
                then.accept(Reply.of(new Finding.NoSuchName(List.of(), RecordText.soa(asked.question.name())), false));
            case DnsEffect.Delay(var by) -> later.run(by, asked.loop, () -> answerTruly(asked, then));
            default -> answerTruly(asked, then);
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

    /// Asks the forwarders in turn; a refusal or failure is passed over, an answer (also "no such name") is passed
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
                        if (answered.rcode() == Rcode.SERVFAIL || answered.rcode() == Rcode.REFUSED) {
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
