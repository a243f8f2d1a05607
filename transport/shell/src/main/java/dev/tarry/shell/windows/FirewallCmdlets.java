package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.FirewallRule;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.List;
import java.util.function.Function;

/// The lab's firewall in the words of Windows' NetSecurity module (reference §12.3).
public final class FirewallCmdlets {
    private FirewallCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-NetFirewallRule")
                        .takes(Parameter.of("Name", TEXTS).at(0), Parameter.of("DisplayName", TEXTS))
                        .oneOf("Name", "DisplayName")
                        .simply(call -> matching(call).forEach(rule -> call.write(row(rule)))),
                Cmdlet.named("New-NetFirewallRule")
                        .takes(
                                Parameter.of("DisplayName", TEXT).required(),
                                Parameter.of("Name", TEXT),
                                Parameter.of("Direction", TEXT).oneOf("Inbound", "Outbound"),
                                Parameter.of("Protocol", TEXT),
                                Parameter.of("LocalPort", TEXTS),
                                Parameter.of("RemotePort", TEXTS),
                                Parameter.of("RemoteAddress", TEXTS),
                                Parameter.of("Action", TEXT).oneOf("Allow", "Block", "Reject"),
                                Parameter.of("Enabled", TEXT).oneOf("True", "False"),
                                Parameter.of("Profile", TEXT).oneOf("Any", "Domain", "Private", "Public"))
                        .acts()
                        .simply(FirewallCmdlets::create),
                Cmdlet.named("Remove-NetFirewallRule")
                        .takes(Parameter.of("Name", TEXTS).at(0).pipedBy(), Parameter.of("DisplayName", TEXTS))
                        .oneOf("Name", "DisplayName")
                        .acts()
                        .simply(FirewallCmdlets::remove));
    }

    private static void create(Call call) {
        FirewallRule rule = new FirewallRule(
                call.text("Name").orElse(""),
                call.text("DisplayName").orElseThrow(),
                call.text("Direction").orElse("Inbound"),
                call.text("Protocol").orElse("Any"),
                anyOr(call, "LocalPort"),
                anyOr(call, "RemotePort"),
                anyOr(call, "RemoteAddress"),
                call.text("Action").orElse("Allow"),
                !call.text("Enabled").orElse("True").equals("False"),
                call.text("Profile").orElse("Any"));
        if (call.proceed("DisplayName: " + rule.displayName())) {
            call.write(row(call.client().addFirewallRule(rule)));
        }
    }

    private static String anyOr(Call call, String parameter) {
        return call.has(parameter) ? String.join(",", call.texts(parameter)) : "Any";
    }

    private static void remove(Call call) {
        if (!call.has("Name") && !call.has("DisplayName")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "MissingMandatoryParameter",
                    "ParameterBindingException",
                    "Cannot process command because of one or more missing mandatory parameters: Name, DisplayName.");
        }
        for (FirewallRule rule : matching(call)) {
            if (call.proceed("DisplayName: " + rule.displayName())) {
                call.client().removeFirewallRule(rule.name());
            }
        }
    }

    /// The rules that the parameters name. A name without wildcards that no rule has is an error; a pattern may
    /// match nothing.
    private static List<FirewallRule> matching(Call call) {
        List<FirewallRule> rules = call.client().firewallRules();
        if (call.has("DisplayName")) {
            return matching(call, rules, "DisplayName", FirewallRule::displayName);
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

    /// Enabled is an enumeration in Windows, not a Boolean, and compares as its text.
    private static Row row(FirewallRule rule) {
        return new Row("NetFirewallRule")
                .with("Name", rule.name())
                .with("DisplayName", rule.displayName())
                .with("Enabled", rule.enabled() ? "True" : "False")
                .with("Profile", rule.profile())
                .with("Direction", rule.direction())
                .with("Action", rule.action())
                .with("Protocol", rule.protocol())
                .with("LocalPort", rule.localPort())
                .with("RemotePort", rule.remotePort())
                .with("RemoteAddress", rule.remoteAddress())
                .with("PrimaryStatus", "OK");
    }
}
