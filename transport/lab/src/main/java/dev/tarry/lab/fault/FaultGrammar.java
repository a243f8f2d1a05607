package dev.tarry.lab.fault;

import dev.tarry.lab.fault.Form.Place;
import dev.tarry.lab.fault.Form.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Faults in plain words, as the API and the files have them: a flat object of strings, numbers and nothing. The
/// words are `where`, `what`, those that belong to it, those that say for whom, and those that say when; [#forms]
/// lists them all. People write the same as one line: [FaultLine].
public final class FaultGrammar {
    /// Written, and allowed on reading so that what was shown can be sent back.
    private static final Set<String> SHOWN = Set.of("id", "asked", "fired", "line");

    private FaultGrammar() {}

    /// Everything that can be said.
    public static List<Form> forms() {
        return Forms.ALL.stream().map(Forms.Row::form).toList();
    }

    /// @param now lab time, from which spans such as `from=+10m` are counted
    /// @throws BadFault naming the first word that is wrong
    public static Fault read(Map<String, ?> given, Instant now) {
        var words = new Words(given, now);
        var where = words.oneOf("where", Place.class);
        var here = Forms.ALL.stream().filter(row -> row.form().where() == where).toList();
        var what =
                words.oneOf("what", here.stream().map(row -> row.form().what()).toList());
        var row = here.stream()
                .filter(one -> one.form().what().equals(what))
                .findFirst()
                .orElseThrow();
        onlyKnown(given, row.form());
        var effect = row.effect().apply(words);
        return switch (where) {
            case DNS ->
                new Fault.Dns(
                        words.glob("server"),
                        words.dottedGlob("name"),
                        words.glob("type"),
                        words.glob("protocol"),
                        (DnsEffect) effect,
                        words.when());
            case CONNECT -> new Fault.Connect(target(words), (ConnectEffect) effect, words.when());
            case LINK -> new Fault.Link(target(words), (LinkEffect) effect, words.when());
            case SMTP -> smtp(words, (SmtpEffect) effect);
            case TLS -> new Fault.Tls(words.dottedGlob("host"), (TlsEffect) effect, words.when());
            case STORE ->
                new Fault.Store(words.glob("operation"), words.glob("family"), (StoreEffect) effect, words.when());
        };
    }

    private static Fault smtp(Words words, SmtpEffect effect) {
        var stage = words.oneOf("stage", SmtpStage.class);
        if (stage != SmtpStage.CONTENT && words.has("octets")) {
            throw new BadFault("octets", "makes no sense here", "it goes with stage: content");
        }
        return new Fault.Smtp(
                words.dottedGlob("host"),
                words.senderGlob("sender"),
                words.glob("recipient"),
                stage,
                words.whole("octets", 0),
                effect,
                words.when());
    }

    private static Fault.Target target(Words words) {
        return new Fault.Target(
                words.dottedGlob("host"), words.glob("address"), words.glob("port"), words.glob("protocol"));
    }

    private static void onlyKnown(Map<String, ?> given, Form form) {
        var known = new ArrayList<>(List.of("where", "what"));
        Stream.of(form.words(), form.where().whom(), Form.WHEN)
                .flatMap(List::stream)
                .map(Word::name)
                .filter(name -> !known.contains(name))
                .forEach(known::add);
        for (var word : new TreeSet<>(given.keySet())) {
            if (!known.contains(word) && !SHOWN.contains(word)) {
                throw new BadFault(
                        Words.shown(word),
                        "is not known here",
                        "with " + form.where().word() + " " + form.what() + " there are " + String.join(", ", known));
            }
        }
    }

    /// All words of a fault with its counters and its line, in the order in which they are read best. Words that
    /// have nothing to say are left out, but for `first`.
    public static SequencedMap<String, Object> write(ActiveFault active) {
        var words = new LinkedHashMap<String, Object>();
        words.put("id", active.id());
        words.putAll(write(active.fault()));
        words.putIfAbsent("first", null);
        words.put("line", FaultLine.write(active.fault()));
        words.put("asked", active.asked());
        words.put("fired", active.fired());
        return words;
    }

    /// The words of a fault that [#read] understands.
    public static SequencedMap<String, Object> write(Fault fault) {
        var words = new LinkedHashMap<String, Object>();
        switch (fault) {
            case Fault.Dns dns -> {
                words.put("where", Place.DNS.word());
                EffectWords.write(dns.what(), words);
                words.put("server", dns.server().pattern());
                words.put("name", dns.name().pattern());
                words.put("type", dns.type().pattern());
                words.put("protocol", dns.protocol().pattern());
            }
            case Fault.Connect connect -> {
                words.put("where", Place.CONNECT.word());
                EffectWords.write(connect.what(), words);
                write(connect.target(), words);
            }
            case Fault.Link link -> {
                words.put("where", Place.LINK.word());
                EffectWords.write(link.what(), words);
                write(link.target(), words);
            }
            case Fault.Smtp smtp -> {
                words.put("where", Place.SMTP.word());
                EffectWords.write(smtp.what(), words);
                words.put("stage", smtp.stage().word());
                if (smtp.contentOctets() > 0) {
                    words.put("octets", smtp.contentOctets());
                }
                words.put("host", smtp.host().pattern());
                words.put(
                        "sender",
                        smtp.sender().equals(Glob.NOTHING)
                                ? "<>"
                                : smtp.sender().pattern());
                words.put("recipient", smtp.recipient().pattern());
            }
            case Fault.Tls tls -> {
                words.put("where", Place.TLS.word());
                EffectWords.write(tls.what(), words);
                words.put("host", tls.host().pattern());
            }
            case Fault.Store store -> {
                words.put("where", Place.STORE.word());
                EffectWords.write(store.what(), words);
                words.put("operation", store.operation().pattern());
                words.put("family", store.family().pattern());
            }
        }
        write(fault.when(), words);
        return words;
    }

    private static void write(Fault.Target target, Map<String, Object> words) {
        words.put("host", target.host().pattern());
        words.put("address", target.address().pattern());
        words.put("port", target.port().pattern());
        words.put("protocol", target.protocol().pattern());
    }

    private static void write(When when, Map<String, Object> words) {
        when.first().ifPresent(times -> words.put("first", times));
        when.every().ifPresent(nth -> words.put("every", nth));
        when.from().ifPresent(moment -> words.put("from", moment.toString()));
        when.until().ifPresent(moment -> words.put("until", moment.toString()));
        when.cycle().ifPresent(turns -> {
            words.put("on", turns.on().toString());
            words.put("off", turns.off().toString());
        });
        when.odds().ifPresent(odds -> {
            words.put("probability", odds.probability());
            words.put("seed", odds.seed());
        });
    }

    /// Whether a word and its value say no more than nothing would.
    static boolean idle(String word, Object value) {
        return value == null
                || (value.equals("*")
                        && Arrays.stream(Place.values())
                                .flatMap(place -> place.whom().stream())
                                .anyMatch(whom -> whom.name().equals(word)));
    }
}
