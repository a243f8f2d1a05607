package dev.tarry.shell.value;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `[version]`: two to four whole numbers. `1.2` comes before `1.2.0`, as in .NET.
public record VersionNumber(List<Integer> parts) implements Comparable<VersionNumber> {
    /// Empty where the text is no version; each part has at most nine digits.
    public static Optional<VersionNumber> parse(String text) {
        if (!text.strip().matches("\\d{1,9}(\\.\\d{1,9}){1,3}")) {
            return Optional.empty();
        }
        return Optional.of(new VersionNumber(
                Arrays.stream(text.strip().split("\\.")).map(Integer::valueOf).toList()));
    }

    /// The part at a place; -1 where there is none.
    int part(int place) {
        return place < parts.size() ? parts.get(place) : -1;
    }

    @Override
    public int compareTo(VersionNumber other) {
        for (int i = 0; i < 4; i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return parts.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
