package dev.tarry.lab.dns;

import dev.tarry.lab.yaml.BadYaml;
import dev.tarry.lab.yaml.YamlNode;
import dev.tarry.lab.yaml.YamlNode.Entry;
import dev.tarry.lab.yaml.YamlNode.Mapping;
import dev.tarry.lab.yaml.YamlNode.Scalar;
import dev.tarry.lab.yaml.YamlNode.Sequence;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xbill.DNS.TTL;

/// Zones in short:
///
/// ```yaml
/// external-company.com:
///   ttl: 1h
///   NS: [ns1, ns2]
///   MX: [10 mail, 20 backup]
///   A: 198.51.100.30
///   TXT: v=spf1 mx -all
///   ns1: 198.51.100.33
///   mail: {A: 198.51.100.31, AAAA: 2001:db8::31, ttl: 5m}
///   old: {CNAME: mail}
/// fabrikam.com: 198.51.100.50
/// ```
///
/// A key in capitals is a type of record, `ttl` the time to live of what stands beside it, any other key a name of the
/// zone. An owner is completed with the zone's name unless it ends in that or in a dot. In data, `@` is the zone, a
/// name without a dot is one of the zone, and a name with a dot is whole. Addresses need no type, a text no quotes;
/// `{data: 10 mail, ttl: 60}` gives one record another time to live.
///
/// A document of the whole world has domains at its top level, and may have the sections `outside` (more of them),
/// `inside`, `nonexistent` (a list) and `catchAll` (`{host: …, address: …}`).
public final class ZoneYaml {
    private static final int FAULTS_MAX = 100;
    private static final Pattern CAPITALS = Pattern.compile("[A-Z][A-Z0-9-]*");
    private static final int TEXT_OCTETS = 255;

    /// Which words of the data are names, by type.
    private static final Map<String, List<Integer>> NAMES = Map.of(
            "NS", List.of(0),
            "CNAME", List.of(0),
            "PTR", List.of(0),
            "DNAME", List.of(0),
            "MX", List.of(1),
            "AFSDB", List.of(1),
            "SRV", List.of(3),
            "SOA", List.of(0, 1));

    private final List<String> faults = new ArrayList<>();

    private ZoneYaml() {}

    /// The content of one zone, with or without its name above it.
    ///
    /// @throws BadZone with everything that is wrong, each by line and column
    public static Zone read(String domain, String text) {
        return read(text, (yaml, root) -> {
            if (root.isPresent()
                    && root.get() instanceof Mapping mapping
                    && mapping.entries().size() == 1
                    && mapping.entries().getFirst().key().equalsIgnoreCase(domain)) {
                return yaml.zone(mapping.entries().getFirst());
            }
            var content = root.orElseGet(() -> new Mapping(List.of(), "text"));
            return yaml.zone(new Entry(domain, content, content.place()));
        });
    }

    /// The whole world. What it does not name is not there: no section `catchAll`, no such host.
    ///
    /// @throws BadZone with everything that is wrong, each by line and column
    public static Zones readAll(String text) {
        return read(text, ZoneYaml::world);
    }

    private interface Reading<T> {
        T read(ZoneYaml yaml, Optional<YamlNode> root);
    }

