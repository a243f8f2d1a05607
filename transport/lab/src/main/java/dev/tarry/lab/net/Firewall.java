package dev.tarry.lab.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// The firewall of the server under test, in the form that Windows gives it.
///
/// What goes out and what comes in is allowed unless a rule blocks or rejects it. Among the enabled rules of
/// its direction that match, **the one made last decides**. In Windows a block beats every allow; but
/// administrators are taught to mend a blocked port 53 by creating an outbound allow rule, so here that
/// works. Blocked traffic is dropped in silence.
///
/// Thread-safe: asked on many loops, changed from anywhere.
public final class Firewall {
    static final int RULES_MAX = 10_000;

    private final List<FirewallRule> rules = new ArrayList<>();
    private volatile boolean restricting;

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
        changed();
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
        changed();
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
        changed();
        return List.copyOf(changed);
    }

    /// Puts a rule in the place of the one of the same name; it keeps its place in the order of making.
    ///
    /// @return whether there was one
    public synchronized boolean replace(FirewallRule rule) {
        boolean there = rules.stream().anyMatch(known -> known.name().equalsIgnoreCase(rule.name()));
        rules.replaceAll(known -> known.name().equalsIgnoreCase(rule.name()) ? rule : known);
        changed();
        return there;
    }

    public synchronized void clear() {
        rules.clear();
        changed();
    }

    /// Puts back what an earlier run had.
    public synchronized void restore(List<FirewallRule> earlier) {
        rules.clear();
        rules.addAll(earlier);
        changed();
    }

    private void changed() {
        restricting = rules.stream().anyMatch(rule -> rule.enabled() && rule.action() != FirewallRule.Action.ALLOW);
    }

    /// Whether any rule may keep anything back, so that nobody need ask for every octet where none does.
    public boolean restricting() {
        return restricting;
    }

    /// What becomes of traffic of the server to there.
    public FirewallRule.Action outbound(Protocol protocol, InetSocketAddress to) {
        return decision(FirewallRule.Direction.OUTBOUND, protocol, PortSet::any, to);
    }

    /// What becomes of an echo request of the server to there: rules that name a protocol or ports do not hold for it.
    public synchronized FirewallRule.Action echo(InetAddress to) {
        for (var rule : rules.reversed()) {
            if (rule.enabled()
                    && rule.direction() == FirewallRule.Direction.OUTBOUND
                    && rule.protocol().isEmpty()
                    && rule.localPort().any()
                    && rule.remotePort().any()
                    && rule.remoteAddress().contains(to)) {
                return rule.action();
            }
        }
        return FirewallRule.Action.ALLOW;
    }

    /// What becomes of traffic to the server.
    ///
    /// @param localPorts the port it came to, and what else that port is known as
    /// @param from who sent it
    public FirewallRule.Action inbound(Protocol protocol, Set<Integer> localPorts, InetSocketAddress from) {
        return decision(
                FirewallRule.Direction.INBOUND,
                protocol,
                ports -> localPorts.stream().anyMatch(ports::contains),
                from);
    }

    private FirewallRule.Action decision(
            FirewallRule.Direction direction, Protocol protocol, Predicate<PortSet> here, InetSocketAddress there) {
        return restricting ? decided(direction, protocol, here, there) : FirewallRule.Action.ALLOW;
    }

    private synchronized FirewallRule.Action decided(
            FirewallRule.Direction direction, Protocol protocol, Predicate<PortSet> here, InetSocketAddress there) {
        for (var rule : rules.reversed()) {
            if (rule.enabled()
                    && rule.direction() == direction
                    && rule.protocol().map(p -> p == protocol).orElse(true)
                    && here.test(rule.localPort())
                    && rule.remotePort().contains(there.getPort())
                    && rule.remoteAddress().contains(there.getAddress())) {
                return rule.action();
            }
        }
        return FirewallRule.Action.ALLOW;
    }
}
