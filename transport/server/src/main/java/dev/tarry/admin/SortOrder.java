package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// In what order a listing's objects come (reference §11.2). Objects are compared by keys that are taken from each
/// once, so that sorting a quarter of a million of them reads each from the store once.
///
/// @param keys properties to compare by, in this order; the identity decides what is equal
/// @param identity ascending or not
record SortOrder<T>(List<Key<T>> keys, boolean identity) {
    private static final int MAX_KEYS = 16;
    private static final String IDENTITY = "Identity";
    private static final Comparator<Object> VALUES = Comparator.nullsFirst(SortOrder::compare);

    record Key<T>(Property<T> property, boolean ascending) {}

    /// An object that can be compared. @param values of the keys @param own what its identity is compared by
    record Keyed<R>(R object, Object[] values, long[] own) {}

    SortOrder {
        keys = List.copyOf(keys);
    }

    /// By identity.
    static <T> SortOrder<T> none() {
        return new SortOrder<>(List.of(), true);
    }

    /// @throws OperationRefused saying what is wrong and what would be right
    static <T> SortOrder<T> parse(String text, PropertyTable<T> table) {
        List<Key<T>> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean identity = true;
        for (String part : text.split(",", -1)) {
            // a plus that stands bare in an address is a blank there
            String word = part.strip();
            boolean ascending = !word.startsWith("-");
            String name = word.startsWith("+") || word.startsWith("-")
                    ? word.substring(1).strip()
                    : word;
            if (name.isEmpty() || keys.size() == MAX_KEYS) {
                throw invalid("a sort order is up to " + MAX_KEYS
                        + " property names with + or - before them, separated by commas (+Status,-MessageCount), not "
                        + OperationRefused.quoted(text));
            }
            if (name.equalsIgnoreCase(IDENTITY)) {
                identity = ascending;
                break; // nothing is equal beyond it
            }
            Property<T> property = table.named(name)
                    .filter(SortOrder::sortable)
                    .orElseThrow(() -> invalid("there is no sorting by " + OperationRefused.quoted(name)
                            + "; a sort order can use " + names(table)));
            if (!seen.add(property.name())) {
                throw invalid("the sort order names " + property.name() + " twice");
            }
            keys.add(new Key<>(property, ascending));
        }
        return new SortOrder<>(keys, identity);
    }

    private static boolean sortable(Property<?> property) {
        return property.type() != Property.Type.LIST;
    }

    private static String names(PropertyTable<?> table) {
        return String.join(
                ", ",
                table.properties().stream()
                        .filter(SortOrder::sortable)
                        .map(Property::name)
                        .toList());
    }

    private static OperationRefused invalid(String message) {
        return new OperationRefused(Reason.INVALID_PARAMETER, message);
    }

    /// Whether keys can be had without reading the store.
    boolean indexed() {
        return keys.stream().noneMatch(key -> key.property().stored());
    }

    /// @param object what is kept
    /// @param shown  what its keys are taken from
    /// @param own    what identities are compared by, the most significant first
    <R> Keyed<R> keyed(R object, T shown, long... own) {
        Object[] values = new Object[keys.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = keys.get(i).property().compared().apply(shown);
        }
        return new Keyed<>(object, values, own);
    }

    Comparator<Keyed<?>> comparator() {
        return (one, other) -> {
            for (int i = 0; i < keys.size(); i++) {
                int order = VALUES.compare(one.values[i], other.values[i]);
                if (order != 0) {
                    return keys.get(i).ascending() ? order : -order;
                }
            }
            int order = Arrays.compare(one.own, other.own);
            return identity ? order : -order;
        };
    }

    /// Values of one property are of one type.
    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        return switch (one) {
            case String text -> String.CASE_INSENSITIVE_ORDER.compare(text, other.toString());
            case Boolean flag -> Boolean.compare(flag, (Boolean) other);
            default -> ((Comparable<Object>) one).compareTo(other);
        };
    }
}
