package dev.tarry.lab.fault;

import dev.tarry.lab.fault.Fault.ConnectEffect;
import dev.tarry.lab.fault.Fault.DnsEffect;
import dev.tarry.lab.fault.Fault.SmtpEffect;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// Faults in plain words, as the API and the file have them: a flat object of strings, numbers and nothing.
///
/// - `where`: `dns`, `connect` or `smtp`
/// - whom: `server`, `name`, `type`, `protocol` (dns); `host`, `address`, `port`, `protocol` (connect); `host`,
///   `sender`, `recipient`, `stage` (smtp). All but `stage` are patterns with `*` and `?`, and `*` when left out
/// - `what`: `noanswer`, `servfail`, `refused`, `nxdomain`, `delay` with `delay` (dns); `refuse`, `blackhole`
///   (connect); `reply` with `code` and `text`, `close` (smtp)
/// - when: `first` n times, or until it is removed
public final class FaultGrammar {
    /// Written, and allowed on reading so that what was shown can be sent back.
    private static final Set<String> COUNTERS = Set.of("id", "asked", "fired");

    private final Map<String, ?> words;

    private FaultGrammar(Map<String, ?> words) {
        this.words = words;
    }

    /// @throws BadFault naming the first word that is wrong
    public static Fault read(Map<String, ?> words) {
        var grammar = new FaultGrammar(words);
        var where = grammar.oneOf("where", "dns", "connect", "smtp");
        return switch (where) {
            case "dns" -> grammar.dns();
            case "connect" -> grammar.connect();
            default -> grammar.smtp();
        };
    }

    /// All words of a fault and its counters, in the order in which they are read best.
    public static SequencedMap<String, Object> write(ActiveFault active) {
        var words = new LinkedHashMap<String, Object>();
        words.put("id", active.id());
        switch (active.fault()) {
            case Fault.Dns dns -> {
                words.put("where", "dns");
                write(dns.what(), words);
                words.put("server", dns.server().pattern());
                words.put("name", dns.name().pattern());
                words.put("type", dns.type().pattern());
                words.put("protocol", dns.protocol().pattern());
            }
            case Fault.Connect connect -> {
                words.put("where", "connect");
                words.put(
                        "what",
                        switch (connect.what()) {
                            case ConnectEffect.Refuse() -> "refuse";
                            case ConnectEffect.BlackHole() -> "blackhole";
                        });
                words.put("host", connect.host().pattern());
                words.put("address", connect.address().pattern());
                words.put("port", connect.port().pattern());
                words.put("protocol", connect.protocol().pattern());
            }
            case Fault.Smtp smtp -> {
                words.put("where", "smtp");
                switch (smtp.what()) {
                    case SmtpEffect.Reply(int code, var text) -> {
                        words.put("what", "reply");
                        words.put("code", code);
                        words.put("text", text);
                    }
                    case SmtpEffect.Close() -> words.put("what", "close");
                }
                words.put("stage", smtp.stage().word());
                words.put("host", smtp.host().pattern());
                words.put(
                        "sender",
                        smtp.sender().equals(Glob.NOTHING)
                                ? "<>"
                                : smtp.sender().pattern());
                words.put("recipient", smtp.recipient().pattern());
            }
        }
        words.put(
                "first",
                switch (active.fault().when()) {
                    case When.Always() -> null;
                    case When.First(long times) -> times;
                });
        words.put("asked", active.asked());
        words.put("fired", active.fired());
        return words;
    }

    private static void write(DnsEffect effect, Map<String, Object> words) {
        switch (effect) {
            case DnsEffect.NoAnswer() -> words.put("what", "noanswer");
            case DnsEffect.ServFail() -> words.put("what", "servfail");
            case DnsEffect.Refused() -> words.put("what", "refused");
            case DnsEffect.NxDomain() -> words.put("what", "nxdomain");
            case DnsEffect.Delay(var by) -> {
                words.put("what", "delay");
                words.put("delay", by.toString());
            }
        }
    }

    private Fault dns() {
        var what = oneOf("what", "noanswer", "servfail", "refused", "nxdomain", "delay");
        onlyKnown("where", "what", "delay", "server", "name", "type", "protocol", "first");
        DnsEffect effect = switch (what) {
            case "noanswer" -> new DnsEffect.NoAnswer();
            case "servfail" -> new DnsEffect.ServFail();
            case "refused" -> new DnsEffect.Refused();
            case "nxdomain" -> new DnsEffect.NxDomain();
            default -> new DnsEffect.Delay(duration("delay"));
        };
        if (!what.equals("delay")) {
            absent("delay", "it goes with what: delay");
        }
        return new Fault.Dns(glob("server"), dottedGlob("name"), glob("type"), glob("protocol"), effect, when());
    }

