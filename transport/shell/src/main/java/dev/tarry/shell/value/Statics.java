package dev.tarry.shell.value;

import java.io.File;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// `[type]::Name` and `[type]::Name(…)`: the static members that people use. The others are refused by name. Those of
/// numbers are in [MathStatics].
public final class Statics {
    private final ZoneId zone;
    private final Supplier<ZonedDateTime> now;
    private final Map<String, String> environment;
    private final Supplier<RandomGenerator> chance;

    /// @param zone local time
    /// @param now what time it is
    /// @param environment what `[Environment]` reads and writes
    /// @param chance what `[guid]::NewGuid()` draws from
    public Statics(
            ZoneId zone,
            Supplier<ZonedDateTime> now,
            Map<String, String> environment,
            Supplier<RandomGenerator> chance) {
        this.zone = zone;
        this.now = now;
        this.environment = environment;
        this.chance = chance;
    }

    /// @throws ShellFailure where the type has no such member here
    public Object member(TypeRef type, String name) {
        return switch (type.kind().shortName().toLowerCase(Locale.ROOT) + "." + name.toLowerCase(Locale.ROOT)) {
            case "datetime.now" -> now.get();
            case "datetime.utcnow" -> now.get().withZoneSameInstant(ZoneOffset.UTC);
            case "datetime.today" -> now.get().truncatedTo(ChronoUnit.DAYS);
            case "datetime.minvalue" -> LocalDateTime.of(1, 1, 1, 0, 0).atZone(zone);
            case "datetime.maxvalue" ->
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_900).atZone(zone);
            case "timespan.zero" -> Duration.ZERO;
            case "timespan.maxvalue" -> DotNetTime.span(Long.MAX_VALUE);
            case "timespan.minvalue" -> DotNetTime.span(Long.MIN_VALUE);
            case "timespan.ticksperday" -> 86_400 * DotNetTime.TICKS_PER_SECOND;
            case "timespan.ticksperhour" -> 3_600 * DotNetTime.TICKS_PER_SECOND;
            case "timespan.ticksperminute" -> 60 * DotNetTime.TICKS_PER_SECOND;
            case "timespan.tickspersecond" -> DotNetTime.TICKS_PER_SECOND;
            case "timespan.tickspermillisecond" -> DotNetTime.TICKS_PER_SECOND / 1_000;
            case "string.empty" -> "";
            case "guid.empty" -> new UUID(0, 0);
            case "environment.machinename" -> environment.getOrDefault("COMPUTERNAME", "");
            case "environment.username" -> environment.getOrDefault("USERNAME", environment.getOrDefault("USER", ""));
            case "environment.newline" -> System.lineSeparator();
            case "environment.currentdirectory" -> Path.of("").toAbsolutePath().toString();
            case "environment.processorcount" -> (long) Runtime.getRuntime().availableProcessors();
            case "environment.userdomainname" -> environment.getOrDefault("USERDOMAIN", "");
            case "ipaddress.loopback" -> TypeRef.of(TypeRef.Kind.ADDRESS).cast("127.0.0.1", zone);
            case "ipaddress.any" -> TypeRef.of(TypeRef.Kind.ADDRESS).cast("0.0.0.0", zone);
            case "ipaddress.ipv6loopback" -> TypeRef.of(TypeRef.Kind.ADDRESS).cast("::1", zone);
            case "path.directoryseparatorchar" -> File.separatorChar;
            default ->
                MathStatics.member(type, name)
                        .orElseThrow(
                                () -> ShellFailure.outside("The static member [" + type.fullName() + "]::" + name));
        };
    }

    /// @throws ShellFailure where the type has no such method here, or the arguments do not fit
    public Object call(TypeRef type, String name, List<Object> values) {
        Arguments call = new Arguments(type.fullName(), name, values);
        try {
            if (name.equalsIgnoreCase("new")) {
                return Construction.of(type, call, zone, now);
            }
            return switch (type.kind()) {
                case DATE -> ofDate(call);
                case SPAN -> ofSpan(call);
                case STRING -> ofText(call);
                case CHAR -> ofCharacter(call);
                case GUID -> ofGuid(call);
                case REGEX -> ofRegex(call);
                case ENVIRONMENT -> ofEnvironment(call);
                case ADDRESS, VERSION, BOOL -> parsed(type, call);
                case CONVERT -> ofConvert(call);
                case FILE -> FileStatics.call(call);
                case CONSOLE,
                        FILE_PATH,
                        OBJECT,
                        ARRAY,
                        HASHTABLE,
                        ORDERED,
                        GROWING,
                        CUSTOM,
                        PSOBJECT,
                        BLOCK,
                        SWITCH,
                        URI,
                        BYTES,
                        SECURE,
                        ERROR,
                        TYPE,
                        VOID -> throw unknown(type, name);
                case BYTE, INT16, UINT16, INT32, UINT32, INT64, UINT64, DOUBLE, SINGLE, DECIMAL, MATH ->
                    call.is().equals("parse/1")
                            ? parsed(type, call)
                            : MathStatics.call(type, call).orElseThrow(() -> unknown(type, name));
            };
        } catch (ArithmeticException | DateTimeException | IndexOutOfBoundsException e) {
            throw call.failed("ArgumentOutOfRangeException", "The value is out of range.");
        }
    }

    private static ShellFailure unknown(TypeRef type, String name) {
        return ShellFailure.outside("The static method [" + type.fullName() + "]::" + name + "()");
    }

    private Object parsed(TypeRef type, Arguments call) {
        if (!call.is().equals("parse/1")) {
            throw unknown(type, call.name());
        }
        try {
            return type.cast(call.text(0), zone);
        } catch (ShellFailure wrong) {
            throw call.failed("FormatException", "Input string was not in a correct format.");
        }
    }

    private Object ofDate(Arguments call) {
        return switch (call.is()) {
            case "parse/1" ->
                DateForm.parse(call.text(0), zone)
                        .orElseThrow(
                                () -> call.failed("FormatException", "String was not recognized as a valid DateTime."));
            case "parseexact/3" ->
                DateForm.parseExact(call.text(0), call.text(1), zone)
                        .orElseThrow(
                                () -> call.failed("FormatException", "String was not recognized as a valid DateTime."));
            case "daysinmonth/2" -> (long) Month.of(call.whole(1)).length(Year.isLeap(call.whole(0)));
            case "isleapyear/1" -> Year.isLeap(call.whole(0));
            case "compare/2" -> (long) Integer.signum(new Comparing(zone).order(call.at(0), call.at(1), false));
            case "specifykind/2" -> {
                ZonedDateTime date =
                        Conversion.date(call.at(0), zone).orElseThrow(() -> call.wrong(0, "System.DateTime"));
                yield call.text(1).equalsIgnoreCase("Utc")
                        ? date.withZoneSameLocal(ZoneOffset.UTC)
                        : date.withZoneSameLocal(zone);
            }
            default -> throw unknown(TypeRef.of(TypeRef.Kind.DATE), call.name());
        };
    }

    private static Object ofSpan(Arguments call) {
        return switch (call.is()) {
            case "fromdays/1" -> span(call, 86_400);
            case "fromhours/1" -> span(call, 3_600);
            case "fromminutes/1" -> span(call, 60);
            case "fromseconds/1" -> span(call, 1);
            case "frommilliseconds/1" -> span(call, 0.001);
            case "fromticks/1" -> DotNetTime.span(call.number(0).longValue());
            case "parse/1" ->
                SpanForm.parse(call.text(0))
                        .orElseThrow(
                                () -> call.failed("FormatException", "String was not recognized as a valid TimeSpan."));
            default -> throw unknown(TypeRef.of(TypeRef.Kind.SPAN), call.name());
        };
    }

    private static Duration span(Arguments call, double seconds) {
        double millis = Math.rint(call.real(0) * seconds * 1_000);
        if (!(Math.abs(millis) < 9e14)) {
            throw call.failed("OverflowException", "TimeSpan overflowed because the duration is too long.");
        }
        return Duration.ofMillis((long) millis);
    }

    private static Object ofText(Arguments call) {
        String method = call.name().toLowerCase(Locale.ROOT);
        return switch (method) {
            case "isnullorempty" -> call.text(0).isEmpty();
            case "isnullorwhitespace" -> call.text(0).isBlank();
            case "join" ->
                TextForm.joined(
                        call.values().size() == 2
                                ? Conversion.list(call.at(1))
                                : call.values().subList(1, call.values().size()),
                        call.text(0));
            case "format" ->
                TextOperations.format(
                        call.text(0),
                        call.values().size() == 2 && call.at(1) instanceof List<?> list
                                ? list
                                : call.values().subList(1, call.values().size()));
            case "concat" -> TextForm.joined(call.values(), "");
            case "compare" -> {
                boolean ignoresCase = call.values().size() > 2 && Conversion.truth(call.at(2));
                int order = call.text(0).compareToIgnoreCase(call.text(1));
                yield (long) Integer.signum(
                        order != 0 || ignoresCase ? order : -call.text(0).compareTo(call.text(1)));
            }
            case "equals" ->
                call.values().size() == 2
                        ? call.text(0).equals(call.text(1))
                        : call.text(0).equalsIgnoreCase(call.text(1));
            default -> throw unknown(TypeRef.of(TypeRef.Kind.STRING), call.name());
        };
    }

    private static Object ofCharacter(Arguments call) {
        String text = call.text(0);
        char c = text.isEmpty() ? '\0' : text.charAt(0);
        return switch (call.is()) {
            case "isdigit/1", "isnumber/1" -> Character.isDigit(c);
            case "isletter/1" -> Character.isLetter(c);
            case "isletterordigit/1" -> Character.isLetterOrDigit(c);
            case "iswhitespace/1" -> Character.isWhitespace(c) || c == '\u00a0';
            case "isupper/1" -> Character.isUpperCase(c);
            case "islower/1" -> Character.isLowerCase(c);
            case "ispunctuation/1" -> "!\"#%&'()*,-./:;?@[\\]_{}".indexOf(c) >= 0;
            case "toupper/1" -> Character.toUpperCase(c);
            case "tolower/1" -> Character.toLowerCase(c);
            default -> throw unknown(TypeRef.of(TypeRef.Kind.CHAR), call.name());
        };
    }

    private Object ofGuid(Arguments call) {
        return switch (call.is()) {
            case "newguid/0" -> {
                long high = chance.get().nextLong();
                long low = chance.get().nextLong();
                // RFC 9562 §5.4: version 4, variant 10.
                yield new UUID(high & ~0xF000L | 0x4000L, low & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
            }
            case "parse/1" -> TypeRef.of(TypeRef.Kind.GUID).cast(call.text(0), zone);
            default -> throw unknown(TypeRef.of(TypeRef.Kind.GUID), call.name());
        };
    }

    private static Object ofRegex(Arguments call) {
        boolean ignoresCase = call.values().size() > 2
                && call.text(call.values().size() - 1).toLowerCase(Locale.ROOT).contains("ignorecase");
        return switch (call.is()) {
            case "escape/1" -> Regex.escaped(call.text(0));
            case "ismatch/2", "ismatch/3" ->
                Regex.of(call.text(1), !ignoresCase).matches(call.text(0));
            case "match/2", "match/3" -> RegexMembers.first(Regex.of(call.text(1), !ignoresCase), call.text(0));
            case "matches/2", "matches/3" ->
                new ArrayList<Object>(Regex.of(call.text(1), !ignoresCase).all(call.text(0)));
            case "replace/3" -> Regex.of(call.text(1), true).replaced(call.text(0), call.text(2));
            case "split/2" -> new ArrayList<Object>(Regex.of(call.text(1), true).split(call.text(0), 0));
            default -> throw unknown(TypeRef.of(TypeRef.Kind.REGEX), call.name());
        };
    }

    private Object ofEnvironment(Arguments call) {
        switch (call.is()) {
            case "getenvironmentvariable/1", "getenvironmentvariable/2" -> {
                return environment.get(call.text(0));
            }
            case "setenvironmentvariable/2" -> {
                if (call.text(1).isEmpty()) {
                    environment.remove(call.text(0));
                } else {
                    environment.put(call.text(0), call.text(1));
                }
                return null;
            }
            default -> throw unknown(TypeRef.of(TypeRef.Kind.ENVIRONMENT), call.name());
        }
    }

    private Object ofConvert(Arguments call) {
        return switch (call.is()) {
            case "toint32/1" -> TypeRef.of(TypeRef.Kind.INT32).cast(call.at(0), zone);
            case "toint64/1" -> TypeRef.of(TypeRef.Kind.INT64).cast(call.at(0), zone);
            case "toint32/2", "toint64/2" -> Long.parseLong(call.text(0).replaceFirst("^0[xX]", ""), call.whole(1));
            case "todouble/1" -> TypeRef.of(TypeRef.Kind.DOUBLE).cast(call.at(0), zone);
            case "todecimal/1" -> TypeRef.of(TypeRef.Kind.DECIMAL).cast(call.at(0), zone);
            case "tostring/1" -> call.text(0);
            case "tostring/2" -> Long.toString(call.number(0).longValue(), call.whole(1));
            case "toboolean/1" -> Conversion.truth(call.at(0));
            case "todatetime/1" -> TypeRef.of(TypeRef.Kind.DATE).cast(call.at(0), zone);
            default -> throw unknown(TypeRef.of(TypeRef.Kind.CONVERT), call.name());
        };
    }

    static BigDecimal rounded(BigDecimal value, int places, boolean awayFromZero) {
        return value.setScale(places, awayFromZero ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN);
    }
}
