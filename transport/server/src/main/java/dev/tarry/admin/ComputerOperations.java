package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.host.Adapter;
import dev.tarry.host.Ground;
import dev.tarry.host.Handed;
import dev.tarry.host.MailErrand;
import dev.tarry.host.MailProgram;
import dev.tarry.host.NameAnswer;
import dev.tarry.host.NameCache;
import dev.tarry.host.NameClient;
import dev.tarry.host.NameQuestion;
import dev.tarry.host.PortProbe;
import dev.tarry.mail.Reply;
import dev.tarry.routing.Literals;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What somebody who sits at the machine can do there: look names up as it does, see and clear what it remembers, try
/// ports, hand mail in (reference §12.2, §12.3). Thread-safe; what asks others blocks.
public final class ComputerOperations {
    /// Of these at once.
    static final int MAX_UNDER_WAY = 32;

    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65_535;

    /// The longest that finding a host's addresses may take, in lab time.
    private static final Duration BOTH_TYPES = NameClient.PATIENCE.multipliedBy(2L * NameClient.MAX_SERVERS);

    /// How whoever asks waits for an answer that lab time brings.
    public interface Waiting {
        /// @param limit in lab time; the answer is there then, or never comes
        /// @return empty if it did not come
        <T> Optional<T> until(CompletableFuture<T> answer, Duration limit);
    }

    /// The machine.
    ///
    /// @param ground what it has
    /// @param names  its DNS client
    /// @param ports  what it can reach
    /// @param mail   its mail program
    public record Computer(Ground ground, NameClient names, PortProbe ports, MailProgram mail) {}

    private final Computer computer;
    private final Waiting waiting;
    private final Semaphore places = new Semaphore(MAX_UNDER_WAY);

    public ComputerOperations(Computer computer, Waiting waiting) {
        this.computer = computer;
        this.waiting = waiting;
    }

    /// A look-up, as Resolve-DnsName has it.
    ///
    /// @param name     a name, or an address, whose name is meant
    /// @param type     of the records, or `A_AAAA`; absent: that, or PTR for an address
    /// @param servers  whom to ask instead of the adapter's, each an address, an address with a port or a name
    public record Question(
            String name,
            Optional<String> type,
            List<String> servers,
            boolean noHostsFile,
            boolean cacheOnly,
            boolean noRecursion,
            boolean tcpOnly,
            boolean quickTimeout) {}

    /// `Status` (a [NameAnswer.Status], or `SERVER_UNKNOWN` where the server's own name is not found),
    /// `Name`, `Server`, `Detail`, `Records`.
    ///
    /// @throws OperationRefused if the question is none, or too many are under way
    public SequencedMap<String, Object> resolve(Question question) {
        boolean reversed = question.type().isEmpty() || question.type().get().equalsIgnoreCase("PTR");
        Name name = (reversed ? NameClient.reverse(question.name()) : Optional.<Name>empty())
                .or(() -> NameClient.name(question.name()))
                .orElseThrow(() -> invalid("DNS cannot hold " + OperationRefused.quoted(question.name())));
        boolean address = NameClient.reverse(question.name()).isPresent();
        List<Integer> types = types(question.type().orElse(address ? "PTR" : "A_AAAA"));
        if (question.servers().size() > NameClient.MAX_SERVERS) {
            throw invalid("one question goes to at most " + NameClient.MAX_SERVERS + " servers");
        }
        return placed(() -> {
            List<InetSocketAddress> servers = new ArrayList<>();
            for (String server : question.servers()) {
                Optional<InetSocketAddress> found = server(server);
                if (found.isEmpty()) {
                    return told(
                            name,
                            new NameAnswer(
                                    NameAnswer.Status.NO_SERVERS,
                                    List.of(),
                                    Optional.empty(),
                                    "the name of the server " + OperationRefused.quoted(server)
                                            + " has no address that can be found"));
                }
                servers.add(found.get());
            }
            NameQuestion asked = new NameQuestion(
                    name,
                    types,
                    servers,
                    !question.noHostsFile(),
                    question.cacheOnly(),
                    !question.noRecursion(),
                    question.tcpOnly(),
                    question.quickTimeout());
            return told(
                    name,
                    waiting.until(computer.names().ask(asked), computer.names().longest(asked))
                            .orElseGet(() -> new NameAnswer(
                                    NameAnswer.Status.TIMEOUT,
                                    List.of(),
                                    servers.stream().findFirst(),
                                    "lab time stood still")));
        });
    }

    private static List<Integer> types(String word) {
        String type = word.toUpperCase(Locale.ROOT);
        if (type.equals("A_AAAA")) {
            return List.of(Type.AAAA, Type.A);
        }
        int number = type.equals("ALL") ? Type.ANY : Type.value(type);
        if (number <= 0 || !(Type.isRR(number) || number == Type.ANY)) {
            throw invalid("a type is A_AAAA, A, AAAA, MX, NS, CNAME, SOA, PTR, TXT, SRV …, not "
                    + OperationRefused.quoted(word));
        }
        return List.of(number);
    }