    private Fault connect() {
        var what = oneOf("what", "refuse", "blackhole");
        onlyKnown("where", "what", "host", "address", "port", "protocol", "first");
        return new Fault.Connect(
                dottedGlob("host"),
                glob("address"),
                glob("port"),
                glob("protocol"),
                what.equals("refuse") ? new ConnectEffect.Refuse() : new ConnectEffect.BlackHole(),
                when());
    }

    private Fault smtp() {
        var what = oneOf("what", "reply", "close");
        onlyKnown("where", "what", "code", "text", "stage", "host", "sender", "recipient", "first");
        var stages = Arrays.stream(SmtpStage.values()).map(SmtpStage::word).toArray(String[]::new);
        var stage = SmtpStage.valueOf(oneOf("stage", stages).toUpperCase(Locale.ROOT));
        SmtpEffect effect;
        if (what.equals("reply")) {
            effect = new SmtpEffect.Reply((int) Math.min(whole("code"), Integer.MAX_VALUE), text("text", ""));
        } else {
            absent("code", "it goes with what: reply");
            absent("text", "it goes with what: reply");
            effect = new SmtpEffect.Close();
        }
        return new Fault.Smtp(dottedGlob("host"), senderGlob(), glob("recipient"), stage, effect, when());
    }

    private When when() {
        return words.get("first") == null ? new When.Always() : new When.First(whole("first"));
    }

    private String oneOf(String word, String... allowed) {
        var right = "one of " + String.join(", ", allowed) + " is needed";
        var given = words.get(word);
        if (given == null) {
            throw new BadFault(word, "is missing", right);
        }
        for (var one : allowed) {
            if (one.equalsIgnoreCase(given.toString())) {
                return one;
            }
        }
        throw new BadFault(word, quoted(given), right);
    }

    private void onlyKnown(String... known) {
        var all = List.of(known);
        for (var word : new TreeSet<>(words.keySet())) {
            if (!all.contains(word) && !COUNTERS.contains(word)) {
                throw new BadFault(
                        word,
                        "is not known here",
                        "with where: " + words.get("where") + " there are " + String.join(", ", all));
            }
        }
    }

    private void absent(String word, String why) {
        if (words.get(word) != null) {
            throw new BadFault(word, "makes no sense here", why);
        }
    }

    private String text(String word, String otherwise) {
        return switch (words.get(word)) {
            case null -> otherwise;
            case String text -> text;
            case Number number -> number.toString();
            case Object other -> throw new BadFault(word, quoted(other), "a text is needed");
        };
    }

    private Glob glob(String word) {
        var pattern = text(word, "*");
        if (pattern.isEmpty() || pattern.length() > Glob.LENGTH_MAX) {
            throw new BadFault(
                    word,
                    "has " + pattern.length() + " characters",
                    "a pattern of 1 to " + Glob.LENGTH_MAX + " is needed");
        }
        return new Glob(pattern);
    }

    /// A domain name, which may have been written with its last dot.
    private Glob dottedGlob(String word) {
        var glob = glob(word);
        var pattern = glob.pattern();
        return pattern.length() > 1 && pattern.endsWith(".")
                ? new Glob(pattern.substring(0, pattern.length() - 1))
                : glob;
    }

    /// The null sender is written as `<>`, since an empty pattern is more likely a mistake.
    private Glob senderGlob() {
        var glob = glob("sender");
        return glob.pattern().equals("<>") ? Glob.NOTHING : glob;
    }

    private long whole(String word) {
        var right = "a whole number is needed";
        var given = words.get(word);
        if (given == null) {
            throw new BadFault(word, "is missing", right);
        }
        try {
            return new BigDecimal(given.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException _) {
            throw new BadFault(word, quoted(given), right);
        }
    }

    private Duration duration(String word) {
        var right = "a duration such as PT3S, or a number of seconds, is needed";
        var given = words.get(word);
        if (given == null) {
            throw new BadFault(word, "is missing", right);
        }
        var text = given.toString();
        try {
            return text.startsWith("P") || text.startsWith("p")
                    ? Duration.parse(text)
                    : Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException _) {
            throw new BadFault(word, quoted(given), right);
        }
    }

    /// What was given, short, with nothing in it that could forge a line.
    private static String quoted(Object given) {
        var text = given.toString();
        var shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return "is '" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
