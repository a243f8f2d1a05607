package dev.tarry.simulation;

import dev.tarry.lab.net.RuleGrammar;
import dev.tarry.time.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What goes wrong in a lab over 48 hours, by seed: faults of every kind that come and go, and power cuts.
final class BadWeather {
    static final List<String> DOMAINS = List.of(
            "gmail.com", "outlook.com", "yahoo.com", "external-company.com", "fabrikam.com", "nobody-knows.example");

    private static final List<String> STAGES =
            List.of("banner", "ehlo", "mail", "rcpt", "data", "content", "eod", "kept", "between", "rset", "quit");
    private static final List<String> ANYWHERE =
            List.of("reply", "reply", "close", "reset", "halfclose", "stall", "raw", "limit");
    /// What a commit may take longer.
    static final Duration SLOWEST = Duration.ofSeconds(90);

    private static final List<String> STORE = List.of("fail", "full", "torn", "slow", "corrupt");
    private static final List<String> DNS = List.of(
            "noanswer",
            "delay",
            "servfail",
            "refused",
            "notimp",
            "formerr",
            "nxdomain",
            "nodata",
            "lame",
            "truncate",
            "cnameloop",
            "cnamechain",
            "ttl",
            "mx",
            "many",
            "poison",
            "edns",
            "wrongid",
            "wrongquestion",
            "wrongsource",
            "stray",
            "garbage",
            "empty",
            "counts",
            "lengths",
            "compression");

    private final RandomGenerator chance;
    private long rules;

    BadWeather(long seed) {
        this.chance = new Chance(seed).of("weather", 0);
    }

    Duration within(Duration span) {
        return Duration.ofMillis(chance.nextLong(span.toMillis()));
    }

    int upTo(int most) {
        return chance.nextInt(most + 1);
    }

    <T> T oneOf(List<T> things) {
        return things.get(chance.nextInt(things.size()));
    }

    /// What a sender wants to hear of a recipient; of failures always.
    String wish() {
        return oneOf(List.of(
                "",
                "",
                "NOTIFY=FAILURE",
                "NOTIFY=FAILURE,DELAY",
                "NOTIFY=SUCCESS,FAILURE",
                "NOTIFY=SUCCESS,FAILURE,DELAY"));
    }

    /// Something goes wrong.
    ///
    /// @param truth told what it must not expect in such weather
    /// @return how to mend it
    Runnable strike(Simulation simulation, Truth truth) {
        if (chance.nextInt(6) == 0) {
            return wall(simulation);
        }
        Map<String, Object> fault = switch (chance.nextInt(5)) {
            case 0 -> dns();
            case 1 -> connect();
            case 2 -> link();
            case 3 -> store(truth);
            default -> smtp();
        };
        long id = simulation.lab().addFault(fault).id();
        return () -> simulation.lab().removeFault(id);
    }

    private Runnable wall(Simulation simulation) {
        String name = "rule-" + rules++;
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("DisplayName", "Wall");
        words.put("Action", oneOf(List.of("Block", "Reject")));
        if (chance.nextInt(4) == 0) {
            words.put("Direction", "Inbound");
            words.put("LocalPort", "25");
        } else {
            words.put("Direction", "Outbound");
            words.put("Protocol", oneOf(List.of("UDP", "TCP")));
            words.put("RemotePort", oneOf(List.of("53", "25")));
        }
        simulation.lab().addRule(RuleGrammar.read(words, name));
        return () -> simulation.lab().removeRules(rule -> rule.name().equals(name));
    }

