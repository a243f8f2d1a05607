package dev.tarry.lab.fault;

import java.time.Duration;

/// What a DNS server does instead of answering truly. Whoever acts it out decides what it means for a question that
/// was forwarded rather than asked over a socket.
public sealed interface DnsEffect {
    /// Whether it means anything over this protocol; where it does not, it is not asked.
    ///
    /// @param protocol `udp` or `tcp`
    default boolean concerns(String protocol) {
        return !(this instanceof Truncate || this instanceof WrongSource) || protocol.equals("udp");
    }

    // ---- when the answer comes

    record NoAnswer() implements DnsEffect {}

    /// Answers truly, but later, in lab time.
    record Delay(Duration by) implements DnsEffect {
        public Delay {
            Spans.checked("by", by);
        }
    }

    // ---- another answer, in good order

    /// The response codes that say no to a question without looking at it (RFC 1035 §4.1.1).
    record ServFail() implements DnsEffect {}

    record Refused() implements DnsEffect {}

    record NotImp() implements DnsEffect {}

    record FormErr() implements DnsEffect {}

    record NxDomain() implements DnsEffect {}

    /// The name exists, and has nothing of the type asked for (RFC 2308 §2.2).
    record NoRecords() implements DnsEffect {}

    /// Points to others instead of answering, and is not authoritative: a delegation to somebody who knows nothing
    /// of it.
    record Lame() implements DnsEffect {}

    /// Over UDP an empty answer with TC set; over TCP the truth.
    record Truncate() implements DnsEffect {}

    /// Two names that are aliases of each other.
    record CnameLoop() implements DnsEffect {}

    /// So many aliases in a row before the truth.
    record CnameChain(int length) implements DnsEffect {
        static final int LENGTH_MAX = 1_000;

        public CnameChain {
            Bounds.checked("length", length, 1, LENGTH_MAX);
        }
    }

    /// The truth with another time to live.
    ///
    /// @param seconds any 32 bits: with the top bit set a resolver is to take it for 0 (RFC 2181 §8)
    record Ttl(long seconds) implements DnsEffect {
        public Ttl {
            Bounds.checked("seconds", seconds, 0, 0xffff_ffffL);
        }
    }

    /// Who is asked for MX names a host of no use.
    record Mx(MxTarget to) implements DnsEffect {}

    /// The truth, and after it others of the same kind, so many in all. Past what a datagram holds they come over TCP,
    /// past 64 KiB they are cut there too.
    record Many(int count) implements DnsEffect {
        static final int COUNT_MAX = 4_000;

        public Many {
            Bounds.checked("count", count, 2, COUNT_MAX);
        }
    }

    /// The truth, with records for names that nobody asked for beside it: wrong addresses for others' hosts.
    record Poison() implements DnsEffect {}

    /// A query with EDNS (RFC 6891) meets a server, or something before it, that cannot bear it; without, the truth.
    record Edns(EdnsFlaw how) implements DnsEffect {}

    // ---- octets that are no answer to the question

    record WrongId() implements DnsEffect {}

    record WrongQuestion() implements DnsEffect {}

    /// The true answer from another port; over TCP, where there is no such thing, the truth.
    record WrongSource() implements DnsEffect {}

    /// Stray datagrams with other ids, then the true answer. Over TCP: messages.
    record Stray(int count) implements DnsEffect {
        /// More could overflow the asker's socket, and the true answer would be lost among them.
        static final int COUNT_MAX = 50;

        public Stray {
            Bounds.checked("count", count, 1, COUNT_MAX);
        }
    }

    record Garbage() implements DnsEffect {}

    /// A datagram without octets; over TCP a message of length 0.
    record Empty() implements DnsEffect {}

    /// The header promises more records than there are.
    record Counts() implements DnsEffect {}

    /// RDLENGTH reaches past the end of the packet.
    record Lengths() implements DnsEffect {}

    /// A compression pointer that points at itself (RFC 1035 §4.1.4).
    record Compression() implements DnsEffect {}

    /// Where a useless MX leads.
    enum MxTarget implements Worded {
        /// An address in dotted form where a name belongs (RFC 5321 §5.1).
        ADDRESS,
        /// A name that is an alias (RFC 2181 §10.3).
        CNAME,
        /// A name that does not exist.
        NOWHERE,
        /// A name whose address is 127.0.0.1.
        LOOPBACK,
        /// The null MX: this domain takes no mail (RFC 7505).
        NULL,
        /// The server under test itself.
        SELF
    }

    /// How EDNS is not borne.
    enum EdnsFlaw implements Worded {
        FORMERR,
        NOTIMP,
        BADVERS,
        /// No answer.
        SILENT,
        /// An OPT record whose octets make no sense.
        GARBLED
    }
}
