package dev.tarry.dns;

import org.xbill.DNS.Rcode;

/// What became of one query to one server, in one word. The first four are answers; the others leave the question to
/// the next server.
public enum DnsOutcome {
    /// records, or an alias
    RECORDS,
    /// the name exists, such records do not
    NO_RECORDS,
    /// NXDOMAIN
    NO_NAME,
    /// aliases that go round
    ALIAS_LOOP,
    SERVFAIL,
    REFUSED,
    /// another error: FORMERR, NOTIMP …
    ERROR,
    /// nothing in time
    NO_ANSWER,
    /// it could not be asked
    UNREACHABLE,
    /// no answer to the question, or no DNS message at all
    MALFORMED,
    /// too large for a datagram, and TCP is not allowed
    TRUNCATED;

    /// Whether it says something about the name; else the next server is asked.
    public boolean answers() {
        return switch (this) {
            case RECORDS, NO_RECORDS, NO_NAME, ALIAS_LOOP -> true;
            case SERVFAIL, REFUSED, ERROR, NO_ANSWER, UNREACHABLE, MALFORMED, TRUNCATED -> false;
        };
    }

    /// @param reading of an answer; null if there was none
    static DnsOutcome of(DnsReply reply, AnswerReading reading) {
        return switch (reply) {
            case DnsReply.Answer _ -> of(reading);
            case DnsReply.ServerFailure(var rcode) ->
                switch (rcode) {
                    case Rcode.SERVFAIL -> SERVFAIL;
                    case Rcode.REFUSED -> REFUSED;
                    default -> ERROR;
                };
            case DnsReply.NoAnswer _ -> NO_ANSWER;
            case DnsReply.Unreachable _ -> UNREACHABLE;
            case DnsReply.Malformed _ -> MALFORMED;
            case DnsReply.Truncated _ -> TRUNCATED;
        };
    }

    private static DnsOutcome of(AnswerReading reading) {
        return switch (reading) {
            case AnswerReading.Found _, AnswerReading.Alias _ -> RECORDS;
            case AnswerReading.NoRecords _ -> NO_RECORDS;
            case AnswerReading.NoName _ -> NO_NAME;
            case AnswerReading.AliasLoop _ -> ALIAS_LOOP;
            case AnswerReading.Bad _ -> MALFORMED;
        };
    }
}