    private Optional<InetSocketAddress> server(String text) {
        Optional<InetSocketAddress> written = addressAndPort(text);
        return written.isPresent() ? written : address(text).map(found -> new InetSocketAddress(found, DNS_PORT));
    }

    /// `127.0.0.1:8053` or `[::1]:8053`.
    private static Optional<InetSocketAddress> addressAndPort(String text) {
        int colon = text.lastIndexOf(':');
        String before = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = before.startsWith("[") && before.endsWith("]");
        if (before.isEmpty()
                || !bracketed && before.contains(":")
                || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > MAX_PORT) {
            return Optional.empty();
        }
        return literal(bracketed ? before.substring(1, before.length() - 1) : before)
                .map(address -> new InetSocketAddress(address, port));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private List<InetAddress> addresses(String host) {
        return waiting.until(computer.names().addresses(host), BOTH_TYPES).orElse(List.of());
    }

    private Optional<InetAddress> address(String host) {
        return preferred(addresses(host));
    }

    /// IPv4 if there is one.
    private static Optional<InetAddress> preferred(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .or(() -> addresses.stream().findFirst());
    }

    private static SequencedMap<String, Object> told(Name name, NameAnswer answer) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Status", answer.status().name());
        bag.put("Name", NameClient.text(name));
        bag.put("Server", answer.server().map(ComputerOperations::text).orElse(null));
        bag.put("Detail", answer.detail());
        bag.put("Records", answer.records().stream().map(RecordBags::of).toList());
        return bag;
    }

    private static String text(InetSocketAddress server) {
        String host = NameClient.text(server.getAddress());
        return server.getPort() == DNS_PORT ? host : Literals.withPort(host, server.getPort());
    }

    /// What the DNS client remembers, a bag for each record, and one for each name that has none: `Entry`, `Name`,
    /// `Type`, `Status` (`Success`, `NotExist`, `NoRecords`), `Section`, `TimeToLive`, `DataLength`, `Data`.
    public Listing remembered() {
        List<SequencedMap<String, Object>> bags = new ArrayList<>();
        for (NameCache.Listed listed : computer.names().cache().list()) {
            bags.addAll(RecordBags.remembered(listed));
        }
        return to -> {
            bags.forEach(to);
            return false;
        };
    }

    /// Has the DNS client forget everything; transport's cache stays as it is.
    ///
    /// @return how many answers it had
    public int forget() {
        return computer.names().cache().clear();
    }

    /// Tries a port, and, where that fails or none is given, an echo request. Gives `ComputerName`,
    /// `RemoteAddress`, `ResolvedAddresses`, `RemotePort`, `Protocol`, `Outcome`, `Echo`, `InterfaceAlias`,
    /// `InterfaceIndex`, `SourceAddress`, `NextHop`. The outcome is a [PortProbe.Outcome], `NO_ADDRESS` or
    /// `NOT_TRIED`; the echo a [Ground.Echo], null where none was sent.
    ///
    /// @param port absent: only an echo request
    /// @param udp  whether a DNS question is sent in a datagram instead of dialling
    /// @throws OperationRefused if there is no such port, or too many are under way
    public SequencedMap<String, Object> reach(String host, Optional<Long> port, boolean udp) {
        if (port.filter(p -> p < 1 || p > MAX_PORT).isPresent()) {
            throw invalid("a port is 1 to " + MAX_PORT);
        }
        return placed(() -> {
            List<InetAddress> addresses = addresses(host);
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("ComputerName", host);
            Optional<InetAddress> to = preferred(addresses);
            bag.put("RemoteAddress", to.map(NameClient::text).orElse(null));
            bag.put(
                    "ResolvedAddresses",
                    addresses.stream().map(NameClient::text).toList());
            bag.put("RemotePort", port.orElse(null));
            bag.put("Protocol", udp ? "UDP" : "TCP");
            if (to.isEmpty()) {
                bag.put("Outcome", "NO_ADDRESS");
                bag.put("Echo", null);
            } else {
                reach(to.get(), port, udp, bag);
            }
            Ground ground = computer.ground();
            boolean loopback = to.filter(InetAddress::isLoopbackAddress).isPresent();
            bag.put(
                    "InterfaceAlias",
                    loopback ? "Loopback Pseudo-Interface 1" : ground.adapter().alias());
            bag.put("InterfaceIndex", loopback ? 1 : ground.adapter().index());
            bag.put(
                    "SourceAddress",
                    to.flatMap(ground::sourceFor).map(NameClient::text).orElse(null));
            bag.put(
                    "NextHop",
                    to.isEmpty() || loopback
                            ? null
                            : ground.adapter().gateway().map(NameClient::text).orElse(null));
            return bag;
        });
    }

