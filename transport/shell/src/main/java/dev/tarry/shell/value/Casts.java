package dev.tarry.shell.value;

import dev.tarry.shell.syntax.NumberText;
import dev.tarry.shell.syntax.ScriptBlock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// `[type]value`.
final class Casts {
    private static final String FORMAT = "Input string was not in a correct format.";

    private final ZoneId zone;

    Casts(ZoneId zone) {
        this.zone = zone;
    }

    Object cast(TypeRef.Kind kind, Object value) {
        return switch (kind) {
            case OBJECT -> value;
            case STRING -> TextForm.of(value);
            case CHAR -> character(value);
            case BOOL, SWITCH -> Conversion.truth(value);
            case BYTE -> whole(kind, value, 0, 255);
            case INT16 -> whole(kind, value, Short.MIN_VALUE, Short.MAX_VALUE);
            case UINT16 -> whole(kind, value, 0, 65_535);
            case INT32 -> whole(kind, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32 -> whole(kind, value, 0, 0xFFFFFFFFL);
            case INT64 -> whole(kind, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT64 -> whole(kind, value, 0, Long.MAX_VALUE);
            case DOUBLE, SINGLE -> number(kind, value).doubleValue();
            case DECIMAL -> decimal(value);
            case DATE -> date(value);
            case SPAN -> span(value);
            case ARRAY -> value == null ? null : new ArrayList<>(Conversion.list(value));
            case GROWING -> value == null ? null : new GrowingList(Conversion.list(value));
            case HASHTABLE, ORDERED -> table(kind, value);
            case CUSTOM, PSOBJECT -> custom(value);
            case REGEX -> value instanceof Regex ? value : Regex.of(TextForm.of(value), true);
            case VERSION ->
                value instanceof VersionNumber
                        ? value
                        : VersionNumber.parse(TextForm.of(value))
                                .orElseThrow(
                                        () -> wrong(kind, value, "Version string portion was too short or too long."));
            case ADDRESS -> address(value);
            case GUID -> guid(value);
            case URI -> uri(value);
            case BYTES -> ByteSize.parse(TextForm.of(value)).orElseThrow(() -> wrong(kind, value, FORMAT));
            case BLOCK -> {
                if (value instanceof ScriptBlock) {
                    yield value;
                }
                throw wrong(kind, value, "");
            }
            case ERROR -> {
                if (value instanceof ShellFailure) {
                    yield value;
                }
                throw wrong(kind, value, "");
            }
            case TYPE -> value instanceof TypeRef ? value : TypeRef.named(TextForm.of(value));
            case VOID -> null;
            case SECURE, MATH, ENVIRONMENT, CONSOLE, CONVERT, FILE, FILE_PATH -> throw wrong(kind, value, "");
        };
    }

    private static ShellFailure wrong(TypeRef.Kind kind, Object value, String why) {
        String from = value instanceof String || why.equals(FORMAT)
                ? "Cannot convert value \"" + TextForm.of(value) + "\" to type \"" + kind.fullName() + "\"."
                : "Cannot convert the \"" + TextForm.of(value) + "\" value of type \"" + Conversion.typeName(value)
                        + "\" to type \"" + kind.fullName() + "\".";
        return ShellFailure.of(
                ShellFailure.Category.InvalidArgument,
                switch (kind) {
                    case BYTE, INT16, UINT16, INT32, UINT32, INT64, UINT64, DOUBLE, SINGLE, DECIMAL ->
                        "InvalidCastFromStringToInteger";
                    case STRING,
                            OBJECT,
                            CHAR,
                            BOOL,
                            DATE,
                            SPAN,
                            ARRAY,
                            HASHTABLE,
                            ORDERED,
                            GROWING,
                            CUSTOM,
                            PSOBJECT,
                            BLOCK,
                            SWITCH,
                            REGEX,
                            VERSION,
                            ADDRESS,
                            GUID,
                            URI,
                            BYTES,
                            SECURE,
                            ERROR,
                            TYPE,
                            VOID,
                            MATH,
                            ENVIRONMENT,
                            CONSOLE,
                            CONVERT,
                            FILE,
                            FILE_PATH ->
                        value instanceof String
                                ? "InvalidCastParseTargetInvocation"
                                : "ConvertToFinalInvalidCastException";
                },
                "RuntimeException",
                from + (why.isEmpty() ? "" : " Error: \"" + why + "\""));
    }

    private static Object character(Object value) {
        return switch (value) {
            case Character c -> c;
            case Long code when code >= 0 && code <= Character.MAX_VALUE -> (char) code.intValue();
            case String text when text.length() == 1 -> text.charAt(0);
            case null, default -> throw wrong(TypeRef.Kind.CHAR, value, "String must be exactly one character long.");
        };
    }

    private static Number number(TypeRef.Kind kind, Object value) {
        Object single = value instanceof List<?> list && list.size() == 1 ? list.getFirst() : value;
        return switch (single) {
            case Character c -> (long) c;
            case Duration span -> throw wrong(kind, span, "");
            case null, default -> Conversion.number(single).orElseThrow(() -> wrong(kind, value, FORMAT));
        };
    }

    /// Fractions round to even.
    private static Long whole(TypeRef.Kind kind, Object value, long least, long most) {
        Number number = number(kind, value);
        BigDecimal rounded = switch (number) {
            case Long n -> BigDecimal.valueOf(n);
            case BigDecimal decimal -> decimal.setScale(0, RoundingMode.HALF_EVEN);
            default -> {
                double real = number.doubleValue();
                if (!Double.isFinite(real)) {
                    throw wrong(kind, value, outOf(kind));
                }
                yield new BigDecimal(real).setScale(0, RoundingMode.HALF_EVEN);
            }
        };
        if (rounded.compareTo(BigDecimal.valueOf(least)) < 0 || rounded.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw wrong(kind, value, outOf(kind));
        }
        return rounded.longValueExact();
    }

    private static String outOf(TypeRef.Kind kind) {
        return "Value was either too large or too small for an " + kind.shortName() + ".";
    }

    private static BigDecimal decimal(Object value) {
        // Digits stay as they are written: 1.10 is not 1.1.
        if (value instanceof String text && text.strip().matches("[+-]?\\d{1,28}(\\.\\d{1,28})?")) {
            return new BigDecimal(text.strip());
        }
        Number number = number(TypeRef.Kind.DECIMAL, value);
        BigDecimal decimal = switch (number) {
            case BigDecimal already -> already;
            case Long whole -> BigDecimal.valueOf(whole);
            default -> {
                if (!Double.isFinite(number.doubleValue())) {
                    throw wrong(TypeRef.Kind.DECIMAL, value, "Value was either too large or too small for a Decimal.");
                }
                yield NumberText.placed(new BigDecimal(NumberForm.plain(number)));
            }
        };
        if (decimal.abs().compareTo(NumberText.MAX_DECIMAL) > 0) {
            throw wrong(TypeRef.Kind.DECIMAL, value, "Value was either too large or too small for a Decimal.");
        }
        return decimal;
    }

    private ZonedDateTime date(Object value) {
        if (value instanceof Number ticks) {
            return DotNetTime.date(ticks.longValue(), zone);
        }
        return Conversion.date(value, zone)
                .orElseThrow(() -> wrong(TypeRef.Kind.DATE, value, Conversion.notDate(value)));
    }

    private static Duration span(Object value) {
        if (value instanceof Number ticks) {
            return DotNetTime.span(ticks.longValue());
        }
        return Conversion.span(value)
                .orElseThrow(() -> wrong(TypeRef.Kind.SPAN, value, "String was not recognized as a valid TimeSpan."));
    }

    private static Object table(TypeRef.Kind kind, Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof HashTable given)) {
            throw wrong(kind, value, "");
        }
        if (given.isOrdered() == (kind == TypeRef.Kind.ORDERED)) {
            return given;
        }
        HashTable table = new HashTable(kind == TypeRef.Kind.ORDERED);
        given.keys().forEach(key -> table.add(key, given.get(key)));
        return table;
    }

