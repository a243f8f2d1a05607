package dev.tarry.scenario.condition;

import dev.tarry.lab.fault.Glob;
import dev.tarry.queue.QueueStatus;
import dev.tarry.tracking.TrackingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads conditions. As an object, a condition has one member, its kind, which holds what it asks for:
/// `{"queue": {"nextHopDomain": "gmail.com", "status": "Retry"}}`, `{"all": [{"mail": {…}}, {"fault": {…}}]}`. As a
/// line, it is its kind, at most one bare word, and words with `=`, or with a comparison where a number is meant:
/// `queue gmail.com status=Retry messageCount>=1 and mail recipient=*@yahoo.com count>=2`.
public final class Conditions {
    /// How deep conditions may stand in each other.
    static final int DEPTH_MAX = 8;

    /// How many single conditions one may have in it.
    static final int LEAVES_MAX = 100;

    private static final List<String> KINDS =
            List.of("queue", "mail", "mailbox", "tracking", "fault", "dnsQuery", "all", "any");

    private final String where;
    private int leaves;

    private Conditions(String where) {
        this.where = where;
    }

    /// @param where  what it is called in an error, such as `until`
    /// @param written a line of text, or a map of maps, lists, texts and whole numbers
    /// @throws BadCondition if it is none
    public static Condition read(String where, Object written) {
        return new Conditions(where)
                .condition(where, written instanceof String line ? ConditionLine.read(where, line) : written, 1);
    }

    private Condition condition(String at, Object written, int depth) {
        if (!(written instanceof Map<?, ?> map) || map.size() != 1) {
            throw new BadCondition(
                    at,
                    "it must be an object with one member, its kind",
                    "such as {\"queue\": {\"nextHopDomain\": \"gmail.com\"}}");
        }
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        String kind = kindOf(at, String.valueOf(only.getKey()));
        String here = at + "." + kind;
        if (kind.equals("all") || kind.equals("any")) {
            List<Condition> of = several(here, only.getValue(), depth);
            return kind.equals("all") ? new Condition.All(of) : new Condition.Any(of);
        }
        if (++leaves > LEAVES_MAX) {
            throw new BadCondition(where, "there are too many conditions", LEAVES_MAX + " are the most");
        }
        return single(kind, new Members(here, only.getValue()));
    }

    /// The kind that is meant, in its own letters.
    static String kindOf(String at, String written) {
        return KINDS.stream()
                .filter(one -> one.equalsIgnoreCase(written))
                .findFirst()
                .orElseThrow(() -> new BadCondition(
                        at,
                        BadCondition.quoted(written) + " is no kind of condition",
                        "there are " + String.join(", ", KINDS)));
    }

    private List<Condition> several(String at, Object written, int depth) {
        if (!(written instanceof List<?> list) || list.isEmpty()) {
            throw new BadCondition(at, "it must be a list of conditions", "with one at least");
        }
        if (depth >= DEPTH_MAX) {
            throw new BadCondition(at, "conditions stand too deep in each other", DEPTH_MAX + " deep at most");
        }
        List<Condition> of = new ArrayList<>();
        for (Object one : list) {
            of.add(condition(at + "[" + of.size() + "]", one, depth + 1));
        }
        return of;
    }

    private static Condition single(String kind, Members members) {
        Condition condition = switch (kind) {
            case "queue" -> queue(members);
            case "mail" ->
                new Condition.Mail(
                        members.glob("recipient"),
                        members.glob("sender"),
                        members.glob("host"),
                        members.since(),
                        members.count("count").orElse(Count.SOME));
            case "mailbox" ->
                new Condition.Mailbox(
                        members.text("address").orElseThrow(() -> members.lacks("address", "such as user@company.com")),
                        members.glob("subject"),
                        members.since(),
                        members.count("count").orElse(Count.SOME));
            case "tracking" ->
                new Condition.Tracking(
                        members.named("eventId", TrackingEvent.Event::of),
                        members.named("source", TrackingEvent.Source::of),
                        members.glob("sender"),
                        members.glob("recipient"),
                        members.glob("messageId"),
                        members.since(),
                        members.count("count").orElse(Count.SOME));
            case "fault" ->
                new Condition.FaultFired(
                        members.number("id").orElseThrow(() -> members.lacks("id", "GET /lab/v1/faults lists them")),
                        members.count("fired").orElse(Count.SOME));
            case "dnsQuery" ->
                new Condition.DnsQuery(
                        members.glob("server"),
                        members.glob("name"),
                        members.glob("type"),
                        members.since(),
                        members.count("count").orElse(Count.SOME));
            default -> throw new IllegalStateException(kind);
        };
        members.end();
        return condition;
    }

