package dev.tarry.lab.net;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Firewall rules in the plain words of `New-NetFirewallRule`, as the API and the file have them: a flat
/// object with `Name`, `DisplayName`, `Direction` (`Inbound`, `Outbound`), `Protocol` (`TCP`, `UDP`, `Any`),
/// `LocalPort`, `RemotePort`, `RemoteAddress`, `Action` (`Allow`, `Block`, and the lab's own `Reject`),
/// `Enabled`, `Profile`, `Description` and `Group`.
public final class RuleGrammar {
    private static final List<String> WORDS = List.of(
            "Name",
            "DisplayName",
            "Direction",
            "Protocol",
            "LocalPort",
            "RemotePort",
            "RemoteAddress",
            "Action",
            "Enabled",
            "Profile",
            "Description",
            "Group");

    private final Map<String, ?> words;

    private RuleGrammar(Map<String, ?> words) {
        this.words = words;
    }

    /// What is left out is as in Windows: inbound, any protocol, port and address, allow, enabled, any profile.
    ///
    /// @param name for a rule that brings none
    /// @throws BadRule naming the first property that is wrong
    public static FirewallRule read(Map<String, ?> words, String name) {
        for (var word : new TreeSet<>(words.keySet())) {
            if (!WORDS.contains(word)) {
                throw new BadRule(word, "is not known", "there are " + String.join(", ", WORDS));
            }
        }
        var grammar = new RuleGrammar(words);
        if (words.get("DisplayName") == null) {
            throw new BadRule("DisplayName", "is missing", "a name for people is needed");
        }
        var protocol = grammar.oneOf("Protocol", "Any", "TCP", "UDP", "Any");
        return new FirewallRule(
                grammar.text("Name", name),
                grammar.text("DisplayName", ""),
                FirewallRule.Direction.valueOf(upper(grammar.oneOf("Direction", "Inbound", "Inbound", "Outbound"))),
                protocol.equals("Any") ? Optional.empty() : Optional.of(Protocol.valueOf(protocol)),
                grammar.ports("LocalPort"),
                grammar.ports("RemotePort"),
                new AddressSet(grammar.text("RemoteAddress", "Any")),
                FirewallRule.Action.valueOf(upper(grammar.oneOf("Action", "Allow", "Allow", "Block", "Reject"))),
                grammar.oneOf("Enabled", "True", "True", "False").equals("True"),
                grammar.text("Profile", "Any"),
                grammar.text("Description", ""),
                grammar.text("Group", ""));
    }

    /// The same rule with other words: what they leave out stays as it is, the name in any case.
    ///
    /// @throws BadRule naming the first property that is wrong
    public static FirewallRule change(FirewallRule rule, Map<String, ?> changes) {
        var words = new LinkedHashMap<String, Object>(write(rule));
        words.putAll(changes);
        words.put("Name", rule.name());
        return read(words, rule.name());
    }

    public static SequencedMap<String, Object> write(FirewallRule rule) {
        var words = new LinkedHashMap<String, Object>();
        words.put("Name", rule.name());
        words.put("DisplayName", rule.displayName());
        words.put(
                "Direction",
                switch (rule.direction()) {
                    case INBOUND -> "Inbound";
                    case OUTBOUND -> "Outbound";
                });
        words.put("Protocol", rule.protocol().map(Protocol::name).orElse("Any"));
        words.put("LocalPort", rule.localPort().text());
        words.put("RemotePort", rule.remotePort().text());
        words.put("RemoteAddress", rule.remoteAddress().text());
        words.put(
                "Action",
                switch (rule.action()) {
                    case ALLOW -> "Allow";
                    case BLOCK -> "Block";
                    case REJECT -> "Reject";
                });
        words.put("Enabled", rule.enabled());
        words.put("Profile", rule.profile());
        if (!rule.description().isEmpty()) {
            words.put("Description", rule.description());
        }
        if (!rule.group().isEmpty()) {
            words.put("Group", rule.group());
        }
        return words;
    }

    private PortSet ports(String word) {
        try {
            return new PortSet(text(word, "Any"));
        } catch (BadRule wrong) {
            throw wrong.in(word);
        }
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private String oneOf(String word, String otherwise, String... allowed) {
        var given = text(word, otherwise);
        return Arrays.stream(allowed)
                .filter(one -> one.equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> new BadRule(
                        word, "'" + printable(given) + "' is not known", "one of " + String.join(", ", allowed)));
    }

    /// A list may be written as one: `["53", "853"]` is `53,853`.
    private String text(String word, String otherwise) {
        return switch (words.get(word)) {
            case null -> otherwise;
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Object other -> other.toString();
        };
    }

    private static String printable(String text) {
        return (text.length() > 60 ? text.substring(0, 60) + "…" : text).replaceAll("\\p{Cntrl}", "?");
    }
}
