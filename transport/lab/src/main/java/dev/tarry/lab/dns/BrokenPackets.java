package dev.tarry.lab.dns;

import dev.tarry.lab.dns.Sending.Parcel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// Octets that are no good DNS message, made by hand from those of a good one (RFC 1035 §4.1), which has one question,
/// uncompressed. Holds nothing.
final class BrokenPackets {
    private static final int FLAGS = 2;
    private static final int COUNTS = 4;
    private static final int ANSWER_COUNT = 6;
    private static final int ADDITIONAL_COUNT = 10;

    /// Type, class, TTL and RDLENGTH of a record.
    private static final int RECORD_OCTETS = 10;

    private static final int TTL = 4;
    private static final int RDLENGTH = 8;

    /// An OPT record without options: the root, and the above.
    private static final int OPT_OCTETS = 1 + RECORD_OCTETS;

    private static final int POINTER = 0xc000;
    private static final int GARBAGE_OCTETS = 48;
    private static final int MISSING_RECORDS = 5;

    private BrokenPackets() {}

    static List<Parcel> wrongId(byte[] truth) {
        return one(withId(truth, id(truth) + 1));
    }

    /// Another letter in the name asked for, and so in all records that point to it; for the root, another type.
    static List<Parcel> wrongQuestion(byte[] truth) {
        var octets = truth.clone();
        int at = Packets.HEADER_OCTETS + 1;
        if (octets[Packets.HEADER_OCTETS] == 0) {
            octets[at + 1] ^= 0x10;
        } else {
            octets[at] = (byte) ((octets[at] | 0x20) == 'x' ? 'y' : 'x');
        }
        return one(octets);
    }

    static List<Parcel> wrongSource(byte[] truth) {
        return List.of(new Parcel(truth, true));
    }

    /// "No such name" under other ids, then the truth.
    static List<Parcel> stray(byte[] truth, int count) {
        var parcels = new ArrayList<Parcel>();
        var no = Arrays.copyOf(truth, questionEnd(truth));
        Arrays.fill(no, ANSWER_COUNT, Packets.HEADER_OCTETS, (byte) 0);
        no[FLAGS + 1] = (byte) ((no[FLAGS + 1] & 0xf0) | Rcode.NXDOMAIN);
        for (int i = 1; i <= count; i++) {
            parcels.add(Parcel.here(withId(no, id(truth) + i)));
        }
        parcels.add(Parcel.here(truth));
        return parcels;
    }

    /// The id is right, and nothing else.
    static List<Parcel> garbage(byte[] truth) {
        var octets = new byte[GARBAGE_OCTETS];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (0xff - 7 * i);
        }
        return one(withId(octets, id(truth)));
    }

    static List<Parcel> empty() {
        return one(new byte[0]);
    }

    static List<Parcel> counts(byte[] truth) {
        var octets = truth.clone();
        put16(octets, ANSWER_COUNT, get16(octets, ANSWER_COUNT) + MISSING_RECORDS);
        return one(octets);
    }

    /// The first record of an answer without any is made up.
    static List<Parcel> lengths(byte[] truth) {
        var octets =
                firstRecord(truth).isPresent() ? truth.clone() : withRecord(truth, POINTER | Packets.HEADER_OCTETS);
        int record = afterName(octets, firstRecord(octets).orElseThrow());
        put16(octets, record + RDLENGTH, 0xffff);
        return one(octets);
    }

    /// @param seconds the time to live of all records, any 32 bits
    static List<Parcel> ttl(byte[] truth, long seconds) {
        var octets = truth.clone();
        int record = questionEnd(octets);
        int records = get16(octets, ANSWER_COUNT) + get16(octets, ANSWER_COUNT + 2) + get16(octets, ADDITIONAL_COUNT);
        for (int i = 0; i < records; i++) {
            int at = afterName(octets, record);
            if (get16(octets, at) != Type.OPT) {
                put16(octets, at + TTL, (int) (seconds >> 16));
                put16(octets, at + TTL + 2, (int) seconds);
            }
            record = at + RECORD_OCTETS + get16(octets, at + RDLENGTH);
        }
        return one(octets);
    }

    /// Nothing but a record whose owner is where it stands.
    static List<Parcel> compression(byte[] truth) {
        return one(withRecord(truth, POINTER | questionEnd(truth)));
    }

    /// The last record is an OPT without options: it gets one that is longer than the packet.
    static List<Parcel> garbledOpt(byte[] truth) {
        var option = new byte[] {0, 10, (byte) 0xff, (byte) 0xff};
        var octets = Arrays.copyOf(truth, truth.length + option.length);
        put16(octets, truth.length - 2, option.length);
        System.arraycopy(option, 0, octets, truth.length, option.length);
        return one(octets);
    }

    /// As from somebody who has not heard of EDNS. The last record is an OPT without options.
    static List<Parcel> withoutOpt(byte[] truth) {
        var octets = Arrays.copyOf(truth, truth.length - OPT_OCTETS);
        put16(octets, ADDITIONAL_COUNT, get16(octets, ADDITIONAL_COUNT) - 1);
        return one(octets);
    }

    static List<Parcel> cut(byte[] truth) {
        var octets = truth.clone();
        octets[FLAGS] |= 0x02;
        return one(octets);
    }

    private static List<Parcel> one(byte[] octets) {
        return List.of(Parcel.here(octets));
    }

    /// The question with one record in answer, without data.
    ///
    /// @param owner a compression pointer
    private static byte[] withRecord(byte[] truth, int owner) {
        int end = questionEnd(truth);
        var octets = Arrays.copyOf(truth, end + 2 + RECORD_OCTETS);
        Arrays.fill(octets, end, octets.length, (byte) 0);
        Arrays.fill(octets, ANSWER_COUNT, Packets.HEADER_OCTETS, (byte) 0);
        put16(octets, ANSWER_COUNT, 1);
        put16(octets, end, owner);
        System.arraycopy(truth, end - 4, octets, end + 2, 4); // type and class as asked
        return octets;
    }

    private static Optional<Integer> firstRecord(byte[] octets) {
        return get16(octets, ANSWER_COUNT) + get16(octets, ANSWER_COUNT + 2) > 0
                ? Optional.of(questionEnd(octets))
                : Optional.empty();
    }

    private static int questionEnd(byte[] octets) {
        return get16(octets, COUNTS) == 0 ? Packets.HEADER_OCTETS : afterName(octets, Packets.HEADER_OCTETS) + 4;
    }

    private static int afterName(byte[] octets, int at) {
        int label = at;
        while ((octets[label] & 0xc0) == 0 && octets[label] != 0) {
            label += 1 + octets[label];
        }
        return octets[label] == 0 ? label + 1 : label + 2;
    }

    private static byte[] withId(byte[] octets, int id) {
        var other = octets.clone();
        put16(other, 0, id);
        return other;
    }

    private static int id(byte[] octets) {
        return get16(octets, 0);
    }

    private static int get16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    private static void put16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }
}