    private void reach(InetAddress to, Optional<Long> port, boolean udp, SequencedMap<String, Object> bag) {
        Optional<PortProbe.Outcome> outcome = port.map(number -> {
            InetSocketAddress target = new InetSocketAddress(to, number.intValue());
            PortProbe ports = computer.ports();
            return waiting.until(udp ? ports.udpDns(target) : ports.tcp(target), PortProbe.PATIENCE)
                    .orElse(PortProbe.Outcome.SILENCE);
        });
        bag.put("Outcome", outcome.map(Enum::name).orElse("NOT_TRIED"));
        boolean echo = outcome.isEmpty() || outcome.get() != PortProbe.Outcome.OPEN;
        bag.put("Echo", echo ? computer.ports().echo(to).name() : null);
    }

    /// The machine: `ComputerName`, `DnsHostName`, and of its adapter `InterfaceAlias`, `InterfaceIndex`,
    /// `InterfaceDescription`, `MacAddress`, `Addresses` (`IPAddress`, `PrefixLength`), `Gateway`, `DnsServers`.
    public SequencedMap<String, Object> network() {
        Ground ground = computer.ground();
        Adapter adapter = ground.adapter();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("ComputerName", ground.computerName());
        bag.put("DnsHostName", ground.fqdn());
        bag.put("InterfaceAlias", adapter.alias());
        bag.put("InterfaceIndex", adapter.index());
        bag.put("InterfaceDescription", adapter.description());
        bag.put("MacAddress", adapter.macAddress());
        List<SequencedMap<String, Object>> addresses = new ArrayList<>();
        for (Adapter.Own own : adapter.addresses()) {
            SequencedMap<String, Object> one = new LinkedHashMap<>();
            one.put("IPAddress", NameClient.text(own.address()));
            one.put("PrefixLength", own.prefixBits());
            addresses.add(one);
        }
        bag.put("Addresses", addresses);
        bag.put("Gateway", adapter.gateway().map(NameClient::text).orElse(null));
        bag.put(
                "DnsServers",
                ground.dnsServers().stream().map(ComputerOperations::text).toList());
        return bag;
    }

    /// Hands a message in. `Outcome` (a [Handed], by its name), `Command`, `Reply`, `Refused` (`Recipient`, `Reply`),
    /// `Notes`, `Detail`.
    ///
    /// @throws OperationRefused if too many are under way
    public SequencedMap<String, Object> hand(MailErrand errand) {
        return placed(() -> told(waiting.until(computer.mail().hand(errand), BOTH_TYPES.plus(MailProgram.PATIENCE))
                .orElseGet(Handed.TimedOut::new)));
    }

    private static SequencedMap<String, Object> told(Handed handed) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Outcome", handed.getClass().getSimpleName());
        bag.put("Command", handed instanceof Handed.Refused(String command, var _) ? command : "");
        bag.put(
                "Reply",
                switch (handed) {
                    case Handed.Taken(Reply reply, var _, var _) -> reply.toString();
                    case Handed.Refused(var _, Reply reply) -> reply.toString();
                    case Handed.NobodyTaken _,
                            Handed.NoAddress _,
                            Handed.NoConnection _,
                            Handed.NotAllowed _,
                            Handed.Lost _,
                            Handed.NoTls _,
                            Handed.TlsFailed _,
                            Handed.TimedOut _ -> "";
                });
        List<Handed.Refusal> refused = switch (handed) {
            case Handed.Taken(var _, var some, var _) -> some;
            case Handed.NobodyTaken(var all) -> all;
            case Handed.Refused _,
                    Handed.NoAddress _,
                    Handed.NoConnection _,
                    Handed.NotAllowed _,
                    Handed.Lost _,
                    Handed.NoTls _,
                    Handed.TlsFailed _,
                    Handed.TimedOut _ -> List.of();
        };
        List<SequencedMap<String, Object>> refusals = new ArrayList<>();
        for (Handed.Refusal one : refused) {
            SequencedMap<String, Object> refusal = new LinkedHashMap<>();
            refusal.put("Recipient", one.recipient());
            refusal.put("Reply", one.reply().toString());
            refusals.add(refusal);
        }
        bag.put("Refused", refusals);
        bag.put("Notes", handed instanceof Handed.Taken(var _, var _, List<String> notes) ? notes : List.of());
        bag.put(
                "Detail",
                switch (handed) {
                    case Handed.NoAddress(var host) -> host;
                    case Handed.NoConnection(var detail) -> detail;
                    case Handed.NotAllowed(var detail) -> detail;
                    case Handed.Lost(var detail) -> detail;
                    case Handed.TlsFailed(var detail) -> detail;
                    case Handed.Taken _, Handed.NobodyTaken _, Handed.Refused _, Handed.NoTls _, Handed.TimedOut _ ->
                        "";
                });
        return bag;
    }

    private static OperationRefused invalid(String message) {
        return new OperationRefused(Reason.INVALID_PARAMETER, message);
    }

    private <T> T placed(Supplier<T> errand) {
        if (!places.tryAcquire()) {
            throw new OperationRefused(
                    Reason.BUSY, "there are " + MAX_UNDER_WAY + " such requests under way, which is as many as may be");
        }
        try {
            return errand.get();
        } finally {
            places.release();
        }
    }
}
