package dev.tarry.lab.mx;

import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.mx.JournaledSession.Direction;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// Who receives mail at which address, and with which manners: every address that the zones outside name
/// has a host; those of whom something was said behave as it was said. Thread-safe.
public final class MailHosts implements AutoCloseable {
    /// Where every host listens: relay and submission alike.
    public static final Set<Integer> PORTS = Collections.unmodifiableSet(new TreeSet<>(List.of(25, 587)));

    /// Hosts of which something was said.
    static final int GIVEN_MAX = 20_000;

    private final Faults faults;
    private final ReceivedMail mail;
    private final MailBounds bounds;
    private final HostGround ground;
    private final HostMemory memory;
    private final SessionJournal journal;
    private final BounceReports reports;

    private final SequencedMap<String, MailHost> given = new LinkedHashMap<>();
    private volatile Residents residents = Residents.NONE;
    /// Of those who bring their addresses along; they come before the residents.
    private volatile Map<InetAddress, String> names = Map.of();

    private volatile Map<String, MailHost> manners = Map.of();

    /// @param whereTo where mail for a sender is handed in, for reports
    public MailHosts(
            Faults faults, ReceivedMail mail, MailBounds bounds, HostGround ground, BounceReports.WhereTo whereTo) {
        this.faults = Objects.requireNonNull(faults, "faults");
        this.mail = Objects.requireNonNull(mail, "mail");
        this.bounds = Objects.requireNonNull(bounds, "bounds");
        this.ground = Objects.requireNonNull(ground, "ground");
        memory = new HostMemory(ground.clock());
        journal = new SessionJournal(ground.clock());
        reports = new BounceReports(ground, journal, whereTo);
    }

    /// From now on these live there too; sessions that go on keep the name they began with.
    public void live(Residents residents) {
        this.residents = Objects.requireNonNull(residents, "residents");
    }

    /// From now on this host behaves so, instead of what was said of it before.
    ///
    /// @throws BadHost if there are too many
    public synchronized void put(MailHost host) {
        if (!given.containsKey(host.name()) && given.size() >= GIVEN_MAX) {
            throw new BadHost("name", GIVEN_MAX + " hosts are described already", "remove some first");
        }
        given.put(host.name(), host);
        settle();
    }

    /// Forgets what was said of a host: it has the usual manners again, or is gone if no zone names it.
    ///
    /// @return whether anything had been said
    public synchronized boolean remove(String name) {
        boolean known = given.remove(key(name)) != null;
        settle();
        return known;
    }

    /// Forgets what was said of all hosts.
    public synchronized void removeAll() {
        given.clear();
        settle();
    }

    private void settle() {
        var all = new LinkedHashMap<InetAddress, String>();
        for (var host : given.sequencedValues()) {
            for (var address : host.addresses()) {
                all.put(InetAddress.ofLiteral(address), host.name());
            }
        }
        manners = Map.copyOf(given);
        names = Map.copyOf(all);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Those of whom something was said, in the order of the first saying.
    public synchronized List<MailHost> given() {
        return List.copyOf(given.sequencedValues());
    }

    /// Every host, by name, with the addresses where it lives: first those of whom something was said, then the
    /// residents in their order.
    public SequencedMap<String, List<InetAddress>> addresses() {
        var byName = new LinkedHashMap<String, List<InetAddress>>();
        for (var host : given()) {
            byName.put(host.name(), new ArrayList<>(addresses(host)));
        }
        residents.all().forEach((address, name) -> {
            if (!names.containsKey(address)) {
                byName.computeIfAbsent(key(name), _ -> new ArrayList<>()).add(address);
            }
        });
        return byName;
    }

    /// Where a host lives.
    ///
    /// @return none if nobody has that name
    public List<InetAddress> addresses(String name) {
        var said = manners.get(key(name));
        var mine = new ArrayList<>(said == null ? List.of() : addresses(said));
        residents.addresses(name).stream()
                .filter(address -> !names.containsKey(address))
                .forEach(mine::add);
        return mine;
    }

    /// An address that two claim is the later one's.
    private List<InetAddress> addresses(MailHost host) {
        return host.addresses().stream()
                .map(InetAddress::ofLiteral)
                .filter(address -> host.name().equals(names.get(address)))
                .toList();
    }

    /// What was said of a host, if anything was.
    public Optional<MailHost> said(String name) {
        return Optional.ofNullable(manners.get(key(name)));
    }

    /// How a host behaves.
    ///
    /// @return empty if nobody has that name
    public Optional<MailHost> host(String name) {
        var said = manners.get(key(name));
        if (said != null) {
            return Optional.of(said);
        }
        return residents.addresses(name).isEmpty() ? Optional.empty() : Optional.of(MailHost.standard(name));
    }

    public Optional<String> nameAt(InetAddress address) {
        var name = names.get(address);
        return name == null ? residents.nameAt(address) : Optional.of(name);
    }

    /// The newest sessions that match, oldest first.
    public List<JournaledSession> sessions(SessionSearch search) {
        return journal.sessions(search);
    }

    public Optional<JournaledSession> session(String id) {
        return journal.session(id);
    }

    /// Reports that have not been handed in yet, in the order of their making.
    public List<OwedReport> reportsOwed() {
        return reports.owed();
    }

    /// Forgets who came when: greylists and windows of limits, and the reports that are owed.
    public void forgetStrangers() {
        memory.forget();
        reports.forget();
    }

    public void forgetSessions() {
        journal.forget();
    }

    /// Puts a session of the host at that address behind an accepted connection.
    public void fill(ChannelPipeline pipeline, InetSocketAddress dialled) {
        var address = dialled.getAddress().getHostAddress();
        var name = nameAt(dialled.getAddress()).orElse(address);
        var said = manners.get(key(name));
        var client = client(pipeline);
        var entry = journal.open(Direction.IN, name, address, dialled.getPort(), client);
        var session = new HostSession(
                said == null ? MailHost.standard(name) : said, address, client, faults, memory, entry, bounds);
        pipeline.addLast(new SmtpHost(session, entry, ground, mail, reports));
    }

    /// Addresses within the process say nothing, and differ from run to run.
    private static String client(ChannelPipeline pipeline) {
        return pipeline.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "127.0.0.1";
    }

    /// No more reports are sent.
    @Override
    public void close() {
        reports.forget();
    }
}
