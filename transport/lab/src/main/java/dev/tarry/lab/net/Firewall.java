package dev.tarry.lab.net;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// The firewall of the server under test, in the form that Windows gives it.
///
/// What goes out is allowed unless a rule blocks it. Among the enabled outbound rules that match, **the one made
/// last decides**. In Windows a block beats every allow; but administrators are taught to mend a blocked port 53 by
/// creating an outbound allow rule, so here that works. Blocked traffic is dropped in silence.
///
/// Thread-safe: asked on many loops, changed from anywhere.
public final class Firewall {
    static final int RULES_MAX = 10_000;

    private final List<FirewallRule> rules = new ArrayList<>();

    /// @throws BadRule if the name is taken, or there are too many rules
    public synchronized FirewallRule add(FirewallRule rule) {
        Objects.requireNonNull(rule, "rule");
        if (rules.stream().anyMatch(known -> known.name().equalsIgnoreCase(rule.name()))) {
            throw new BadRule("Name", "'" + rule.name() + "' exists already", "give another name, or leave it out");
        }
        if (rules.size() >= RULES_MAX) {
            throw new BadRule("rules", "there are " + RULES_MAX + " already", "remove some first");
        }
        rules.add(rule);
        return rule;
    }

    /// In the order of making.
    public synchronized List<FirewallRule> list() {
        return List.copyOf(rules);
    }

    public synchronized List<FirewallRule> list(Predicate<FirewallRule> which) {
        return rules.stream().filter(which).toList();
    }

    /// @return what was removed
    public synchronized List<FirewallRule> remove(Predicate<FirewallRule> which) {
        var gone = list(which);
        rules.removeAll(gone);
        return gone;
    }

    /// A rule keeps its place in the order of making.
    ///
    /// @return the rules as they are now
    public synchronized List<FirewallRule> setEnabled(Predicate<FirewallRule> which, boolean enabled) {
        var changed = new ArrayList<FirewallRule>();
        rules.replaceAll(rule -> {
            if (!which.test(rule)) {
                return rule;
            }
            var now = rule.withEnabled(enabled);
            changed.add(now);
            return now;
        });
        return List.copyOf(changed);
    }

    public synchronized void clear() {
        rules.clear();
    }

    /// Puts back what an earlier run had.
    public synchronized void restore(List<FirewallRule> earlier) {
        rules.clear();
        rules.addAll(earlier);
    }

    /// Whether traffic of the server may go out there.
    public synchronized boolean lets(Protocol protocol, InetSocketAddress to) {
        return deciding(protocol, to)
                .map(rule -> rule.action() == FirewallRule.Action.ALLOW)
                .orElse(true);
    }

    private Optional<FirewallRule> deciding(Protocol protocol, InetSocketAddress to) {
        for (var rule : rules.reversed()) {
            if (rule.enabled()
                    && rule.direction() == FirewallRule.Direction.OUTBOUND
                    && rule.protocol().map(p -> p == protocol).orElse(true)
                    && rule.remotePort().contains(to.getPort())
                    && rule.remoteAddress().contains(to.getAddress())) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
