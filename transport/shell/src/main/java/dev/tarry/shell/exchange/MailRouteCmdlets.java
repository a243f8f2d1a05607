package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.TextForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which way a recipient's mail would go, and why: Test-MailRoute, tarry's own.
final class MailRouteCmdlets {
    private MailRouteCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Test-MailRoute")
                .takes(
                        Parameter.of("Recipient", TEXT)
                                .at(0)
                                .required()
                                .alias("EmailAddress")
                                .pipedBy("Address"),
                        Parameter.of("Size", ANY).at(1))
                .shows("MailRoute", "Recipient", "Outcome", "Connector", "NextHopDomain", "Targets")
                .summary("Says which way a message to a recipient would go, and why, without sending one.")
                .remark("tarry's own: Exchange has no such cmdlet.")
                .simply(MailRouteCmdlets::test));
    }

    private static void test(Call call) {
        Object size = call.value("Size");
        Map<String, Object> way = call.client()
                .service()
                .testRoute(
                        call.text("Recipient").orElseThrow(),
                        size == null
                                ? 0L
                                : Conversion.whole(size)
                                        .<Object>map(Number::longValue)
                                        .orElseGet(() -> TextForm.of(size)));
        call.write(Bags.row("MailRoute", shown(way), call.io().zone()));
    }

    /// In the order in which one asks: where to, by which connector, to whom, how, and why not by another.
    private static Map<String, Object> shown(Map<String, Object> way) {
        Map<?, ?> queue = inner(way, "queue");
        Map<?, ?> dns = inner(way, "dns");
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("Recipient", way.get("recipient"));
        shown.put("Size", way.get("bytes"));
        shown.put("Outcome", way.get("outcome"));
        shown.put("Reason", way.get("reason"));
        shown.put("AcceptedDomain", inner(way, "acceptedDomain").get("domainName"));
        shown.put("Connector", way.get("connector"));
        shown.put("AddressSpace", way.get("addressSpace"));
        shown.put("DeliveryType", queue.get("deliveryType"));
        shown.put("NextHopDomain", queue.get("nextHopDomain"));
        shown.put("NextHopConnector", queue.get("nextHopConnector"));
        shown.put("Queue", queue.get("identity"));
        shown.put("QueueStatus", queue.get("status"));
        shown.put("DnsServers", dns.get("servers") == null ? List.of() : dns.get("servers"));
        shown.put("DnsAnswer", dns.get("answer"));
        shown.put("DnsAnswerFrom", dns.get("from"));
        shown.put("LastError", dns.get("error"));
        shown.put("Targets", texts(way, "targets", MailRouteCmdlets::target));
        shown.put("Greeting", way.get("greeting"));
        shown.put("SourceIPAddress", way.get("sourceAddress"));
        shown.put("Tls", way.get("tls"));
        shown.put("Login", way.get("login"));
        shown.put(
                "Connectors",
                texts(way, "connectors", c -> c.get("name") + ": " + c.get("verdict") + ", " + c.get("reason")));
        return shown;
    }

    private static String target(Map<?, ?> target) {
        String address = target.get("address").toString();
        String host = target.get("host").toString();
        return target.get("preference") + " " + (host.startsWith("[") ? "" : host + " ")
                + "[" + address + "]:" + target.get("port")
                + (target.get("behind") == null ? "" : " (behind the others: " + target.get("behind") + ")");
    }

    private static Map<?, ?> inner(Map<String, Object> way, String name) {
        return way.get(name) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static List<String> texts(Map<String, Object> way, String name, Function<Map<?, ?>, String> text) {
        return way.get(name) instanceof List<?> list
                ? list.stream().map(one -> text.apply((Map<?, ?>) one)).toList()
                : List.of();
    }
}
