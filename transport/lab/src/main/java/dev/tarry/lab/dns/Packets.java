package dev.tarry.lab.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Octets to questions, replies to octets. Holds nothing; whatever the octets are, it answers or stays silent.
final class Packets {
    static final int HEADER_OCTETS = 12;
    static final int TCP_OCTETS_MAX = 65_535;

    /// Without EDNS (RFC 1035 §4.2.1).
    static final int PLAIN_UDP_OCTETS = 512;

    /// What the lab says it takes, and the most it sends, over UDP.
    static final int UDP_OCTETS_MAX = 4_096;

    private static final long ANY_TTL = 3_600;

    private Packets() {}

    /// What a packet turned out to be.
    sealed interface Read {
        record Asked(Question question) implements Read {}

        /// No question to look up: this is the answer to it.
        ///
        /// @param name what was asked, as far as it could be understood
        /// @param rcode for people
        record Answer(byte[] octets, String name, String type, int rcode) implements Read {}

        /// Not worth an answer: too short to have an id, or an answer itself (two servers must not talk for ever).
        record Noise() implements Read {}
    }

    static Read read(byte[] octets) {
        if (octets.length < HEADER_OCTETS || (octets[2] & 0x80) != 0) {
            return new Read.Noise();
        }
        Message message;
        try {
            message = new Message(octets);
        } catch (IOException | RuntimeException _) {
            return bare(octets, Rcode.FORMERR);
        }
        if (message.getHeader().getOpcode() != Opcode.QUERY) {
            return bare(octets, Rcode.NOTIMP);
        }
        var question = message.getQuestion();
        if (question == null || message.getHeader().getCount(Section.QUESTION) != 1) {
            return bare(octets, Rcode.FORMERR);
        }
        var asked = new Question(message, question.getName(), question.getType());
        var opt = message.getOPT();
        if (opt != null && opt.getVersion() > 0) {
            return refusal(asked, Rcode.BADVERS);
        }
        if (question.getDClass() != DClass.IN || asked.type() == Type.AXFR || asked.type() == Type.IXFR) {
            return refusal(asked, Rcode.REFUSED);
        }
        return new Read.Asked(asked);
    }

    /// @param octetsMax past it the additional records are left out, set by set (RFC 2181 §9); where that is not
    /// enough,
    ///     the answer is cut and says so
    static byte[] write(Question question, Reply.Answered reply, int octetsMax) {
        var message = new Message(question.message().getHeader().getID());
        var header = message.getHeader();
        header.setFlag(Flags.QR);
        if (reply.recursive()) {
            header.setFlag(Flags.RA);
        }
        if (question.message().getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        if (question.message().getHeader().getFlag(Flags.CD)) {
            header.setFlag(Flags.CD);
        }
        if (reply.authoritative()) {
            header.setFlag(Flags.AA);
        }
        header.setRcode(reply.rcode() & 0xf);
        message.addRecord(question.message().getQuestion(), Section.QUESTION);
        for (var record : reply.records()) {
            message.addRecord(record, Section.ANSWER);
        }
        reply.soa().ifPresent(soa -> message.addRecord(soa, Section.AUTHORITY));
        reply.referral().forEach(server -> message.addRecord(server, Section.AUTHORITY));
        reply.additional().forEach(address -> message.addRecord(address, Section.ADDITIONAL));
        var opt = question.message().getOPT();
        if (opt != null) {
            boolean dnssec = (opt.getFlags() & ExtendedFlags.DO) != 0;
            message.addRecord(
                    new OPTRecord(UDP_OCTETS_MAX, reply.rcode() >> 4, 0, dnssec ? ExtendedFlags.DO : 0),
                    Section.ADDITIONAL);
        }
        return message.toWire(octetsMax);
    }

    /// How much the asker takes over UDP.
    static int udpOctetsMax(Question question) {
        var opt = question.message().getOPT();
        return opt == null ? PLAIN_UDP_OCTETS : Math.clamp(opt.getPayloadSize(), PLAIN_UDP_OCTETS, UDP_OCTETS_MAX);
    }

    static boolean cut(byte[] answer) {
        return (answer[2] & 0x02) != 0;
    }

    /// The answer to "anything at all": one record that says that one does not ask so (RFC 8482 §4.2).
    static Reply.Answered anything(Name name) {
        Record hinfo = new HINFORecord(name, DClass.IN, ANY_TTL, "RFC8482", "");
        return new Reply.Answered(false, Rcode.NOERROR, List.of(hinfo), Optional.empty());
    }

    private static Read refusal(Question question, int rcode) {
        var octets = write(question, Reply.failed(rcode), PLAIN_UDP_OCTETS);
        return new Read.Answer(octets, question.nameText(), question.typeText(), rcode);
    }

    /// A header alone, made by hand: what came could not be understood, so nothing of it is repeated but id, opcode
    /// and RD.
    private static Read bare(byte[] octets, int rcode) {
        var answer = new byte[HEADER_OCTETS];
        answer[0] = octets[0];
        answer[1] = octets[1];
        answer[2] = (byte) (0x80 | (octets[2] & 0x79));
        answer[3] = (byte) (0x80 | rcode);
        return new Read.Answer(answer, "", "", rcode);
    }
}