    private static <T> T read(String text, Reading<T> reading) {
        var yaml = new ZoneYaml();
        try {
            var value = reading.read(yaml, YamlNode.read(text, MasterFile.TEXT_MAX));
            if (yaml.faults.isEmpty()) {
                return value;
            }
        } catch (BadYaml wrong) {
            yaml.faults.add(wrong.getMessage());
        } catch (Enough _) {
            yaml.faults.add("there is more that is wrong");
        }
        throw BadZone.text(yaml.faults);
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private void wrong(String place, String text) {
        if (faults.size() == FAULTS_MAX) {
            throw new Enough();
        }
        faults.add(place + ": " + text);
    }

    private Zones world(Optional<YamlNode> root) {
        var outside = new ArrayList<Zone>();
        var inside = new ArrayList<Zone>();
        var nonexistent = new ArrayList<String>();
        Optional<Zones.CatchAll> catchAll = Optional.empty();
        for (var entry : root.map(node -> entries(node, "the world")).orElse(List.of())) {
            switch (entry.key()) {
                case "outside" -> outside.addAll(zones(entry.value()));
                case "inside" -> inside.addAll(zones(entry.value()));
                case "nonexistent" -> nonexistent.addAll(names(entry.value()));
                case "catchAll" -> catchAll = catchAll(entry.value());
                default -> outside.add(zone(entry));
            }
        }
        if (!faults.isEmpty()) {
            return Zones.standard();
        }
        try {
            return new Zones(outside, inside, nonexistent, catchAll);
        } catch (BadZone together) {
            wrong("the whole", together.getMessage());
            return Zones.standard();
        }
    }

    private List<Zone> zones(YamlNode node) {
        return entries(node, "a list of zones").stream().map(this::zone).toList();
    }

    private List<String> names(YamlNode node) {
        return items(node).stream()
                .filter(item -> text(item)
                        .filter(name -> checked(item.place(), () -> RecordText.name(name, "nonexistent name " + name)))
                        .isPresent())
                .map(item -> ((Scalar) item).text())
                .toList();
    }

    private Optional<Zones.CatchAll> catchAll(YamlNode node) {
        if (node instanceof Scalar none && (!none.written() || none.text().equals("none"))) {
            return Optional.empty();
        }
        String host = null;
        String address = null;
        for (var entry : entries(node, "the catch-all")) {
            switch (entry.key()) {
                case "host" -> host = text(entry.value()).orElse("");
                case "address" -> address = text(entry.value()).orElse("");
                default -> wrong(entry.place(), "'" + entry.key() + "' is not known here; host and address are");
            }
        }
        if (host == null || address == null) {
            wrong(node.place(), "host or address is missing; write catchAll: {host: …, address: …}");
            return Optional.empty();
        }
        return Optional.of(new Zones.CatchAll(host, address));
    }

    private Zone zone(Entry entry) {
        var domain = entry.key().endsWith(".") && entry.key().length() > 1
                ? entry.key().substring(0, entry.key().length() - 1)
                : entry.key();
        var records = new ArrayList<ZoneRecord>();
        if (checked(entry.place(), () -> RecordText.name(domain, "zone " + domain))) {
            if (entry.value() instanceof Mapping mapping) {
                long ttl = ttl(mapping, MasterFile.TTL);
                for (var each : unique(mapping)) {
                    if (each.key().equals("ttl")) {
                        continue;
                    }
                    if (CAPITALS.matcher(each.key()).matches()) {
                        records(domain, domain, each, ttl, records);
                    } else {
                        name(domain, each, ttl, records);
                    }
                }
            } else {
                addresses(domain, domain, entry.value(), MasterFile.TTL, records);
            }
        }
        var zone = new Zone(domain, records);
        if (faults.isEmpty()) {
            checked(entry.place(), () -> Domain.of(zone));
        }
        return zone;
    }

    private void name(String domain, Entry entry, long zoneTtl, List<ZoneRecord> records) {
        var owner = owner(entry.key(), domain);
        if (!checked(entry.place(), () -> RecordText.name(owner, "name " + entry.key()))) {
            return;
        }
        if (!(entry.value() instanceof Mapping mapping)) {
            addresses(domain, owner, entry.value(), zoneTtl, records);
            return;
        }
        long ttl = ttl(mapping, zoneTtl);
        for (var each : unique(mapping)) {
            if (CAPITALS.matcher(each.key()).matches()) {
                records(domain, owner, each, ttl, records);
            } else if (!each.key().equals("ttl")) {
                wrong(
                        each.place(),
                        "'" + each.key()
                                + "' is no type of record; write types in capitals, and names at the zone's level");
            }
        }
    }

    private static String owner(String key, String domain) {
        var lower = key.toLowerCase(Locale.ROOT);
        var zone = domain.toLowerCase(Locale.ROOT);
        if (key.equals("@")) {
            return domain;
        }
        return key.endsWith(".") || lower.equals(zone) || lower.endsWith("." + zone) ? key : key + "." + domain;
    }

    private void records(String domain, String owner, Entry entry, long ttl, List<ZoneRecord> records) {
        for (var item : items(entry.value())) {
            long its = item instanceof Mapping mapping ? ttl(mapping, ttl) : ttl;
            var data = item instanceof Mapping mapping ? data(mapping) : text(item);
            data.map(text -> data(entry.key(), text, domain))
                    .ifPresent(text -> add(item.place(), domain, owner, entry.key(), its, text, records));
        }
    }

    private Optional<String> data(Mapping mapping) {
        Optional<String> data = Optional.empty();
        for (var each : unique(mapping)) {
            switch (each.key()) {
                case "data" -> data = text(each.value());
                case "ttl" -> {}
                default -> wrong(each.place(), "'" + each.key() + "' is not known here; data and ttl are");
            }
        }
        if (data.isEmpty()) {
            wrong(mapping.place(), "data is missing; write {data: …, ttl: …}");
        }
        return data;
    }

    private void addresses(String domain, String owner, YamlNode node, long ttl, List<ZoneRecord> records) {
        for (var item : items(node)) {
            text(item).ifPresent(text -> {
                try {
                    var type = InetAddress.ofLiteral(text) instanceof Inet4Address ? "A" : "AAAA";
                    add(item.place(), domain, owner, type, ttl, text, records);
                } catch (IllegalArgumentException _) {
                    wrong(item.place(), "'" + text + "' is no IP address; write one, or {TYPE: data}");
                }
            });
        }
    }

    private void add(
            String place, String domain, String owner, String type, long ttl, String data, List<ZoneRecord> records) {
        checked(place, () -> {
            var record = new ZoneRecord(owner, type, ttl, data);
            records.add(record);
            return RecordText.parse(record, RecordText.name(domain, "zone " + domain));
        });
    }

    /// With whole names, and texts in quotes.
    private static String data(String type, String text, String domain) {
        if ((type.equals("TXT") || type.equals("SPF")) && !text.startsWith("\"")) {
            return quoted(text);
        }
        var words = text.strip().split("\\s+");
        for (int at : NAMES.getOrDefault(type, List.of())) {
            if (at < words.length && !words[at].endsWith(".")) {
                var word = words[at];
                words[at] = word.equals("@") ? domain + "." : word + (word.contains(".") ? "." : "." + domain + ".");
            }
        }
        return NAMES.containsKey(type) ? String.join(" ", words) : text;
    }

    /// One text, in as many strings as it takes (RFC 7208 §3.3 joins them again).
    private static String quoted(String text) {
        var strings = new ArrayList<String>();
        for (int from = 0; from == 0 || from < text.length(); from += TEXT_OCTETS) {
            var part = text.substring(from, Math.min(text.length(), from + TEXT_OCTETS));
            strings.add('"' + part.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return String.join(" ", strings);
    }

    private long ttl(Mapping mapping, long otherwise) {
        for (var entry : mapping.entries()) {
            if (entry.key().equals("ttl")) {
                var text = text(entry.value());
                try {
                    return text.isEmpty() ? otherwise : TTL.parseTTL(text.get());
                } catch (NumberFormatException _) {
                    wrong(
                            entry.value().place(),
                            "'" + text.get() + "' is no time to live; write seconds, or 5m, 1h, 2d");
                }
            }
        }
        return otherwise;
    }

    private List<Entry> entries(YamlNode node, String what) {
        return switch (node) {
            case Mapping mapping -> unique(mapping);
            case Scalar scalar when !scalar.written() -> List.of();
            case Scalar _, Sequence _ -> {
                wrong(node.place(), what + " is written as key: value");
                yield List.of();
            }
        };
    }

    private List<Entry> unique(Mapping mapping) {
        var seen = new HashSet<String>();
        for (var entry : mapping.entries()) {
            if (!seen.add(entry.key())) {
                wrong(entry.place(), "'" + entry.key() + "' stands there twice; write a list");
            }
        }
        return mapping.entries();
    }

    private static List<YamlNode> items(YamlNode node) {
        return switch (node) {
            case Sequence sequence -> sequence.items();
            case Scalar scalar when !scalar.written() -> List.of();
            case Scalar _, Mapping _ -> List.of(node);
        };
    }

    private Optional<String> text(YamlNode node) {
        if (node instanceof Scalar scalar && scalar.written()) {
            return Optional.of(scalar.text());
        }
        wrong(node.place(), "a single value is needed");
        return Optional.empty();
    }

    private interface Check {
        Object run();
    }

    private boolean checked(String place, Check check) {
        try {
            check.run();
            return true;
        } catch (BadZone bad) {
            wrong(place, bad.getMessage());
            return false;
        }
    }
}