    private static Object custom(Object value) {
        if (!(value instanceof HashTable table)) {
            return value;
        }
        Row row = new Row(Row.CUSTOM);
        table.keys().forEach(key -> row.with(TextForm.of(key), table.get(key)));
        return row;
    }

    private static Object address(Object value) {
        if (value instanceof InetAddress) {
            return value;
        }
        String text = TextForm.of(value);
        // Only what is an address already: a name would be looked up.
        boolean numeric = text.matches("[0-9.]{7,15}") && text.split("\\.", -1).length == 4
                || text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.%]{2,60}");
        try {
            if (numeric) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException _) {
            // Said below.
        }
        throw wrong(TypeRef.Kind.ADDRESS, text, "An invalid IP address was specified.");
    }

    private static Object guid(Object value) {
        if (value instanceof UUID) {
            return value;
        }
        String text = TextForm.of(value).strip();
        String bare = text.startsWith("{") && text.endsWith("}") || text.startsWith("(") && text.endsWith(")")
                ? text.substring(1, text.length() - 1)
                : text;
        if (bare.matches("[0-9a-fA-F]{32}")) {
            bare = bare.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        }
        if (!bare.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw wrong(
                    TypeRef.Kind.GUID,
                    text,
                    "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).");
        }
        return UUID.fromString(bare);
    }

    private static Object uri(Object value) {
        if (value instanceof URI) {
            return value;
        }
        try {
            return URI.create(TextForm.of(value));
        } catch (IllegalArgumentException _) {
            throw wrong(
                    TypeRef.Kind.URI,
                    TextForm.of(value),
                    "Invalid URI: The format of the URI could not be determined.");
        }
    }
}
