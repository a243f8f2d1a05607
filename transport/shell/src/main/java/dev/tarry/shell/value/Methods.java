package dev.tarry.shell.value;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// `value.Method(arguments)`: the methods that people use at a prompt. The others are refused by name. Those of
/// strings are in [TextMethods].
public final class Methods {
    private final ZoneId zone;

    /// @param zone what `ToLocalTime()` goes to
    public Methods(ZoneId zone) {
        this.zone = zone;
    }

    /// @throws ShellFailure where the value has no such method, or the arguments do not fit
    public Object call(Object target, String name, List<Object> arguments) {
        if (target == null) {
            throw ShellFailure.runtime("InvokeMethodOnNull", "You cannot call a method on a null-valued expression.");
        }
        Arguments call = new Arguments(Conversion.typeName(target), name, arguments);
        if (call.is().equals("gettype/0")) {
            if (target instanceof ErrorRecords.Thrown exception) {
                return new Row("System.RuntimeType")
                        .with("Name", exception.failure().exceptionName())
                        .with("FullName", exception.fullName());
            }
            return TypeRef.ofValue(target).orElseThrow(call::unknown);
        }
        try {
            return switch (target) {
                case String text -> TextMethods.call(text, call);
                case ZonedDateTime date -> ofDate(date, call);
                case Duration span -> ofSpan(span, call);
                case HashTable table -> ofTable(table, call);
                case ByteSize size -> ofSize(size, call);
                case Number number -> ofNumber(number, call);
                case GrowingList list -> ofGrowing(list, call);
                case List<?> list -> ofList(list, call);
                case Regex regex -> RegexMembers.call(regex, call);
                case UUID guid -> ofGuid(guid, call);
                case InetAddress address when call.is().equals("ipaddresstostring/0") -> address.getHostAddress();
                case Row row when call.is().equals("psobject/0") -> row;
                default -> ofAny(target, call);
            };
        } catch (IndexOutOfBoundsException | ArithmeticException | DateTimeException e) {
            throw call.failed("ArgumentOutOfRangeException", "The value is out of range.");
        }
    }

    private Object ofAny(Object target, Arguments call) {
        return switch (call.is()) {
            case "tostring/0" -> TextForm.of(target);
            case "equals/1" -> target.equals(call.at(0));
            case "compareto/1" -> (long) Integer.signum(new Comparing(zone).order(target, call.at(0), false));
            case "gethashcode/0" -> (long) target.hashCode();
            default -> throw call.unknown();
        };
    }

    private Object ofDate(ZonedDateTime date, Arguments call) {
        Object result;
        try {
            result = ofAnyDate(date, call);
        } catch (ArithmeticException | DateTimeException _) {
            throw unrepresentable(call);
        }
        if (result instanceof ZonedDateTime moved && (moved.getYear() < 1 || moved.getYear() > 9999)) {
            throw unrepresentable(call);
        }
        return result;
    }

    private static ShellFailure unrepresentable(Arguments call) {
        return call.failed("ArgumentOutOfRangeException", DateForm.UNREPRESENTABLE);
    }

    private Object ofAnyDate(ZonedDateTime date, Arguments call) {
        return switch (call.is()) {
            case "addyears/1" -> date.plusYears(call.whole(0));
            case "addmonths/1" -> date.plusMonths(call.whole(0));
            case "adddays/1" -> plus(date, call.real(0), 86_400);
            case "addhours/1" -> plus(date, call.real(0), 3_600);
            case "addminutes/1" -> plus(date, call.real(0), 60);
            case "addseconds/1" -> plus(date, call.real(0), 1);
            case "addmilliseconds/1" -> plus(date, call.real(0), 0.001);
            case "addticks/1" -> date.plus(DotNetTime.span(call.number(0).longValue()));
            case "add/1" -> date.plus(call.span(0));
            case "subtract/1" ->
                call.at(0) instanceof ZonedDateTime other ? Duration.between(other, date) : date.minus(call.span(0));
            case "touniversaltime/0" -> date.withZoneSameInstant(ZoneOffset.UTC);
            case "tolocaltime/0" -> date.withZoneSameInstant(zone);
            case "isdaylightsavingtime/0" -> date.getZone().getRules().isDaylightSavings(date.toInstant());
            case "tofiletime/0", "tofiletimeutc/0" ->
                DotNetTime.ticks(date.withZoneSameInstant(ZoneOffset.UTC)) - 504_911_232_000_000_000L;
            case "tostring/0" -> DateForm.display(date);
            case "tostring/1", "tostring/2" -> DateForm.formatted(date, call.text(0));
            case "toshortdatestring/0" -> DateForm.formatted(date, "d");
            case "toshorttimestring/0" -> DateForm.formatted(date, "t");
            case "tolongdatestring/0" -> DateForm.formatted(date, "D");
            case "tolongtimestring/0" -> DateForm.formatted(date, "T");
            default -> ofAny(date, call);
        };
    }

    private static ZonedDateTime plus(ZonedDateTime date, double units, double secondsEach) {
        // .NET rounds to whole milliseconds here.
        double millis = Math.rint(units * secondsEach * 1_000);
        if (!(Math.abs(millis) <= 1e15)) {
            throw new DateTimeException("out of range");
        }
        return date.plus(Duration.ofMillis((long) millis));
    }

    private Object ofSpan(Duration span, Arguments call) {
        return switch (call.is()) {
            case "add/1" -> span.plus(call.span(0));
            case "subtract/1" -> span.minus(call.span(0));
            case "negate/0" -> span.negated();
            case "duration/0" -> span.abs();
            case "tostring/1", "tostring/2" -> SpanForm.formatted(span, call.text(0));
            default -> ofAny(span, call);
        };
    }

