package dev.tarry.lab.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// True answers with other records in them. Holds nothing.
final class FalseRecords {
    /// The made-up hosts are the last resort, so that who sorts finds the true ones.
    private static final int LAST_PREFERENCE = 65_535;

    /// Whose names are poisoned, besides those of the truth.
    private static final List<Name> OTHERS = List.of(
            Name.fromConstantString("gmail.com."),
            Name.fromConstantString("gmail-smtp-in.l.google.com."),
            Name.fromConstantString("outlook.com."));

    private static final InetAddress WRONG = InetAddress.ofLiteral(MadeUpNames.NOBODY);

    private FalseRecords() {}

    /// The same with other records in answer, and no address of a host that nothing names any more.
    static Reply.Answered with(Reply.Answered truth, List<Record> records) {
        var named = AdditionalAddresses.hosts(records);
        named.addAll(AdditionalAddresses.hosts(truth.referral()));
        return new Reply.Answered(
                truth.authoritative(),
                truth.rcode(),
                records,
                truth.soa(),
                truth.referral(),
                truth.additional().stream()
                        .filter(address -> named.contains(address.getName()))
                        .toList(),
                truth.recursive());
    }

    /// @param seconds at most [TTL#MAX_VALUE]
    static Reply.Answered ttl(Reply.Answered truth, long seconds) {
        return new Reply.Answered(
                truth.authoritative(),
                truth.rcode(),
                lasting(truth.records(), seconds),
                truth.soa().map(soa -> copy(soa, soa.getName(), seconds)),
                lasting(truth.referral(), seconds),
                lasting(truth.additional(), seconds),
                truth.recursive());
    }

    private static List<Record> lasting(List<? extends Record> records, long seconds) {
        return records.stream()
                .map(record -> copy(record, record.getName(), seconds))
                .toList();
    }

    /// @param ttl seconds, at most [TTL#MAX_VALUE]
    static Record copy(Record record, Name owner, long ttl) {
        return Record.newRecord(owner, record.getType(), record.getDClass(), ttl, record.rdataToWireCanonical());
    }

    /// The truth first, then records of its kind until there are so many. Only of kinds of which there may be many.
    static Reply.Answered many(Reply.Answered truth, int type, int count) {
        if (truth.records().isEmpty() || truth.records().getLast().getType() != type) {
            return truth;
        }
        var filler = filler(truth.records().getLast().getName(), type);
        if (filler.isEmpty()) {
            return truth;
        }
        var records = new ArrayList<>(truth.records());
        long there = records.stream().filter(record -> record.getType() == type).count();
        for (int i = 0; i < count - there; i++) {
            records.add(filler.get().apply(i));
        }
        return with(truth, records);
    }

    private static Optional<IntFunction<Record>> filler(Name owner, int type) {
        return Optional.ofNullable(
                switch (type) {
                    case Type.MX ->
                        i -> new MXRecord(owner, DClass.IN, MadeUpNames.TTL_SECONDS, LAST_PREFERENCE, nobody(i));
                    case Type.NS -> i -> new NSRecord(owner, DClass.IN, MadeUpNames.TTL_SECONDS, nobody(i));
                    case Type.PTR -> i -> new PTRRecord(owner, DClass.IN, MadeUpNames.TTL_SECONDS, nobody(i));
                    case Type.TXT -> i -> new TXTRecord(owner, DClass.IN, MadeUpNames.TTL_SECONDS, "one of many: " + i);
                    // addresses for benchmarks, which nobody has (RFC 2544, RFC 5180)
                    case Type.A ->
                        i -> new ARecord(
                                owner,
                                DClass.IN,
                                MadeUpNames.TTL_SECONDS,
                                address("198.18." + (i >> 8) + "." + (i & 255)));
                    case Type.AAAA ->
                        i -> new AAAARecord(
                                owner,
                                DClass.IN,
                                MadeUpNames.TTL_SECONDS,
                                address("2001:2::" + Integer.toHexString(i)));
                    default -> null;
                });
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private static Name nobody(int i) {
        return Name.fromConstantString("many-" + i + "." + MadeUpNames.ZONE);
    }

    /// One MX instead of what is true.
    static Reply.Answered mx(Reply.Answered truth, Name owner, int preference, Name host) {
        return new Reply.Answered(
                truth.authoritative(),
                Rcode.NOERROR,
                List.of(new MXRecord(owner, DClass.IN, MadeUpNames.TTL_SECONDS, preference, host)),
                Optional.empty(),
                List.of(),
                List.of(),
                truth.recursive());
    }

    /// Each true host under an alias; a domain without MX under one of its own.
    static Reply.Answered mxToAliases(Reply.Answered truth, Name owner) {
        if (truth.records().stream().noneMatch(MXRecord.class::isInstance)) {
            return MadeUpNames.aliasOf(owner)
                    .map(alias -> mx(truth, owner, 10, alias))
                    .orElse(truth);
        }
        return with(
                truth,
                truth.records().stream()
                        .map(record -> record instanceof MXRecord mx ? toAlias(mx) : record)
                        .toList());
    }

    private static Record toAlias(MXRecord mx) {
        return MadeUpNames.aliasOf(mx.getTarget())
                .<Record>map(alias ->
                        new MXRecord(mx.getName(), DClass.IN, MadeUpNames.TTL_SECONDS, mx.getPriority(), alias))
                .orElse(mx);
    }

    /// Wrong addresses beside the truth: in the answer for a name that nobody asked for, in the additional section for
    /// the hosts that the truth names, instead of their own, and for others.
    static Reply.Answered poisoned(Reply.Answered truth, Name asked) {
        var answer = new ArrayList<>(truth.records());
        var beside = new ArrayList<>(truth.referral().isEmpty() ? List.of() : truth.additional());
        for (var record : truth.records()) {
            if (record instanceof MXRecord mx && !mx.getTarget().equals(Name.root)) {
                beside.add(wrong(mx.getTarget()));
            }
        }
        for (var other : OTHERS) {
            if (!other.equals(asked)) {
                (answer.size() == truth.records().size() ? answer : beside).add(wrong(other));
            }
        }
        return new Reply.Answered(
                truth.authoritative(), truth.rcode(), answer, truth.soa(), truth.referral(), beside, truth.recursive());
    }

    private static Record wrong(Name host) {
        return new ARecord(host, DClass.IN, MadeUpNames.TTL_SECONDS, WRONG);
    }
}
