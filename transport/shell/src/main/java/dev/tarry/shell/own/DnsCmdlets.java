package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.DnsQueryFilter;
import dev.tarry.client.OwnDnsQuery;
import dev.tarry.client.ResultLimit;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/// What the server has asked of DNS. Exchange has no such cmdlet; this one is tarry's own.
public final class DnsCmdlets {
    private DnsCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Get-DnsQuery")
                .summary("Shows what the transport service has asked of DNS, whom, and what came of it.")
                .remark("Exchange has no such cmdlet; its diagnostic log says less.")
                .takes(
                        Parameter.of("Domain", TEXT).at(0).pipedBy("NextHopDomain"),
                        Parameter.of("Server", TEXT),
                        Parameter.of("Outcome", TEXT),
                        Parameter.of("Since", DATE),
                        Parameter.of("ResultSize", LIMIT))
                .shows("DnsQuery", "At", "Server", "Protocol", "Name", "Type", "Outcome", "TookMilliseconds")
                .simply(DnsCmdlets::search));
    }

    private static void search(Call call) {
        boolean more = call.client()
                .service()
                .dnsQueries(
                        new DnsQueryFilter(
                                call.text("Domain"),
                                call.text("Server"),
                                call.text("Outcome"),
                                Optional.empty(),
                                Optional.empty(),
                                call.date("Since").map(ZonedDateTime::toInstant),
                                Optional.empty(),
                                call.value("ResultSize") instanceof ResultLimit limit
                                        ? limit
                                        : ResultLimit.serverDefault()),
                        query -> call.write(row(query, call)));
        if (more) {
            call.warn("There are more queries than are returned; these are the newest. To get the others, give a larger"
                    + " -ResultSize, or Unlimited.");
        }
    }

    private static Row row(OwnDnsQuery query, Call call) {
        return new Row("DnsQuery")
                .with("Id", query.id())
                .with("At", query.at().atZone(call.io().zone()))
                .with("Search", query.search())
                .with("NextHop", query.nextHop())
                .with("Name", query.name())
                .with("Type", query.type())
                .with("Server", query.server())
                .with("Port", (long) query.port())
                .with("Protocol", query.protocol())
                .with("Outcome", query.outcome())
                .with("Detail", query.detail())
                .with("TookMilliseconds", query.took().toMillis())
                .with("Cached", query.cached())
                .with("Asker", query.asker())
                .with("Detours", query.detours())
                .with("Records", query.records());
    }
}
