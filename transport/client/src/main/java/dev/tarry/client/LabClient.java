package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The lab's world: what its DNS servers answer, whom its internal ones ask, who its mail hosts are and
/// what was said to them. Reached by [TarryClient#lab]; as thread-safe. A `view` is `outside` or `inside`.
public final class LabClient {
    private static final String ZONES = "/lab/v1/zones";
    private static final String HOSTS = "/lab/v1/hosts";
    private static final String SESSIONS = "/lab/v1/sessions";
    private static final String FORWARDERS = "/lab/v1/forwarders";
    private static final String CONDITIONAL = "/lab/v1/dns/conditional-forwarders";

    private final Http http;

    LabClient(Http http) {
        this.http = http;
    }

    /// All that DNS knows: `outside`, `inside`, `nonexistent`, `catchAll`.
    public SequencedMap<String, Object> zones() {
        return get(ZONES).bag();
    }

    /// @param zones as [#zones] gives them
    public void replaceZones(Map<String, ?> zones) {
        http.object("PUT", ZONES, Optional.of(zones));
    }

    /// `domain` and `records`.
    public SequencedMap<String, Object> zone(String view, String domain) {
        return get(on(view).on(ZONES + "/" + encoded(domain))).bag();
    }

    /// Defines a domain, or replaces what is known of it.
    ///
    /// @param records each with `name`, `type`, `ttl`, `data`
    public void putZone(String view, String domain, List<? extends Map<String, ?>> records) {
        http.object("PUT", on(view).on(ZONES + "/" + encoded(domain)), Optional.of(Map.of("records", records)));
    }

    /// Forgets a domain that was defined.
    public void removeZone(String view, String domain) {
        http.object("DELETE", on(view).on(ZONES + "/" + encoded(domain)), Optional.empty());
    }

    /// @param added `name`, `type`, `ttl`, `data`
    /// @return the domain as it is now
    public SequencedMap<String, Object> addRecord(String view, String domain, Map<String, ?> added) {
        return http.object("POST", on(view).on(records(domain)), Optional.of(added))
                .bag();
    }

    /// Removes the records that match all that is given.
    public void removeRecords(
            String view, String domain, Optional<String> name, Optional<String> type, Optional<String> data) {
        Query query = on(view).with("name", name).with("type", type).with("data", data);
        http.object("DELETE", query.on(records(domain)), Optional.empty());
    }

    /// The mail hosts, those of whom something was said first.
    ///
    /// @param name a pattern; absent: all
    public List<SequencedMap<String, Object>> hosts(Optional<String> name) {
        return bags(get(new Query().with("name", name).on(HOSTS)));
    }

    /// One mail host; one of which nothing was said has the usual manners.
    ///
    /// @throws ProblemException 404 where no name in the lab leads to such a host
    public SequencedMap<String, Object> host(String name) {
        return get(HOSTS + "/" + encoded(name)).bag();
    }

    /// Says how a mail host behaves, and where it lives.
    ///
    /// @return the host as it is now
    public SequencedMap<String, Object> putHost(String name, Map<String, ?> manners) {
        return http.object("PUT", HOSTS + "/" + encoded(name), Optional.of(manners))
                .bag();
    }

    /// Lets a mail host listen.
    ///
    /// @return the host, with where it really listens
    public SequencedMap<String, Object> openHost(String name) {
        return http.object("POST", HOSTS + "/" + encoded(name) + "/open", Optional.of(Map.of()))
                .bag();
    }

    /// Forgets what was said of a mail host.
    public void removeHost(String name) {
        http.object("DELETE", HOSTS + "/" + encoded(name), Optional.empty());
    }

    /// The sessions of the lab's mail hosts, oldest first.
    ///
    /// @param conditions names and values of the query string, such as `host` → `*.google.com`
    public List<SequencedMap<String, Object>> sessions(SequencedMap<String, String> conditions) {
        Query query = new Query();
        conditions.forEach((name, value) -> query.with(name, Optional.of(value)));
        return bags(get(query.on(SESSIONS)));
    }

    /// One session with its lines.
    public SequencedMap<String, Object> session(String id) {
        return get(SESSIONS + "/" + encoded(id)).bag();
    }

    /// The forwarders of each internal DNS server, in the order of asking.
    public SequencedMap<String, List<String>> forwarders() {
        return lists(get(FORWARDERS));
    }

    /// @param server    the address of an internal DNS server
    /// @param addresses whom it asks from now on, in this order
    public void setForwarders(String server, List<String> addresses) {
        http.object("PUT", FORWARDERS + "/" + encoded(server), Optional.of(Map.of("forwarders", addresses)));
    }

    /// Whom the internal servers ask about single domains.
    public SequencedMap<String, List<String>> conditionalForwarders() {
        return lists(get(CONDITIONAL));
    }

    /// @param addresses whom the internal servers ask about the domain, in this order
    public void setConditionalForwarders(String domain, List<String> addresses) {
        http.object("PUT", CONDITIONAL + "/" + encoded(domain), Optional.of(Map.of("forwarders", addresses)));
    }

    /// From now on the domain is asked about as all others are.
    public void removeConditionalForwarders(String domain) {
        http.object("DELETE", CONDITIONAL + "/" + encoded(domain), Optional.empty());
    }

    /// The certificate of the lab's authority, in PEM.
    public byte[] authority() {
        return http.content("/lab/v1/ca.pem");
    }

    private Answer get(String path) {
        return http.object("GET", path, Optional.empty());
    }

    private static Query on(String view) {
        return new Query().with("view", Optional.of(view));
    }

    private static String records(String domain) {
        return ZONES + "/" + encoded(domain) + "/records";
    }

    private static List<SequencedMap<String, Object>> bags(Answer answer) {
        return answer.items().stream().map(Answer::bag).toList();
    }

    private static SequencedMap<String, List<String>> lists(Answer answer) {
        SequencedMap<String, List<String>> lists = new LinkedHashMap<>();
        answer.fields().keySet().forEach(name -> lists.put(name.toString(), answer.texts(name.toString())));
        return lists;
    }
}
