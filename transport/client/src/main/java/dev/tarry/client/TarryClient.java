package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The admin and lab APIs of one server as methods. Every call blocks its thread until the answer is there, and
/// may be made from several threads. Every call throws [ProblemException] where the server refuses,
/// [ServerUnreachableException] where none answers, [AnswerBrokenOffException] where an answer ends too soon, and
/// [UnexpectedAnswerException] where what answers is no
/// tarry.
///
/// Property bags keep the server's order; their values are `String`, `Long`, `Double`, `Boolean`, `Instant`
/// (where the property is a moment), `List`, `Map` or `null`.
public final class TarryClient implements AutoCloseable {
    /// Where a server with default settings has its admin port.
    public static final URI DEFAULT_SERVER = URI.create("http://127.0.0.1:8025");

    private static final String QUEUES = "/api/v1/queues";
    private static final String MESSAGES = "/api/v1/messages";
    private static final String MAILBOXES = "/api/v1/mailboxes";
    private static final String TRACKING = "/api/v1/tracking";
    private static final String CLOCK = "/lab/v1/clock";
    private static final String FIREWALL = "/lab/v1/firewall";
    private static final String FAULTS = "/lab/v1/faults";
    private static final String PRESETS = "/lab/v1/presets";
    private static final String LAB_MAIL = "/lab/v1/mail";

    /// How much longer than a wait its answer may take, in real time.
    private static final Duration WAIT_GRACE = Duration.ofMinutes(1);

    private final Http http;

    /// @param server scheme, host and port, with or without a closing slash
    /// @throws IllegalArgumentException where it is not an http or https address
    public TarryClient(URI server) {
        this(server, Optional.empty());
    }

    /// @param server scheme, host and port, with or without a closing slash
    /// @param token  what a server wants that is open to others; absent: none is sent
    /// @throws IllegalArgumentException where it is not an http or https address, or the token could not stand in a
    /// header
    public TarryClient(URI server, Optional<String> token) {
        if (server.getHost() == null || !List.of("http", "https").contains(server.getScheme())) {
            throw new IllegalArgumentException(
                    "a server address looks like " + DEFAULT_SERVER + ", not '" + server + "'");
        }
        if (token.filter(t -> !t.matches("[\\x21-\\x7e]{1,4096}")).isPresent()) {
            throw new IllegalArgumentException("a token is printable ASCII without blanks");
        }
        String text = server.toString();
        this.http = new Http(text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : server, token);
    }

    public URI server() {
        return http.base();
    }

    /// How the server is set: service, connectors, domains, settings, DNS.
    public ServiceClient service() {
        return new ServiceClient(http);
    }

    /// The machine that the server runs on.
    public ComputerClient computer() {
        return new ComputerClient(http);
    }

    /// The lab's zones, hosts, sessions and forwarders.
    public LabClient lab() {
        return new LabClient(http);
    }

    /// The server as a whole: components, event levels, system messages, digests, tests.
    public ManagementClient management() {
        return new ManagementClient(http);
    }

    // -- queues and messages

    /// Queues with the properties of reference §1.7.
    ///
    /// @param filter a filter in Exchange's words (`Status -eq 'Retry'`); absent: all
    public List<SequencedMap<String, Object>> queues(Optional<String> filter, ResultLimit limit) {
        Query query = new Query().with("filter", filter).with("resultSize", limit);
        return bags(get(query.on(QUEUES)));
    }

    /// The queue or queues that an identity means: one for `MAIL\4`, perhaps several for a domain name.
    public List<SequencedMap<String, Object>> queue(String identity) {
        return bags(get(QUEUES + "/" + encoded(identity)));
    }

    /// Asks for an attempt now, or, with `resubmit`, for all messages of the queue to go back through categorization.
    public void retryQueue(String identity, boolean resubmit) {
        verbs().queue(resubmit ? QueueVerb.RESUBMIT : QueueVerb.RETRY, identity);
    }

    /// Queued messages with the properties of reference §1.8.
    public List<SequencedMap<String, Object>> messages(MessageQuery wanted) {
        Query query = new Query()
                .with("queue", wanted.queue())
                .with("filter", wanted.filter())
                .with("resultSize", wanted.limit());
        return bags(get(wanted.with(query).on(MESSAGES)));
    }

    /// The message or messages (copies in several queues) that an identity means.
    public List<SequencedMap<String, Object>> message(String identity, boolean includeRecipientInfo) {
        Query query = new Query();
        if (includeRecipientInfo) {
            query.with("includeRecipientInfo", Optional.of("true"));
        }
        return bags(get(query.on(MESSAGES + "/" + encoded(identity))));
    }

