package dev.tarry.lab;

import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.dns.MailRoute;
import dev.tarry.lab.dns.NameServers;
import dev.tarry.lab.dns.QuerySearch;
import dev.tarry.lab.dns.View;
import dev.tarry.lab.dns.Zone;
import dev.tarry.lab.dns.ZoneRecord;
import dev.tarry.lab.dns.Zones;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.ConnectEffect;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.fault.FaultSheet;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.fault.StoreEffect;
import dev.tarry.lab.mx.BounceReports;
import dev.tarry.lab.mx.HostGround;
import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.MailBounds;
import dev.tarry.lab.mx.MailHost;
import dev.tarry.lab.mx.MailHosts;
import dev.tarry.lab.mx.OwedReport;
import dev.tarry.lab.mx.ReceivedMail;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.lab.mx.Residents;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.lab.net.Firewall;
import dev.tarry.lab.net.FirewallRule;
import dev.tarry.lab.net.Links;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import dev.tarry.lab.net.RuleGrammar;
import dev.tarry.lab.net.WireLedger;
import dev.tarry.lab.tls.LabAuthority;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The lab: the world outside, and every way to look into it, to break it and to mend it.
///
/// Thread-safe. What changes the lab has been written to its folder when the call returns, so such calls may wait
/// for the disk and must not be made on a loop when there is a folder; [#dial] and [#dialledEnd] never wait.
public final class Lab implements AutoCloseable {
    private static final String FIRST_SERVER = "8.8.8.8";
    private static final int SMTP_PORT = 25;

    private final Surroundings surroundings;
    private final LabOptions options;
    private final Optional<WireLedger> ledger;
    private final Faults faults;
    private final Firewall firewall = new Firewall();
    private final NameServers servers;
    private final ReceivedMail mail;
    private final MailHosts hosts;
    private final Links links;
    private final Listeners listeners;
    private final Dials dials;
    private final Optional<TrueAddresses> trueAddresses;
    private final LabState state;
    private final Optional<Keeper> keeper;
    private final List<LabWatcher> watchers = new CopyOnWriteArrayList<>();
    private final Optional<ExecutorService> authorityWorker;
    private final LabAuthority authority;
    private final CompletableFuture<Void> ready;
    private volatile Supplier<Optional<SocketAddress>> ownHosts = Optional::empty;

    private Lab(Surroundings surroundings, LabOptions options) throws IOException {
        this.surroundings = surroundings;
        this.options = options;
        var work = surroundings.work();
        var folder = surroundings.folder();
        var sockets = surroundings.sockets();
        var alarms = surroundings.alarms();
        ledger = sockets.throughTheKernel() ? Optional.of(new WireLedger(work::begin, work::end)) : Optional.empty();
        faults = new Faults(surroundings.clock(), this::faultCounted);
        servers = new NameServers(
                surroundings.clock(), alarms::after, faults, options.ownHosts(), options.journalEntries());
        var bounds = new MailBounds(
                options.messagesKept(),
                folder.isPresent() ? options.diskOctetsKept() : options.memoryOctetsKept(),
                options.messageOctetsMax(),
                options.recipientsMax());
        Optional<Shelf> shelf = folder.isPresent() ? Optional.of(new Shelf(folder.get())) : Optional.empty();
        state = new LabState(shelf, servers, faults, firewall);
        state.load();
        mail = new ReceivedMail(folder.map(path -> path.resolve("mail")), bounds, surroundings.clock());
        mail.onReceived(message -> watchers.forEach(watcher -> watcher.received(message)));
        servers.onAsked(query -> watchers.forEach(watcher -> watcher.asked(query)));
        // Its thread begins with the first certificate. Where all is one thread, certificates are made on that.
        authorityWorker = sockets.throughTheKernel()
                ? Optional.of(Executors.newSingleThreadExecutor(new DefaultThreadFactory("lab-authority", true)))
                : Optional.empty();
        authority = new LabAuthority(
                folder.map(path -> path.resolve("ca")),
                surroundings.clock(),
                surroundings.secrets(),
                authorityWorker.<Executor>map(own -> own).orElse(Runnable::run),
                work::begin,
                work::end);
        hosts = new MailHosts(
                faults,
                mail,
                bounds,
                new HostGround(
                        surroundings.clock(),
                        alarms::after,
                        surroundings.loops(),
                        authority::contextOn,
                        WireLedger::halfClosing,
                        work::begin,
                        work::end),
                this::mailFor);
        state.loadHosts(hosts);
        hosts.live(new Inhabitants());
        links = new Links(
                faults,
                firewall,
                at -> Dials.hostAt(at, servers, hosts),
                surroundings.clock(),
                alarms::after,
                ledger,
                work::begin,
                work::end);
        listeners =
                new Listeners(sockets, ledger, links, surroundings.onChannel(), servers, hosts, options.listenersMax());
        dials = new Dials(surroundings, firewall, faults, links, servers, hosts, listeners);
        trueAddresses = options.realAddresses() && sockets.throughTheKernel()
                ? Optional.of(new TrueAddresses(listeners))
                : Optional.empty();
        keeper = shelf.map(_ -> new Keeper(state::saveCounters));
        ready = openFirst();
    }

