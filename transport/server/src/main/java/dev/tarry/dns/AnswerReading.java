package dev.tarry.dns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a message says about the name and type asked for. Only records on the chain of aliases that begins at the
/// question count; whatever else the message carries is not looked at, except to doubt it: that something does not
/// exist is believed only of a message that is whole, and whose answers, if it has any, lead there. A damaged answer
/// would bounce good mail else.
sealed interface AnswerReading {
    /// @param owner      where the chain ends
    /// @param ttlSeconds the least of the records and the aliases to them
    record Found(Name owner, List<Record> records, long ttlSeconds) implements AnswerReading {}

    /// The chain leads on to a name of which the message says nothing.
    record Alias(Name target, int steps, long ttlSeconds) implements AnswerReading {}

    /// The name exists and has no such record.
    ///
    /// @param ttlSeconds how long that may be remembered (RFC 2308 §5); 0: not at all
    record NoRecords(Name owner, long ttlSeconds) implements AnswerReading {}

    /// NXDOMAIN, for the name or for what it is an alias of.
    ///
    /// @param ttlSeconds as of [NoRecords]
    record NoName(Name owner, long ttlSeconds) implements AnswerReading {}

    /// The aliases go round, or on for too long.
    record AliasLoop(Name at) implements AnswerReading {}

    /// No answer, though it looks like one.
    record Bad(String detail) implements AnswerReading {}

    /// @param stepsBefore aliases already followed to get to this question
    /// @param whole       whether nothing stood behind the message's end
    static AnswerReading read(Message message, DnsQuestion question, int stepsBefore, boolean whole) {
        List<Record> answer = message.getSection(Section.ANSWER);
        Set<Name> seen = new HashSet<>();
        Name at = question.name();
        long ttl = Long.MAX_VALUE;
        int steps = stepsBefore;
        while (true) {
            if (!seen.add(at) || steps > LookupSettings.MAX_ALIAS_STEPS) {
                return new AliasLoop(at);
            }
            List<Record> records = of(answer, at, question.type());
            if (!records.isEmpty()) {
                if (message.getRcode() != Rcode.NOERROR) {
                    return new Bad(Rcode.string(message.getRcode()) + " with records");
                }
                return new Found(at, records, Math.min(ttl, leastTtl(records)));
            }
            List<Record> aliases = of(answer, at, Type.CNAME);
            if (aliases.isEmpty()) {
                break;
            }
            ttl = Math.min(ttl, leastTtl(aliases));
            at = ((CNAMERecord) aliases.getFirst()).getTarget();
            steps++;
        }
        boolean aliased = steps > stepsBefore;
        if (message.getRcode() == Rcode.NOERROR && aliased) {
            return new Alias(at, steps, ttl);
        }
        if (aliased ? !answer.stream().allMatch(AnswerReading::ofAliases) : !answer.isEmpty()) {
            return new Bad("answers to another question");
        }
        if (!whole) {
            return new Bad("octets behind its end");
        }
        long negative = Math.min(ttl, negativeTtl(message, at));
        if (message.getRcode() == Rcode.NXDOMAIN) {
            return new NoName(at, negative);
        }
        return referral(message) ? new Bad("a referral to other servers, no answer") : new NoRecords(at, negative);
    }

    /// What may stand in an answer that only leads to a name that does not exist.
    private static boolean ofAliases(Record record) {
        return switch (record.getType()) {
            case Type.CNAME, Type.DNAME, Type.RRSIG -> true;
            default -> false;
        };
    }

    /// RFC 2308 §5: the lesser of the SOA record's TTL and its MINIMUM; a message without one is not kept.
    private static long negativeTtl(Message message, Name name) {
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa
                    && record.getDClass() == DClass.IN
                    && name.subdomain(record.getName())) {
                return Math.min(leastTtl(List.of(soa)), soa.getMinimum());
            }
        }
        return 0;
    }

    private static List<Record> of(List<Record> section, Name owner, int type) {
        List<Record> records = new ArrayList<>();
        for (Record record : section) {
            if (record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(owner)) {
                records.add(record);
            }
        }
        return records;
    }

    /// RFC 2181 §8: a TTL with the highest bit set counts as 0.
    private static long leastTtl(List<Record> records) {
        long least = Long.MAX_VALUE;
        for (Record record : records) {
            long ttl = record.getTTL();
            least = Math.min(least, ttl > Integer.MAX_VALUE ? 0 : Math.max(0, ttl));
        }
        return least;
    }

    /// A server that does not recurse points elsewhere; taking that for "no such record" would bounce good mail.
    private static boolean referral(Message message) {
        boolean servers = false;
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record.getType() == Type.SOA) {
                return false;
            }
            servers |= record.getType() == Type.NS;
        }
        return servers && !message.getHeader().getFlag(Flags.AA);
    }
}
