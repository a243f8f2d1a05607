package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// The server as a whole: what it is, which of its components rest, how much it tells, how its queues stand in sum, and
/// the tests that try it out. Reached by [TarryClient#management]; as thread-safe, and as it throws.
public final class ManagementClient {
    private static final String SERVER = "/api/v1/server";
    private static final String LEVELS = "/api/v1/event-log/levels";
    private static final String SYSTEM_MESSAGES = "/api/v1/system-messages";

    private final Http http;

    ManagementClient(Http http) {
        this.http = http;
    }

    /// Get-ExchangeServer: Name, Fqdn, Site, ServerRole, Edition, AdminDisplayVersion …
    public SequencedMap<String, Object> server() {
        return http.object("GET", SERVER, Optional.empty()).bag();
    }

    /// Get-NetworkConnectionInfo: Name, DnsServers, IPAddresses, AdapterGuid …
    public List<SequencedMap<String, Object>> networkConnections() {
        return items("GET", SERVER + "/network-connections");
    }

    /// Get-ServerComponentState: Server, Component, State, Requests, Identity.
    public List<SequencedMap<String, Object>> components() {
        return items("GET", SERVER + "/components");
    }

    /// Set-ServerComponentState.
    ///
    /// @param component `HubTransport`; case does not count here
    /// @param requester `Maintenance`
    /// @param state     `Active`, `Draining` or `Inactive`
    /// @return the component then
    public SequencedMap<String, Object> setComponent(String component, String requester, String state) {
        return http.object(
                        "POST",
                        SERVER + "/components/" + encoded(component),
                        Optional.of(Map.of("Requester", requester, "State", state)))
                .bag();
    }

    /// Get-EventLogLevel: Identity, Name, EventLevel.
    public List<SequencedMap<String, Object>> eventLevels() {
        return items("GET", LEVELS);
    }

    /// Set-EventLogLevel.
    ///
    /// @param category `SmtpSend`; case does not count here
    /// @param level    `Lowest` … `Expert`
    /// @return the category then
    public SequencedMap<String, Object> setEventLevel(String category, String level) {
        return http.object("POST", LEVELS + "/" + encoded(category), Optional.of(Map.of("EventLevel", level)))
                .bag();
    }

    /// New-, Get-, Set- and Remove-SystemMessage; identities are such as `En\Internal\5.4.4`.
    public ManagedKind systemMessages() {
        return new ManagedKind(http, SYSTEM_MESSAGES);
    }

    /// Get-SystemMessage -Original: what reports say where nobody has written anything else.
    public List<Managed> originalSystemMessages() {
        return http.object("GET", SYSTEM_MESSAGES + "?original=true", Optional.empty()).items().stream()
                .map(item -> new Managed(item.bag(), Optional.empty()))
                .toList();
    }

    /// What a digest of the queues is asked for.
    ///
    /// @param filter       in Exchange's words; absent: all queues
    /// @param groupBy      `NextHopDomain`, `Status` …; absent: NextHopDomain
    /// @param detailsLevel `None`, `Normal` or `Verbose`; absent: Normal
    /// @param groups       how many at most; absent: as the server has it
    public record Digest(
            Optional<String> filter, Optional<String> groupBy, Optional<String> detailsLevel, Optional<Long> groups) {
        private String path() {
            return new Query()
                    .with("filter", filter)
                    .with("groupBy", groupBy)
                    .with("detailsLevel", detailsLevel)
                    .with("resultSize", groups.map(String::valueOf))
                    .on("/api/v1/queue-digest");
        }
    }

    /// Get-QueueDigest: GroupByValue, MessageCount, DeferredMessageCount …, those with the most messages first.
    public Page<SequencedMap<String, Object>> queueDigest(Digest wanted) {
        return Page.of(http.object("GET", wanted.path(), Optional.empty()), Answer::bag);
    }

    /// The same, each as it arrives.
    ///
    /// @param each takes one; what it throws ends the request
    /// @return whether there are others
    public boolean queueDigest(Digest wanted, Consumer<SequencedMap<String, Object>> each) {
        return http.items(wanted.path(), item -> each.accept(item.bag())).flag("more");
    }

    /// Test-SmtpConnectivity: the server dials each of its own bindings. Server, ReceiveConnector, Binding, EndPoint,
    /// StatusCode, Details.
    public List<SequencedMap<String, Object>> testSmtpConnectivity() {
        return items("POST", "/api/v1/tests/smtp-connectivity");
    }

    /// The sending half of Test-Mailflow: Sender, Recipient, Subject, MessageId, Timestamp …;
    /// [TarryClient#await] waits for it.
    ///
    /// @param target whom to; absent: the server's system mailbox
    public SequencedMap<String, Object> sendTestMail(Optional<String> target) {
        Map<String, Object> body = new LinkedHashMap<>();
        target.ifPresent(address -> body.put("TargetEmailAddress", address));
        return http.object("POST", "/api/v1/tests/mail-flow", Optional.of(body)).bag();
    }

    private List<SequencedMap<String, Object>> items(String method, String path) {
        return http.object(method, path, Optional.empty()).items().stream()
                .map(Answer::bag)
                .toList();
    }
}
