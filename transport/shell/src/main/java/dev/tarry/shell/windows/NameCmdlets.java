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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Windows' DNS client (reference §12.2, §12.3): it asks from the server's machine, and remembers there.
public final class NameCmdlets {
    private static final String COMMAND = ",Microsoft.DnsClient.Commands.ResolveDnsName";

    private NameCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(resolve(), remembered(), forget());
    }

    private static Cmdlet resolve() {
        return DnsRows.tables(Cmdlet.named("Resolve-DnsName")
                        .example("Resolve-DnsName fabrikam.com -Type MX", "Asks for the mail hosts of a domain.")
                        .example("Resolve-DnsName fabrikam.com MX -Server 8.8.8.8", "Asks one server, past the cache."))
                .summary("Looks a name up as the server's machine does: its cache first, then its network adapter's DNS"
                        + " servers, or the one that -Server names.")
                .remark(
                        "It asks from the machine that the server runs on, through the same network: the lab's faults and"
                                + " firewall rules hold for it.")
                .remark(
                        "A server has 5 seconds of lab time (-QuickTimeout: 1); where the clock is frozen it is stepped by"
                                + " what the wait takes.")
                .remark("What does not exist is remembered for as long as its zone says, 15 minutes at most, until"
                        + " Clear-DnsClientCache.")
                .takes(
                        Parameter.of("Name", TEXT).at(0).required().pipedBy(),
                        Parameter.of("Type", TEXT).at(1).alias("QueryType").pipedBy("QueryType"),
                        Parameter.of("Server", TEXTS),
                        Parameter.of("DnsOnly", SWITCH),
                        Parameter.of("NoHostsFile", SWITCH),
                        Parameter.of("NoIdn", SWITCH),
                        Parameter.of("CacheOnly", SWITCH),
                        Parameter.of("NoRecursion", SWITCH),
                        Parameter.of("TcpOnly", SWITCH),
                        Parameter.of("QuickTimeout", SWITCH),
                        Parameter.of("DnssecOk", SWITCH),
                        Parameter.of("DnssecCd", SWITCH),
                        Parameter.of("LegacyUnicode", SWITCH),
                        Parameter.of("LlmnrOnly", SWITCH),
                        Parameter.of("LlmnrFallback", SWITCH),
                        Parameter.of("LlmnrNetbiosOnly", SWITCH),
                        Parameter.of("NetbiosFallback", SWITCH))
                .simply(NameCmdlets::resolve);
    }

    private static void resolve(Call call) {
        Refusal.ofParameters(
                call,
                "there is neither LLMNR nor NetBIOS in this network.",
                "LlmnrOnly",
                "LlmnrFallback",
                "LlmnrNetbiosOnly",
                "NetbiosFallback");
        Refusal.ofParameters(call, "the machine's DNS client asks for no signatures.", "DnssecOk", "DnssecCd");
        Refusal.ofParameters(call, "names go to DNS as A-labels.", "NoIdn", "LegacyUnicode");
        String name = call.text("Name").orElseThrow();
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("name", name);
        call.text("Type").ifPresent(type -> question.put("type", type));
        question.put("servers", call.texts("Server"));
        question.put("noHostsFile", call.flag("NoHostsFile"));
        question.put("cacheOnly", call.flag("CacheOnly"));
        question.put("noRecursion", call.flag("NoRecursion"));
        question.put("tcpOnly", call.flag("TcpOnly"));
        question.put("quickTimeout", call.flag("QuickTimeout"));
        Map<String, Object> answer = call.client().computer().resolve(question);
        String status = String.valueOf(answer.get("Status"));
        if (status.equals("SUCCESS") || status.equals("NO_RECORDS")) {
            ((List<?>) answer.get("Records")).forEach(record -> call.write(DnsRows.row((Map<?, ?>) record)));
        } else {
            call.report(said(name, status, String.valueOf(answer.get("Detail"))));
        }
    }

    /// Windows' words for what a look-up came to.
    private static ShellFailure said(String name, String status, String detail) {
        return switch (status) {
            case "NAME_ERROR" -> failure(name, "DNS name does not exist", "DNS_ERROR_RCODE_NAME_ERROR");
            case "NOT_CACHED" -> failure(name, "DNS record does not exist", "DNS_ERROR_RECORD_DOES_NOT_EXIST");
            case "SERVER_FAILURE" -> failure(name, "DNS server failure", "DNS_ERROR_RCODE_SERVER_FAILURE");
            case "REFUSED" -> failure(name, "DNS operation refused", "DNS_ERROR_RCODE_REFUSED");
            case "FORMAT_ERROR" ->
                failure(name, "DNS server unable to interpret format", "DNS_ERROR_RCODE_FORMAT_ERROR");
            case "NOT_IMPLEMENTED" ->
                failure(name, "DNS request not supported by name server", "DNS_ERROR_RCODE_NOT_IMPLEMENTED");
            case "BAD_PACKET", "OTHER_ERROR" -> failure(name, "Bad DNS packet", "DNS_ERROR_BAD_PACKET");
            case "NO_SERVERS" ->
                failure(
                        name,
                        "No DNS servers configured for local system" + (detail.isEmpty() ? "" : " (" + detail + ")"),
                        "DNS_ERROR_NO_DNS_SERVERS");
            default -> {
                // UNREACHABLE: what Windows cannot reach has not answered in time
                String words = "This operation returned because the timeout period expired";
                String why = detail.startsWith("egress is locked") ? " (" + detail + ")" : "";
                yield ShellFailure.of(
                                Category.OperationTimeout,
                                "ERROR_TIMEOUT" + COMMAND,
                                "Win32Exception",
                                name + " : " + words + why)
                        .withTarget(name);
            }
        };
    }

    private static ShellFailure failure(String name, String words, String id) {
        return ShellFailure.of(Category.ResourceUnavailable, id + COMMAND, "Win32Exception", name + " : " + words)
                .withTarget(name);
    }

    private static Cmdlet remembered() {
        return Cmdlet.named("Get-DnsClientCache")
                .summary(
                        "Shows what the DNS client of the server's machine remembers, also that something does not exist.")
                .remark("The transport service has a DNS cache of its own, which this does not show.")
                .takes(
                        Parameter.of("Entry", TEXTS).at(0).pipedBy(),
                        Parameter.of("Name", TEXTS).alias("RecordName"),
                        Parameter.of("Type", TEXTS).alias("RecordType"),
                        Parameter.of("Status", TEXTS),
                        Parameter.of("Section", TEXTS),
                        Parameter.of("TimeToLive", WHOLE).alias("TTL"),
                        Parameter.of("DataLength", WHOLE),
                        Parameter.of("Data", TEXTS))
                .shows(
                        "DnsClientCache",
                        "Entry/24",
                        "RecordName/24",
                        "RecordType",
                        "Status/8",
                        "Section/10",
                        "TimeToLive",
                        "DataLength",
                        "Data")
                .simply(NameCmdlets::remembered);
    }

    private static void remembered(Call call) {
        for (Map<String, Object> bag : call.client().computer().dnsCache()) {
            Row row = new Row("DnsClientCache")
                    .with("Entry", bag.get("Entry"))
                    .with("RecordName", bag.get("Name"))
                    .with("RecordType", bag.get("Type"))
                    .with("Status", bag.get("Status"))
                    .with("Section", bag.get("Section"))
                    .with("TimeToLive", bag.get("TimeToLive"))
                    .with("DataLength", bag.get("DataLength"))
                    .with("Data", bag.get("Data"))
                    .withOnDemand("Name", () -> bag.get("Name"))
                    .withOnDemand("Type", () -> bag.get("Type"))
                    .withOnDemand("TTL", () -> bag.get("TimeToLive"));
            boolean wanted = List.of("Entry", "Name", "Type", "Status", "Section", "Data").stream()
                    .allMatch(property -> matches(call, property, row));
            if (wanted && fits(call, "TimeToLive", row) && fits(call, "DataLength", row)) {
                call.write(row);
            }
        }
    }

    private static boolean matches(Call call, String property, Row row) {
        List<String> wanted = call.texts(property);
        String has =
                Optional.ofNullable(row.get(property)).map(Object::toString).orElse("");
        return wanted.isEmpty() || wanted.stream().anyMatch(one -> new Wildcard(one, false).matches(has));
    }

    private static boolean fits(Call call, String property, Row row) {
        return call.whole(property)
                .map(wanted -> row.get(property) instanceof Number has && has.longValue() == wanted)
                .orElse(true);
    }

    private static Cmdlet forget() {
        return Cmdlet.named("Clear-DnsClientCache")
                .summary("Has the DNS client of the server's machine forget everything.")
                .remark(
                        "As on Exchange, the transport service's own DNS cache stays: Restart-Service MSExchangeTransport"
                                + " empties that.")
                .acts()
                .simply(call -> {
                    if (call.proceed("DNS client cache")) {
                        call.client().computer().clearDnsCache();
                    }
                });
    }
}
