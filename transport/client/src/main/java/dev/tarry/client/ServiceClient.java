package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// How the server is set: service, connectors, domains, settings, DNS. Every change is kept over
/// restarts, and holds wholly or not at all. As for [TarryClient], calls block, and throw its
/// exceptions.
public final class ServiceClient {
    private static final String SERVICE = "/api/v1/transport-service";
    private static final String CONFIG = "/api/v1/transport-config";
    private static final String SETTINGS = "/api/v1/settings";
    private static final String DNS = "/api/v1/dns";
    private static final String CACHE = DNS + "/cache";
    private static final String UNHEALTHY = "/api/v1/hosts/unhealthy";

    private final Http http;

    ServiceClient(Http http) {
        this.http = http;
    }

    /// Get-TransportService.
    public Managed transportService() {
        return get(SERVICE);
    }

    /// Set-TransportService; a list may also be edited: `Map.of("Add", List.of("9.9.9.9"))`.
    public Change changeTransportService(Map<String, ?> properties) {
        return patch(SERVICE, properties, Optional.empty());
    }

    /// As the other, if it still is as it was seen; else a [ProblemException] with status 412.
    public Change changeTransportService(Managed seen, Map<String, ?> properties) {
        return patch(SERVICE, properties, tag(seen));
    }

    /// A service of Windows' as it stands.
    ///
    /// @param name `MSExchangeTransport`
    /// @param status `Running`, `Paused`, `Stopped`, or `StartPending` and `StopPending` in between
    public record WindowsService(String name, String displayName, String status) {}

    /// Get-Service.
    public WindowsService transportStatus() {
        return status("GET", "/status");
    }

    /// Suspend-Service: no new sessions and no new mail; deliveries go on.
    ///
    /// @return how it stands then, as those that follow
    public WindowsService pauseTransport() {
        return status("POST", "/pause");
    }

    /// Resume-Service.
    public WindowsService continueTransport() {
        return status("POST", "/continue");
    }

    /// Stop-Service: the queues are closed until it is started.
    public WindowsService stopTransport() {
        return status("POST", "/stop");
    }

    /// Start-Service.
    public WindowsService startTransport() {
        return status("POST", "/start");
    }

    /// Restart-Service.
    public WindowsService restartTransport() {
        return status("POST", "/restart");
    }

    private WindowsService status(String method, String what) {
        Answer answer = http.object(method, SERVICE + what, Optional.empty());
        return new WindowsService(answer.text("Name"), answer.text("DisplayName"), answer.text("Status"));
    }

    /// Get-TransportConfig.
    public Managed transportConfig() {
        return get(CONFIG);
    }

    /// Set-TransportConfig.
    public Change changeTransportConfig(Map<String, ?> properties) {
        return patch(CONFIG, properties, Optional.empty());
    }

    public ManagedKind sendConnectors() {
        return new ManagedKind(http, "/api/v1/send-connectors");
    }

    /// A new one needs `Name`, and by its `Usage` (`Custom` if none is given) `Bindings` and `RemoteIPRanges`.
    public ManagedKind receiveConnectors() {
        return new ManagedKind(http, "/api/v1/receive-connectors");
    }

    public ManagedKind acceptedDomains() {
        return new ManagedKind(http, "/api/v1/accepted-domains");
    }

    public ManagedKind remoteDomains() {
        return new ManagedKind(http, "/api/v1/remote-domains");
    }

