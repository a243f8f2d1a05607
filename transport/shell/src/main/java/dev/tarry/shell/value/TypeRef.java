package dev.tarry.shell.value;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `[int]`, `[string[]]`: a type as a value. Those that are not here are refused by name.
///
/// @param array whether it is an array of the kind
public record TypeRef(Kind kind, boolean array) {
    /// The types that this shell knows.
    public enum Kind {
        OBJECT("System.Object", "object"),
        STRING("System.String", "string"),
        CHAR("System.Char", "char"),
        BOOL("System.Boolean", "bool"),
        BYTE("System.Byte", "byte"),
        INT16("System.Int16", "int16", "short"),
        UINT16("System.UInt16", "uint16", "ushort"),
        INT32("System.Int32", "int", "int32"),
        UINT32("System.UInt32", "uint32", "uint"),
        INT64("System.Int64", "long", "int64"),
        UINT64("System.UInt64", "uint64", "ulong"),
        DOUBLE("System.Double", "double"),
        SINGLE("System.Single", "single", "float"),
        DECIMAL("System.Decimal", "decimal"),
        DATE("System.DateTime", "datetime"),
        SPAN("System.TimeSpan", "timespan"),
        ARRAY("System.Array", "array"),
        HASHTABLE("System.Collections.Hashtable", "hashtable"),
        ORDERED("System.Collections.Specialized.OrderedDictionary", "ordered"),
        GROWING(
                "System.Collections.ArrayList",
                "collections.arraylist",
                "collections.generic.list",
                "system.collections.generic.list"),
        CUSTOM("System.Management.Automation.PSCustomObject", "pscustomobject", "management.automation.pscustomobject"),
        PSOBJECT("System.Management.Automation.PSObject", "psobject"),
        BLOCK("System.Management.Automation.ScriptBlock", "scriptblock"),
        SWITCH("System.Management.Automation.SwitchParameter", "switch"),
        REGEX("System.Text.RegularExpressions.Regex", "regex"),
        VERSION("System.Version", "version"),
        ADDRESS("System.Net.IPAddress", "ipaddress", "net.ipaddress"),
        GUID("System.Guid", "guid"),
        URI("System.Uri", "uri"),
        BYTES("Microsoft.Exchange.Data.ByteQuantifiedSize"),
        SECURE("System.Security.SecureString", "securestring"),
        ERROR("System.Management.Automation.ErrorRecord", "management.automation.errorrecord"),
        TYPE("System.RuntimeType", "type"),
        VOID("System.Void", "void"),
        MATH("System.Math", "math"),
        ENVIRONMENT("System.Environment", "environment"),
        CONSOLE("System.Console", "console"),
        CONVERT("System.Convert", "convert"),
        FILE("System.IO.File", "io.file"),
        FILE_PATH("System.IO.Path", "io.path");

        private final String fullName;
        private final List<String> others;

        Kind(String fullName, String... others) {
            this.fullName = fullName;
            this.others = List.of(others);
        }

        public String fullName() {
            return fullName;
        }

        String shortName() {
            return fullName.substring(fullName.lastIndexOf('.') + 1);
        }
    }

    private static final Map<String, Kind> BY_NAME = byName();

    private static Map<String, Kind> byName() {
        Map<String, Kind> names = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            names.put(kind.fullName.toLowerCase(Locale.ROOT), kind);
            kind.others.forEach(name -> names.put(name, kind));
            if (kind.fullName.startsWith("System.")) {
                names.putIfAbsent(kind.fullName.substring("System.".length()).toLowerCase(Locale.ROOT), kind);
            }
        }
        return Map.copyOf(names);
    }

    public static TypeRef of(Kind kind) {
        return new TypeRef(kind, false);
    }

    /// The type of this name, as it stands in brackets.
    ///
    /// @throws ShellFailure where this shell does not know it
    public static TypeRef named(String text) {
        return find(text).orElseThrow(() -> {
            String name = text.strip();
            return ExceptionType.isKnown(name)
                    ? ShellFailure.outside("Making an exception of type [" + name + "]")
                    : ShellFailure.of(
                                    ShellFailure.Category.InvalidOperation,
                                    "TypeNotFound",
                                    "RuntimeException",
                                    "Unable to find type [" + name
                                            + "]: it is outside the part of PowerShell that tarry speaks.")
                            .withTarget(name);
        });
    }

    /// As [#named], empty where this shell does not know it.
    public static Optional<TypeRef> find(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
        boolean array = name.endsWith("[]");
        String single = array ? name.substring(0, name.length() - 2) : name;
        // What a list is made of is not minded: any of these may hold anything.
        int generic = single.indexOf('[');
        if (generic > 0) {
            String outer = single.substring(0, generic).replaceFirst("`1$", "");
            return outer.endsWith("collections.generic.list") ? Optional.of(of(Kind.GROWING)) : Optional.empty();
        }
        return Optional.ofNullable(BY_NAME.get(single)).map(kind -> new TypeRef(kind, array));
    }

    /// The type of a value; of null none.
    public static Optional<TypeRef> ofValue(Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case Octets _ -> Optional.of(new TypeRef(Kind.BYTE, true));
            case GrowingList _ -> Optional.of(of(Kind.GROWING));
            case List<?> _ -> Optional.of(new TypeRef(Kind.OBJECT, true));
            case Row _ -> Optional.of(of(Kind.CUSTOM));
            default -> find(Conversion.typeName(value));
        };
    }

    /// As .NET's Type.FullName has it: `System.String[]`.
    public String fullName() {
        return kind.fullName() + (array ? "[]" : "");
    }

    /// As .NET's Type.Name has it: `String[]`.
    public String name() {
        return kind.shortName() + (array ? "[]" : "");
    }

    /// Whether a value is of this type (`-is`).
    public boolean holds(Object value) {
        if (value == null) {
            return false;
        }
        if (array) {
            return value instanceof List<?> list
                    && !(value instanceof GrowingList)
                    && (kind == Kind.OBJECT || !list.isEmpty() && list.stream().allMatch(of(kind)::holds));
        }
        return switch (kind) {
            case OBJECT -> true;
            case INT64 -> value instanceof Long;
            case ARRAY -> value instanceof List<?> && !(value instanceof GrowingList);
            case PSOBJECT, CUSTOM -> value instanceof Row;
            case SWITCH -> value instanceof Boolean;
            default -> ofValue(value).filter(this::equals).isPresent();
        };
    }

    /// The value made into this type.
    ///
    /// @param zone the one that dates without an offset are in
    /// @throws ShellFailure where it cannot be made into it
    public Object cast(Object value, ZoneId zone) {
        if (!array) {
            return new Casts(zone).cast(kind, value);
        }
        List<Object> elements = new ArrayList<>();
        if (value != null) {
            Conversion.list(value).forEach(element -> elements.add(new Casts(zone).cast(kind, element)));
        }
        return value == null ? null : elements;
    }

    @Override
    public String toString() {
        return fullName();
    }
}
