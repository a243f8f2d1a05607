package dev.tarry.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name and a type, class IN.
///
/// @param recursive whether the server is to ask others on our behalf
record DnsQuestion(Name name, int type, boolean recursive) {
    /// What we say we can take in one datagram: fits an unfragmented packet nearly everywhere (RFC 6891 §6.2.5).
    static final int EDNS_PAYLOAD_OCTETS = 1232;

    private static final int SHORTEST_MESSAGE_OCTETS = 12;

    /// As a stub resolver asks.
    DnsQuestion(Name name, int type) {
        this(name, type, true);
    }

    byte[] query(int id, boolean edns) {
        Message message = new Message(id);
        message.getHeader().setOpcode(Opcode.QUERY);
        if (recursive) {
            message.getHeader().setFlag(Flags.RD);
        }
        message.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        if (edns) {
            message.addRecord(new OPTRecord(EDNS_PAYLOAD_OCTETS, 0, 0), Section.ADDITIONAL);
        }
        return message.toWire();
    }

    /// What an octet string is to this question.
    sealed interface Reading {
        /// Somebody else's: a stray, or an attempt at spoofing. To be ignored.
        record Foreign() implements Reading {}

        /// Under our id, but broken or about something else.
        record Broken(String detail) implements Reading {}

        /// @param whole whether nothing stands behind the message's end
        record Ours(Message message, boolean whole) implements Reading {}
    }

    /// Reads what came back for the query with this id (RFC 5452 §9.1: id and question must match).
    Reading read(byte[] octets, int id) {
        if (octets.length < 2 || (((octets[0] & 0xff) << 8) | (octets[1] & 0xff)) != id) {
            return new Reading.Foreign();
        }
        if (octets.length < SHORTEST_MESSAGE_OCTETS) {
            return new Reading.Broken("only " + octets.length + " octets");
        }
        Message message;
        try {
            message = new Message(octets);
        } catch (java.io.IOException | RuntimeException e) {
            // dnsjava says some things about damaged messages by unchecked exceptions
            return new Reading.Broken("not a DNS message: " + Printable.text(String.valueOf(e.getMessage())));
        }
        Header header = message.getHeader();
        if (!header.getFlag(Flags.QR) || header.getOpcode() != Opcode.QUERY) {
            return new Reading.Broken("not a response");
        }
        Record asked = message.getQuestion();
        boolean whole = message.numBytes() == octets.length;
        if (asked == null) {
            // servers that cannot read a query often leave the question out of their complaint
            return isAnswer(message)
                    ? new Reading.Broken("an answer without the question")
                    : new Reading.Ours(message, whole);
        }
        if (header.getCount(Section.QUESTION) != 1
                || asked.getType() != type
                || asked.getDClass() != DClass.IN
                || !asked.getName().equals(name)) {
            return new Reading.Broken("an answer to another question");
        }
        return new Reading.Ours(message, whole);
    }

    /// Whether the response says something about the name; everything else is the server's own trouble.
    static boolean isAnswer(Message message) {
        return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
    }

    String typeName() {
        return Type.string(type);
    }

    /// `gmail.com MX`.
    @Override
    public String toString() {
        return name.toString(true) + " " + typeName();
    }
}