    /// The octets of a queued message, header and body, as they would be sent.
    public byte[] messageContent(String identity) {
        return http.content(MESSAGES + "/" + encoded(identity) + "/content");
    }

    /// The newest tracking events, of them the oldest first, with the properties of reference §8.5 and
    /// `NextHopDomain`.
    public List<SequencedMap<String, Object>> tracking(TrackingQuery wanted) {
        return trackingPage(wanted).items();
    }

    /// The same, and whether older ones match too.
    public Page<SequencedMap<String, Object>> trackingPage(TrackingQuery wanted) {
        Page<SequencedMap<String, Object>> newest = Page.of(get(query(wanted).on(TRACKING)), Answer::bag);
        return new Page<>(newest.items().reversed(), newest.more(), newest.place());
    }

    /// The same, the oldest first, and any number of them in little memory.
    ///
    /// @throws IllegalArgumentException if the limit is a number above [TrackingWalk#MOST]
    public TrackingWalk trackingWalk(TrackingQuery wanted) {
        return new TrackingWalk(this, wanted);
    }

    private static Query query(TrackingQuery wanted) {
        return new Query()
                .with("start", wanted.start().map(Instant::toString))
                .with("end", wanted.end().map(Instant::toString))
                .with("eventId", wanted.eventId())
                .with("source", wanted.source())
                .with("sender", wanted.sender())
                .with("recipients", joined(wanted.recipients()))
                .with("messageId", wanted.messageId())
                .with("internalMessageId", wanted.internalMessageId())
                .with("networkMessageId", wanted.networkMessageId())
                .with("messageSubject", wanted.messageSubject())
                .with("reference", wanted.reference())
                .with("transportTrafficType", wanted.transportTrafficType())
                .with("resultSize", wanted.limit());
    }

    /// Events of the event log, newest first.
    public List<LoggedEvent> eventLog(EventQuery wanted) {
        List<LoggedEvent> all = new ArrayList<>();
        eventLog(wanted, false, all::add);
        return List.copyOf(all);
    }

    /// Events of the event log, each as it arrives.
    ///
    /// @param oldestFirst whether the oldest come first, and of too many the oldest are given
    /// @param each takes one, and says whether it wants another; what it throws ends the request
    public void eventLog(EventQuery wanted, boolean oldestFirst, Predicate<LoggedEvent> each) {
        Query query = new Query()
                .with("id", wanted.id().map(String::valueOf))
                .with("level", wanted.level())
                .with("category", wanted.category())
                .with("start", wanted.start().map(Instant::toString))
                .with("end", wanted.end().map(Instant::toString))
                .with("resultSize", wanted.limit())
                .with("oldestFirst", oldestFirst ? Optional.of("true") : Optional.empty());
        http.some(query.on("/api/v1/event-log"), a -> each.test(logged(a)));
    }

    private static LoggedEvent logged(Answer a) {
        return new LoggedEvent(
                a.count("RecordId"),
                a.moment("TimeCreated"),
                Math.toIntExact(a.count("Id")),
                a.text("Level"),
                a.text("Source"),
                a.text("Category"),
                a.text("Message"),
                a.count("Suppressed"),
                a.textsByName("Details"));
    }

    /// What clients said to receive connectors and was answered: lines, oldest first, of many the newest.
    public List<ProtocolLine> receiveProtocolLog(ProtocolQuery wanted) {
        return protocolLog("/api/v1/protocol-log/receive", wanted);
    }

    /// What send connectors said to hosts and was answered: lines, oldest first, of many the newest.
    public List<ProtocolLine> sendProtocolLog(ProtocolQuery wanted) {
        return protocolLog("/api/v1/protocol-log/send", wanted);
    }

    private List<ProtocolLine> protocolLog(String path, ProtocolQuery wanted) {
        Query query = new Query()
                .with("connector", wanted.connector())
                .with("session", wanted.session())
                .with("remote", wanted.remote())
                .with("text", wanted.text())
                .with("start", wanted.start().map(Instant::toString))
                .with("end", wanted.end().map(Instant::toString))
                .with("resultSize", wanted.limit());
        return get(query.on(path)).items().stream()
                .map(a -> new ProtocolLine(
                        a.moment("DateTime"),
                        a.text("ConnectorId"),
                        a.text("SessionId"),
                        a.count("SequenceNumber"),
                        a.text("LocalEndpoint"),
                        a.text("RemoteEndpoint"),
                        a.text("Event"),
                        a.text("Data"),
                        a.text("Context")))
                .toList();
    }

