package dev.tarry.lab.dns;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// What was found for a name and type.
sealed interface Finding {
    /// @param records at least one; aliases on the way come first. A zone alone gives the alias and follows it not
    record Found(List<Record> records) implements Finding {}

    /// The name exists, but has nothing of that type.
    ///
    /// @param aliases that led there
    record NoSuchRecord(List<Record> aliases, Record soa) implements Finding {}

    /// @param aliases that led to the name that does not exist
    record NoSuchName(List<Record> aliases, Record soa) implements Finding {}

    /// The alias that stands in place of what was asked for.
    default Optional<CNAMERecord> alias(int type) {
        return type != Type.CNAME
                        && type != Type.ANY
                        && this instanceof Found(var records)
                        && records.getLast() instanceof CNAMERecord alias
                ? Optional.of(alias)
                : Optional.empty();
    }

    /// The same after the aliases that led to it.
    default Finding after(List<Record> before) {
        if (before.isEmpty()) {
            return this;
        }
        return switch (this) {
            case Found(var records) -> new Found(joined(before, records));
            case NoSuchRecord(var aliases, var soa) -> new NoSuchRecord(joined(before, aliases), soa);
            case NoSuchName(var aliases, var soa) -> new NoSuchName(joined(before, aliases), soa);
        };
    }

    private static List<Record> joined(List<Record> before, List<Record> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }
}
