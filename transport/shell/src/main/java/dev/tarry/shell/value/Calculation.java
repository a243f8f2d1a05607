package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Expression.BitOperation;
import dev.tarry.shell.syntax.Expression.Operation;
import dev.tarry.shell.syntax.NumberText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// `+ - * / %`: the left side's type decides what they mean.
public final class Calculation {
    /// The longest text or array that multiplication may make.
    static final int MAX_REPEATED = 10_000_000;

    static final String DIVIDED_BY_ZERO = "Attempted to divide by zero.";

    private Calculation() {}

    /// @throws ShellFailure where the two do not go together
    public static Object of(Operation operation, Object left, Object right) {
        return switch (operation) {
            case ADD -> add(left, right);
            case SUBTRACT -> subtract(left, right);
            case MULTIPLY -> multiply(left, right);
            case DIVIDE -> divide(left, right);
            case REMAINDER -> remainder(left, right);
        };
    }

    private static Object add(Object left, Object right) {
        return switch (left) {
            case null -> right;
            case String text -> text + TextForm.of(right);
            case List<?> list -> {
                List<Object> sum = new ArrayList<>(list);
                if (right instanceof List<?> more) {
                    sum.addAll(more);
                } else {
                    sum.add(right);
                }
                yield sum;
            }
            case HashTable table
            when right instanceof HashTable more -> {
                HashTable sum = new HashTable();
                table.keys().forEach(key -> sum.add(key, table.get(key)));
                more.keys().forEach(key -> sum.add(key, more.get(key)));
                yield sum;
            }
            case Row row when right instanceof Row || right instanceof List<?> -> throw noOperator(Operation.ADD, row);
            case Character c -> add(String.valueOf(c), right);
            case ZonedDateTime date when right instanceof Duration span -> moved(date, span);
            case ZonedDateTime date when right instanceof String text -> moved(date, span(text));
            case Duration span when right instanceof Duration more -> span.plus(more);
            case Duration span when right instanceof String text -> span.plus(span(text));
            default -> {
                Number a = operand(Operation.ADD, left, left);
                Number b = operand(Operation.ADD, left, right);
                if (a instanceof Long x && b instanceof Long y) {
                    long sum = x + y;
                    yield ((x ^ sum) & (y ^ sum)) < 0 ? (Object) ((double) x + y) : (Object) sum;
                }
                if (isDecimal(a, b)) {
                    yield bounded(decimal(a).add(decimal(b)));
                }
                yield a.doubleValue() + b.doubleValue();
            }
        };
    }

    private static Object subtract(Object left, Object right) {
        return switch (left) {
            case ZonedDateTime date when right instanceof ZonedDateTime other -> Duration.between(other, date);
            case ZonedDateTime date when right instanceof Duration span -> moved(date, span.negated());
            case ZonedDateTime date
            when right instanceof String text ->
                DateForm.parse(text, date.getZone())
                        .map(other -> (Object) Duration.between(other, date))
                        .orElseGet(() -> moved(date, span(text).negated()));
            case Duration span when right instanceof Duration less -> span.minus(less);
            case null, default -> {
                Number a = operand(Operation.SUBTRACT, left, left);
                Number b = operand(Operation.SUBTRACT, left, right);
                if (a instanceof Long x && b instanceof Long y) {
                    long rest = x - y;
                    yield ((x ^ y) & (x ^ rest)) < 0 ? (Object) ((double) x - y) : (Object) rest;
                }
                if (isDecimal(a, b)) {
                    yield bounded(decimal(a).subtract(decimal(b)));
                }
                yield a.doubleValue() - b.doubleValue();
            }
        };
    }

    private static Object multiply(Object left, Object right) {
        if (left instanceof String || left instanceof List<?>) {
            long times = operand(Operation.MULTIPLY, left, right).longValue();
            long size = left instanceof String text ? text.length() : ((List<?>) left).size();
            if (times < 0 || times * Math.max(1, size) > MAX_REPEATED || times > MAX_REPEATED) {
                throw ShellFailure.of(
                        ShellFailure.Category.LimitsExceeded,
                        "RepeatedTooOften",
                        "RuntimeException",
                        "Repeating this " + times + " times is not possible; at most " + MAX_REPEATED
                                + " characters or elements may come of it.");
            }
            if (left instanceof String text) {
                return text.repeat((int) times);
            }
            List<Object> product = new ArrayList<>();
            for (long i = 0; i < times; i++) {
                product.addAll((List<?>) left);
            }
            return product;
        }
        Number a = operand(Operation.MULTIPLY, left, left);
        Number b = operand(Operation.MULTIPLY, left, right);
        if (a instanceof Long x && b instanceof Long y && (Math.multiplyHigh(x, y) == (x * y) >> 63)) {
            return x * y;
        }
        if (isDecimal(a, b)) {
            return bounded(decimal(a).multiply(decimal(b)));
        }
        return a.doubleValue() * b.doubleValue();
    }