    /// Who lives where, as the zones outside have it.
    private final class Inhabitants implements Residents {
        @Override
        public Optional<String> nameAt(InetAddress address) {
            return servers.hostAt(address, options.ownHosts());
        }

        @Override
        public List<InetAddress> addresses(String name) {
            return MailRoute.addresses(servers.zones(), name).stream()
                    .filter(address ->
                            nameAt(address).filter(name::equalsIgnoreCase).isPresent())
                    .toList();
        }

        @Override
        public SequencedMap<InetAddress, String> all() {
            var all = new LinkedHashMap<InetAddress, String>();
            for (var address : MailRoute.addresses(servers.zones())) {
                nameAt(address).ifPresent(name -> all.put(address, name));
            }
            return all;
        }
    }

    private void worldChanged() {
        trueAddresses.ifPresent(at -> at.more(servers.servers()));
    }

    /// On whichever loop it was asked.
    private void faultCounted() {
        keeper.ifPresent(Keeper::changed);
        watchers.forEach(LabWatcher::faultsChanged);
    }

    private void faultsChanged() {
        state.saveFaults();
        watchers.forEach(LabWatcher::faultsChanged);
    }

    private CompletableFuture<Void> openFirst() {
        var first = new ArrayList<CompletableFuture<?>>();
        options.labDns().ifPresent(at -> first.add(listeners.dns(FIRST_SERVER, Optional.of(at))));
        if (options.openAll()) {
            Stream.concat(NameServers.PUBLIC.stream(), NameServers.INTERNAL.stream())
                    .forEach(server -> first.add(listeners.dns(server, Optional.empty())));
        }
        trueAddresses.ifPresent(at -> first.add(at.open(servers.servers())));
        return CompletableFuture.allOf(first.toArray(CompletableFuture<?>[]::new));
    }

    /// Opens the lab with what its folder holds from earlier, or with the standard world. Returns at once; the
    /// listeners that stand from the start accept when [#ready()] is done.
    ///
    /// @throws IOException if the folder cannot be read or made
    public static Lab open(Surroundings surroundings, LabOptions options) throws IOException {
        return new Lab(surroundings, options);
    }

    /// Done when everything listens that listens from the start; fails with an `IOException` that names server,
    /// address and cause.
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /// Where dialling an address of the lab's world leads now: the firewall is asked, then the link, then the
    /// faults, then the listener is opened if this is the first dial to it. An address that nobody has is a
    /// black hole; a host that has no such port refuses.
    ///
    /// @param to a resolved address, such as 8.8.8.8:53 or 203.0.113.26:25
    /// @return completed at once where possible, else on a loop of the lab, after a while of lab time where
    ///     the link is bad: that is not in flight, and whoever has lost patience completes it. Fails only
    ///     when listening itself fails
    public CompletableFuture<Route> dial(Protocol protocol, InetSocketAddress to) {
        return dials.dial(protocol, to);
    }

