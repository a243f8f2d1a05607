package dev.tarry.shell.value;

import dev.tarry.shell.syntax.NumberText;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/// The static members of numbers and of `[Math]`.
final class MathStatics {
    private static final int MAX_PLACES = 15;

    private MathStatics() {}

    static Optional<Object> member(TypeRef type, String name) {
        String member = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (type.kind()) {
                    case BYTE -> bound(member, 0, 255);
                    case INT16 -> bound(member, Short.MIN_VALUE, Short.MAX_VALUE);
                    case UINT16 -> bound(member, 0, 65_535);
                    case INT32 -> bound(member, Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case UINT32 -> bound(member, 0, 0xFFFFFFFFL);
                    case INT64 -> bound(member, Long.MIN_VALUE, Long.MAX_VALUE);
                    case UINT64 ->
                        member.equals("maxvalue") ? new BigDecimal("18446744073709551615") : bound(member, 0, 0);
                    case DOUBLE ->
                        switch (member) {
                            case "maxvalue" -> Double.MAX_VALUE;
                            case "minvalue" -> -Double.MAX_VALUE;
                            case "epsilon" -> Double.MIN_VALUE;
                            case "nan" -> Double.NaN;
                            case "positiveinfinity" -> Double.POSITIVE_INFINITY;
                            case "negativeinfinity" -> Double.NEGATIVE_INFINITY;
                            default -> null;
                        };
                    case DECIMAL ->
                        switch (member) {
                            case "maxvalue" -> NumberText.MAX_DECIMAL;
                            case "minvalue" -> NumberText.MAX_DECIMAL.negate();
                            case "zero" -> BigDecimal.ZERO;
                            case "one" -> BigDecimal.ONE;
                            default -> null;
                        };
                    case MATH ->
                        switch (member) {
                            case "pi" -> Math.PI;
                            case "e" -> Math.E;
                            default -> null;
                        };
                    default -> null;
                });
    }

    private static Object bound(String member, long least, long most) {
        return switch (member) {
            case "maxvalue" -> most;
            case "minvalue" -> least;
            default -> null;
        };
    }

    static Optional<Object> call(TypeRef type, Arguments call) {
        if (type.kind() == TypeRef.Kind.DOUBLE) {
            return Optional.ofNullable(
                    switch (call.is()) {
                        case "isnan/1" -> Double.isNaN(call.real(0));
                        case "isinfinity/1" -> Double.isInfinite(call.real(0));
                        default -> null;
                    });
        }
        return type.kind() == TypeRef.Kind.MATH ? Optional.ofNullable(math(call)) : Optional.empty();
    }

    private static Object math(Arguments call) {
        return switch (call.is()) {
            case "abs/1" ->
                switch (call.number(0)) {
                    case Long n -> Math.absExact(n);
                    case BigDecimal n -> n.abs();
                    case Number n -> Math.abs(n.doubleValue());
                };
            case "max/2" -> greater(call) ? call.number(0) : call.number(1);
            case "min/2" -> greater(call) ? call.number(1) : call.number(0);
            case "round/1", "round/2", "round/3" -> round(call);
            case "floor/1" -> whole(call, Math.floor(call.real(0)));
            case "ceiling/1" -> whole(call, Math.ceil(call.real(0)));
            case "truncate/1" -> whole(call, call.real(0) < 0 ? Math.ceil(call.real(0)) : Math.floor(call.real(0)));
            case "sqrt/1" -> Math.sqrt(call.real(0));
            case "pow/2" -> Math.pow(call.real(0), call.real(1));
            case "log/1" -> Math.log(call.real(0));
            case "log/2" -> Math.log(call.real(0)) / Math.log(call.real(1));
            case "log10/1" -> Math.log10(call.real(0));
            case "exp/1" -> Math.exp(call.real(0));
            case "sign/1" -> (long) Math.signum(call.real(0));
            case "sin/1" -> Math.sin(call.real(0));
            case "cos/1" -> Math.cos(call.real(0));
            case "tan/1" -> Math.tan(call.real(0));
            default -> null;
        };
    }

    private static boolean greater(Arguments call) {
        return new Comparing(ZoneOffset.UTC).order(call.number(0), call.number(1), false) >= 0;
    }

    /// Decimals stay what they are.
    private static Object whole(Arguments call, double rounded) {
        return call.number(0) instanceof BigDecimal ? new BigDecimal(rounded) : (Object) rounded;
    }

    /// To even, unless `AwayFromZero` is asked for.
    private static Object round(Arguments call) {
        boolean away =
                call.values().size() > 1 && call.text(call.values().size() - 1).equalsIgnoreCase("AwayFromZero");
        boolean hasPlaces =
                call.values().size() > 1 && Conversion.number(call.at(1)).isPresent();
        int places = hasPlaces ? call.whole(1) : 0;
        if (places < 0 || places > MAX_PLACES) {
            throw call.failed("ArgumentOutOfRangeException", "Rounding digits must be between 0 and 15, inclusive.");
        }
        Number number = call.number(0);
        if (number instanceof BigDecimal decimal) {
            return Statics.rounded(decimal, places, away);
        }
        double real = number.doubleValue();
        if (!Double.isFinite(real) || Math.abs(real) > 1e15) {
            return real;
        }
        // From the shortest text that stands for it, so that 2.675 is what it looks like.
        return Statics.rounded(new BigDecimal(Double.toString(real)), places, away)
                .doubleValue();
    }
}
