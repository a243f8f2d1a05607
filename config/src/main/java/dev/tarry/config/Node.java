package dev.tarry.config;

import java.util.List;

/// A piece of YAML with the place where it stands.
sealed interface Node {
    Origin origin();

    /// @param written whether there is anything: an empty plain scalar, `~` and `null` are not written
    record Scalar(String text, boolean written, Origin origin) implements Node {}

    record Sequence(List<Node> items, Origin origin) implements Node {}

    /// Entries in the order written; keys may repeat (whoever walks it says so).
    record Mapping(List<Entry> entries, Origin origin) implements Node {}

    /// @param origin where the key stands
    record Entry(String key, Node value, Origin origin) {}

    /// As in "is …, not a list".
    default String noun() {
        return switch (this) {
            case Scalar _ -> "a single value";
            case Sequence _ -> "a list";
            case Mapping _ -> "a section";
        };
    }
}
