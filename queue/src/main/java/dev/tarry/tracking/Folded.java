package dev.tarry.tracking;

/// Texts compared without case, one way everywhere: two are the same if [#of] makes the same of them. Pure.
final class Folded {
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private Folded() {}

    static char fold(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    static String of(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = fold(folded[i]);
        }
        return new String(folded);
    }

    static boolean same(String one, String other) {
        return hasSame(one, 0, one.length(), other, 0, other.length());
    }

    /// Message-IDs, whether or not they stand in angle brackets.
    static boolean sameId(String one, String other) {
        int i = bare(one);
        int j = bare(other);
        return hasSame(one, i, one.length() - i, other, j, other.length() - j);
    }

    private static boolean hasSame(String one, int from, int to, String other, int begin, int end) {
        if (to - from != end - begin) {
            return false;
        }
        for (int i = from, j = begin; i < to; i++, j++) {
            if (fold(one.charAt(i)) != fold(other.charAt(j))) {
                return false;
            }
        }
        return true;
    }

    /// How many characters at both ends are not part of a Message-ID: 1 or 0.
    static int bare(String id) {
        return id.length() > 1 && id.charAt(0) == '<' && id.charAt(id.length() - 1) == '>' ? 1 : 0;
    }

    /// A hash of a Message-ID that is the same for all that are [#sameId].
    static long hashId(char kind, String id) {
        int bare = bare(id);
        return hash(kind, id, bare, id.length() - bare);
    }

    /// A hash that is the same for all that are [#same].
    static long hash(char kind, String text) {
        return hash(kind, text, 0, text.length());
    }

    private static long hash(char kind, String text, int from, int to) {
        long hash = (BASIS ^ kind) * PRIME;
        for (int i = from; i < to; i++) {
            hash = (hash ^ fold(text.charAt(i))) * PRIME;
        }
        return mixed(hash);
    }

    static long hash(char kind, long number) {
        return mixed(mixed(number + BASIS) ^ kind * PRIME);
    }

    private static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
