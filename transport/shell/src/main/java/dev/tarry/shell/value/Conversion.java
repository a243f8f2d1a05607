package dev.tarry.shell.value;

import dev.tarry.shell.syntax.NumberText;
import dev.tarry.shell.syntax.ScriptBlock;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// From one kind of value to another, by PowerShell's rules.
public final class Conversion {
    /// How deep in arrays of one element the element is looked for.
    private static final int MAX_NESTED = 1_000_000;

    private Conversion() {}

    /// What counts as true: not null, not 0, not "", not an empty array; an array of one counts as its element.
    public static boolean truth(Object value) {
        Object inmost = value;
        // An array that holds itself is true, as anything endless is.
        for (int i = 0; i < MAX_NESTED && inmost instanceof List<?> list && list.size() == 1; i++) {
            inmost = list.getFirst();
        }
        return switch (inmost) {
            case null -> false;
            case Boolean flag -> flag;
            case Number number -> number.doubleValue() != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Character c -> c != 0;
            default -> true;
        };
    }

    /// Empty where the value is no number and does not read as one.
    public static Optional<Number> number(Object value) {
        return switch (value) {
            case null -> Optional.of(0L);
            case Long whole -> Optional.of(whole);
            case Double real -> Optional.of(real);
            case BigDecimal decimal -> Optional.of(decimal);
            case Boolean flag -> Optional.of(flag ? 1L : 0L);
            case ByteSize size -> Optional.of(size.bytes());
            case String text -> text.isBlank() ? Optional.of(0L) : NumberText.parse(text.trim());
            default -> Optional.empty();
        };
    }

    /// A whole number; fractions round to even, as .NET rounds.
    public static Optional<Long> whole(Object value) {
        return number(value)
                .flatMap(n -> n instanceof Long whole
                        ? Optional.of(whole)
                        // Also a Decimal: within these bounds a double holds it well enough to round it.
                        : Math.abs(n.doubleValue()) < 9e18
                                ? Optional.of((long) Math.rint(n.doubleValue()))
                                : Optional.empty());
    }

    /// What .NET says of text that is no date.
    public static String notDate(Object value) {
        String text = TextForm.of(value);
        return !text.isEmpty() && Character.isLetter(text.charAt(0))
                ? "The string was not recognized as a valid DateTime. There is an unknown word starting at index 0."
                : "String was not recognized as a valid DateTime.";
    }

    public static Optional<ZonedDateTime> date(Object value, ZoneId zone) {
        return switch (value) {
            case ZonedDateTime date -> Optional.of(date);
            case String text -> DateForm.parse(text, zone);
            case null, default -> Optional.empty();
        };
    }

    public static Optional<Duration> span(Object value) {
        return switch (value) {
            case Duration span -> Optional.of(span);
            case String text -> SpanForm.parse(text);
            case null, default -> Optional.empty();
        };
    }

    /// The value as a list: arrays as they are, nothing as an empty one, anything else alone.
    public static List<Object> list(Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> Collections.unmodifiableList(new ArrayList<Object>(list));
            default -> List.of(value);
        };
    }

    /// What a value is in a pipeline or a loop: an array its elements, nothing nothing, anything else itself.
    public static List<Object> elements(Object value) {
        return list(value);
    }

    /// What a pipeline's output is worth: nothing, the one thing, or an array.
    public static Object collected(List<Object> output) {
        return switch (output.size()) {
            case 0 -> null;
            case 1 -> output.getFirst();
            default -> output;
        };
    }

    /// .NET's name of the value's type, for messages.
    public static String typeName(Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "System.String";
            case Boolean _ -> "System.Boolean";
            case Long n -> n == n.intValue() ? "System.Int32" : "System.Int64";
            case Double _ -> "System.Double";
            case BigDecimal _ -> "System.Decimal";
            case Character _ -> "System.Char";
            case VersionNumber _ -> "System.Version";
            case UUID _ -> "System.Guid";
            case InetAddress _ -> "System.Net.IPAddress";
            case URI _ -> "System.Uri";
            case Regex _ -> "System.Text.RegularExpressions.Regex";
            case Regex.Match _ -> "System.Text.RegularExpressions.Match";
            case Regex.Capture _ -> "System.Text.RegularExpressions.Group";
            case TypeRef _ -> "System.RuntimeType";
            case ShellFailure _ -> "System.Management.Automation.ErrorRecord";
            case SecureText _ -> "System.Security.SecureString";
            case GrowingList _ -> "System.Collections.ArrayList";
            case ZonedDateTime _ -> "System.DateTime";
            case Duration _ -> "System.TimeSpan";
            case Octets _ -> "System.Byte[]";
            case List<?> _ -> "System.Object[]";
            case HashTable table ->
                table.isOrdered() ? "System.Collections.Specialized.OrderedDictionary" : "System.Collections.Hashtable";
            case ByteSize _ -> "Microsoft.Exchange.Data.ByteQuantifiedSize";
            case ScriptBlock _ -> "System.Management.Automation.ScriptBlock";
            case Row _ -> "System.Management.Automation.PSCustomObject";
            default -> value.getClass().getSimpleName();
        };
    }
}
