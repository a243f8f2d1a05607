package dev.tarry.send;

import dev.tarry.mail.Envelope.BodyType;
import java.util.BitSet;
import java.util.Optional;

/// Looks through a message once, to see what a host has to be able to do to take it, and what would have to be altered
/// for one that cannot. Not thread-safe.
final class MimeSurvey extends MimeWalk {
    /// What is to become of the octets of an entity.
    enum Encoding {
        AS_IT_IS,
        QUOTED_PRINTABLE,
        BASE64
    }

    private final boolean binaryCounts;
    private final BodyType target;
    private final BitSet eightBit = new BitSet();
    private final BitSet binary = new BitSet();
    private boolean eightBitHead;
    private boolean eightBitFrame;
    private boolean lastWasCr;
    private long added;
    private long partOctets;
    private long partEights;
    private Optional<String> obstacle = Optional.empty();

    /// @param from   what it is declared to be: only of BINARYMIME are NUL and lone CR and LF meant to arrive
    /// @param target what it is to become
    MimeSurvey(BodyType from, BodyType target) {
        this.binaryCounts = from == BodyType.BINARY_MIME;
        this.target = target;
    }

    @Override
    void head(MimePart part, byte[] octets) {
        for (byte octet : octets) {
            eightBitHead |= octet < 0;
        }
        partOctets = 0;
        partEights = 0;
        lastWasCr = false;
    }

    @Override
    void content(MimePart part, byte[] octets, int length) {
        partOctets += length;
        for (int i = 0; i < length; i++) {
            byte octet = octets[i];
            if (octet < 0) {
                eightBit.set(part.number());
                partEights++;
            }
            if (octet == 0 || lastWasCr != (octet == '\n')) {
                binary.set(part.number());
            }
            lastWasCr = octet == '\r';
        }
    }

    @Override
    void contentEnd(MimePart part) {
        if (lastWasCr) {
            binary.set(part.number());
        }
        Encoding encoding = encoding(part);
        if (encoding != Encoding.AS_IT_IS && !part.encodable() && obstacle.isEmpty()) {
            obstacle = Optional.of(part.sealed() ? "a signed or encrypted part" : "a part of type " + shown(part));
        }
        added += switch (encoding) {
            case AS_IT_IS -> 0;
            case QUOTED_PRINTABLE -> partEights * 2 + partOctets / 25;
            case BASE64 -> partOctets * 2 / 5;
        };
    }

    private static String shown(MimePart part) {
        return part.type().chars().allMatch(c -> c > ' ' && c < 0x7f)
                        && part.type().length() < 80
                ? part.type()
                : "an unknown type";
    }

    @Override
    void frame(byte[] octets) {
        for (byte octet : octets) {
            eightBitFrame |= octet < 0;
        }
    }

    Encoding encoding(MimePart part) {
        boolean tooBinary = binaryCounts && binary.get(part.number());
        boolean tooEight = target == BodyType.SEVEN_BIT && eightBit.get(part.number());
        if (!tooBinary && !tooEight) {
            return Encoding.AS_IT_IS;
        }
        return part.text() && !tooBinary ? Encoding.QUOTED_PRINTABLE : Encoding.BASE64;
    }

    BodyType target() {
        return target;
    }

    /// Why it cannot be altered as it would have to be; absent if it can.
    Optional<String> obstacle() {
        return obstacle.isPresent() || !eightBitFrame || target != BodyType.SEVEN_BIT
                ? obstacle
                : Optional.of("eight bits between its parts");
    }

    /// Whether a header holds what only SMTPUTF8 allows (RFC 6532).
    boolean utf8Header() {
        return eightBitHead;
    }

    /// About how many octets the altered message has more.
    long added() {
        return added;
    }
}
