package dev.tarry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Time, chance, secrets and threads are given (design §3.7): who may take them from the system, and who may not.
final class Given {
    private static final String SOURCE = "dev.tarry.time.SystemSource";
    private static final String ANY = "*";

    /// What reads the system's clock, its random source, or waits on real time; by owner, `*` for all of its methods.
    private static final Map<String, Set<String>> OF_THE_SYSTEM = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
            Map.entry("java.lang.Thread", Set.of("sleep")),
            Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.StrictMath", Set.of("random")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of(ANY)),
            Map.entry("io.netty.util.internal.ThreadLocalRandom", Set.of(ANY)),
            Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstance", "getInstanceStrong")),
            Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")),
            Map.entry("java.util.Timer", Set.of(ANY)),
            Map.entry("java.util.Calendar", Set.of("getInstance")),
            Map.entry("java.util.concurrent.ScheduledExecutorService", Set.of(ANY)),
            Map.entry("java.util.concurrent.ScheduledThreadPoolExecutor", Set.of(ANY)),
            Map.entry(
                    "java.util.concurrent.CompletableFuture",
                    Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")),
            Map.entry(
                    "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds")),
            Map.entry("java.time.InstantSource", Set.of("system")));

    /// Methods of these that take no clock.
    private static final List<String> CALENDAR = List.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.ZonedDateTime",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.MonthDay");

    /// Constructors of these draw their own seed, or read the clock, when they are given nothing.
    private static final Set<String> NEEDS_AN_ARGUMENT =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.util.Date", "java.util.GregorianCalendar");

    static final ArchRule ONLY_THE_SOURCE_ASKS_THE_SYSTEM = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SOURCE)
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "the system's clock, its random source, or a wait in real time", Given::ofTheSystem));

    static final ArchRule NO_ALARMS_OF_NETTYS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tarry.time..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "an alarm or a wait on Netty's clock",
                    access -> access.getTarget().getOwner().getName().startsWith("io.netty.")
                            && access.getTarget()
                                    .getName()
                                    .matches("schedule|scheduleAtFixedRate|scheduleWithFixedDelay")));

    static final ArchRule NO_TIME_OUT_HANDLERS =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.netty.handler.timeout..");

    /// But for who switches off the one that Netty has by itself, of 30 seconds.
    static final ArchRule NO_CONNECT_TIME_OUT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.tarry.simulation.Carrier")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "Netty's connect time-out",
                    access -> access.getTarget().getName().matches("CONNECT_TIMEOUT_MILLIS|setConnectTimeoutMillis")));

    static final ArchRule NO_STATIC_STATE = fields().that()
            .areStatic()
            .and(DescribedPredicate.describe(
                    "are ours", field -> !field.getName().contains("$")))
            .should()
            .beFinal();

    static final ArchRule ONLY_THE_RIM_WRITES_TO_THE_TERMINAL = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tarry.app..", "dev.tarry.shell..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "standard output or error",
                    access -> access.getTarget().getOwner().getName().equals("java.lang.System")
                                    && access.getTarget().getName().matches("out|err")
                            || access.getTarget().getName().equals("printStackTrace")));

    static final ArchRule ONLY_THE_DOOR_ENDS_THE_PROCESS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tarry.app..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "the end of the process",
                    access -> access.getTarget().getOwner().getName().matches("java\\.lang\\.(System|Runtime)")
                            && access.getTarget().getName().matches("exit|halt")));

    private Given() {}

    private static boolean ofTheSystem(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        Set<String> methods = OF_THE_SYSTEM.getOrDefault(owner, Set.of());
        if (methods.contains(ANY) || methods.contains(target.getName())) {
            return true;
        }
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget call)) {
            return false;
        }
        boolean withoutClock =
                call.getRawParameterTypes().stream().noneMatch(type -> type.isAssignableTo("java.time.InstantSource"));
        boolean nothingGiven = call.getRawParameterTypes().isEmpty();
        return CALENDAR.contains(owner) && target.getName().equals("now") && withoutClock
                || owner.equals("java.util.random.RandomGeneratorFactory")
                        && target.getName().equals("create")
                        && nothingGiven
                || NEEDS_AN_ARGUMENT.contains(owner) && target.getName().equals("<init>") && nothingGiven
                || owner.equals("java.util.Collections")
                        && target.getName().equals("shuffle")
                        && call.getRawParameterTypes().size() == 1;
    }
}
