package dev.tarry.shell.utility;

import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.value.ByteSize;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Octets;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.TextForm;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The members of a value, as Get-Member shows them: methods before properties, each by name.
final class MemberList {
    private static final Map<String, String> SHORT = Map.of(
            "System.Byte[]",
            "byte[]",
            "System.String",
            "string",
            "System.Boolean",
            "bool",
            "System.Int32",
            "int",
            "System.Int64",
            "long",
            "System.Double",
            "double",
            "System.DateTime",
            "datetime",
            "System.TimeSpan",
            "timespan",
            "System.Collections.Hashtable",
            "hashtable");

    private static final List<String> TEXT = List.of(
            "int CompareTo(string strB)",
            "bool Contains(string value)",
            "bool EndsWith(string value)",
            "int IndexOf(string value)",
            "string Insert(int startIndex, string value)",
            "int LastIndexOf(string value)",
            "string Normalize()",
            "string PadLeft(int totalWidth), string PadLeft(int totalWidth, char paddingChar)",
            "string PadRight(int totalWidth), string PadRight(int totalWidth, char paddingChar)",
            "string Remove(int startIndex), string Remove(int startIndex, int count)",
            "string Replace(string oldValue, string newValue)",
            "string[] Split(char[] separator), string[] Split(char[] separator, int count)",
            "bool StartsWith(string value)",
            "string Substring(int startIndex), string Substring(int startIndex, int length)",
            "char[] ToCharArray()",
            "string ToLower()",
            "string ToLowerInvariant()",
            "string ToUpper()",
            "string ToUpperInvariant()",
            "string Trim()",
            "string TrimEnd()",
            "string TrimStart()");

    private static final List<String> DATE = List.of(
            "datetime Add(timespan value)",
            "datetime AddDays(double value)",
            "datetime AddHours(double value)",
            "datetime AddMilliseconds(double value)",
            "datetime AddMinutes(double value)",
            "datetime AddMonths(int months)",
            "datetime AddSeconds(double value)",
            "datetime AddTicks(long value)",
            "datetime AddYears(int value)",
            "bool IsDaylightSavingTime()",
            "timespan Subtract(datetime value), datetime Subtract(timespan value)",
            "long ToFileTime()",
            "long ToFileTimeUtc()",
            "datetime ToLocalTime()",
            "string ToLongDateString()",
            "string ToLongTimeString()",
            "string ToShortDateString()",
            "string ToShortTimeString()",
            "datetime ToUniversalTime()");

    private static final List<String> SPAN = List.of(
            "timespan Add(timespan ts)", "timespan Duration()", "timespan Negate()", "timespan Subtract(timespan ts)");

    private static final List<String> TABLE = List.of(
            "void Add(System.Object key, System.Object value)",
            "void Clear()",
            "System.Object Clone()",
            "bool Contains(System.Object key)",
            "bool ContainsKey(System.Object key)",
            "bool ContainsValue(System.Object value)",
            "System.Collections.IDictionaryEnumerator GetEnumerator()",
            "void Remove(System.Object key)");

    private static final List<String> SIZE = List.of("long ToBytes()", "long ToGB()", "long ToKB()", "long ToMB()");

    private static final List<String> DATE_PROPERTIES = List.of(
            "datetime Date",
            "int Day",
            "System.DayOfWeek DayOfWeek",
            "int DayOfYear",
            "int Hour",
            "int Millisecond",
            "int Minute",
            "int Month",
            "int Second",
            "timespan TimeOfDay",
            "int Year");

    private MemberList() {}

    static List<Row> of(Object item, String type) {
        List<Row> methods = new ArrayList<>();
        List<Row> properties = new ArrayList<>();
        List<String> calls = new ArrayList<>(methods(item));
        calls.add("bool Equals(System.Object obj)");
        calls.add("type GetType()");
        calls.add("string ToString()");
        calls.forEach(call -> methods.add(row(type, nameOf(call), "Method", call)));
        properties(item).forEach(property -> properties.add(property(item, type, property)));
        Comparator<Row> byName = Comparator.comparing(row -> TextForm.of(row.get("Name")));
        methods.sort(byName);
        properties.sort(byName);
        List<Row> all = new ArrayList<>(methods);
        all.addAll(properties);
        return all;
    }

    private static List<String> methods(Object item) {
        return switch (item) {
            case String _ -> TEXT;
            case ZonedDateTime _ -> DATE;
            case Duration _ -> SPAN;
            case HashTable _ -> TABLE;
            case ByteSize _ -> SIZE;
            case null, default -> List.of();
        };
    }

    /// Each as `type Name`.
    private static List<String> properties(Object item) {
        return switch (item) {
            case String _ -> List.of("int Length");
            case ZonedDateTime _ -> DATE_PROPERTIES;
            case Duration _ ->
                Members.SPAN_PROPERTIES.stream()
                        .map(name ->
                                (name.startsWith("Total") ? "double " : name.equals("Ticks") ? "long " : "int ") + name)
                        .toList();
            case HashTable _ ->
                List.of("int Count", "System.Collections.ICollection Keys", "System.Collections.ICollection Values");
            case Row row ->
                row.names().stream()
                        .map(name -> shortName(row.get(name)) + " " + name)
                        .toList();
            case null, default ->
                DefaultView.columns(item).stream()
                        .map(column -> "System.Object " + column.label())
                        .toList();
        };
    }

    private static Row property(Object item, String type, String typed) {
        String name = typed.substring(typed.indexOf(' ') + 1);
        if (item instanceof Row row && TypeNames.isCustom(row)) {
            return row(type, name, "NoteProperty", typed + "=" + shown(row.get(name)));
        }
        return row(type, name, "Property", typed + " {get;}");
    }

    private static String shown(Object value) {
        return switch (value) {
            case null -> "null";
            case Octets _ -> "System.Byte[]";
            case List<?> _ -> "System.Object[]";
            case SecureText _ -> "System.Security.SecureString";
            default -> TextForm.of(value);
        };
    }

    private static String shortName(Object value) {
        if (value == null) {
            return "System.Object";
        }
        String full = value instanceof Row ? TypeNames.of(value) : Conversion.typeName(value);
        return SHORT.getOrDefault(full, full);
    }

    private static Row row(String type, String name, String kind, String definition) {
        return new Row("MemberDefinition")
                .with("TypeName", type)
                .with("Name", name)
                .with("MemberType", kind)
                .with("Definition", definition);
    }

    private static String nameOf(String call) {
        String head = call.substring(0, call.indexOf('('));
        return head.substring(head.lastIndexOf(' ') + 1);
    }
}
