package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.LabClient;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// The company's own DNS servers, in the words of Windows' DnsServer module (reference §12.3).
public final class DnsServerCmdlets {
    private static final String WHAT = "internal DNS server";
    private static final String BOTH =
            "Without -ComputerName it means both internal servers of the lab, 192.168.1.10 (dc01) and 192.168.1.11 (dc02);"
                    + " on Windows it means the machine where it is typed.";
    private static final String NO_ROOT =
            "The lab's internal servers have no root hints: what they know neither themselves nor by a forwarder they answer"
                    + " with SERVFAIL.";
    private static final long TIMEOUT_SECONDS = 3;

    private DnsServerCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-DnsServerForwarder")
                        .summary("Shows whom the internal DNS servers ask about what they do not know.")
                        .remark(BOTH)
                        .remark(NO_ROOT)
                        .takes(computer())
                        .simply(DnsServerCmdlets::show),
                Cmdlet.named("Add-DnsServerForwarder")
                        .summary("Gives the internal DNS servers further servers to ask, behind those that they have.")
                        .remark(BOTH)
                        .takes(addresses(), computer(), Parameter.of("PassThru", SWITCH))
                        .acts()
                        .simply(call -> change(call, Edit.ADD)),
                Cmdlet.named("Set-DnsServerForwarder")
                        .summary("Says whom the internal DNS servers ask, instead of those that they have.")
                        .remark(BOTH)
                        .takes(
                                addresses(),
                                computer(),
                                Parameter.of("UseRootHint", BOOLEAN),
                                Parameter.of("Timeout", WHOLE),
                                Parameter.of("EnableReordering", BOOLEAN),
                                Parameter.of("PassThru", SWITCH))
                        .acts()
                        .simply(call -> change(call, Edit.SET)),
                Cmdlet.named("Remove-DnsServerForwarder")
                        .summary("Has the internal DNS servers not ask these servers any more.")
                        .remark(BOTH)
                        .takes(addresses(), computer(), Parameter.of("Force", SWITCH), Parameter.of("PassThru", SWITCH))
                        .acts()
                        .simply(call -> change(call, Edit.REMOVE)),
                Cmdlet.named("Add-DnsServerConditionalForwarderZone")
                        .summary("Has the internal DNS servers ask certain servers about a domain and all below it.")
                        .remark("Both internal servers of the lab have it.")
                        .takes(
                                zone(),
                                masters(),
                                scope(),
                                computer(),
                                Parameter.of("PassThru", SWITCH),
                                Parameter.of("ForwarderTimeout", WHOLE))
                        .shows("DnsServerZone", zoneColumns())
                        .acts()
                        .simply(call -> conditional(call, true)),
                Cmdlet.named("Set-DnsServerConditionalForwarderZone")
                        .summary(
                                "Says which servers the internal DNS servers ask about a domain, instead of those set.")
                        .takes(zone(), masters(), scope(), computer(), Parameter.of("PassThru", SWITCH))
                        .shows("DnsServerZone", zoneColumns())
                        .acts()
                        .simply(call -> conditional(call, false)),
                Cmdlet.named("Get-DnsServerConditionalForwarderZone")
                        .summary("Shows for which domains the internal DNS servers ask certain servers.")
                        .remark("Windows has no such cmdlet: there Get-DnsServerZone shows them.")
                        .takes(
                                Parameter.of("Name", TEXTS)
                                        .alias("ZoneName")
                                        .at(0)
                                        .pipedBy("ZoneName"),
                                computer())
                        .shows("DnsServerZone", zoneColumns())
                        .simply(call -> zones(call, false)),
                removing(
                        "Remove-DnsServerConditionalForwarderZone",
                        "Windows has no such cmdlet: there Remove-DnsServerZone does it."),
                removing(
                        "Remove-DnsServerZone",
                        "Of the lab's zones it removes conditional forwarders;"
                                + " Remove-LabZone removes the others."),
                Cmdlet.named("Get-DnsServerZone")
                        .summary("Shows what the internal DNS servers know themselves, and whom they ask about what.")
                        .takes(
                                Parameter.of("Name", TEXTS)
                                        .alias("ZoneName")
                                        .at(0)
                                        .pipedBy("ZoneName"),
                                computer())
                        .shows("DnsServerZone", zoneColumns())
                        .simply(call -> zones(call, true)),
                Cmdlet.named("Clear-DnsServerCache")
                        .summary("Has the internal DNS servers forget what they were told.")
                        .remark(
                                "The lab's DNS servers remember nothing of what they pass on: there is nothing to forget.")
                        .takes(computer(), Parameter.of("Force", SWITCH))
                        .acts()
                        .simply(call -> {
                            List<String> servers = servers(call);
                            call.proceed(String.join(", ", servers));
                        }));
    }

    private static Cmdlet removing(String name, String remark) {
        return Cmdlet.named(name)
                .summary("Has the internal DNS servers ask their forwarders about a domain again.")
                .remark(remark)
                .takes(
                        Parameter.of("Name", TEXT)
                                .alias("ZoneName")
                                .at(0)
                                .required()
                                .pipedBy("ZoneName"),
                        computer(),
                        Parameter.of("Force", SWITCH))
                .acts()
                .simply(DnsServerCmdlets::forget);
    }

    private static Parameter computer() {
        return Parameter.of("ComputerName", TEXT).alias("Cn");
    }

    private static Parameter addresses() {
        return Parameter.of("IPAddress", TEXTS).at(0).required().pipedBy();
    }

    private static Parameter zone() {
        return Parameter.of("Name", TEXT).alias("ZoneName").at(0).required().pipedBy("ZoneName");
    }

    private static Parameter masters() {
        return Parameter.of("MasterServers", TEXTS).at(1).required();
    }

    private static Parameter scope() {
        return Parameter.of("ReplicationScope", TEXT).oneOf("Custom", "Domain", "Forest", "Legacy");
    }

    private static String[] zoneColumns() {
        return new String[] {
            "ZoneName/35", "ZoneType/15", "IsAutoCreated", "IsDsIntegrated", "IsReverseLookupZone", "IsSigned"
        };
    }

    private enum Edit {
        ADD,
        SET,
        REMOVE
    }

    private static LabClient lab(Call call) {
        return call.client().lab();
    }

    /// The internal servers that are meant.
    private static List<String> servers(Call call) {
        SequencedMap<String, List<String>> all =
                Refusal.inLab(WHAT, () -> lab(call).forwarders());
        String asked = call.text("ComputerName").orElse("");
        if (asked.isEmpty() || asked.equals(".") || asked.equalsIgnoreCase("localhost")) {
            return List.copyOf(all.keySet());
        }
        if (all.containsKey(asked)) {
            return List.of(asked);
        }
        Map<String, Object> found =
                call.client().computer().resolve(Map.of("name", asked.contains(".") ? asked : asked + ".company.com"));
        List<String> named = new ArrayList<>();
        if (found.get("Records") instanceof List<?> records) {
            for (Object record : records) {
                String data = String.valueOf(((Map<?, ?>) record).get("Data"));
                if (all.containsKey(data)) {
                    named.add(data);
                }
            }
        }
        if (named.isEmpty()) {
            throw ShellFailure.of(
                            Category.ObjectNotFound,
                            "WIN32 1722",
                            "CimException",
                            "Failed to get information for server " + asked
                                    + ". The DNS servers that can be managed here are "
                                    + String.join(" and ", all.keySet()) + ".")
                    .withTarget(asked);
        }
        return List.copyOf(new LinkedHashSet<>(named));
    }

    private static void show(Call call) {
        SequencedMap<String, List<String>> all =
                Refusal.inLab(WHAT, () -> lab(call).forwarders());
        List<String> shown = new ArrayList<>();
        for (String server : servers(call)) {
            List<String> forwarders = all.get(server);
            // two servers that are set alike are one answer, as from one of them
            if (shown.isEmpty() || !all.get(shown.getFirst()).equals(forwarders)) {
                shown.add(server);
            }
        }
        shown.forEach(server -> call.write(row(server, all.get(server))));
    }

    private static Row row(String server, List<String> forwarders) {
        return new Row("DnsServerForwarder")
                .with("UseRootHint", false)
                .with("Timeout(s)", TIMEOUT_SECONDS)
                .with("EnableReordering", false)
                .with("IPAddress", forwarders)
                .with("ReorderedIPAddress", forwarders)
                .withOnDemand("Timeout", () -> TIMEOUT_SECONDS)
                .withOnDemand("PSComputerName", () -> server);
    }

    private static void change(Call call, Edit edit) {
        Refusal.ofParameters(call, "the lab's servers are asked in order, and have no root hints.", "UseRootHint");
        Refusal.ofParameters(call, "the lab's servers are asked in order.", "EnableReordering", "Timeout");
        SequencedMap<String, List<String>> all =
                Refusal.inLab(WHAT, () -> lab(call).forwarders());
        List<String> addresses = call.texts("IPAddress");
        for (String server : servers(call)) {
            LinkedHashSet<String> next = new LinkedHashSet<>(edit == Edit.SET ? List.of() : all.get(server));
            for (String address : addresses) {
                boolean changed = edit == Edit.REMOVE ? next.remove(address) : next.add(address);
                if (!changed) {
                    call.warn(
                            edit == Edit.REMOVE
                                    ? "The forwarder " + address + " is not in the list of the server " + server + "."
                                    : "The forwarder " + address + " is already in the list of the server " + server
                                            + ".");
                }
            }
            if (call.proceed(server)) {
                lab(call).setForwarders(server, List.copyOf(next));
                if (call.flag("PassThru")) {
                    call.write(row(server, List.copyOf(next)));
                }
            }
        }
    }

    private static void conditional(Call call, boolean fresh) {
        servers(call);
        if (call.has("ReplicationScope")) {
            call.warn("Both internal servers of the lab have the zone, whatever the scope.");
        }
        Refusal.ofParameters(call, "the lab's servers have a time-out of their own.", "ForwarderTimeout");
        String name = bare(call.text("Name").orElseThrow());
        boolean there =
                Refusal.inLab(WHAT, () -> lab(call).conditionalForwarders()).containsKey(name.toLowerCase(Locale.ROOT));
        if (there && fresh) {
            throw ShellFailure.of(
                            Category.ResourceExists,
                            "WIN32 9609",
                            "CimException",
                            "Failed to create zone " + name
                                    + ": the zone already exists. Set-DnsServerConditionalForwarderZone"
                                    + " changes it.")
                    .withTarget(name);
        }
        if (!there && !fresh) {
            throw unknown(name);
        }
        if (call.proceed(name)) {
            lab(call).setConditionalForwarders(name, call.texts("MasterServers"));
            if (call.flag("PassThru")) {
                call.write(zone(name, "Forwarder").withOnDemand("MasterServers", () -> call.texts("MasterServers")));
            }
        }
    }

    private static void forget(Call call) {
        servers(call);
        String name = bare(call.text("Name").orElseThrow());
        if (!Refusal.inLab(WHAT, () -> lab(call).conditionalForwarders()).containsKey(name.toLowerCase(Locale.ROOT))) {
            throw unknown(name);
        }
        if (call.proceed(name)) {
            lab(call).removeConditionalForwarders(name);
        }
    }

    private static ShellFailure unknown(String name) {
        return ShellFailure.of(
                        Category.ObjectNotFound,
                        "WIN32 9601",
                        "CimException",
                        "The zone " + name + " was not found among the conditional forwarders of the internal servers.")
                .withTarget(name);
    }

    private static String bare(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static void zones(Call call, boolean all) {
        servers(call);
        Map<String, Row> rows = new LinkedHashMap<>();
        if (all && Refusal.inLab(WHAT, () -> lab(call).zones()).get("inside") instanceof List<?> inside) {
            for (Object one : inside) {
                String domain = String.valueOf(((Map<?, ?>) one).get("domain"));
                rows.put(domain, zone(domain, "Primary"));
            }
        }
        Refusal.inLab(WHAT, () -> lab(call).conditionalForwarders())
                .forEach((domain, masters) ->
                        rows.put(domain, zone(domain, "Forwarder").withOnDemand("MasterServers", () -> masters)));
        List<String> wanted = call.texts("Name");
        for (String name : wanted) {
            if (!rows.containsKey(bare(name).toLowerCase(Locale.ROOT))) {
                call.report(ShellFailure.of(
                                Category.ObjectNotFound,
                                "WIN32 9601",
                                "CimException",
                                "The zone " + name + " was not found on the internal servers.")
                        .withTarget(name));
            }
        }
        rows.forEach((domain, row) -> {
            if (wanted.isEmpty() || wanted.stream().anyMatch(one -> bare(one).equalsIgnoreCase(domain))) {
                call.write(row);
            }
        });
    }

    private static Row zone(String name, String type) {
        return new Row("DnsServerZone")
                .with("ZoneName", name)
                .with("ZoneType", type)
                .with("IsAutoCreated", false)
                .with("IsDsIntegrated", false)
                .with("IsReverseLookupZone", name.endsWith(".arpa"))
                .with("IsSigned", false);
    }
}
