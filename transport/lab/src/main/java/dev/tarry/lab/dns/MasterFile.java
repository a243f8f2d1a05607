package dev.tarry.lab.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// Zones as master files, the text that name servers read (RFC 1035 §5, RFC 2308 §4 for `$TTL`). `$GENERATE` works,
/// up to the bound of records; `$INCLUDE` does not.
public final class MasterFile {
    /// Characters of a text of zones, in this form or another.
    static final int TEXT_MAX = 32 << 20;

    /// Where a text names no TTL.
    static final long TTL = 3_600;

    private static final Pattern PLACED = Pattern.compile("<[^>]*>:(\\d+): (.*)", Pattern.DOTALL);

    private MasterFile() {}

    /// One zone; its SOA may be left out.
    ///
    /// @param domain the zone's own name, which relative names are completed with
    /// @throws BadZone naming the line
    public static Zone read(String domain, String text) {
        var origin = RecordText.name(domain, "zone " + domain);
        var records = records(text, origin);
        for (var record : records) {
            if (record instanceof SOARecord && !record.getName().equals(origin)) {
                throw new BadZone(
                        "zone " + domain,
                        "holds the SOA of " + record.getName().toString(true),
                        "give the zone by its own name, or all zones at once");
            }
        }
        return zone(origin, records);
    }

    /// Any number of zones, each of which begins with its SOA.
    ///
    /// @throws BadZone naming the line
    public static List<Zone> readAll(String text) {
        var zones = new ArrayList<Zone>();
        Name origin = null;
        var records = new ArrayList<Record>();
        for (var record : records(text, Name.root)) {
            if (record instanceof SOARecord) {
                if (origin != null) {
                    zones.add(zone(origin, records));
                    records.clear();
                }
                origin = record.getName();
            } else if (origin == null) {
                throw new BadZone(
                        "record " + record.getName() + " " + Type.string(record.getType()),
                        "stands before the first SOA",
                        "begin each zone with its SOA, or give one zone by its name");
            }
            records.add(record);
        }
        if (origin != null) {
            zones.add(zone(origin, records));
        }
        return zones;
    }

    private static Zone zone(Name origin, List<Record> records) {
        var zone = new Zone(
                origin.toString(true), records.stream().map(MasterFile::plain).toList());
        Domain.of(zone);
        return zone;
    }

    private static ZoneRecord plain(Record record) {
        return new ZoneRecord(
                record.getName().toString(true),
                Type.string(record.getType()),
                record.getTTL(),
                record.rdataToString());
    }

    private static List<Record> records(String text, Name origin) {
        if (text.length() > TEXT_MAX) {
            throw new BadZone("text", "has " + text.length() + " characters", "at most " + TEXT_MAX);
        }
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                throw new BadZone(
                        "line " + line, "is not ASCII", "write names as A-labels (xn--…) and other octets as \\ddd");
            }
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        var records = new ArrayList<Record>();
        try (var master = new Master(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), origin, TTL)) {
            master.disableIncludes(true);
            for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
                if (record.getDClass() != DClass.IN) {
                    throw new BadZone(
                            "record " + record.getName() + " " + Type.string(record.getType()),
                            "is of class " + DClass.string(record.getDClass()),
                            "write IN");
                }
                if (records.size() == Zone.RECORDS_MAX) {
                    throw new BadZone("text", "makes too many records", "at most " + Zone.RECORDS_MAX);
                }
                records.add(record);
            }
            return records;
        } catch (BadZone known) {
            throw known;
        } catch (IOException | RuntimeException wrong) {
            throw bad(String.valueOf(wrong.getMessage()));
        }
    }

    private static BadZone bad(String message) {
        var placed = PLACED.matcher(message);
        return placed.matches()
                ? new BadZone("line " + placed.group(1), placed.group(2), "write it as in a zone file (RFC 1035 §5)")
                : new BadZone("text", message, "write it as in a zone file (RFC 1035 §5)");
    }

    /// A zone that has no SOA of its own is given the one that its servers tell.
    public static String write(Zone zone) {
        var domain = Domain.of(zone);
        var text = new StringBuilder();
        text.append("$ORIGIN ")
                .append(domain.origin())
                .append("\n$TTL ")
                .append(TTL)
                .append('\n');
        write(domain.soa(), domain.origin(), text);
        for (var record : domain.inOrder()) {
            if (!(record instanceof SOARecord)) {
                write(record, domain.origin(), text);
            }
        }
        return text.toString();
    }

    /// As [#readAll] takes it.
    public static String write(List<Zone> zones) {
        return String.join("\n", zones.stream().map(MasterFile::write).toList());
    }

    private static void write(Record record, Name origin, StringBuilder text) {
        var owner = record.getName().equals(origin)
                ? "@"
                : record.getName().relativize(origin).toString();
        text.append(String.format(
                Locale.ROOT,
                "%-24s %7d IN %-6s %s\n",
                owner,
                record.getTTL(),
                Type.string(record.getType()),
                record.rdataToString()));
    }
}
