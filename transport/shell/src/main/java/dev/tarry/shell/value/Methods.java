package dev.tarry.shell.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `value.Method(arguments)`: the methods that people use at a prompt. The others are refused by name.
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
        Call call = new Call(target, name, arguments);
        try {
            return switch (target) {
                case String text -> ofText(text, call);
                case ZonedDateTime date -> ofDate(date, call);
                case Duration span -> ofSpan(span, call);
                case HashTable table -> ofTable(table, call);
                case ByteSize size -> ofSize(size, call);
                case Number number -> ofNumber(number, call);
                case List<?> list -> ofList(list, call);
                default -> ofAny(target, call);
            };
        } catch (StringIndexOutOfBoundsException | ArithmeticException | DateTimeException e) {
            throw ShellFailure.of(
                    ShellFailure.Category.NotSpecified,
                    "ArgumentOutOfRangeException",
                    "MethodInvocationException",
                    "Exception calling \"" + name + "\" with \"" + arguments.size()
                            + "\" argument(s): \"The value is out of range.\"");
        }
    }

    private record Call(Object target, String name, List<Object> arguments) {
        String is() {
            return name.toLowerCase(Locale.ROOT) + "/" + arguments.size();
        }

        String text(int i) {
            return TextForm.of(arguments.get(i));
        }

        int whole(int i) {
            return Math.toIntExact(Conversion.whole(arguments.get(i)).orElseThrow(() -> wrong(i, "System.Int32")));
        }

        double number(int i) {
            return Conversion.number(arguments.get(i))
                    .orElseThrow(() -> wrong(i, "System.Double"))
                    .doubleValue();
        }

        Duration span(int i) {
            return Conversion.span(arguments.get(i)).orElseThrow(() -> wrong(i, "System.TimeSpan"));
        }

        private ShellFailure wrong(int i, String type) {
            return ShellFailure.of(
                    ShellFailure.Category.NotSpecified,
                    "MethodArgumentConversionInvalidCastArgument",
                    "MethodException",
                    "Cannot convert argument \"" + i + "\", with value: \"" + text(i) + "\", for \"" + name
                            + "\" to type \"" + type + "\".");
        }

        ShellFailure unknown() {
            String type = Conversion.typeName(target);
            return ShellFailure.runtime(
                    "MethodNotFound",
                    "Method invocation failed because [" + type + "] does not contain a method named '" + name
                            + "' that takes " + arguments.size() + " argument(s) in this shell.");
        }
    }

    private static Object ofAny(Object target, Call call) {
        return switch (call.is()) {
            case "tostring/0" -> TextForm.of(target);
            case "equals/1" -> target.equals(call.arguments().getFirst());
            default -> throw call.unknown();
        };
    }

    private static Object ofText(String text, Call call) {
        return switch (call.is()) {
            case "toupper/0" -> text.toUpperCase(Locale.ROOT);
            case "tolower/0" -> text.toLowerCase(Locale.ROOT);
            case "trim/0" -> text.strip();
            case "trimstart/0" -> text.stripLeading();
            case "trimend/0" -> text.stripTrailing();
            case "contains/1" -> text.contains(call.text(0));
            case "startswith/1" -> text.startsWith(call.text(0));
            case "endswith/1" -> text.endsWith(call.text(0));
            case "indexof/1" -> (long) text.indexOf(call.text(0));
            case "replace/2" -> {
                if (call.text(0).isEmpty()) {
                    throw ShellFailure.runtime("ArgumentException", "String cannot be of zero length.");
                }
                yield text.replace(call.text(0), call.text(1));
            }
            case "substring/1" -> text.substring(call.whole(0));
            case "substring/2" -> text.substring(call.whole(0), Math.addExact(call.whole(0), call.whole(1)));
            case "split/1" -> split(text, call.text(0));
            case "padleft/1" -> " ".repeat(Math.clamp(call.whole(0) - text.length(), 0, 10_000)) + text;
            case "padright/1" -> text + " ".repeat(Math.clamp(call.whole(0) - text.length(), 0, 10_000));
            default -> ofAny(text, call);
        };
    }

    /// Each character of the argument separates, as .NET Framework's `Split(char[])` has it.
    private static List<Object> split(String text, String separators) {
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (separators.indexOf(text.charAt(i)) >= 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private Object ofDate(ZonedDateTime date, Call call) {
        return switch (call.is()) {
            case "addyears/1" -> date.plusYears(call.whole(0));
            case "addmonths/1" -> date.plusMonths(call.whole(0));
            case "adddays/1" -> plus(date, call.number(0), 86_400);
            case "addhours/1" -> plus(date, call.number(0), 3_600);
            case "addminutes/1" -> plus(date, call.number(0), 60);
            case "addseconds/1" -> plus(date, call.number(0), 1);
            case "addmilliseconds/1" -> plus(date, call.number(0), 0.001);
            case "add/1" -> date.plus(call.span(0));
            case "subtract/1" ->
                call.arguments().getFirst() instanceof ZonedDateTime other
                        ? Duration.between(other, date)
                        : date.minus(call.span(0));
            case "touniversaltime/0" -> date.withZoneSameInstant(ZoneOffset.UTC);
            case "tolocaltime/0" -> date.withZoneSameInstant(zone);
            case "tostring/0" -> DateForm.display(date);
            case "tostring/1" -> DateForm.formatted(date, call.text(0));
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
        if (Math.abs(millis) > 1e15) {
            throw new DateTimeException("out of range");
        }
        return date.plus(Duration.ofMillis((long) millis));
    }

    private static Object ofSpan(Duration span, Call call) {
        return switch (call.is()) {
            case "add/1" -> span.plus(call.span(0));
            case "subtract/1" -> span.minus(call.span(0));
            case "negate/0" -> span.negated();
            default -> ofAny(span, call);
        };
    }

    private static Object ofTable(HashTable table, Call call) {
        return switch (call.is()) {
            case "containskey/1", "contains/1" -> table.has(call.arguments().getFirst());
            default -> ofAny(table, call);
        };
    }

    private static Object ofSize(ByteSize size, Call call) {
        return switch (call.is()) {
            case "tobytes/0" -> size.bytes();
            case "tokb/0" -> size.bytes() >> 10;
            case "tomb/0" -> size.bytes() >> 20;
            case "togb/0" -> size.bytes() >> 30;
            default -> ofAny(size, call);
        };
    }

    private static Object ofNumber(Number number, Call call) {
        return switch (call.is()) {
            case "tostring/1" -> NumberForm.formatted(number, call.text(0)).orElseThrow(call::unknown);
            default -> ofAny(number, call);
        };
    }

    /// What an array does not have itself is called on each of its elements.
    private Object ofList(List<?> list, Call call) {
        return switch (call.is()) {
            case "contains/1" -> list.contains(call.arguments().getFirst());
            case "indexof/1" -> (long) list.indexOf(call.arguments().getFirst());
            default -> {
                List<Object> results = new ArrayList<>();
                list.forEach(element -> results.add(call(element, call.name(), call.arguments())));
                yield Conversion.collected(results);
            }
        };
    }
}