    /// Test-MailRoute: which way a recipient's mail would go, and why: `outcome`, `reason`, `connector`, `queue`,
    /// `dns`, `targets`, `connectors` …
    ///
    /// @param size the message's: bytes, or a text such as `10KB`
    public SequencedMap<String, Object> testRoute(String recipient, Object size) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("recipient", recipient);
        question.put("size", size);
        return http.object("POST", "/api/v1/routes/test", Optional.of(question)).bag();
    }

    /// One setting as it is written down.
    ///
    /// @param key `transport.queueMaxIdleTime`, `sendConnectors[0].name`
    /// @param value as it is printed
    /// @param origin who said so
    /// @param effect from when on a change holds
    /// @param exchangeName what Exchange calls it; empty if it does not have it
    public record Setting(
            String key, String value, String origin, String effect, String exchangeName, String description) {}

    /// Every setting with the value that holds.
    public List<Setting> settings() {
        return http.object("GET", SETTINGS, Optional.empty()).items().stream()
                .map(a -> new Setting(
                        a.text("key"),
                        a.text("value"),
                        a.text("origin"),
                        a.text("effect"),
                        a.text("exchangeName"),
                        a.text("description")))
                .toList();
    }

    /// What was set at run time, key to text.
    public SequencedMap<String, Object> settingChanges() {
        return inner(http.object("GET", SETTINGS + "/changes", Optional.empty()), "changes");
    }

    /// Changes settings by their keys.
    ///
    /// @param changes a null takes back what was set at run time
    /// @return the keys that have another value than before, with it
    public SequencedMap<String, Object> changeSettings(Map<String, ?> changes) {
        return inner(http.object("PATCH", SETTINGS, Optional.of(Map.of("changes", changes))), "changed");
    }

    /// Whom one set of DNS servers comes to.
    ///
    /// @param servers who is asked, in this order
    /// @param fromAdapter whether they are the network adapter's
    /// @param usedBy the enabled send connectors that ask them
    public record Resolvers(List<String> servers, boolean fromAdapter, String protocolOption, List<String> usedBy) {}

    /// For connectors with UseExternalDNSServersEnabled.
    public Resolvers externalDns() {
        return resolvers("external");
    }

    /// For all other connectors.
    public Resolvers internalDns() {
        return resolvers("internal");
    }

    private Resolvers resolvers(String set) {
        Answer one = new Answer("GET " + DNS, inner(http.object("GET", DNS, Optional.empty()), set));
        return new Resolvers(
                one.texts("servers"),
                one.text("from").equals("adapter"),
                one.text("protocolOption"),
                one.texts("usedBy"));
    }

    /// A record set that the server remembers.
    ///
    /// @param status `NOERROR`; `NODATA` or `NXDOMAIN` where what does not exist is remembered
    /// @param ttlSeconds how long still, in lab time, rounded up
    /// @param from the server that said so
    public record CachedRecords(
            String name, String type, String status, List<String> records, long ttlSeconds, String from) {}

    /// What the server remembers of DNS.
    ///
    /// @param name only what was asked for under this name; absent: all
    public List<CachedRecords> dnsCache(Optional<String> name) {
        return http.object("GET", new Query().with("name", name).on(CACHE), Optional.empty()).items().stream()
                .map(a -> new CachedRecords(
                        a.text("name"),
                        a.text("type"),
                        a.text("status"),
                        a.texts("records"),
                        a.count("ttlSeconds"),
                        a.text("from")))
                .toList();
    }

    /// What the server has asked of DNS, newest first; the next page is what is older than its last one.
    public Page<OwnDnsQuery> dnsQueries(DnsQueryFilter wanted) {
        return Page.of(http.object("GET", path(wanted), Optional.empty()), OwnDnsQuery::of);
    }

    /// The same, each as it arrives.
    ///
    /// @param each takes one; what it throws ends the request
    /// @return whether there are others
    public boolean dnsQueries(DnsQueryFilter wanted, Consumer<OwnDnsQuery> each) {
        return http.items(path(wanted), item -> each.accept(OwnDnsQuery.of(item)))
                .flag("more");
    }

    private static String path(DnsQueryFilter wanted) {
        Query query = new Query()
                .with("domain", wanted.domain())
                .with("server", wanted.server())
                .with("outcome", wanted.outcome())
                .with("cached", wanted.cached().map(String::valueOf))
                .with("search", wanted.search().map(String::valueOf))
                .with("since", wanted.since().map(Instant::toString))
                .with("before", wanted.before().map(String::valueOf))
                .with("resultSize", wanted.limit());
        return query.on(DNS + "/queries");
    }

    /// Has the server forget all of it.
    ///
    /// @return how many record sets it had
    public long clearDnsCache() {
        return http.object("DELETE", CACHE, Optional.empty()).count("forgotten");
    }

    /// Has the server forget one name.
    public long clearDnsCache(String name) {
        return http.object("DELETE", CACHE + "/" + encoded(name), Optional.empty())
                .count("forgotten");
    }

    /// The hosts that could not be used last and stand behind the others for a while, by the moment of their last
    /// failure.
    ///
    /// @param host a name or an IP address; absent: all
    public List<UnhealthyHost> unhealthyHosts(Optional<String> host) {
        return http.object("GET", new Query().with("host", host).on(UNHEALTHY), Optional.empty()).items().stream()
                .map(UnhealthyHost::of)
                .toList();
    }

    /// Has the server forget all of them, and whatever else it remembers of hosts: who offers TLS or CHUNKING in vain.
    ///
    /// @return how many addresses that were
    public long clearUnhealthyHosts() {
        return http.object("DELETE", UNHEALTHY, Optional.empty()).count("forgotten");
    }

    /// Has it forget one.
    ///
    /// @param host a name or an IP address
    /// @return how many addresses that were
    /// @throws ProblemException where nothing is remembered of it (404)
    public long clearUnhealthyHost(String host) {
        return http.object("DELETE", UNHEALTHY + "/" + encoded(host), Optional.empty())
                .count("forgotten");
    }

    /// Has the server ask for records as it would itself: `answer`, `records`, `attempts` …
    ///
    /// @param type `MX`, `A` …
    /// @param external whether the external servers are asked, or the internal ones
    public SequencedMap<String, Object> resolve(String name, String type, boolean external) {
        return resolve(Map.of("name", name, "type", type, "set", external ? "external" : "internal"));
    }

    /// Has the server look for the hosts that take a domain's mail: `answer`, `hosts`, `attempts` …
    public SequencedMap<String, Object> resolveDomain(String domain, boolean external) {
        return resolve(Map.of("domain", domain, "set", external ? "external" : "internal"));
    }

    private SequencedMap<String, Object> resolve(Map<String, ?> question) {
        return http.object("POST", DNS + "/resolve", Optional.of(question)).bag();
    }

    private Managed get(String path) {
        return managed(http.tagged("GET", path, Optional.empty(), Optional.empty()));
    }

    private Change patch(String path, Map<String, ?> properties, Optional<String> tag) {
        return change(http.tagged("PATCH", path, Optional.of(properties), tag));
    }

    static Managed managed(Http.Tagged tagged) {
        return new Managed(tagged.answer().bag(), tagged.tag());
    }

    static Change change(Http.Tagged tagged) {
        return new Change(
                new Managed(inner(tagged.answer(), "item"), tagged.tag()),
                tagged.answer().texts("atNextStart"),
                tagged.answer().texts("warnings"));
    }

    /// @throws IllegalArgumentException if it was seen without its tag
    static Optional<String> tag(Managed seen) {
        if (seen.tag().isEmpty()) {
            throw new IllegalArgumentException("objects of a listing have no tags; get the object by its identity");
        }
        return seen.tag();
    }

    private static SequencedMap<String, Object> inner(Answer answer, String name) {
        if (answer.fields().get(name) instanceof Map<?, ?> map) {
            SequencedMap<String, Object> inner = new LinkedHashMap<>();
            map.forEach((key, value) -> inner.put(key.toString(), value));
            return inner;
        }
        throw new UnexpectedAnswerException("The answer to " + answer.request() + " lacks '" + name + "'.", null);
    }
}
