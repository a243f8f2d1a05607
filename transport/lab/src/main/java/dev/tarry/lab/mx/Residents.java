package dev.tarry.lab.mx;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Who lives where, of those of whom nothing more was said. Asked anew each time; thread-safe.
public interface Residents {
    /// Nobody anywhere.
    Residents NONE = new Residents() {
        @Override
        public Optional<String> nameAt(InetAddress address) {
            return Optional.empty();
        }

        @Override
        public List<InetAddress> addresses(String name) {
            return List.of();
        }

        @Override
        public SequencedMap<InetAddress, String> all() {
            return new LinkedHashMap<>();
        }
    };

    Optional<String> nameAt(InetAddress address);

    /// @param name of any case
    List<InetAddress> addresses(String name);

    /// Everybody, in order; may take a while where there are many.
    SequencedMap<InetAddress, String> all();
}