    /// A page of tracking events.
    ///
    /// @param wanted      whose limit is the page's size
    /// @param index       position, from 1, at which the page begins
    /// @param newestFirst whether the newest come first
    public Page<SequencedMap<String, Object>> tracking(TrackingQuery wanted, int index, boolean newestFirst) {
        Query query = query(wanted).with("bookmarkIndex", Optional.of(Integer.toString(index)));
        if (!newestFirst) {
            query.with("oldestFirst", Optional.of("true"));
        }
        return Page.of(get(query.on(TRACKING)), Answer::bag);
    }

    /// What can be done to queues and messages.
    public VerbClient verbs() {
        return new VerbClient(http);
    }

    /// Queues and messages page by page, and what there is to see of one message.
    public QueueClient queuePages() {
        return new QueueClient(http);
    }

    /// Resubmit requests: what was delivered is sent once more.
    public ResubmitClient resubmitRequests() {
        return new ResubmitClient(http);
    }

    /// What clients say to receive connectors, kept on demand.
    public TranscriptClient transcripts() {
        return new TranscriptClient(http);
    }

    // -- mailboxes

    /// One mailbox: its messages, and what they say.
    public MailboxClient mailbox(String address) {
        return new MailboxClient(http, address);
    }

    public List<MailboxSummary> mailboxes() {
        return get(MAILBOXES).items().stream()
                .map(a -> new MailboxSummary(a.text("Mailbox"), a.count("Count")))
                .toList();
    }

    /// Oldest first; empty where nobody wrote to that address.
    public List<MailboxMessage> mailboxMessages(String mailbox) {
        List<MailboxMessage> all = new ArrayList<>();
        mailboxMessages(mailbox, all::add);
        return List.copyOf(all);
    }

    /// The same, each as it arrives.
    ///
    /// @param each takes one; what it throws ends the request
    public void mailboxMessages(String mailbox, Consumer<MailboxMessage> each) {
        http.items(messagesOf(mailbox), item -> each.accept(MailboxMessage.of(item)));
    }

    public byte[] mailboxMessageContent(String mailbox, String id) {
        return http.content(messagesOf(mailbox) + "/" + encoded(id) + "/content");
    }

    public void deleteMailboxMessage(String mailbox, String id) {
        delete(messagesOf(mailbox) + "/" + encoded(id));
    }

    // -- waiting and listening

    /// Waits until something holds: steps a frozen clock alarm by alarm, lets time pass on a running one.
    /// Interrupting the calling thread ends it.
    ///
    /// @param condition a line, such as `queue gmail.com status=Retry` or `mailbox a@company.com`, or a map
    /// as the API takes
    ///                  it
    /// @param timeout   at most, in lab time
    /// @throws WaitTimedOutException if it did not come about in time; it says how things stand
    public Waited await(Object condition, Duration timeout) {
        return await(WaitFor.condition(condition).within(timeout));
    }

    /// The same with all that can be said.
    public Waited await(WaitFor what) {
        return Waited.of(http.object(
                "POST",
                "/api/v1/wait",
                Optional.of(what.asked()),
                what.realTimeout().plus(WAIT_GRACE)));
    }

    /// What happens from now on, as it happens.
    public EventStream events(EventFilter filter) {
        return new EventStream(http, filter);
    }

    // -- health

    /// What the server says of itself, check by check.
    public Health health() {
        Answer answer = http.whatever("/health/ready");
        return new Health(answer.text("status").equals("up"), answer.textsByName("checks"));
    }

    /// What the server counts and measures, now.
    public Metrics metrics() {
        return Metrics.of(new String(http.content("/metrics"), StandardCharsets.UTF_8));
    }

