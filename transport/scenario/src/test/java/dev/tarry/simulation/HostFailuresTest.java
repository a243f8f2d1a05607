package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.fault.ConnectEffect;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.LinkEffect;
import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.fault.SmtpStage;
import dev.tarry.lab.fault.TlsEffect;
import dev.tarry.simulation.HostWeather.Seen;
import dev.tarry.simulation.HostWeather.Size;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A remote host may do anything that the weather can do: each way has the outcome that it must have, leaves nothing
/// behind, and mail arrives once when it is over. What was seen stands in HOST-FAILURES.md.
final class HostFailuresTest {
    private static final Path PAGE = Path.of("../server/HOST-FAILURES.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";
    private static final String DOMAIN = "fabrikam.com";

    private static final ConcurrentLinkedQueue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static ResourceLeakDetector.Level before;

    @BeforeAll
    static void watchEveryBuffer() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + " " + records));
    }

    @AfterAll
    static void noBufferWasLost() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer(1).release(); // which looks for those that were collected
        }
        ResourceLeakDetector.setLevel(before);
        assertEquals(List.of(), List.copyOf(LEAKS), "buffers were lost");
    }

    @Test
    void every_way_of_going_wrong_has_its_outcome_and_leaves_nothing() throws Exception {
        int fine;
        try (HostWeather weather = new HostWeather("fine", "2019", DOMAIN, List.of())) {
            Seen seen = weather.pass();
            assertEquals(Size.NOTHING, seen.size());
            assertEquals("1 1", seen.copies());
            fine = weather.alarms();
        }
        Map<String, List<String>> pages = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (HostFailure failure : HostFailure.all()) {
            try (HostWeather weather = new HostWeather(failure.line(), "2019", DOMAIN, failure.lines())) {
                Seen seen = weather.pass();
                pages.computeIfAbsent(chapter(failure.fault()), _ -> new ArrayList<>())
                        .add(row(failure, seen));
                differences(failure, seen).forEach(d -> wrong.add(failure.line() + ": " + d));
                // a report is mail of its own, and Safety Net keeps it
                if (weather.alarms() > fine + seen.reports()) {
                    wrong.add(failure.line() + ": " + (weather.alarms() - fine) + " alarms are left");
                }
            } catch (AssertionError | RuntimeException e) {
                wrong.add(failure.line() + ": " + e.getMessage());
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
        page(pages);
    }

    private static List<String> differences(HostFailure failure, Seen seen) {
        HostFailure.Outcome due = failure.outcome();
        List<String> wrong = new ArrayList<>();
        if (seen.size() != due.size()) {
            wrong.add("touches " + seen.size() + ", not " + due.size() + ": " + seen);
        }
        if (!seen.words().endsWith(due.words())
                || due.words().isEmpty() != seen.words().isEmpty()) {
            wrong.add("says " + seen.words() + ", not " + due.words());
        }
        boolean whole = due.size() == Size.DESTINATION;
        if (whole != seen.queue().equals("RETRY")) {
            wrong.add("the queue is " + seen.queue());
        }
        if (whole && !seen.words().startsWith("451 4.4.39")) {
            wrong.add("is not in Exchange's words: " + seen.words());
        }
        String event = due.told() && due.size() != Size.NOTHING ? "FAIL SMTP" : "DEFER SMTP";
        if (due.size() != Size.NOTHING && !seen.tracked().startsWith(event)) {
            wrong.add("is tracked as " + seen.tracked() + ", not " + event);
        }
        if (due.clear()
                ? !seen.counted().equals("unusable TLS")
                : whole == seen.counted().isEmpty()) {
            wrong.add("is counted as " + seen.counted());
        }
        if ((seen.counted().startsWith("unusable") && !due.clear())
                == seen.connectivity().isEmpty()) {
            wrong.add("is counted as " + seen.counted() + " and logged as " + seen.connectivity());
        }
        if (seen.reports() != (due.told() ? 1 : 0)) {
            wrong.add(seen.reports() + " reports");
        }
        String copies = copies(failure, due);
        if (!seen.copies().equals(copies)) {
            wrong.add("copies " + seen.copies() + ", not " + copies);
        }
        return wrong;
    }

    /// Of alice's message, at bob's and carol's.
    private static String copies(HostFailure failure, HostFailure.Outcome due) {
        boolean hostHasIt = failure.fault()
                        instanceof Fault.Smtp(var _, var _, var _, SmtpStage stage, var _, SmtpEffect what, var _)
                && (stage == SmtpStage.KEPT || what instanceof SmtpEffect.Bounce);
        int gone = due.told()
                        && !(hostHasIt
                                && !(failure.fault() instanceof Fault.Smtp s && s.what() instanceof SmtpEffect.Bounce))
                ? 0
                : 1;
        String bob = Integer.toString(due.again() ? 2 : gone);
        return due.size() == Size.RECIPIENT ? bob + " 1" : bob + " " + bob;
    }

    private static String chapter(Fault fault) {
        return switch (fault) {
            case Fault.Connect _ -> "The dial";
            case Fault.Link _ -> "The way there";
            case Fault.Tls _ -> "TLS";
            case Fault.Smtp smtp -> "Stage " + smtp.stage().name().toLowerCase(Locale.ROOT);
            case Fault.Dns _, Fault.Store _ -> throw new IllegalStateException();
        };
    }

    private static String row(HostFailure failure, Seen seen) {
        return "| `" + failure.line() + "` | " + seen.size().name().toLowerCase(Locale.ROOT) + " | "
                + Stream.of(
                                seen.queue(),
                                seen.words(),
                                seen.tracked(),
                                seen.counted(),
                                seen.words().isEmpty()
                                        ? ""
                                        : seen.connectivity().replace(seen.words(), "…"),
                                seen.copies() + (seen.reports() > 0 ? ", report" : ""))
                        .map(text -> text.replace("|", "\\|"))
                        .collect(Collectors.joining(" | "))
                + " |";
    }

    private static void page(Map<String, List<String>> chapters) throws Exception {
        StringBuilder text = new StringBuilder();
        chapters.forEach((chapter, rows) -> {
            text.append("\n## ").append(chapter).append("\n\n");
            text.append("| the host | stops | queue | LastError, or the recipient's status | tracking | counted |"
                    + " connectivity log | copies |\n|---|---|---|---|---|---|---|---|\n");
            rows.forEach(row -> text.append(row).append('\n'));
        });
        String now = Files.readString(PAGE);
        int begin = now.indexOf('\n', now.indexOf(BEGIN)) + 1;
        String renewed = now.substring(0, begin) + text + "\n" + now.substring(now.indexOf(END));
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(PAGE, renewed);
        }
        assertEquals(renewed, Files.readString(PAGE), "HOST-FAILURES.md is stale; -Dtarry.renew=true writes it anew");
    }

    /// Before mail is begun the next host is as good; afterwards it is not asked (reference §4.4).
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect refuse port=25 | unusable CONNECT_REFUSED",
                "connect blackhole port=25 | unusable CONNECT_TIMED_OUT",
                "smtp reply stage=banner code=554 text=no | unusable REMOTE_ERROR",
                "smtp close stage=banner | unusable LOST",
                "smtp stall stage=banner | unusable SILENT",
                "smtp raw stage=banner text=what\\r\\n | unusable OUT_OF_STEP",
                "smtp reply stage=ehlo code=421 text=no | unusable REMOTE_ERROR",
                "smtp reset stage=ehlo | unusable LOST",
            })
    void a_host_that_takes_no_mail_is_left_for_the_next(String line, String counted) throws Exception {
        String fault = line.replaceAll("(text=)([^ ]*)", "$1\"$2\"") + " host=gmail-smtp-in.l.google.com";
        try (HostWeather weather = new HostWeather("next to " + line, "2019", "gmail.com", List.of(fault))) {
            Seen seen = weather.pass();
            assertEquals(Size.NOTHING, seen.size(), seen::toString);
            assertEquals(counted, seen.counted());
            assertTrue(seen.connectivity().contains("203.0.113.26:25"), seen::toString);
            assertEquals("1 1", seen.copies());
        }
    }

    private static final String PRIMARY = "451 4.4.0 Primary target IP address responded with: ";
    private static final String FAILOVER = " Attempted failover to alternate host, but that did not succeed. Either"
            + " there are no alternate hosts, or delivery failed to all alternate hosts.";
    private static final String COMMUNICATING =
            "441 4.4.1 Error encountered while communicating with primary target IP address: ";
    private static final String ENDPOINT = " The last endpoint attempted was 198.51.100.51:25";
    private static final String COMMUNICATING_2016 = "451 4.4.397 Error communicating with target host. -> ";

    /// As the reference has them (§3.3), letter by letter.
    private static Stream<Arguments> sentences() {
        List<Arguments> all = new ArrayList<>();
        sentence(
                all,
                "connect blackhole port=25",
                PRIMARY + "\"421 4.2.1 Unable to connect.\"" + FAILOVER,
                COMMUNICATING + "\"Failed to connect. Winsock error code: 10060, Win32 error code: 10060.\"" + FAILOVER
                        + ENDPOINT,
                COMMUNICATING_2016 + "421 4.2.1 Unable to connect -> SocketTimedout: Socket error code 10060");
        sentence(
                all,
                "connect refuse port=25",
                PRIMARY + "\"421 4.2.1 Unable to connect.\"" + FAILOVER,
                COMMUNICATING + "\"Failed to connect. Winsock error code: 10061, Win32 error code: 10061.\"" + FAILOVER
                        + ENDPOINT,
                COMMUNICATING_2016 + "421 4.2.1 Unable to connect -> SocketConnectionRefused: Socket error code 10061");
        sentence(
                all,
                "smtp reset stage=mail",
                PRIMARY + "\"421 4.4.2 Connection dropped due to SocketError.\"" + FAILOVER,
                PRIMARY + "\"421 4.4.2 Connection dropped due to ConnectionReset.\"" + FAILOVER + ENDPOINT,
                COMMUNICATING_2016 + "421 4.4.2 Connection dropped due to ConnectionReset");
        sentence(
                all,
                "smtp stall stage=ehlo",
                PRIMARY + "\"421 4.4.1 Connection timed out.\"" + FAILOVER,
                PRIMARY + "\"421 4.4.2 Connection dropped due to TimedOut.\"" + FAILOVER + ENDPOINT,
                COMMUNICATING_2016 + "421 4.4.2 Connection dropped due to TimedOut");
        sentence(
                all,
                "smtp reply stage=banner code=554 text=\"5.7.1 Go away.\"",
                PRIMARY + "\"554 5.7.1 Go away.\"" + FAILOVER,
                PRIMARY + "\"554 5.7.1 Go away.\"" + FAILOVER + ENDPOINT,
                "451 4.4.395 Target host responded with error. -> 554 5.7.1 Go away.");
        sentence(
                all,
                "smtp reply stage=rcpt recipient=bob@* code=452 text=\"4.2.2 Mailbox full\"",
                "452 4.2.2 Mailbox full",
                "452 4.2.2 Mailbox full",
                "452 4.2.2 Mailbox full");
        return all.stream();
    }

    private static void sentence(List<Arguments> all, String fault, String in2010, String in2013, String from2016) {
        all.add(Arguments.of(fault, "2010", in2010));
        all.add(Arguments.of(fault, "2013", in2013));
        for (String profile : List.of("2016", "2019", "seed")) {
            all.add(Arguments.of(fault, profile, from2016));
        }
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void each_generation_has_its_words(String fault, String profile, String words) throws Exception {
        try (HostWeather weather = new HostWeather(fault + profile, profile, DOMAIN, List.of(fault))) {
            assertEquals(words, weather.pass().words());
        }
    }

    @Test
    void every_effect_and_every_stage_has_a_row() {
        Set<String> missing = new TreeSet<>();
        for (Class<?> kind : List.of(SmtpEffect.class, ConnectEffect.class, LinkEffect.class, TlsEffect.class)) {
            Stream.of(kind.getPermittedSubclasses()).map(Class::getName).forEach(missing::add);
        }
        Stream.of(SmtpStage.values()).map(SmtpStage::name).forEach(missing::add);
        for (HostFailure failure : HostFailure.all()) {
            switch (failure.fault()) {
                case Fault.Connect connect ->
                    missing.remove(connect.what().getClass().getName());
                case Fault.Link link -> missing.remove(link.what().getClass().getName());
                case Fault.Tls tls -> missing.remove(tls.what().getClass().getName());
                case Fault.Smtp smtp -> {
                    missing.remove(smtp.what().getClass().getName());
                    missing.remove(smtp.stage().name());
                }
                case Fault.Dns _, Fault.Store _ -> throw new IllegalStateException(failure.line());
            }
        }
        assertEquals(Set.of(), missing);
    }
}
