package dev.tarry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Kept inputs, changed a little: what can be tried by count within any build. Jazzer, which sees which code an
/// input reaches, finds more (`it-tests/fuzz`).
final class Mutations {
    private static final byte[] TELLING = {
        '\r',
        '\n',
        0,
        '.',
        ' ',
        '\t',
        '<',
        '>',
        '@',
        '"',
        '\\',
        '=',
        '+',
        '?',
        ':',
        ';',
        ',',
        '-',
        '(',
        ')',
        '[',
        ']',
        '%',
        '*',
        '0',
        '9',
        'A',
        'z',
        0x7f,
        (byte) 0x80,
        (byte) 0xc3,
        (byte) 0xe2,
        (byte) 0xff
    };
    private static final int MAX_CHANGES = 6;

    private final List<byte[]> kept;
    private final List<byte[]> words;
    private final SplittableRandom chance;

    Mutations(List<byte[]> kept, List<String> words, long seed) {
        this.kept = kept;
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.chance = new SplittableRandom(seed);
    }

    byte[] next() {
        byte[] input = any(kept);
        for (int changes = 1 + chance.nextInt(MAX_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length <= FuzzTarget.MAX_INPUT_OCTETS ? input : Arrays.copyOf(input, FuzzTarget.MAX_INPUT_OCTETS);
    }

    private byte[] changed(byte[] input) {
        int at = chance.nextInt(input.length + 1);
        int end = Math.min(input.length, at + chance.nextInt(1 + chance.nextInt(32)));
        return switch (chance.nextInt(8)) {
            case 0 -> spliced(input, at, new byte[] {TELLING[chance.nextInt(TELLING.length)]}, at);
            case 1 -> spliced(input, at, new byte[] {(byte) chance.nextInt(256)}, Math.min(input.length, at + 1));
            case 2 -> spliced(input, at, new byte[0], end);
            case 3 -> spliced(input, at, Arrays.copyOfRange(input, at, end), at);
            case 4 -> spliced(input, at, words.isEmpty() ? TELLING : any(words), chance.nextBoolean() ? at : end);
            case 5 -> {
                byte[] other = any(kept);
                int from = chance.nextInt(other.length + 1);
                yield spliced(input, at, Arrays.copyOfRange(other, from, other.length), end);
            }
            case 6 -> spliced(input, at, "\r\n".getBytes(StandardCharsets.US_ASCII), end);
            default -> repeated(input, at, end);
        };
    }

    /// What is long is what bounds are for.
    private byte[] repeated(byte[] input, int at, int end) {
        int times = 1 << chance.nextInt(chance.nextInt(12) == 0 ? 12 : 4);
        byte[] piece = at == end ? new byte[] {'a'} : Arrays.copyOfRange(input, at, end);
        byte[] pieces = new byte[Math.min(FuzzTarget.MAX_INPUT_OCTETS, piece.length * times)];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = piece[i % piece.length];
        }
        return spliced(input, at, pieces, at);
    }

    private byte[] any(List<byte[]> choices) {
        return choices.get(chance.nextInt(choices.size()));
    }

    private static byte[] spliced(byte[] input, int from, byte[] between, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + between.length);
        out.write(input, 0, from);
        out.writeBytes(between);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
