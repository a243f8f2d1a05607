package dev.tarry.shell.windows;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.value.Row;
import java.util.List;
import java.util.Map;

/// DNS records as Windows' DNS client shows them, a type of object for each type of record (reference §12.3).
final class DnsRows {
    private DnsRows() {}

    /// The default tables of all of them.
    static Cmdlet.Draft tables(Cmdlet.Draft draft) {
        return draft.shows("DnsRecord_A", "Name/46", "Type/6", "TTL/5", "Section/10", "IPAddress")
                .alsoShows("DnsRecord_MX", "Name/40", "Type/6", "TTL/5", "Section/10", "NameExchange/41", "Preference")
                .alsoShows("DnsRecord_PTR", "Name/30", "Type/6", "TTL/5", "Section/10", "NameHost")
                .alsoShows("DnsRecord_TXT", "Name/40", "Type/6", "TTL/5", "Section/10", "Strings")
                .alsoShows(
                        "DnsRecord_SOA",
                        "Name/27",
                        "Type/4",
                        "TTL/5",
                        "Section/10",
                        "PrimaryServer/27",
                        "NameAdministrator/27",
                        "SerialNumber")
                .alsoShows(
                        "DnsRecord_SRV",
                        "Name/30",
                        "Type/6",
                        "TTL/5",
                        "Section/10",
                        "NameTarget/30",
                        "Priority",
                        "Weight",
                        "Port")
                .alsoShows("DnsRecord_Other", "Name/40", "Type/6", "TTL/5", "Section/10", "Data");
    }

    /// @param bag a record as the API gives it
    static Row row(Map<?, ?> bag) {
        String type = String.valueOf(bag.get("Type"));
        Row row = new Row(kind(type))
                .with("Name", bag.get("Name"))
                .with("QueryType", type)
                .with("TTL", bag.get("TTL"))
                .with("Section", bag.get("Section"));
        if (bag.get("Fields") instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> row.with(String.valueOf(name), value));
            address(row, fields);
            if (fields.containsKey("NameExchange")) {
                row.withOnDemand("Exchange", () -> fields.get("NameExchange"));
            }
            if (fields.containsKey("NameHost")) {
                row.withOnDemand("Server", () -> fields.get("NameHost"));
            }
        }
        return row.withOnDemand("Type", () -> type)
                .withOnDemand("CharacterSet", () -> "Unicode")
                .withOnDemand("DataLength", () -> bag.get("DataLength"));
    }

    private static void address(Row row, Map<?, ?> fields) {
        for (String name : List.of("IP4Address", "IP6Address")) {
            if (fields.containsKey(name)) {
                row.withOnDemand("IPAddress", () -> fields.get(name)).withOnDemand("Address", () -> fields.get(name));
            }
        }
    }

    private static String kind(String type) {
        return switch (type) {
            case "A", "AAAA" -> "DnsRecord_A";
            case "CNAME", "NS", "PTR" -> "DnsRecord_PTR";
            case "MX", "TXT", "SOA", "SRV" -> "DnsRecord_" + type;
            default -> "DnsRecord_Other";
        };
    }
}
