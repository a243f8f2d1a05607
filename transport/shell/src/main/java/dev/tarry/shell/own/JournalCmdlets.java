package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What the lab's DNS servers were asked, and whom a client may believe in the lab.
public final class JournalCmdlets {
    private JournalCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabDnsQuery")
                        .summary("Shows what the lab's DNS servers were asked, by whom, and what became of it.")
                        .remark("Get-DnsQuery shows what the transport service asked, from its own side.")
                        .takes(
                                Parameter.of("Name", TEXT).at(0).pipedBy("Domain"),
                                Parameter.of("Type", TEXT).at(1),
                                Parameter.of("Server", TEXT),
                                Parameter.of("Outcome", TEXT),
                                Parameter.of("Protocol", TEXT),
                                Parameter.of("AskedBy", TEXT),
                                Parameter.of("Since", DATE),
                                Parameter.of("Until", DATE),
                                Parameter.of("ResultSize", LIMIT))
                        .shows(
                                "LabDnsQuery",
                                "At/22",
                                "Server/15",
                                "AskedBy/13",
                                "Protocol",
                                "Name/30",
                                "Type/5",
                                "Outcome")
                        .simply(JournalCmdlets::queries),
                Cmdlet.named("Get-LabCertificate")
                        .summary("Gives the certificate of the lab's authority in PEM, for a client to trust.")
                        .simply(call ->
                                call.write(Bags.content(call.client().lab().authority()))));
    }

    private static void queries(Call call) {
        SequencedMap<String, String> conditions = new LinkedHashMap<>();
        for (String one : List.of("Name", "Type", "Server", "Outcome", "Protocol")) {
            call.text(one).ifPresent(text -> conditions.put(one.toLowerCase(Locale.ROOT), text));
        }
        call.text("AskedBy").ifPresent(who -> conditions.put("askedBy", who));
        for (String moment : List.of("Since", "Until")) {
            call.date(moment)
                    .map(ZonedDateTime::toInstant)
                    .map(Instant::toString)
                    .ifPresent(text -> conditions.put(moment.toLowerCase(Locale.ROOT), text));
        }
        LabHostCmdlets.limit(call).ifPresent(limit -> conditions.put("limit", limit));
        call.client().dnsQueries(conditions, bag -> {
            Map<String, Object> shown = new LinkedHashMap<>(bag);
            if (shown.get("At") instanceof String text) {
                shown.put("At", Instant.parse(text));
            }
            call.write(Bags.row("LabDnsQuery", shown, call.io().zone()));
        });
    }
}
