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

    private SequencedMap<InetAddress, String> zoned = new LinkedHashMap<>();
    private final SequencedMap<String, MailHost> given = new LinkedHashMap<>();
    private volatile SequencedMap<InetAddress, String> names = new LinkedHashMap<>();
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

    /// From now on these live there, but for those that bring addresses of their own; sessions that go on
    /// keep the name they began with.
    public synchronized void replace(SequencedMap<InetAddress, String> hosts) {
        zoned = new LinkedHashMap<>(hosts);
        settle();
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
        var all = new LinkedHashMap<>(zoned);
        for (var host : given.sequencedValues()) {
            for (var address : host.addresses()) {
                all.put(InetAddress.ofLiteral(address), host.name());
            }
        }
        manners = Map.copyOf(given);
        names = Collections.unmodifiableSequencedMap(all);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Those of whom something was said, in the order of the first saying.
    public synchronized List<MailHost> given() {
        return List.copyOf(given.sequencedValues());
    }

    /// Every host, by name, with the addresses where it lives, in the order of the zones.
    public SequencedMap<String, List<InetAddress>> addresses() {
        var byName = new LinkedHashMap<String, List<InetAddress>>();
        names.forEach((address, name) ->
                byName.computeIfAbsent(key(name), _ -> new ArrayList<>()).add(address));
        given().forEach(host -> byName.computeIfAbsent(host.name(), _ -> new ArrayList<>()));
        return byName;
    }

    /// How a host behaves.
    ///
    /// @return empty if nobody has that name
    public Optional<MailHost> host(String name) {
        var said = manners.get(key(name));
        return said == null && names.values().stream().noneMatch(known -> known.equalsIgnoreCase(name))
                ? Optional.empty()
                : Optional.of(said == null ? MailHost.standard(name) : said);
    }

    public Optional<String> nameAt(InetAddress address) {
        return Optional.ofNullable(names.get(address));
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
