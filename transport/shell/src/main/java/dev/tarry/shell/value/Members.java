package dev.tarry.shell.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// `value.Property` and `value[index]`. Asking for what is not there gives nothing, as in PowerShell outside strict
/// mode.
public final class Members {
    private static final long NANOS_PER_TICK = 100;

    private Members() {}

    /// The property's value; null where there is none. An array without such a property of its own gives its
    /// elements'.
    public static Object property(Object target, String name) {
        return switch (target) {
            case null -> name.equalsIgnoreCase("Count") || name.equalsIgnoreCase("Length") ? (Object) 0L : null;
            case Row row when row.has(name) -> row.get(name);
            case HashTable table -> {
                if (table.has(name)) {
                    yield table.get(name);
                }
                yield switch (name.toLowerCase(Locale.ROOT)) {
                    case "keys" -> table.keys();
                    case "values" -> table.values();
                    case "count" -> (long) table.size();
                    default -> null;
                };
            }
            case List<?> list ->
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "count", "length", "longlength" -> (long) list.size();
                    case "rank" -> 1L;
                    default -> ofElements(list, name);
                };
            case String text when name.equalsIgnoreCase("Length") -> (long) text.length();
            case UUID id when name.equalsIgnoreCase("Guid") -> id.toString();
            case ShellFailure failure -> ErrorRecords.property(failure, name);
            case ErrorRecords.Thrown exception -> ErrorRecords.property(exception, name);
            case Regex.Match match -> RegexMembers.property(match, name);
            case Regex.Capture capture -> RegexMembers.property(capture, name);
            case TypeRef type -> ofType(type, name);
            case VersionNumber version -> ofVersion(version, name);
            // Limits are Unlimited<ByteQuantifiedSize> there, with the size in them.
            case ByteSize size -> name.equalsIgnoreCase("Value") ? size : ofAny(name);
            case InetAddress address -> ofAddress(address, name);
            case URI uri -> ofUri(uri, name);
            case ZonedDateTime date -> ofDate(date, name);
            case Duration span -> ofSpan(span, name);
            default -> ofAny(name);
        };
    }

    /// Whether there is such a property, as strict mode asks: what is no collection has no count then.
    public static boolean has(Object target, String name) {
        boolean counts = name.equalsIgnoreCase("Count") || name.equalsIgnoreCase("Length");
        return switch (target) {
            case null -> false;
            case Row row -> row.has(name);
            case List<?> list ->
                counts
                        || property(list, name) != null
                        || list.stream().anyMatch(element -> !(element instanceof List<?>) && has(element, name));
            case HashTable table -> property(table, name) != null || table.has(name);
            case String _ -> name.equalsIgnoreCase("Length");
            // Some of theirs are empty.
            case ShellFailure _ -> ERROR_PROPERTIES.contains(name.toLowerCase(Locale.ROOT));
            case ErrorRecords.Thrown _ -> EXCEPTION_PROPERTIES.contains(name.toLowerCase(Locale.ROOT));
            case Regex.Match _, Regex.Capture _ -> property(target, name) != null;
            default -> !counts && property(target, name) != null;
        };
    }

    private static final Set<String> ERROR_PROPERTIES = Set.of(
            "exception",
            "targetobject",
            "fullyqualifiederrorid",
            "categoryinfo",
            "errordetails",
            "invocationinfo",
            "scriptstacktrace");

    private static final Set<String> EXCEPTION_PROPERTIES =
            Set.of("message", "errorrecord", "innerexception", "stacktrace", "helplink", "source");

    private static Object ofElements(List<?> list, String name) {
        List<Object> values = new ArrayList<>();
        for (Object element : list) {
            boolean has = element instanceof Row row ? row.has(name) : property(element, name) != null;
            if (has) {
                Object value = property(element, name);
                if (value instanceof List<?> several) {
                    values.addAll(several);
                } else {
                    values.add(value);
                }
            }
        }
        return Conversion.collected(values);
    }

    private static Object ofType(TypeRef type, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "name" -> type.name();
            case "fullname" -> type.fullName();
            case "isarray" -> type.array();
            case "namespace" ->
                type.fullName().substring(0, Math.max(0, type.fullName().lastIndexOf('.')));
            default -> ofAny(name);
        };
    }

    private static Object ofVersion(VersionNumber version, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "major" -> (long) version.part(0);
            case "minor" -> (long) version.part(1);
            case "build" -> (long) version.part(2);
            case "revision" -> (long) version.part(3);
            default -> ofAny(name);
        };
    }

    private static Object ofAddress(InetAddress address, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ipaddresstostring" -> address.getHostAddress();
            case "addressfamily" -> address instanceof Inet6Address ? "InterNetworkV6" : "InterNetwork";
            default -> ofAny(name);
        };
    }

    private static Object ofUri(URI uri, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "host", "dnssafehost" -> uri.getHost();
            case "port" -> (long) uri.getPort();
            case "scheme" -> uri.getScheme();
            case "absolutepath", "localpath" -> uri.getPath();
            case "absoluteuri", "originalstring" -> uri.toString();
            case "query" -> uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            default -> ofAny(name);
        };
    }

    private static Object ofAny(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "count", "length" -> 1L;
            default -> null;
        };
    }

    private static Object ofDate(ZonedDateTime date, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "year" -> (long) date.getYear();
            case "month" -> (long) date.getMonthValue();
            case "day" -> (long) date.getDayOfMonth();
            case "hour" -> (long) date.getHour();
            case "minute" -> (long) date.getMinute();
            case "second" -> (long) date.getSecond();
            case "millisecond" -> (long) date.getNano() / 1_000_000;
            case "dayofweek" -> DateForm.day(date);
            case "dayofyear" -> (long) date.getDayOfYear();
            case "ticks" -> DotNetTime.ticks(date);
            case "kind" -> date.getZone().equals(ZoneOffset.UTC) ? "Utc" : "Local";
            case "date" -> date.truncatedTo(ChronoUnit.DAYS);
            case "timeofday" -> Duration.between(date.truncatedTo(ChronoUnit.DAYS), date);
            case "datetime" -> DateForm.spoken(date);
            default -> ofAny(name);
        };
    }

    /// Names in the order in which a TimeSpan lists itself.
    public static final List<String> SPAN_PROPERTIES = List.of(
            "Days",
            "Hours",
            "Minutes",
            "Seconds",
            "Milliseconds",
            "Ticks",
            "TotalDays",
            "TotalHours",
            "TotalMinutes",
            "TotalSeconds",
            "TotalMilliseconds");

    private static Object ofSpan(Duration span, String name) {
        double seconds = span.getSeconds() + span.getNano() / 1e9;
        long sign = span.isNegative() ? -1 : 1;
        Duration size = span.abs();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "days" -> sign * size.toDays();
            case "hours" -> sign * size.toHoursPart();
            case "minutes" -> sign * size.toMinutesPart();
            case "seconds" -> sign * size.toSecondsPart();
            case "milliseconds" -> sign * size.toMillisPart();
            case "ticks" -> span.getSeconds() * 10_000_000 + span.getNano() / NANOS_PER_TICK;
            case "totaldays" -> seconds / 86_400;
            case "totalhours" -> seconds / 3_600;
            case "totalminutes" -> seconds / 60;
            case "totalseconds" -> seconds;
            case "totalmilliseconds" -> seconds * 1_000;
            default -> ofAny(name);
        };
    }

    /// `target[index]`. Beyond the ends there is nothing; below zero counts from the end; several indexes give
    /// several elements.
    ///
    /// @throws ShellFailure where the target is nothing or has no elements
    public static Object index(Object target, Object index) {
        return switch (target) {
            case null -> throw ShellFailure.runtime("NullArray", "Cannot index into a null array.");
            case HashTable table ->
                table.isOrdered() && index instanceof Long place
                        ? element(table.values(), table.size(), place)
                        : index instanceof List<?> several ? ofKeys(table, several) : table.get(index);
            case List<?> list ->
                index instanceof String name && RegexMembers.group(list, name).isPresent()
                        ? RegexMembers.group(list, name).get()
                        : element(list, list.size(), index);
            case String text -> {
                List<Character> letters = text.chars().mapToObj(c -> (char) c).toList();
                yield element(letters, letters.size(), index);
            }
            default -> {
                if (Conversion.whole(index).filter(i -> i == 0 || i == -1).isPresent()) {
                    yield target;
                }
                throw ShellFailure.runtime(
                        "CannotIndex", "Unable to index into an object of type " + Conversion.typeName(target) + ".");
            }
        };
    }

    private static List<Object> ofKeys(HashTable table, List<?> keys) {
        List<Object> values = new ArrayList<>();
        keys.forEach(key -> values.add(table.get(key)));
        return values;
    }

    private static Object element(List<?> list, int size, Object index) {
        if (index instanceof List<?> several) {
            List<Object> elements = new ArrayList<>();
            several.forEach(one -> elements.add(element(list, size, one)));
            return elements;
        }
        long at = Conversion.whole(index)
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(index, "System.Int32", "Input string was not in a correct format."));
        at = at < 0 ? at + size : at;
        return at >= 0 && at < size ? list.get((int) at) : null;
    }
}
