package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.FirewallRule;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The lab's firewall in the words of Windows' NetSecurity module (reference §12.3).
public final class FirewallCmdlets {
    private static final String WHAT = "simulated firewall";
    private static final String LAST_WINS =
            "Among the rules that match, the one made last decides: an Allow rule lifts an older Block rule. In Windows a"
                    + " Block rule wins over every Allow rule.";
    private static final String ONE_PROGRAM = "the lab's firewall stands before the server alone.";

    /// What Windows has besides and this firewall cannot hold apart.
    private static final List<String> REFUSED = List.of(
            "Program",
            "Package",
            "Service",
            "InterfaceAlias",
            "InterfaceType",
            "LocalAddress",
            "LocalUser",
            "RemoteUser",
            "RemoteMachine",
            "IcmpType",
            "Authentication",
            "Encryption",
            "EdgeTraversalPolicy",
            "DynamicTarget",
            "PolicyStore",
            "GPOSession");

    private FirewallCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-NetFirewallRule")
                        .summary("Shows the rules of the firewall of the server's machine.")
                        .remark(LAST_WINS)
                        .remark("There are no rules but those that somebody made; what no rule matches is allowed.")
                        .takes(with(
                                choosing(),
                                Parameter.of("Enabled", TEXT).oneOf("True", "False"),
                                Parameter.of("Direction", TEXT).oneOf("Inbound", "Outbound"),
                                Parameter.of("Action", TEXT).oneOf("Allow", "Block", "Reject", "NotConfigured"),
                                Parameter.of("All", SWITCH)))
                        .oneOf("Name", "DisplayName", "DisplayGroup", "Group")
                        .simply(FirewallCmdlets::show),
                Cmdlet.named("New-NetFirewallRule")
                        .summary("Makes a rule in the firewall of the server's machine.")
                        .remark(LAST_WINS)
                        .remark("-Action Reject is tarry's own: refused at once instead of dropped in silence.")
                        .takes(with(
                                traffic(),
                                Parameter.of("DisplayName", TEXT).required(),
                                Parameter.of("Name", TEXT).alias("ID"),
                                Parameter.of("Group", TEXT),
                                Parameter.of("Enabled", TEXT).oneOf("True", "False")))
                        .acts()
                        .simply(FirewallCmdlets::create),
                Cmdlet.named("Set-NetFirewallRule")
                        .summary("Changes rules of the firewall of the server's machine.")
                        .takes(with(
                                List.of(with(choosing(), traffic().toArray(Parameter[]::new))),
                                Parameter.of("NewDisplayName", TEXT),
                                Parameter.of("Enabled", TEXT).oneOf("True", "False"),
                                Parameter.of("PassThru", SWITCH)))
                        .oneOf("Name", "DisplayName", "DisplayGroup", "Group")
                        .acts()
                        .simply(FirewallCmdlets::change),
                turning("Enable-NetFirewallRule", "Has rules of the firewall count again.", true),
                turning("Disable-NetFirewallRule", "Has rules of the firewall count no more, and keeps them.", false),
                Cmdlet.named("Remove-NetFirewallRule")
                        .summary("Removes rules of the firewall of the server's machine.")
                        .takes(with(choosing(), Parameter.of("All", SWITCH), Parameter.of("PassThru", SWITCH)))
                        .oneOf("Name", "DisplayName", "DisplayGroup", "Group")
                        .acts()
                        .simply(FirewallCmdlets::remove),
                Cmdlet.named("Get-NetFirewallPortFilter")
                        .summary("Shows for which protocol and ports firewall rules hold.")
                        .takes(
                                Parameter.of("AssociatedNetFirewallRule", TEXT).pipedBy("Name"),
                                Parameter.of("All", SWITCH))
                        .simply(FirewallCmdlets::ports),
                Cmdlet.named("Get-NetFirewallAddressFilter")
                        .summary("Shows for which addresses firewall rules hold.")
                        .takes(
                                Parameter.of("AssociatedNetFirewallRule", TEXT).pipedBy("Name"),
                                Parameter.of("All", SWITCH))
                        .simply(FirewallCmdlets::addresses),
                Cmdlet.named("Get-NetFirewallProfile")
                        .summary("Shows the profiles of the firewall of the server's machine.")
                        .remark("The lab has one network, for which all profiles hold.")
                        .takes(
                                Parameter.of("Name", TEXTS)
                                        .alias("Profile")
                                        .at(0)
                                        .oneOf("Domain", "Private", "Public"),
                                Parameter.of("All", SWITCH))
                        .oneOf("Name", "All")
                        .simply(FirewallCmdlets::profiles));
    }

    private static List<Parameter> choosing() {
        return List.of(
                Parameter.of("Name", TEXTS).alias("ID").at(0).pipedBy(),
                Parameter.of("DisplayName", TEXTS),
                Parameter.of("DisplayGroup", TEXTS),
                Parameter.of("Group", TEXTS));
    }

    private static List<Parameter> traffic() {
        List<Parameter> all = new ArrayList<>(List.of(
                Parameter.of("Direction", TEXT).oneOf("Inbound", "Outbound"),
                Parameter.of("Protocol", TEXT),
                Parameter.of("LocalPort", TEXTS),
                Parameter.of("RemotePort", TEXTS),
                Parameter.of("RemoteAddress", TEXTS),
                Parameter.of("Action", TEXT).oneOf("Allow", "Block", "Reject"),
                Parameter.of("Profile", TEXTS).oneOf("Any", "Domain", "Private", "Public", "NotApplicable"),
                Parameter.of("Description", TEXT)));
        REFUSED.forEach(name -> all.add(Parameter.of(name, TEXTS)));
        return all;
    }

    private static Parameter[] with(List<Parameter> first, Parameter... others) {
        List<Parameter> all = new ArrayList<>(first);
        all.addAll(List.of(others));
        return all.toArray(Parameter[]::new);
    }

    private static Cmdlet turning(String name, String summary, boolean on) {
        return Cmdlet.named(name)
                .summary(summary)
                .remark(LAST_WINS)
                .takes(with(choosing(), Parameter.of("All", SWITCH), Parameter.of("PassThru", SWITCH)))
                .oneOf("Name", "DisplayName", "DisplayGroup", "Group")
                .acts()
                .simply(call -> {
                    for (FirewallRule rule : chosen(call)) {
                        change(call, rule, Map.of("Enabled", on));
                    }
                });
    }

    private static void show(Call call) {
        for (FirewallRule rule : matching(call)) {
            boolean wanted = call.text("Enabled")
                            .map(enabled -> enabled.equals("True") == rule.enabled())
                            .orElse(true)
                    && call.text("Direction").map(rule.direction()::equals).orElse(true)
                    && call.text("Action").map(rule.action()::equals).orElse(true);
            if (wanted) {
                call.write(row(rule));
            }
        }
    }

    private static void create(Call call) {
        Refusal.ofParameters(call, ONE_PROGRAM, REFUSED.toArray(String[]::new));
        FirewallRule rule = new FirewallRule(
                call.text("Name").orElse(""),
                call.text("DisplayName").orElseThrow(),
                call.text("Direction").orElse("Inbound"),
                protocol(call).orElse("Any"),
                anyOr(call, "LocalPort"),
                anyOr(call, "RemotePort"),
                anyOr(call, "RemoteAddress"),
                call.text("Action").orElse("Allow"),
                !call.text("Enabled").orElse("True").equals("False"),
                call.has("Profile") ? String.join(", ", call.texts("Profile")) : "Any",
                call.text("Description").orElse(""),
                call.text("Group").orElse(""));
        if (call.proceed("DisplayName: " + rule.displayName())) {
            call.write(row(Refusal.inLab(WHAT, () -> call.client().addFirewallRule(rule))));
        }
    }

    /// Windows takes a protocol by its number, too.
    private static Optional<String> protocol(Call call) {
        return call.text("Protocol").map(word -> switch (word) {
            case "6" -> "TCP";
            case "17" -> "UDP";
            case "256" -> "Any";
            default -> word;
        });
    }

    private static String anyOr(Call call, String parameter) {
        return call.has(parameter) ? String.join(",", call.texts(parameter)) : "Any";
    }

    private static void change(Call call) {
        Refusal.ofParameters(call, ONE_PROGRAM, REFUSED.toArray(String[]::new));
        Map<String, Object> changes = new LinkedHashMap<>();
        call.text("NewDisplayName").ifPresent(name -> changes.put("DisplayName", name));
        call.text("Enabled").ifPresent(enabled -> changes.put("Enabled", enabled.equals("True")));
        call.text("Direction").ifPresent(direction -> changes.put("Direction", direction));
        call.text("Action").ifPresent(action -> changes.put("Action", action));
        call.text("Description").ifPresent(description -> changes.put("Description", description));
        protocol(call).ifPresent(protocol -> changes.put("Protocol", protocol));
        for (String list : List.of("LocalPort", "RemotePort", "RemoteAddress")) {
            if (call.has(list)) {
                changes.put(list, String.join(",", call.texts(list)));
            }
        }
        if (call.has("Profile")) {
            changes.put("Profile", String.join(", ", call.texts("Profile")));
        }
        for (FirewallRule rule : chosen(call)) {
            change(call, rule, changes);
        }
    }

    private static void change(Call call, FirewallRule rule, Map<String, Object> changes) {
        if (call.proceed("DisplayName: " + rule.displayName())) {
            FirewallRule now = changes.isEmpty() ? rule : call.client().changeFirewallRule(rule.name(), changes);
            if (call.flag("PassThru")) {
                call.write(row(now));
            }
        }
    }

    private static void remove(Call call) {
        for (FirewallRule rule : chosen(call)) {
            if (call.proceed("DisplayName: " + rule.displayName())) {
                call.client().removeFirewallRule(rule.name());
                if (call.flag("PassThru")) {
                    call.write(row(rule));
                }
            }
        }
    }

    /// What is to be changed must be named.
    private static List<FirewallRule> chosen(Call call) {
        if (List.of("Name", "DisplayName", "DisplayGroup", "Group").stream().noneMatch(call::has)
                && !call.flag("All")) {
            throw Refusal.missing("Name, DisplayName");
        }
        return matching(call);
    }

    /// The rules that the parameters name. A name without wildcards that no rule has is an error; a pattern may
    /// match nothing.
    private static List<FirewallRule> matching(Call call) {
        List<FirewallRule> rules = Refusal.inLab(WHAT, () -> call.client().firewallRules());
        if (call.has("DisplayName")) {
            return matching(call, rules, "DisplayName", FirewallRule::displayName);
        }
        if (call.has("DisplayGroup")) {
            return matching(call, rules, "DisplayGroup", FirewallRule::group);
        }
        if (call.has("Group")) {
            return matching(call, rules, "Group", FirewallRule::group);
        }
        return call.has("Name") ? matching(call, rules, "Name", FirewallRule::name) : rules;
    }

    private static List<FirewallRule> matching(
            Call call, List<FirewallRule> rules, String property, Function<FirewallRule, String> value) {
        List<String> wanted = call.texts(property);
        for (String name : wanted) {
            boolean exact = !Wildcard.isPattern(name);
            if (exact && rules.stream().noneMatch(rule -> value.apply(rule).equalsIgnoreCase(name))) {
                call.report(ShellFailure.of(
                                ShellFailure.Category.ObjectNotFound,
                                "CmdletizationQuery_NotFound_" + property,
                                "CimJobException",
                                "No MSFT_NetFirewallRule objects found with property '" + property + "' equal to '"
                                        + name + "'.  Verify the value of the property and retry.")
                        .withTarget(name));
            }
        }
        return rules.stream()
                .filter(rule -> wanted.stream()
                        .anyMatch(name -> value.apply(rule).equalsIgnoreCase(name)
                                || new Wildcard(name, false).matches(value.apply(rule))))
                .toList();
    }

    private static void ports(Call call) {
        associated(call)
                .forEach(rule -> call.write(new Row("NetFirewallPortFilter")
                        .with("Protocol", rule.protocol())
                        .with("LocalPort", rule.localPort())
                        .with("RemotePort", rule.remotePort())
                        .with("IcmpType", "Any")
                        .with("DynamicTarget", "Any")
                        .withOnDemand("InstanceID", rule::name)));
    }

    private static void addresses(Call call) {
        associated(call)
                .forEach(rule -> call.write(new Row("NetFirewallAddressFilter")
                        .with("LocalAddress", "Any")
                        .with("RemoteAddress", rule.remoteAddress())
                        .withOnDemand("InstanceID", rule::name)));
    }

    private static List<FirewallRule> associated(Call call) {
        List<FirewallRule> rules = Refusal.inLab(WHAT, () -> call.client().firewallRules());
        return rules.stream()
                .filter(rule -> call.text("AssociatedNetFirewallRule")
                        .map(rule.name()::equalsIgnoreCase)
                        .orElse(true))
                .toList();
    }

    private static void profiles(Call call) {
        Refusal.inLab(WHAT, () -> call.client().firewallRules());
        List<String> wanted = call.has("Name") ? call.texts("Name") : List.of("Domain", "Private", "Public");
        for (String name : wanted) {
            call.write(new Row("NetFirewallProfile")
                    .with("Name", name)
                    .with("Enabled", "True")
                    .with("DefaultInboundAction", "Allow")
                    .with("DefaultOutboundAction", "Allow")
                    .with("AllowInboundRules", "True")
                    .with("NotifyOnListen", "False"));
        }
    }

    /// In the order of Windows' list. Enabled is an enumeration there, not a Boolean, and compares as its text. What
    /// the rule holds for stands in filters of their own, and here where somebody asks for it.
    private static Row row(FirewallRule rule) {
        return new Row("NetFirewallRule")
                .with("Name", rule.name())
                .with("DisplayName", rule.displayName())
                .with("Description", rule.description())
                .with("DisplayGroup", rule.group())
                .with("Group", rule.group())
                .with("Enabled", rule.enabled() ? "True" : "False")
                .with("Profile", rule.profile())
                .with("Platform", List.of())
                .with("Direction", rule.direction())
                .with("Action", rule.action())
                .with("EdgeTraversalPolicy", "Block")
                .with("LooseSourceMapping", false)
                .with("LocalOnlyMapping", false)
                .with("Owner", null)
                .with("PrimaryStatus", "OK")
                .with("Status", "The rule was parsed successfully from the store. (65536)")
                .with("EnforcementStatus", "NotApplicable")
                .with("PolicyStoreSource", "PersistentStore")
                .with("PolicyStoreSourceType", "Local")
                .withOnDemand("Protocol", rule::protocol)
                .withOnDemand("LocalPort", rule::localPort)
                .withOnDemand("RemotePort", rule::remotePort)
                .withOnDemand("RemoteAddress", rule::remoteAddress)
                .withOnDemand("InstanceID", rule::name);
    }
}