    /// Whether the server says that it takes mail.
    public boolean ready() {
        try {
            http.content("/health/ready");
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    /// What time the server has: the lab's clock, or, where there is no lab, the Date header of its answer (whole
    /// seconds).
    public Instant serverTime() {
        try {
            return clock().now();
        } catch (ProblemException _) {
            String date = http.dateHeader("/health/live").orElse("");
            try {
                return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            } catch (DateTimeException e) {
                throw new UnexpectedAnswerException("The server does not say what time it has.", e);
            }
        }
    }

    // -- lab

    public LabClock clock() {
        return clock(get(CLOCK));
    }

    public LabClock freezeClock() {
        http.object("POST", CLOCK + "/freeze", Optional.empty());
        return clock();
    }

    /// @param rate lab seconds a real second, above 0
    public LabClock runClock(double rate) {
        post(CLOCK + "/run", Map.of("rate", rate));
        return clock();
    }

    /// Moves lab time on; every alarm on the way rings. Returns when all that they started has settled.
    public ClockStep advanceClock(Duration by) {
        return step(post(CLOCK + "/advance", Map.of("by", by.toString())));
    }

    public ClockStep advanceClockTo(Instant moment) {
        return step(post(CLOCK + "/advance", Map.of("to", moment.toString())));
    }

    /// Moves lab time on, or waits, and is told of the progress about once a second. Interrupting the calling thread
    /// ends the advance at the alarm that it has reached.
    public ClockStep moveClock(ClockWay way, Consumer<ClockProgress> progress) {
        return step(http.lines(
                CLOCK + way.path(), way.asked(), line -> progress(line).ifPresent(progress)));
    }

    /// Ends an advance that is under way at the alarm that it has reached.
    public LabClock interruptClock() {
        return clock(http.object("POST", CLOCK + "/interrupt", Optional.empty()));
    }

    public List<FirewallRule> firewallRules() {
        return get(FIREWALL).items().stream().map(TarryClient::rule).toList();
    }

    /// @return the rule as the server keeps it, with its name
    public FirewallRule addFirewallRule(FirewallRule rule) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!rule.name().isEmpty()) {
            body.put("Name", rule.name());
        }
        body.put("DisplayName", rule.displayName());
        body.put("Direction", rule.direction());
        body.put("Protocol", rule.protocol());
        body.put("LocalPort", rule.localPort());
        body.put("RemotePort", rule.remotePort());
        body.put("RemoteAddress", rule.remoteAddress());
        body.put("Action", rule.action());
        body.put("Enabled", rule.enabled());
        body.put("Profile", rule.profile());
        if (!rule.description().isEmpty()) {
            body.put("Description", rule.description());
        }
        if (!rule.group().isEmpty()) {
            body.put("Group", rule.group());
        }
        Answer answer = post(FIREWALL, body);
        return answer.fields().isEmpty() ? rule : rule(answer);
    }

    /// @param name the unique name, not the display name
    /// @param changes properties by name, such as `Enabled` → `false`
    /// @return the rule as it is now
    public FirewallRule changeFirewallRule(String name, Map<String, ?> changes) {
        return rule(http.object("PATCH", FIREWALL + "/" + encoded(name), Optional.of(changes)));
    }

    /// @param name the unique name, not the display name
    public void removeFirewallRule(String name) {
        delete(FIREWALL + "/" + encoded(name));
    }

    /// Faults in force, with their counters.
    public List<SequencedMap<String, Object>> faults() {
        return bags(get(FAULTS));
    }

    /// Everything that can go wrong, with the words for it: `where`, `what`, `meaning`, `example` …
    public List<SequencedMap<String, Object>> faultForms() {
        return bags(get("/lab/v1/fault-forms"));
    }

    /// Weather that has a name: `name`, `meaning`, `faults` …
    public List<SequencedMap<String, Object>> presets() {
        return bags(get(PRESETS));
    }

    /// @return what came of it: `faults`, `rules`, `forwarders`
    public SequencedMap<String, Object> applyPreset(String name) {
        return post(PRESETS + "/" + encoded(name), Map.of()).bag();
    }

    /// @param fault where × whom × what × when, in the words of the lab's fault grammar; or `line`, all in one
    /// @return the fault as the lab keeps it, with its id
    public SequencedMap<String, Object> addFault(Map<String, ?> fault) {
        return post(FAULTS, fault).bag();
    }

    /// Puts these in the place of all faults.
    ///
    /// @param lines as of [#addFault]
    public List<SequencedMap<String, Object>> replaceFaults(List<String> lines) {
        return bags(http.object(
                "PUT",
                FAULTS,
                Optional.of(Map.of(
                        "faults",
                        lines.stream().map(line -> Map.of("line", line)).toList()))));
    }

    /// Mends everything that faults broke.
    public void clearFaults() {
        delete(FAULTS);
    }

    public void removeFault(long id) {
        delete(FAULTS + "/" + id);
    }

