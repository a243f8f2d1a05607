package dev.tarry.admin;

import dev.tarry.host.NameAnswer;
import dev.tarry.host.NameCache;
import dev.tarry.host.NameClient;
import dev.tarry.host.NameRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// DNS records in the words of Windows' DNS client (reference §12.3).
final class RecordBags {
    private RecordBags() {}

    /// `Name`, `Type`, `TTL`, `Section`, `DataLength`, `Data`, `Fields`: what Windows calls the parts of such records.
    static SequencedMap<String, Object> of(NameRecord one) {
        Record record = one.record();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Name", NameClient.text(record.getName()));
        bag.put("Type", Type.string(record.getType()));
        bag.put("TTL", one.ttlSeconds());
        bag.put("Section", one.section().word());
        bag.put("DataLength", record.rdataToWireCanonical().length);
        bag.put("Data", data(record));
        bag.put("Fields", fields(record));
        return bag;
    }

    private static SequencedMap<String, Object> fields(Record record) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        switch (record) {
            case ARecord a -> fields.put("IP4Address", NameClient.text(a.getAddress()));
            case AAAARecord a -> fields.put("IP6Address", NameClient.text(a.getAddress()));
            case MXRecord mx -> {
                fields.put("NameExchange", text(mx.getTarget()));
                fields.put("Preference", mx.getPriority());
            }
            case CNAMERecord alias -> fields.put("NameHost", text(alias.getTarget()));
            case NSRecord server -> fields.put("NameHost", text(server.getTarget()));
            case PTRRecord host -> fields.put("NameHost", text(host.getTarget()));
            case SOARecord zone -> {
                fields.put("NameAdministrator", text(zone.getAdmin()));
                fields.put("PrimaryServer", text(zone.getHost()));
                fields.put("SerialNumber", zone.getSerial());
                fields.put("TimeToZoneRefresh", zone.getRefresh());
                fields.put("TimeToZoneFailureRetry", zone.getRetry());
                fields.put("TimeToExpiration", zone.getExpire());
                fields.put("DefaultTTL", zone.getMinimum());
            }
            case TXTRecord text -> fields.put("Strings", List.copyOf(text.getStrings()));
            case SRVRecord service -> {
                fields.put("NameTarget", text(service.getTarget()));
                fields.put("Priority", service.getPriority());
                fields.put("Weight", service.getWeight());
                fields.put("Port", service.getPort());
            }
            default -> fields.put("Data", record.rdataToString());
        }
        return fields;
    }

    private static String text(Name name) {
        return NameClient.text(name);
    }

    /// As the cache's listing has it: the name or address that it leads to.
    private static String data(Record record) {
        return switch (record) {
            case ARecord a -> NameClient.text(a.getAddress());
            case AAAARecord a -> NameClient.text(a.getAddress());
            case MXRecord mx -> text(mx.getTarget());
            case CNAMERecord alias -> text(alias.getTarget());
            case NSRecord server -> text(server.getTarget());
            case PTRRecord host -> text(host.getTarget());
            default -> record.rdataToString();
        };
    }

    /// A bag for each record of an answer; of what does not exist one without data.
    static List<SequencedMap<String, Object>> remembered(NameCache.Listed listed) {
        NameAnswer answer = listed.answer();
        List<SequencedMap<String, Object>> bags = new ArrayList<>();
        if (answer.status() != NameAnswer.Status.SUCCESS) {
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("Entry", listed.entry());
            bag.put("Name", null);
            bag.put("Type", listed.type());
            bag.put("Status", answer.status() == NameAnswer.Status.NAME_ERROR ? "NotExist" : "NoRecords");
            bag.put("Section", null);
            bag.put("TimeToLive", listed.left().plusNanos(999_999_999).toSeconds());
            bag.put("DataLength", null);
            bag.put("Data", null);
            return List.of(bag);
        }
        for (NameRecord record : answer.records()) {
            SequencedMap<String, Object> whole = of(record);
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("Entry", listed.entry());
            bag.put("Name", whole.get("Name"));
            bag.put("Type", whole.get("Type"));
            bag.put("Status", "Success");
            bag.put("Section", whole.get("Section"));
            bag.put("TimeToLive", record.ttlSeconds());
            bag.put("DataLength", whole.get("DataLength"));
            bag.put("Data", whole.get("Data"));
            bags.add(bag);
        }
        return bags;
    }
}