    /// What the server's firewall does with a TCP connection from outside to a receive connector: for whoever
    /// accepts it. A connection that is blocked stands and hears nothing; one that is rejected is reset.
    ///
    /// @param localPorts the port it came to, and the well-known port that this one stands for
    /// @param from its far end
    public FirewallRule.Action admits(Set<Integer> localPorts, InetSocketAddress from) {
        return firewall.inbound(Protocol.TCP, localPorts, from);
    }

    /// The handler that the dialling end puts first into its pipeline before it connects, one for each channel, so
    /// that what is on its way between the two ends is known.
    public ChannelHandler dialledEnd(Protocol protocol) {
        return ledger.map(book -> book.dialledEnd(protocol)).orElseGet(() -> new ChannelHandlerAdapter() {});
    }

    /// The handler that the server under test puts first into the pipeline of each connection that it accepts
    /// on a receive connector, so that what is on its way to and from the lab's hosts is known. Strangers do not
    /// count.
    public ChannelHandler acceptedEnd() {
        return ledger.map(WireLedger::acceptedEnd).orElseGet(() -> new ChannelHandlerAdapter() {});
    }

    /// The DNS servers that listen by now, by their address in the lab's world, and where they really listen (UDP
    /// and TCP alike).
    public SequencedMap<String, SocketAddress> addresses() {
        return listeners.addresses();
    }

    /// The newest lab time among what is kept; lab time after a restart must not be earlier.
    public Optional<Instant> newestEvent() {
        return mail.newest();
    }

    public Zones zones() {
        return servers.zones();
    }

    /// Replaces all that DNS knows, and with it who the mail hosts are.
    public void replaceZones(Zones zones) {
        servers.replaceZones(zones);
        state.saveWorld();
        worldChanged();
    }

    /// @return empty if there is no such zone
    /// @throws dev.tarry.lab.dns.BadZone if it is no domain name
    public Optional<Zone> zone(View view, String domain) {
        return servers.zone(view, domain);
    }

    /// A new zone, or other records for the same one. Costs no more where there are ten thousand others.
    ///
    /// @throws dev.tarry.lab.dns.BadZone naming the record that is wrong; nothing has changed then
    public void putZone(View view, Zone zone) {
        state.changeZone(view, zone.domain(), () -> {
            servers.putZone(view, zone);
            return Optional.of(zone);
        });
        worldChanged();
    }

    /// @return what was removed
    public Optional<Zone> removeZone(View view, String domain) {
        var gone = servers.zone(view, domain);
        state.changeZone(view, domain, () -> {
            servers.removeZone(view, domain);
            return Optional.empty();
        });
        return gone;
    }

    /// A record that stands there already gets the TTL of this one.
    ///
    /// @return the zone as it is now; empty if there is no such zone
    /// @throws dev.tarry.lab.dns.BadZone if the record is wrong
    public Optional<Zone> addRecord(View view, String domain, ZoneRecord added) {
        state.changeZone(view, domain, () -> servers.addRecord(view, domain, added));
        worldChanged();
        return servers.zone(view, domain);
    }

    /// Removes the records that match all that is given.
    ///
    /// @param name the owner, `@` for the zone's own name
    /// @return what was removed
    public List<ZoneRecord> removeRecords(
            View view, String domain, Optional<String> name, Optional<String> type, Optional<String> data) {
        var gone = new ArrayList<ZoneRecord>();
        state.changeZone(view, domain, () -> {
            gone.addAll(servers.removeRecords(view, domain, name, type, data));
            return servers.zone(view, domain);
        });
        return List.copyOf(gone);
    }

    /// Whom the internal servers ask about single domains, and all below them, instead of their forwarders.
    public SequencedMap<String, List<String>> conditionalForwarders() {
        return servers.conditionalForwarders();
    }

    /// @param addresses none: SERVFAIL for all names of the domain
    /// @throws dev.tarry.lab.dns.BadZone if the domain or an address is none
    public void setConditionalForwarders(String domain, List<String> addresses) {
        servers.setConditionalForwarders(domain, addresses);
        state.saveWorld();
    }

    /// @return whether there were any
    public boolean removeConditionalForwarders(String domain) {
        boolean were = servers.removeConditionalForwarders(domain);
        state.saveWorld();
        return were;
    }

