package dev.tarry.dns;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTime;
import dev.tarry.routing.Literals;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/// The file format of the DNS log (reference §4.1, §8.1; Exchange's columns are not known, these are tarry's).
/// Pure; any thread.
public final class DnsLogFormat implements LogFormat<DnsLogRow> {
    /// Columns in file order.
    public static final List<String> FIELDS = List.of(
            "date-time",
            "event",
            "search",
            "asker",
            "next-hop",
            "name",
            "type",
            "server",
            "protocol",
            "outcome",
            "milliseconds",
            "detail");

    @Override
    public String prefix() {
        return "DNSLOG";
    }

    @Override
    public String type() {
        return "DNS Log";
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Instant time(DnsLogRow entry) {
        return entry.time();
    }

    @Override
    public String line(DnsLogRow row) {
        return new CsvLine()
                .field(LogTime.text(row.time()))
                .field(row.event().name())
                .field(Long.toString(row.search()))
                .field(row.asker().name())
                .field(FieldText.escaped(row.nextHop()))
                .field(FieldText.escaped(row.name()))
                .field(row.type())
                .field(FieldText.escaped(row.server().map(DnsLogFormat::text).orElse("")))
                .field(row.protocol().map(DnsProtocol::name).orElse(""))
                .field(row.outcome())
                .field(Long.toString(row.took().toMillis()))
                .field(FieldText.escaped(row.detail()))
                .toString();
    }

    private static String text(InetSocketAddress server) {
        return Literals.withPort(server.getAddress().getHostAddress(), server.getPort());
    }
}
