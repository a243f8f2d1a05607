package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Comparison;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// The comparison operators. The left side's type decides how the right one is read; an array on the left is
/// filtered instead.
public final class Comparing {
    private final ZoneId zone;

    /// @param zone the one that dates without an offset are in
    public Comparing(ZoneId zone) {
        this.zone = zone;
    }

    /// @return a `Boolean`; a list of those that matched where `left` is a list and the operator looks at single
    /// values
    public Object compare(Comparison.Written operator, Object left, Object right) {
        boolean mindsCase = operator.mindsCase();
        return switch (operator.comparison()) {
            case CONTAINS -> contains(left, right, mindsCase);
            case NOTCONTAINS -> !contains(left, right, mindsCase);
            case IN -> contains(right, left, mindsCase);
            case NOTIN -> !contains(right, left, mindsCase);
            case EQ, NE, GT, GE, LT, LE, LIKE, NOTLIKE, MATCH, NOTMATCH -> {
                if (!(left instanceof List<?> list)) {
                    yield holds(operator, left, right);
                }
                List<Object> kept = new ArrayList<>();
                for (Object element : list) {
                    if (holds(operator, element, right)) {
                        kept.add(element);
                    }
                }
                yield kept;
            }
        };
    }

    private boolean holds(Comparison.Written operator, Object left, Object right) {
        boolean mindsCase = operator.mindsCase();
        return switch (operator.comparison()) {
            case EQ -> equal(left, right, mindsCase);
            case NE -> !equal(left, right, mindsCase);
            case GT -> order(left, right, mindsCase) > 0;
            case GE -> order(left, right, mindsCase) >= 0;
            case LT -> order(left, right, mindsCase) < 0;
            case LE -> order(left, right, mindsCase) <= 0;
            case LIKE -> new Wildcard(TextForm.of(right), mindsCase).matches(TextForm.of(left));
            case NOTLIKE -> !new Wildcard(TextForm.of(right), mindsCase).matches(TextForm.of(left));
            case MATCH -> pattern(right, mindsCase).matches(TextForm.of(left));
            case NOTMATCH -> !pattern(right, mindsCase).matches(TextForm.of(left));
            case CONTAINS, NOTCONTAINS, IN, NOTIN -> throw new IllegalStateException("looks at whole arrays");
        };
    }

    private boolean contains(Object array, Object wanted, boolean mindsCase) {
        return Conversion.list(array).stream().anyMatch(element -> equal(element, wanted, mindsCase));
    }

    /// The groups of a successful `-match`; empty where nothing matched.
    public Optional<HashTable> groups(Comparison.Written operator, Object left, Object right) {
        return pattern(right, operator.mindsCase()).first(TextForm.of(left)).map(Regex::table);
    }

    /// @throws ShellFailure where the text is no regular expression
    static Regex pattern(Object given, boolean mindsCase) {
        return given instanceof Regex regex ? regex : Regex.of(TextForm.of(given), mindsCase);
    }

    /// Whether two values are equal by the left one's rules.
    public boolean equal(Object left, Object right, boolean mindsCase) {
        if (left == null || right == null) {
            return left == right;
        }
        OptionalInt order = tryOrder(left, right, mindsCase);
        return order.isPresent() ? order.getAsInt() == 0 : Objects.equals(left, right);
    }

    /// Below 0, 0, or above 0.
    ///
    /// @throws ShellFailure where the two cannot be brought into an order
    public int order(Object left, Object right, boolean mindsCase) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return tryOrder(left, right, mindsCase)
                .orElseThrow(() -> ShellFailure.runtime(
                        "ComparisonFailure",
                        "Could not compare \"" + TextForm.of(left) + "\" to \"" + TextForm.of(right)
                                + "\". Error: \"Cannot convert value \"" + TextForm.of(right) + "\" to type \""
                                + Conversion.typeName(left) + "\".\""));
    }

    private OptionalInt tryOrder(Object left, Object right, boolean mindsCase) {
        return switch (left) {
            case String text -> {
                String other = right instanceof ZonedDateTime date ? DateForm.display(date) : TextForm.of(right);
                yield OptionalInt.of(mindsCase ? text.compareTo(other) : text.compareToIgnoreCase(other));
            }
            case Boolean flag -> OptionalInt.of(Boolean.compare(flag, Conversion.truth(right)));
            case Long whole -> ordered(Conversion.number(right).map(other -> numbers(whole, other)));
            case Double real -> ordered(Conversion.number(right).map(other -> numbers(real, other)));
            case ByteSize size -> ordered(bytes(right).map(other -> Long.compare(size.bytes(), other)));
            case ZonedDateTime date ->
                ordered(Conversion.date(right, zone)
                        .map(other -> date.toInstant().compareTo(other.toInstant())));
            case Duration span -> ordered(Conversion.span(right).map(span::compareTo));
            case BigDecimal decimal -> ordered(Conversion.number(right).map(other -> numbers(decimal, other)));
            case Character c -> tryOrder(String.valueOf(c), right, mindsCase);
            case VersionNumber version ->
                ordered(
                        right instanceof VersionNumber other
                                ? Optional.of(version.compareTo(other))
                                : VersionNumber.parse(TextForm.of(right)).map(version::compareTo));
            case UUID _, InetAddress _, URI _, TypeRef _ -> {
                boolean same =
                        right instanceof String text ? TextForm.of(left).equalsIgnoreCase(text) : left.equals(right);
                yield same ? OptionalInt.of(0) : OptionalInt.empty();
            }
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt ordered(Optional<Integer> order) {
        return order.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static Optional<Long> bytes(Object value) {
        return value instanceof String text ? ByteSize.parse(text).map(ByteSize::bytes) : Conversion.whole(value);
    }

    private static int numbers(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if ((a instanceof BigDecimal || b instanceof BigDecimal)
                && Double.isFinite(a.doubleValue())
                && Double.isFinite(b.doubleValue())) {
            return Calculation.decimal(a).compareTo(Calculation.decimal(b));
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        // -0 is 0, which Double.compare does not think.
        return x == y ? 0 : Double.compare(x, y);
    }
}