    /// What hosts of the lab received, oldest first.
    ///
    /// @param recipient only mail for an address that this pattern (`*@gmail.com`) matches; absent: any
    /// @param host only mail that a host took whose name this pattern matches; absent: any
    /// @param limit so many of the newest
    public List<LabMail> labMail(Optional<String> recipient, Optional<String> host, ResultLimit limit) {
        List<LabMail> all = new ArrayList<>();
        labMail(recipient, host, limit, all::add);
        return List.copyOf(all);
    }

    /// The same, each as it arrives.
    ///
    /// @param each takes one; what it throws ends the request
    public void labMail(Optional<String> recipient, Optional<String> host, ResultLimit limit, Consumer<LabMail> each) {
        Query query =
                new Query().with("recipient", recipient).with("host", host).with("limit", labLimit(limit));
        http.items(
                query.on(LAB_MAIL),
                a -> each.accept(new LabMail(
                        a.text("Id"),
                        a.moment("Received"),
                        a.text("Host"),
                        a.text("From"),
                        a.texts("Recipients"),
                        a.count("SizeBytes"),
                        a.text("HeloName"))));
    }

    /// The octets as they came over the wire, dots unstuffed.
    public byte[] labMailContent(String id) {
        return http.content(LAB_MAIL + "/" + encoded(id) + "/content");
    }

    /// The journal of DNS queries that the lab's servers saw.
    ///
    /// @param conditions names and values of the query string, such as `name` → `gmail.com`
    public List<SequencedMap<String, Object>> dnsQueries(SequencedMap<String, String> conditions) {
        List<SequencedMap<String, Object>> all = new ArrayList<>();
        dnsQueries(conditions, all::add);
        return List.copyOf(all);
    }

    /// The same, each as it arrives.
    ///
    /// @param each takes one; what it throws ends the request
    public void dnsQueries(SequencedMap<String, String> conditions, Consumer<SequencedMap<String, Object>> each) {
        Query query = new Query();
        conditions.forEach((name, value) -> query.with(name, Optional.of(value)));
        http.items(query.on("/lab/v1/dns/queries"), item -> each.accept(item.bag()));
    }

    /// Good weather again: no faults, no firewall rules, the standard zones, forwarders and hosts.
    public void resetLab() {
        resetLab(false);
    }

    /// The same.
    ///
    /// @param forgetMail whether what was received and asked is forgotten, too
    public void resetLab(boolean forgetMail) {
        post("/lab/v1/reset", forgetMail ? Map.of("forgetMail", true) : Map.of());
    }

    @Override
    public void close() {
        http.close();
    }

    private Answer get(String path) {
        return http.object("GET", path, Optional.empty());
    }

    private Answer post(String path, Map<String, ?> body) {
        return http.object("POST", path, Optional.of(body));
    }

    private void delete(String path) {
        http.object("DELETE", path, Optional.empty());
    }

    private static String messagesOf(String address) {
        return MAILBOXES + "/" + encoded(address) + "/messages";
    }

    /// The lab's limits are numbers only.
    private static ResultLimit labLimit(ResultLimit limit) {
        return limit.equals(ResultLimit.unlimited()) ? ResultLimit.of(Integer.MAX_VALUE) : limit;
    }

    private static Optional<String> joined(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    private static List<SequencedMap<String, Object>> bags(Answer answer) {
        return answer.items().stream().map(Answer::bag).toList();
    }

    private static LabClock clock(Answer answer) {
        return new LabClock(
                answer.moment("now"),
                answer.text("mode"),
                answer.number("rate").doubleValue(),
                answer.optionalMoment("nextAlarm"),
                progress(answer));
    }

    private static Optional<ClockProgress> progress(Answer answer) {
        return answer.optionalMoment("target")
                .map(target -> new ClockProgress(
                        answer.moment("from"),
                        answer.moment("now"),
                        target,
                        answer.count("alarms"),
                        Duration.ofMillis(answer.count("realMillis"))));
    }

    private static ClockStep step(Answer answer) {
        return new ClockStep(
                answer.moment("from"),
                answer.moment("now"),
                answer.count("alarms"),
                Duration.ofMillis(answer.count("realMillis")),
                answer.optionalText("ended").orElse("arrived"),
                answer.texts("standing"));
    }

    private static FirewallRule rule(Answer answer) {
        return new FirewallRule(
                answer.text("Name"),
                answer.text("DisplayName"),
                answer.text("Direction"),
                answer.text("Protocol"),
                answer.text("LocalPort"),
                answer.text("RemotePort"),
                answer.text("RemoteAddress"),
                answer.text("Action"),
                answer.flag("Enabled"),
                answer.text("Profile"),
                answer.text("Description"),
                answer.text("Group"));
    }
}
