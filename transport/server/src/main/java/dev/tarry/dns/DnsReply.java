package dev.tarry.dns;

import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// What became of one query to one server.
public sealed interface DnsReply {
    /// NOERROR or NXDOMAIN: the question's answer, checked against the question.
    ///
    /// @param whole whether nothing stood behind the message's end
    record Answer(Message message, boolean whole) implements DnsReply {}

    /// The server answered that it cannot or will not: SERVFAIL, REFUSED, FORMERR, NOTIMP …
    record ServerFailure(int rcode) implements DnsReply {}

    /// Nothing in time.
    record NoAnswer() implements DnsReply {}

    /// It could not be asked: port unreachable, refused, connection lost, or not allowed to be dialled.
    record Unreachable(String detail) implements DnsReply {}

    /// What came was not an answer to the question, or no DNS message at all.
    record Malformed(String detail) implements DnsReply {}

    /// The answer did not fit into a datagram and TCP is not allowed.
    record Truncated() implements DnsReply {}

    /// One word or a few, for journal and logs.
    default String outcome() {
        return switch (this) {
            case Answer(var message, var _) ->
                Rcode.string(message.getRcode()) + ", "
                        + message.getSection(org.xbill.DNS.Section.ANSWER).size() + " records";
            case ServerFailure(var rcode) -> Rcode.string(rcode);
            case NoAnswer _ -> "no answer";
            case Unreachable(var detail) -> "unreachable: " + detail;
            case Malformed(var detail) -> "malformed: " + detail;
            case Truncated _ -> "truncated, and TCP is not allowed";
        };
    }
}