    private Object ofTable(HashTable table, Arguments call) {
        return switch (call.is()) {
            case "containskey/1", "contains/1" -> table.has(call.at(0));
            case "containsvalue/1" ->
                table.values().stream().anyMatch(value -> new Comparing(zone).equal(value, call.at(0), true));
            case "add/2" -> {
                if (table.has(call.at(0))) {
                    throw call.failed(
                            "ArgumentException",
                            "Item has already been added. Key in dictionary: '" + call.text(0) + "'  Key being added: '"
                                    + call.text(0) + "'");
                }
                table.add(call.at(0), call.at(1));
                yield Void.NOTHING;
            }
            case "remove/1" -> {
                table.remove(call.at(0));
                yield Void.NOTHING;
            }
            case "clear/0" -> {
                table.clear();
                yield Void.NOTHING;
            }
            case "clone/0" -> {
                HashTable copy = new HashTable(table.isOrdered());
                table.keys().forEach(key -> copy.add(key, table.get(key)));
                yield copy;
            }
            case "get_item/1" -> table.get(call.at(0));
            case "getenumerator/0" -> {
                List<Object> entries = new ArrayList<>();
                table.keys()
                        .forEach(key -> entries.add(new Row("System.Collections.DictionaryEntry")
                                .with("Name", key)
                                .with("Key", key)
                                .with("Value", table.get(key))));
                yield entries;
            }
            default -> ofAny(table, call);
        };
    }

    private Object ofSize(ByteSize size, Arguments call) {
        return switch (call.is()) {
            case "tobytes/0" -> size.bytes();
            case "tokb/0" -> size.bytes() >> 10;
            case "tomb/0" -> size.bytes() >> 20;
            case "togb/0" -> size.bytes() >> 30;
            default -> ofAny(size, call);
        };
    }

    private Object ofNumber(Number number, Arguments call) {
        return switch (call.is()) {
            case "tostring/1", "tostring/2" ->
                NumberForm.formatted(number, call.text(0))
                        .orElseThrow(() -> ShellFailure.of(
                                ShellFailure.Category.NotSpecified,
                                "FormatException",
                                "MethodInvocationException",
                                "Exception calling \"ToString\" with \""
                                        + call.values().size() + "\" argument(s): \"Format specifier was invalid.\""));
            default -> ofAny(number, call);
        };
    }

    private Object ofGuid(UUID guid, Arguments call) {
        String text = guid.toString();
        return switch (call.is()) {
            case "tostring/1" ->
                switch (call.text(0).toUpperCase(Locale.ROOT)) {
                    case "N" -> text.replace("-", "");
                    case "B" -> "{" + text + "}";
                    case "P" -> "(" + text + ")";
                    default -> text;
                };
            default -> ofAny(guid, call);
        };
    }

    private Object ofGrowing(GrowingList list, Arguments call) {
        return switch (call.is()) {
            case "add/1" -> {
                list.add(call.at(0));
                yield (long) list.size() - 1;
            }
            case "addrange/1" -> {
                list.addAll(Conversion.list(call.at(0)));
                yield Void.NOTHING;
            }
            case "remove/1" -> {
                Comparing comparing = new Comparing(zone);
                for (int i = 0; i < list.size(); i++) {
                    if (comparing.equal(list.get(i), call.at(0), true)) {
                        list.remove(i);
                        break;
                    }
                }
                yield Void.NOTHING;
            }
            case "removeat/1" -> {
                list.remove(call.whole(0));
                yield Void.NOTHING;
            }
            case "insert/2" -> {
                list.add(call.whole(0), call.at(1));
                yield Void.NOTHING;
            }
            case "clear/0" -> {
                list.clear();
                yield Void.NOTHING;
            }
            case "reverse/0" -> {
                Collections.reverse(list);
                yield Void.NOTHING;
            }
            case "sort/0" -> {
                Comparing comparing = new Comparing(zone);
                list.sort((a, b) -> comparing.order(a, b, false));
                yield Void.NOTHING;
            }
            case "toarray/0" -> new ArrayList<Object>(list);
            default -> ofList(list, call);
        };
    }

    /// What an array does not have itself is called on each of its elements.
    private Object ofList(List<?> list, Arguments call) {
        return switch (call.is()) {
            case "contains/1" ->
                list.stream().anyMatch(element -> new Comparing(zone).equal(element, call.at(0), true));
            case "indexof/1" -> {
                Comparing comparing = new Comparing(zone);
                long at = -1;
                for (int i = 0; i < list.size() && at < 0; i++) {
                    at = comparing.equal(list.get(i), call.at(0), true) ? i : -1;
                }
                yield at;
            }
            case "clone/0" -> new ArrayList<Object>(list);
            case "getenumerator/0" -> list;
            case "getlength/1" -> (long) list.size();
            case "getvalue/1" -> list.get(call.whole(0));
            case "setvalue/2" -> {
                Setting.element(list, call.at(1), call.at(0));
                yield Void.NOTHING;
            }
            case "add/1", "remove/1", "insert/2", "clear/0", "removeat/1" ->
                throw call.failed("NotSupportedException", "Collection was of a fixed size.");
            case "tostring/0" -> Conversion.typeName(list);
            default -> {
                List<Object> results = new ArrayList<>();
                list.forEach(element -> results.add(call(element, call.name(), call.values())));
                results.removeIf(Void.NOTHING::equals);
                yield Conversion.collected(results);
            }
        };
    }

    /// What a method gives that gives nothing, not even null.
    public enum Void {
        NOTHING
    }
}
