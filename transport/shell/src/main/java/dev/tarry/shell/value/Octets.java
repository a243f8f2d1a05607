package dev.tarry.shell.value;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/// `byte[]` as a list of numbers that takes no more room than its octets.
public final class Octets extends AbstractList<Object> implements RandomAccess {
    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /// @param octets not changed any more
    public static Octets of(byte[] octets) {
        return new Octets(octets);
    }

    /// What may stand for octets: these, or whole numbers from 0 to 255, one or several.
    ///
    /// @return not to be changed; absent where the value is something else
    public static Optional<byte[]> in(Object value) {
        if (value instanceof Octets same) {
            return Optional.of(same.octets);
        }
        List<Object> list = Conversion.list(value);
        byte[] made = new byte[list.size()];
        for (int i = 0; i < made.length; i++) {
            Optional<Long> number = list.get(i) instanceof Number ? Conversion.whole(list.get(i)) : Optional.empty();
            if (number.filter(n -> n >= 0 && n <= 0xff).isEmpty()) {
                return Optional.empty();
            }
            made[i] = number.get().byteValue();
        }
        return Optional.of(made);
    }

    @Override
    public Long get(int index) {
        return (long) (octets[index] & 0xff);
    }

    @Override
    public int size() {
        return octets.length;
    }
}