    private Map<String, Object> dns() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("where", "dns");
        String what = oneOf(DNS);
        words.put("what", what);
        switch (what) {
            case "delay" -> words.put("by", "PT" + (1 + upTo(20)) + "S");
            case "cnamechain" -> words.put("length", 1 + upTo(30));
            case "ttl" -> words.put("seconds", oneOf(List.of(0L, 1L, 86_400L, 0x7fff_ffffL, 0xffff_ffffL)));
            case "mx" -> words.put("to", oneOf(List.of("address", "cname", "nowhere", "loopback", "null", "self")));
            case "many" -> words.put("count", oneOf(List.of(2, 30, 500, 4_000)));
            case "edns" -> words.put("how", oneOf(List.of("formerr", "notimp", "badvers", "silent", "garbled")));
            case "stray" -> words.put("count", 1 + upTo(20));
            default -> {}
        }
        if (upTo(3) == 0) {
            words.put("protocol", oneOf(List.of("udp", "tcp")));
        }
        if (upTo(3) == 0) {
            words.put("every", 2L);
        }
        words.put("name", chance.nextBoolean() ? "*" : oneOf(DOMAINS));
        words.put("server", oneOf(List.of("*", "192.168.1.10", "8.8.8.8")));
        return words;
    }

    private Map<String, Object> connect() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("where", "connect");
        words.put("what", oneOf(List.of("refuse", "blackhole")));
        words.put("port", "25");
        words.put("host", chance.nextBoolean() ? "*" : "*" + oneOf(DOMAINS));
        return words;
    }

    /// Never so bad that the server gives up on a host that has taken the message: that it may be delivered
    /// twice then is in the nature of SMTP (RFC 5321 §4.5.3.2.6).
    private Map<String, Object> link() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("where", "link");
        words.put("what", oneOf(List.of("latency", "loss", "bandwidth")));
        switch (String.valueOf(words.get("what"))) {
            case "latency" -> words.put("by", "PT" + (1 + upTo(40)) / 10.0 + "S");
            case "loss" -> {
                words.put("probability", (1 + upTo(4)) / 10.0);
                words.put("seed", chance.nextInt(1_000));
            }
            default -> words.put("rate", 20 * (1 + upTo(50)));
        }
        words.put("host", chance.nextBoolean() ? "*" : "*" + oneOf(DOMAINS));
        words.put("port", oneOf(List.of("*", "25", "53")));
        return words;
    }

    private Map<String, Object> smtp() {
        Map<String, Object> words = new LinkedHashMap<>();
        String stage = oneOf(STAGES);
        List<String> effects = new ArrayList<>(ANYWHERE);
        if (!stage.equals("content") && !stage.equals("between")) {
            effects.addAll(List.of("delay", "drip", "half"));
        }
        if (List.of("rcpt", "data", "eod").contains(stage)) {
            effects.add("greylist");
        }
        if (stage.equals("eod")) {
            effects.addAll(List.of("bounce", "bounce"));
        }
        String what = oneOf(effects);
        words.put("where", "smtp");
        words.put("stage", stage);
        words.put("what", what);
        switch (what) {
            case "reply" -> {
                words.put("code", oneOf(List.of(421, 450, 451, 452, 550, 554)));
                words.put("text", "bad weather");
            }
            case "raw" -> words.put("text", oneOf(List.of("25O OK\r\n", "what?\r\n", "250-and so on\r\n", "\0\u00ff")));
            case "delay" -> words.put("by", "PT" + (1 + upTo(1_200)) + "S");
            case "drip" -> words.put("by", "PT" + (20 + upTo(40)) + "S");
            case "half" -> words.put("then", oneOf(List.of("stall", "close")));
            case "greylist" -> words.put("wait", "PT" + (1 + upTo(60)) + "M");
            case "limit" -> {
                words.put("count", upTo(3));
                words.put("per", "PT1H");
            }
            case "bounce" -> words.put("after", "PT" + (1 + upTo(180)) + "M");
            default -> {}
        }
        if (stage.equals("content")) {
            words.put("octets", (long) upTo(200));
        }
        if (chance.nextBoolean()) {
            words.put("first", 1L + upTo(5));
        }
        return words;
    }

    private Map<String, Object> store(Truth truth) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("where", "store");
        words.put("what", oneOf(STORE));
        words.put("operation", "commit");
        words.put("family", oneOf(List.of("*", "*", "meta", "content", "queue", "mailbox")));
        switch ((String) words.get("what")) {
            case "slow" -> {
                words.put("by", "PT" + (1 + upTo((int) SLOWEST.toSeconds() - 1)) + "S");
                truth.slowDisk();
            }
            case "corrupt" -> {
                words.put("operation", "read");
                words.put("until", "+3h");
            }
            default -> {
                words.put("first", 1L + upTo(7));
                truth.failingDisk();
            }
        }
        return words;
    }
}