    /// The forwarders of each internal DNS server, in the order of asking.
    public SequencedMap<String, List<String>> forwarders() {
        return servers.forwarders();
    }

    /// @param server 192.168.1.10 or 192.168.1.11
    /// @param forwarders addresses; none: what the server does not know itself it answers with SERVFAIL
    public void setForwarders(String server, List<String> forwarders) {
        servers.setForwarders(server, forwarders);
        state.saveWorld();
    }

    /// The newest DNS queries, oldest first.
    public List<JournaledQuery> queries(int limit) {
        return servers.queries(limit);
    }

    /// DNS queries that are still remembered, oldest first.
    public List<JournaledQuery> queries(QuerySearch search) {
        return servers.queries(search);
    }

    /// Faults in plain words are read by [dev.tarry.lab.fault.FaultGrammar] and [dev.tarry.lab.fault.FaultLine].
    public ActiveFault addFault(Fault fault) {
        var active = faults.add(fault);
        try {
            faultsChanged();
        } catch (UncheckedIOException full) {
            faults.remove(active.id()); // what cannot be kept is not there
            throw full;
        }
        return active;
    }

    /// A fault in plain words, with spans from now counted from the lab's present.
    ///
    /// @throws dev.tarry.lab.fault.BadFault naming the word that is wrong
    public ActiveFault addFault(Map<String, ?> words) {
        return addFault(readFault(words));
    }

    /// The same, without adding it.
    public Fault readFault(Map<String, ?> words) {
        return FaultGrammar.read(words, surroundings.clock().instant());
    }

    /// A fault as a line.
    ///
    /// @throws dev.tarry.lab.fault.BadFault naming the column or word that is wrong
    public ActiveFault addFault(String line) {
        return addFault(FaultLine.read(line, surroundings.clock().instant()));
    }

    /// Puts the faults of a text in the place of all that are set.
    ///
    /// @param yaml whether the text is YAML; if not, it has a line for each
    /// @throws dev.tarry.lab.fault.BadFault with everything that is wrong in it; then nothing has changed
    public List<ActiveFault> replaceFaults(String text, boolean yaml) {
        var now = surroundings.clock().instant();
        return replaceFaults(yaml ? FaultSheet.yaml(text, now) : FaultSheet.lines(text, now));
    }

    /// @throws dev.tarry.lab.fault.BadFault when they are too many; then nothing has changed
    public List<ActiveFault> replaceFaults(List<Fault> fresh) {
        var active = faults.replace(fresh);
        faultsChanged();
        return active;
    }

    /// Weather with a name, one thing after the other.
    ///
    /// @throws IllegalArgumentException if something in it is refused, as by a fault list that is full
    public synchronized Preset.Applied apply(Preset preset) {
        var now = surroundings.clock().instant();
        var read =
                preset.faults().stream().map(line -> FaultLine.read(line, now)).toList();
        var added = read.stream().map(this::addFault).toList();
        var rules = new ArrayList<FirewallRule>();
        for (var words : preset.rules()) {
            rules.add(addRule(RuleGrammar.read(words, freeRuleName())));
        }
        preset.forwarders().forEach(this::setForwarders);
        return new Preset.Applied(preset, added, rules, forwarders());
    }

    /// What happens to an operation of the store of the server under test: for whoever knows both.
    ///
    /// @param operation `commit`, `read` or `open`
    /// @param families the parts touched: `meta`, `content`, `queue`, `mailbox`
    public Optional<StoreEffect> store(String operation, List<String> families) {
        return faults.storeIsBad() ? faults.store(operation, families) : Optional.empty();
    }

    /// Whether there is any reason to ask [#store]: costs next to nothing.
    public boolean storeIsBad() {
        return faults.storeIsBad();
    }

    /// In the order of adding, which is the order of asking.
    public List<ActiveFault> faults() {
        return faults.list();
    }

    /// @return the fault as it was, or empty if there is none with that id
    public Optional<ActiveFault> removeFault(long id) {
        var gone = faults.remove(id);
        faultsChanged();
        return gone;
    }

    public void clearFaults() {
        faults.clear();
        faultsChanged();
    }

