package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The network adapter of the server's machine (reference §12.3). Its DNS servers are what transport asks in adapter
/// mode.
public final class AdapterCmdlets {
    /// The setting that has them.
    private static final String SERVERS = "dns.adapterServers";

    private static final long IPV4 = 2;
    private static final long IPV6 = 23;

    private AdapterCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(servers(), setServers(), adapter(), address(), configuration());
    }

    private static Parameter alias() {
        return Parameter.of("InterfaceAlias", TEXTS)
                .alias("Name", "ifAlias")
                .at(0)
                .pipedBy("InterfaceAlias");
    }

    private static Parameter index() {
        return Parameter.of("InterfaceIndex", WHOLE).alias("ifIndex");
    }

    private static Parameter family() {
        return Parameter.of("AddressFamily", TEXT).oneOf("IPv4", "IPv6");
    }

    private static Cmdlet servers() {
        return Cmdlet.named("Get-DnsClientServerAddress")
                .summary("Shows the DNS servers of the network adapter of the server's machine.")
                .remark("AddressFamily is 2 for IPv4 and 23 for IPv6, as in Windows.")
                .takes(alias(), index(), family())
                .shows(
                        "DnsClientServerAddress",
                        "InterfaceAlias/20",
                        "InterfaceIndex",
                        "AddressFamily=Family",
                        "ServerAddresses")
                .simply(AdapterCmdlets::servers);
    }

    private static void servers(Call call) {
        Map<String, Object> network = call.client().computer().network();
        if (!meant(call, network)) {
            return;
        }
        String wanted = call.text("AddressFamily").orElse("");
        for (long number : List.of(IPV4, IPV6)) {
            String name = number == IPV4 ? "IPv4" : "IPv6";
            if (wanted.isEmpty() || wanted.equals(name)) {
                call.write(new Row("DnsClientServerAddress")
                        .with("InterfaceAlias", network.get("InterfaceAlias"))
                        .with("InterfaceIndex", network.get("InterfaceIndex"))
                        .with("AddressFamily", number)
                        .with("ServerAddresses", ofFamily(texts(network.get("DnsServers")), number == IPV6))
                        .withOnDemand("Family", () -> name)
                        .withOnDemand("Address", () -> texts(network.get("DnsServers"))));
            }
        }
    }

    private static List<String> ofFamily(List<String> addresses, boolean six) {
        // an IPv4 address with a port has one colon
        return addresses.stream()
                .filter(one -> one.chars().filter(c -> c == ':').count() > 1 == six)
                .toList();
    }

    private static Cmdlet setServers() {
        return Cmdlet.named("Set-DnsClientServerAddress")
                .summary(
                        "Sets the DNS servers of the network adapter of the server's machine, which transport asks where"
                                + " it uses the adapter's.")
                .remark(
                        "It is the setting dns.adapterServers, kept over restarts; a server may be written address:port.")
                .takes(
                        alias(),
                        index(),
                        Parameter.of("ServerAddresses", TEXTS)
                                .alias("Addresses")
                                .at(1),
                        Parameter.of("ResetServerAddresses", SWITCH).alias("ResetAddresses"),
                        Parameter.of("Validate", SWITCH),
                        Parameter.of("PassThru", SWITCH))
                .oneOf("ServerAddresses", "ResetServerAddresses")
                .acts()
                .simply(AdapterCmdlets::setServers);
    }

    private static void setServers(Call call) {
        Refusal.ofParameters(call, "try them with Resolve-DnsName -Server.", "Validate");
        if (!call.has("InterfaceAlias") && !call.has("InterfaceIndex")) {
            throw Refusal.missing("InterfaceAlias");
        }
        if (!call.has("ServerAddresses") && !call.flag("ResetServerAddresses")) {
            throw Refusal.missing("ServerAddresses");
        }
        Map<String, Object> network = call.client().computer().network();
        if (!meant(call, network) || !call.proceed(String.valueOf(network.get("InterfaceAlias")))) {
            return;
        }
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put(SERVERS, call.has("ServerAddresses") ? call.texts("ServerAddresses") : null);
        call.client().service().changeSettings(changes);
        if (call.flag("PassThru")) {
            servers(call);
        }
    }

    private static Cmdlet adapter() {
        return Cmdlet.named("Get-NetAdapter")
                .summary("Shows the network adapter of the server's machine.")
                .takes(
                        Parameter.of("Name", TEXTS)
                                .alias("InterfaceAlias", "ifAlias")
                                .at(0)
                                .pipedBy("InterfaceAlias"),
                        Parameter.of("Physical", SWITCH))
                .shows(
                        "NetAdapter",
                        "Name/20",
                        "InterfaceDescription/38",
                        "ifIndex",
                        "Status/10",
                        "MacAddress/18",
                        "LinkSpeed")
                .simply(call -> {
                    Map<String, Object> network = call.client().computer().network();
                    if (meant(call, network, "Name")) {
                        call.write(new Row("NetAdapter")
                                .with("Name", network.get("InterfaceAlias"))
                                .with("InterfaceDescription", network.get("InterfaceDescription"))
                                .with("ifIndex", network.get("InterfaceIndex"))
                                .with("Status", "Up")
                                .with("MacAddress", network.get("MacAddress"))
                                .with("LinkSpeed", "1 Gbps")
                                .withOnDemand("InterfaceAlias", () -> network.get("InterfaceAlias"))
                                .withOnDemand("InterfaceIndex", () -> network.get("InterfaceIndex")));
                    }
                });
    }

    private static Cmdlet address() {
        return Cmdlet.named("Get-NetIPAddress")
                .summary("Shows the addresses of the server's machine.")
                .takes(Parameter.of("IPAddress", TEXTS).at(0), alias(), index(), family())
                .simply(AdapterCmdlets::addresses);
    }

    private static void addresses(Call call) {
        Map<String, Object> network = call.client().computer().network();
        if (!meant(call, network)) {
            return;
        }
        for (Map<?, ?> own : objects(network.get("Addresses"))) {
            String address = String.valueOf(own.get("IPAddress"));
            String family = address.contains(":") ? "IPv6" : "IPv4";
            boolean wanted = call.text("AddressFamily").map(family::equals).orElse(true)
                    && (!call.has("IPAddress")
                            || call.texts("IPAddress").stream()
                                    .anyMatch(one -> new Wildcard(one, false).matches(address)));
            if (wanted) {
                call.write(new Row("NetIPAddress")
                        .with("IPAddress", address)
                        .with("InterfaceIndex", network.get("InterfaceIndex"))
                        .with("InterfaceAlias", network.get("InterfaceAlias"))
                        .with("AddressFamily", family)
                        .with("Type", "Unicast")
                        .with("PrefixLength", own.get("PrefixLength"))
                        .with("PrefixOrigin", "Manual")
                        .with("SuffixOrigin", "Manual")
                        .with("AddressState", "Preferred"));
            }
        }
    }

    private static Cmdlet configuration() {
        return Cmdlet.named("Get-NetIPConfiguration", "gip")
                .summary("Shows addresses, gateway and DNS servers of the server's machine.")
                .takes(alias(), index(), Parameter.of("Detailed", SWITCH), Parameter.of("All", SWITCH))
                .simply(call -> {
                    Map<String, Object> network = call.client().computer().network();
                    if (meant(call, network)) {
                        call.write(new Row("NetIPConfiguration")
                                .with("InterfaceAlias", network.get("InterfaceAlias"))
                                .with("InterfaceIndex", network.get("InterfaceIndex"))
                                .with("InterfaceDescription", network.get("InterfaceDescription"))
                                .with("IPv4Address", only(network, false))
                                .with("IPv6Address", only(network, true))
                                .with("IPv4DefaultGateway", network.get("Gateway"))
                                .with("DNSServer", network.get("DnsServers")));
                    }
                });
    }

    private static List<String> only(Map<String, Object> network, boolean six) {
        List<String> addresses = new ArrayList<>();
        objects(network.get("Addresses")).forEach(own -> addresses.add(String.valueOf(own.get("IPAddress"))));
        return ofFamily(addresses, six);
    }

    private static boolean meant(Call call, Map<String, Object> network) {
        return meant(call, network, "InterfaceAlias");
    }

    /// Whether the adapter is the one that was asked for; a name without wildcards that it does not have is an error.
    private static boolean meant(Call call, Map<String, Object> network, String parameter) {
        String alias = String.valueOf(network.get("InterfaceAlias"));
        List<String> asked = call.texts(parameter);
        boolean found = asked.isEmpty();
        for (String one : asked) {
            boolean meant = new Wildcard(one, false).matches(alias);
            found |= meant;
            if (!meant && !Wildcard.isPattern(one)) {
                call.report(none("InterfaceAlias", one));
            }
        }
        boolean known = !call.has("InterfaceIndex")
                || call.whole("InterfaceIndex").orElseThrow() == ((Number) network.get("InterfaceIndex")).longValue();
        if (!known) {
            call.report(none("InterfaceIndex", String.valueOf(call.value("InterfaceIndex"))));
        }
        return found && known;
    }

    private static ShellFailure none(String property, String value) {
        return ShellFailure.of(
                        Category.ObjectNotFound,
                        "CmdletizationQuery_NotFound_" + property,
                        "CimJobException",
                        "No network adapter found with property '" + property + "' equal to '" + value
                                + "'.  Verify the value of the property and retry.")
                .withTarget(value);
    }

    private static List<Map<?, ?>> objects(Object value) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> objects.add((Map<?, ?>) one));
        }
        return objects;
    }

    static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
