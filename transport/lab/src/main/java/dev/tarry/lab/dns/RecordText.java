package dev.tarry.lab.dns;

import java.io.IOException;
import java.net.IDN;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Turns the plain words of zones into records, with errors that say where and why.
final class RecordText {
    static final Name ARPA = Name.fromConstantString("arpa.");
    private static final long SOA_TTL = 3_600;
    private static final long NEGATIVE_TTL = 300;

    private RecordText() {}

    /// @throws BadZone if it is no domain name
    static Name name(String text, String where) {
        try {
            if (text.isBlank()) {
                throw new BadZone(where, "the name is empty", "a domain name is needed");
            }
            if (!ascii(text)) {
                throw new BadZone(where, "'" + text + "' is not ASCII", "DNS has it as " + aLabels(text));
            }
            return Name.fromString(text, Name.root);
        } catch (TextParseException notAName) {
            throw new BadZone(where, "'" + text + "' is not a domain name", "write one such as mail.fabrikam.com");
        }
    }

    /// @throws BadZone if name, type or data are wrong
    static Record parse(ZoneRecord plain, Name origin) {
        var where = "record " + plain.name() + " " + plain.type() + " in zone " + origin.toString(true);
        var owner = owner(plain.name(), origin, where);
        int type = Type.value(plain.type(), true);
        if (type <= 0 || type == Type.ANY || type == Type.OPT || type == Type.AXFR || type == Type.IXFR) {
            throw new BadZone(
                    where, "'" + plain.type() + "' is no type of record", "write one such as MX, A, AAAA, CNAME, TXT");
        }
        if (!ascii(plain.data())) {
            throw new BadZone(
                    where,
                    "the data '" + plain.data() + "' are not ASCII",
                    "write names as A-labels, such as " + aLabels("bücher.de") + ", and octets of texts as \\ddd");
        }
        try {
            return Record.fromString(owner, type, DClass.IN, plain.ttl(), plain.data(), Name.root);
        } catch (IOException | RuntimeException wrong) {
            throw new BadZone(
                    where,
                    "the data '" + plain.data() + "' do not fit (" + unplaced(wrong.getMessage()) + ")",
                    "write them as in a zone file, such as 10 mail.fabrikam.com for an MX");
        }
    }

    /// Whether two owners are one, `@` being the zone's own name.
    static boolean sameName(String one, String other, Name origin) {
        return owner(one, origin, "name " + one).equals(owner(other, origin, "name " + other));
    }

    /// Whether a record has these data, however they are written.
    static boolean sameData(ZoneRecord record, String data, Name origin) {
        try {
            return parse(record, origin)
                    .equals(parse(new ZoneRecord(record.name(), record.type(), record.ttl(), data), origin));
        } catch (BadZone _) {
            return false; // data of another type
        }
    }

    private static Name owner(String text, Name origin, String where) {
        return text.equals("@") ? origin : name(text, where);
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /// RFC 5890 §2.3.2.1, as far as the JDK knows it.
    private static String aLabels(String text) {
        try {
            return IDN.toASCII(text);
        } catch (IllegalArgumentException _) {
            return "an A-label (xn--…)";
        }
    }

    /// Without the line that dnsjava counts, which is always the first.
    private static String unplaced(String message) {
        return String.valueOf(message).replaceFirst("^<[^>]*>:1: ", "");
    }

    /// The SOA of a zone that brings none.
    static Record soa(Name origin) {
        return new SOARecord(
                origin,
                DClass.IN,
                SOA_TTL,
                shortEnough("ns1", origin),
                shortEnough("hostmaster", origin),
                2_026_010_101L,
                3_600,
                600,
                1_209_600,
                NEGATIVE_TTL);
    }

    /// The SOA as it goes with a "no", which holds for the smaller of two times (RFC 2308 §3).
    static Record negative(Record record) {
        if (!(record instanceof SOARecord soa) || soa.getTTL() <= soa.getMinimum()) {
            return record;
        }
        return Record.newRecord(
                soa.getName(), soa.getType(), soa.getDClass(), soa.getMinimum(), soa.rdataToWireCanonical());
    }

    static Record rootSoa() {
        return soa(Name.root);
    }

    /// The record of a wildcard, in the name of who asked.
    static Record renamed(Record record, Name name) {
        return Record.newRecord(
                name, record.getType(), record.getDClass(), record.getTTL(), record.rdataToWireCanonical());
    }

    /// A label under a name; falls back to the name when that would be too long for DNS.
    static Name under(Name label, Name origin) {
        try {
            return Name.concatenate(label, origin);
        } catch (NameTooLongException _) {
            return origin;
        }
    }

    private static Name shortEnough(String label, Name origin) {
        return under(Name.fromConstantString(label), origin);
    }
}
