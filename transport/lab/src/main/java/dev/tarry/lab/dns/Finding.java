package dev.tarry.lab.dns;

import java.util.List;
import org.xbill.DNS.Record;

/// What a look-up in a [ZoneIndex] found.
sealed interface Finding {
    /// @param records at least one; aliases on the way come first, the last one may be an alias when that was asked
    ///     for
    record Found(List<Record> records) implements Finding {}

    /// The name exists, but has nothing of that type.
    ///
    /// @param aliases that led there
    record NoSuchRecord(List<Record> aliases, Record soa) implements Finding {}

    /// @param aliases that led to the name that does not exist
    record NoSuchName(List<Record> aliases, Record soa) implements Finding {}

    /// Aliases that lead nowhere.
    record Loop() implements Finding {}
}