    /// A name for a rule that nobody named: shaped like a GUID, counted.
    public String freeRuleName() {
        var taken = firewall.list().stream().map(FirewallRule::name).toList();
        for (long number = taken.size() + 1L; ; number++) {
            var name = String.format(Locale.ROOT, "{00000000-0000-0000-0000-%012d}", number);
            if (!taken.contains(name)) {
                return name;
            }
        }
    }

    /// Rules in plain words are read by [dev.tarry.lab.net.RuleGrammar].
    ///
    /// @throws dev.tarry.lab.net.BadRule if the name is taken
    public FirewallRule addRule(FirewallRule rule) {
        var added = firewall.add(rule);
        state.saveFirewall();
        return added;
    }

    /// In the order of making.
    public List<FirewallRule> rules() {
        return firewall.list();
    }

    /// @return what was removed
    public List<FirewallRule> removeRules(Predicate<FirewallRule> which) {
        var gone = firewall.remove(which);
        state.saveFirewall();
        return gone;
    }

    /// @return the rules as they are now
    public List<FirewallRule> enableRules(Predicate<FirewallRule> which, boolean enabled) {
        var changed = firewall.setEnabled(which, enabled);
        state.saveFirewall();
        return changed;
    }

    /// Puts a rule in the place of the one of the same name; it keeps its place in the order of making.
    ///
    /// @return whether there was one
    public boolean replaceRule(FirewallRule rule) {
        boolean there = firewall.replace(rule);
        state.saveFirewall();
        return there;
    }

    /// Whether an echo request of the server to an address is answered: somebody lives there, and neither a firewall
    /// rule for all traffic nor a fault that swallows whatever goes there keeps it back.
    public boolean echoes(InetAddress to) {
        var at = Dials.hostAt(to, servers, hosts);
        if (at.isEmpty() || firewall.echo(to) != FirewallRule.Action.ALLOW) {
            return false;
        }
        return faults.connect(at, to.getHostAddress(), 0, "icmp")
                .filter(ConnectEffect.BlackHole.class::isInstance)
                .isEmpty();
    }

    /// What the lab's hosts received: the newest that match, oldest first.
    ///
    /// @param recipientGlob matches any recipient of the message
    public List<ReceivedMessage> mail(String recipientGlob, String hostGlob, int limit) {
        return mail.mail(new Glob(recipientGlob), new Glob(hostGlob), limit);
    }

    /// From now on, reports of the lab's hosts to senders whose mail goes to one of our own hosts are
    /// handed in there. Whoever listens there puts [#acceptedEnd] first into the pipeline of each connection.
    ///
    /// @param listening asked each time; empty: nobody listens now
    public void ownHostsListenAt(Supplier<Optional<SocketAddress>> listening) {
        ownHosts = listening;
    }