    /// Without a number of either kind, one queue at least is meant.
    private static Condition queue(Members members) {
        Optional<Count> messages = members.count("messageCount");
        Optional<Count> queues = members.count("queues");
        return new Condition.Queue(
                members.glob("identity"),
                members.glob("nextHopDomain"),
                members.named("status", Conditions::status),
                members.glob("lastError"),
                queues.orElse(messages.isPresent() ? Count.ANY : Count.SOME),
                messages.orElse(Count.ANY));
    }

    private static QueueStatus status(String name) {
        return Arrays.stream(QueueStatus.values())
                .filter(status -> status.shellName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is one of "
                        + String.join(
                                ", ",
                                Arrays.stream(QueueStatus.values())
                                        .map(QueueStatus::shellName)
                                        .toList())));
    }

    /// A condition in words, as people would say it: the line that makes it, as far as a line can.
    public static String written(Condition condition) {
        return switch (condition) {
            case Condition.Queue q ->
                line(
                        "queue",
                        text("identity", q.identity()),
                        text("nextHopDomain", q.nextHopDomain()),
                        q.status().map(s -> "status=" + s.shellName()).orElse(""),
                        text("lastError", q.lastError()),
                        q.queues().equals(Count.ANY) ? "" : "queues" + q.queues(),
                        q.messageCount().equals(Count.ANY) ? "" : "messageCount" + q.messageCount());
            case Condition.Mail m ->
                line(
                        "mail",
                        text("recipient", m.recipient()),
                        text("sender", m.sender()),
                        text("host", m.host()),
                        since(m.since()),
                        "count" + m.count());
            case Condition.Mailbox m ->
                line("mailbox", m.address(), text("subject", m.subject()), since(m.since()), "count" + m.count());
            case Condition.Tracking t ->
                line(
                        "tracking",
                        t.event().map(e -> "eventId=" + e).orElse(""),
                        t.source().map(s -> "source=" + s).orElse(""),
                        text("sender", t.sender()),
                        text("recipient", t.recipient()),
                        text("messageId", t.messageId()),
                        since(t.since()),
                        "count" + t.count());
            case Condition.FaultFired f -> line("fault", "id=" + f.id(), "fired" + f.fired());
            case Condition.DnsQuery d ->
                line(
                        "dnsQuery",
                        text("server", d.server()),
                        text("name", d.name()),
                        text("type", d.type()),
                        since(d.since()),
                        "count" + d.count());
            case Condition.All(List<Condition> of) -> joined(of, " and ");
            case Condition.Any(List<Condition> of) -> joined(of, " or ");
        };
    }

    private static String joined(List<Condition> of, String with) {
        return String.join(
                with,
                of.stream()
                        .map(one -> one instanceof Condition.All || one instanceof Condition.Any
                                ? "(" + written(one) + ")"
                                : written(one))
                        .toList());
    }

    private static String line(String kind, String... words) {
        StringBuilder line = new StringBuilder(kind);
        for (String word : words) {
            line.append(word.isEmpty() ? "" : " ").append(word);
        }
        return line.toString();
    }

    private static String text(String name, Glob glob) {
        if (glob.anything()) {
            return "";
        }
        String pattern = glob.pattern();
        boolean bare = !pattern.isEmpty() && pattern.chars().noneMatch(c -> c == ' ' || c == '"' || c == '\'');
        String quote = pattern.indexOf('"') < 0 ? "\"" : "'";
        return name + "=" + (bare ? pattern : quote + pattern + quote);
    }

    private static String since(Since since) {
        return switch (since) {
            case Since.Ever _ -> "";
            case Since.Now _ -> "since=now";
            case Since.At(var moment) -> "since=" + moment;
        };
    }

    /// The kind's member that a bare word in a line stands for.
    static String bareWordOf(String kind) {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("queue", "nextHopDomain");
        first.put("mail", "recipient");
        first.put("mailbox", "address");
        first.put("tracking", "eventId");
        first.put("fault", "id");
        first.put("dnsQuery", "name");
        return first.getOrDefault(kind, "");
    }
}