    private static Object divide(Object left, Object right) {
        Number a = operand(Operation.DIVIDE, left, left);
        Number b = operand(Operation.DIVIDE, left, right);
        if (a instanceof Long x && b instanceof Long y) {
            notZero(y);
            return x % y == 0 ? (Object) (x / y) : (Object) ((double) x / y);
        }
        if (isDecimal(a, b)) {
            notZero(decimal(b).signum());
            return bounded(decimal(a).divide(decimal(b), DECIMAL_DIGITS));
        }
        return a.doubleValue() / b.doubleValue();
    }

    private static Object remainder(Object left, Object right) {
        Number a = operand(Operation.REMAINDER, left, left);
        Number b = operand(Operation.REMAINDER, left, right);
        if (a instanceof Long x && b instanceof Long y) {
            notZero(y);
            return x % y;
        }
        if (isDecimal(a, b)) {
            notZero(decimal(b).signum());
            return decimal(a).remainder(decimal(b));
        }
        return a.doubleValue() % b.doubleValue();
    }

    private static final MathContext DECIMAL_DIGITS = new MathContext(28, RoundingMode.HALF_EVEN);

    private static boolean isDecimal(Number a, Number b) {
        return (a instanceof BigDecimal || b instanceof BigDecimal)
                && Double.isFinite(a.doubleValue())
                && Double.isFinite(b.doubleValue());
    }

    static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case Long whole -> BigDecimal.valueOf(whole);
            default -> NumberText.placed(new BigDecimal(NumberForm.plain(number)));
        };
    }

    private static BigDecimal bounded(BigDecimal value) {
        if (value.abs().compareTo(NumberText.MAX_DECIMAL) > 0) {
            throw ShellFailure.of(
                    ShellFailure.Category.NotSpecified,
                    "RuntimeException",
                    "RuntimeException",
                    "Value was either too large or too small for a Decimal.");
        }
        return NumberText.placed(
                value.precision() > DECIMAL_DIGITS.getPrecision() + 1 ? value.round(DECIMAL_DIGITS) : value);
    }

    /// `-band -bor -bxor -shl -shr` on whole numbers; shifts keep to 32 bits where the left side does.
    public static Object bits(BitOperation operation, Object left, Object right) {
        long a = whole(left);
        long b = whole(right);
        boolean narrow = a == (int) a;
        return switch (operation) {
            case BAND -> a & b;
            case BOR -> a | b;
            case BXOR -> a ^ b;
            case SHL -> narrow ? (long) ((int) a << b) : a << b;
            case SHR -> narrow ? (long) ((int) a >> b) : a >> b;
        };
    }

    public static Object complement(Object operand) {
        return ~whole(operand);
    }

    private static long whole(Object value) {
        return Conversion.whole(value)
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(value, "System.Int32", "Input string was not in a correct format."));
    }

    private static Duration span(String text) {
        return Conversion.span(text)
                .orElseThrow(() -> ShellFailure.cannotConvert(
                        text, "System.TimeSpan", "String was not recognized as a valid TimeSpan."));
    }

    private static ShellFailure noOperator(Operation operation, Object left) {
        return ShellFailure.runtime(
                "MethodNotFound",
                "Method invocation failed because [" + Conversion.typeName(left)
                        + "] does not contain a method named 'op_" + NAMES.get(operation.ordinal()) + "'.");
    }

    private static final List<String> NAMES = List.of("Addition", "Subtraction", "Multiply", "Division", "Modulus");

    private static void notZero(long divisor) {
        if (divisor == 0) {
            throw ShellFailure.of(
                    ShellFailure.Category.NotSpecified, "RuntimeException", "RuntimeException", DIVIDED_BY_ZERO);
        }
    }

    private static Number operand(Operation operation, Object left, Object value) {
        boolean calculable = switch (left) {
            case null -> true;
            case Number _, Boolean _, String _, ByteSize _ -> true;
            case List<?> _ -> true;
            default -> false;
        };
        if (!calculable) {
            throw noOperator(operation, left);
        }
        return Conversion.number(value)
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(value, "System.Int32", "Input string was not in a correct format."));
    }

    private static ZonedDateTime moved(ZonedDateTime date, Duration by) {
        try {
            ZonedDateTime moved = date.plus(by);
            if (moved.getYear() >= 1 && moved.getYear() <= 9999) {
                return moved;
            }
        } catch (ArithmeticException | DateTimeException _) {
            // Said below.
        }
        throw ShellFailure.of(
                ShellFailure.Category.OperationStopped,
                "System.ArgumentOutOfRangeException",
                "ArgumentOutOfRangeException",
                DateForm.UNREPRESENTABLE);
    }
}
