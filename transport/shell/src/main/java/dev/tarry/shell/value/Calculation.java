package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Expression.Operation;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// `+ - * / %`: the left side's type decides what they mean.
public final class Calculation {
    /// The longest text or array that multiplication may make.
    static final int MAX_REPEATED = 10_000_000;

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
            case ZonedDateTime date when right instanceof Duration span -> date.plus(span);
            case Duration span when right instanceof Duration more -> span.plus(more);
            default -> {
                Number a = operand(Operation.ADD, left, left);
                Number b = operand(Operation.ADD, left, right);
                if (a instanceof Long x && b instanceof Long y) {
                    long sum = x + y;
                    yield ((x ^ sum) & (y ^ sum)) < 0 ? (Object) ((double) x + y) : (Object) sum;
                }
                yield a.doubleValue() + b.doubleValue();
            }
        };
    }

    private static Object subtract(Object left, Object right) {
        return switch (left) {
            case ZonedDateTime date when right instanceof ZonedDateTime other -> Duration.between(other, date);
            case ZonedDateTime date when right instanceof Duration span -> date.minus(span);
            case Duration span when right instanceof Duration less -> span.minus(less);
            case null, default -> {
                Number a = operand(Operation.SUBTRACT, left, left);
                Number b = operand(Operation.SUBTRACT, left, right);
                if (a instanceof Long x && b instanceof Long y) {
                    long rest = x - y;
                    yield ((x ^ y) & (x ^ rest)) < 0 ? (Object) ((double) x - y) : (Object) rest;
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
        return a.doubleValue() * b.doubleValue();
    }

    private static Object divide(Object left, Object right) {
        Number a = operand(Operation.DIVIDE, left, left);
        Number b = operand(Operation.DIVIDE, left, right);
        if (a instanceof Long x && b instanceof Long y) {
            notZero(y);
            return x % y == 0 ? (Object) (x / y) : (Object) ((double) x / y);
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
        return a.doubleValue() % b.doubleValue();
    }

    private static void notZero(long divisor) {
        if (divisor == 0) {
            throw ShellFailure.of(
                    ShellFailure.Category.NotSpecified,
                    "RuntimeException",
                    "RuntimeException",
                    "Attempted to divide by zero.");
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
            throw ShellFailure.runtime(
                    "MethodNotFound",
                    "Method invocation failed because [" + Conversion.typeName(left)
                            + "] does not contain a method for the operator '" + operation.symbol() + "'.");
        }
        return Conversion.number(value)
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(value, "System.Int32", "Input string was not in a correct format."));
    }
}