    private CompletableFuture<Optional<BounceReports.Place>> mailFor(String domain) {
        for (var host : MailRoute.hosts(servers.zones(), domain)) {
            if (options.ownHosts().stream().anyMatch(host::equalsIgnoreCase)) {
                return CompletableFuture.completedFuture(ownHosts.get().map(this::place));
            }
            for (var address : MailRoute.addresses(servers.zones(), host)) {
                if (hosts.nameAt(address).isPresent()) {
                    return listeners
                            .mail(new InetSocketAddress(address, SMTP_PORT))
                            .thenApply(at -> Optional.of(place(at)));
                }
            }
        }
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private BounceReports.Place place(SocketAddress at) {
        return new BounceReports.Place(at, dialledEnd(Protocol.TCP));
    }

    /// Every mail host by name, with the addresses where it lives in the lab's world, those of
    /// whom something was said first.
    public SequencedMap<String, List<InetAddress>> hostAddresses() {
        return hosts.addresses();
    }

    /// Where a mail host lives in the lab's world.
    public List<InetAddress> hostAddresses(String name) {
        return hosts.addresses(name);
    }

    /// How a mail host behaves.
    ///
    /// @return empty if nobody has that name
    public Optional<MailHost> host(String name) {
        return hosts.host(name);
    }

    /// What was said of a mail host, if anything was.
    public Optional<MailHost> saidOfHost(String name) {
        return hosts.said(name);
    }

    /// The mail hosts of which something was said; all others have the usual manners.
    public List<MailHost> hostsGiven() {
        return hosts.given();
    }

    /// From now on a mail host behaves so; sessions that go on keep the manners they began with. Hosts in
    /// plain words are read by [dev.tarry.lab.mx.HostGrammar].
    ///
    /// @throws dev.tarry.lab.mx.BadHost if there are too many
    public void putHost(MailHost host) {
        hosts.put(host);
        state.saveHosts(hosts);
    }

    /// Forgets what was said of a mail host.
    ///
    /// @return whether anything had been said
    public boolean removeHost(String name) {
        boolean known = hosts.remove(name);
        state.saveHosts(hosts);
        return known;
    }

    /// Lets a mail host listen at all its addresses and ports, as the first dial would. Firewall and
    /// faults are not asked.
    ///
    /// @return where it really listens, by address and port in the lab's world; fails with an `IOException`
    public CompletableFuture<SequencedMap<InetSocketAddress, SocketAddress>> openHost(String name) {
        var opening = new ArrayList<CompletableFuture<?>>();
        for (var address : hosts.addresses(name)) {
            MailHosts.PORTS.forEach(port -> opening.add(listeners.mail(new InetSocketAddress(address, port))));
        }
        return CompletableFuture.allOf(opening.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> hostListeners(name));
    }

    /// Where a mail host really listens by now, by address and port in the lab's world.
    public SequencedMap<InetSocketAddress, SocketAddress> hostListeners(String name) {
        var mine = new LinkedHashMap<InetSocketAddress, SocketAddress>();
        listeners.mailAddresses().forEach((dialled, listening) -> {
            if (hosts.nameAt(dialled.getAddress())
                    .filter(name::equalsIgnoreCase)
                    .isPresent()) {
                mine.put(dialled, listening);
            }
        });
        return mine;
    }

    /// The newest sessions of the lab's mail hosts that match, oldest first.
    public List<JournaledSession> sessions(SessionSearch search) {
        return hosts.sessions(search);
    }

    /// @return empty if there is no such session, or it was let go
    public Optional<JournaledSession> session(String id) {
        return hosts.session(id);
    }

    /// Reports on messages that hosts took and did not deliver, as far as they have not been handed in yet.
    public List<OwedReport> reportsOwed() {
        return hosts.reportsOwed();
    }

    /// The content of a received message, octet for octet as it was sent, dot-stuffing undone. The caller
    /// closes it.
    ///
    /// @return empty if there is no such message, or its content was let go
    public Optional<InputStream> content(String id) throws IOException {
        return mail.content(id);
    }

    /// Has it told of what happens from now on.
    public void watch(LabWatcher watcher) {
        watchers.add(watcher);
    }

    /// It is told no more.
    public void unwatch(LabWatcher watcher) {
        watchers.remove(watcher);
    }

    /// Who certifies the hosts of the lab's world.
    public LabAuthority authority() {
        return authority;
    }

    /// Good weather: no faults, no firewall rules, the standard zones, forwarders and hosts, nothing
    /// remembered of greylists and limits, no report owed.
    ///
    /// @param forgetMail forget also what was seen: received mail, the journals of queries and of sessions
    public void reset(boolean forgetMail) {
        faults.clear();
        firewall.clear();
        servers.replaceZones(Zones.standard());
        NameServers.standardForwarders().forEach(servers::setForwarders);
        servers.conditionalForwarders().keySet().forEach(servers::removeConditionalForwarders);
        hosts.removeAll();
        hosts.forgetStrangers();
        faultsChanged();
        state.saveFirewall();
        state.saveWorld();
        state.saveHosts(hosts);
        if (forgetMail) {
            mail.forget();
            hosts.forgetSessions();
            servers.forgetQueries();
        }
    }

    /// Stops listening, writes down what is not yet written, and lets go. Waits for the disk, not for the network.
    @Override
    public void close() {
        surroundings.sockets().close();
        hosts.close();
        keeper.ifPresent(Keeper::close);
        authorityWorker.ifPresent(ExecutorService::close);
        mail.close();
        state.close();
    }
}
