package dev.tarry.shell.windows;

import dev.tarry.client.ProblemException;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.windows.Services.Order;
import dev.tarry.shell.windows.Services.Service;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `net` and `sc.exe`, as they print, as far as they are about services; which there are and what they do is in
/// [Services]. What goes wrong is said on the error output, and is no error of the script's, as with any program.
final class ServicePrograms {
    private static final int CONFLICT = 409;
    private static final String NET_TAKES = "start, and start, stop, pause or continue with the name of a service";
    private static final String SC_TAKES =
            "query, and query, start, stop, pause or continue with the name of a service";

    private ServicePrograms() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("net", "net.exe")
                        .summary(
                                "Shows which services of the server's machine are started (net start), or starts, stops,"
                                        + " pauses or continues one.")
                        .remark(Services.ONE_PROCESS)
                        .remark(Services.DNS_SERVERS)
                        .wordy()
                        .simply(ServicePrograms::net),
                Cmdlet.named("sc.exe")
                        .summary("Shows services of the server's machine (sc.exe query), or starts, stops, pauses or"
                                + " continues one.")
                        .remark(Services.ONE_PROCESS)
                        .remark(Services.DNS_SERVERS)
                        .remark(
                                "sc alone is Set-Content, as in Windows PowerShell. An order is waited for, so that the state"
                                        + " shown behind it is the one that came of it.")
                        .wordy()
                        .simply(ServicePrograms::sc));
    }

    private static ShellFailure unsupported(String program, String word, String taken) {
        return ShellFailure.of(
                        Category.InvalidArgument,
                        "NativeCommandArgument",
                        "NotSupportedException",
                        (word.isEmpty() ? "Words are missing: " : "'" + word + "' is not supported: ") + program
                                + " takes " + taken + " here.")
                .withTarget(word);
    }

    private static void fail(Call call, String... lines) {
        for (String line : lines) {
            call.io().err().println(line);
        }
    }

    private static Optional<Service> find(Call call, String name, boolean alsoDisplayed) {
        return Services.KNOWN.stream()
                .filter(known -> known.name().equalsIgnoreCase(name)
                        || alsoDisplayed && known.displayName().equalsIgnoreCase(name))
                .findFirst()
                .flatMap(known -> known.now(call));
    }

    private static List<Service> all(Call call) {
        return Services.KNOWN.stream()
                .flatMap(known -> known.now(call).stream())
                .toList();
    }

    private static boolean isStopped(Service service) {
        return service.status().equals("Stopped");
    }

    /// Nothing where the word is none.
    private static Optional<Order> order(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "start" -> Optional.of(Order.START);
            case "stop" -> Optional.of(Order.STOP);
            case "pause" -> Optional.of(Order.PAUSE);
            case "continue" -> Optional.of(Order.CONTINUE);
            default -> Optional.empty();
        };
    }

    /// Whether Windows would not do that to it.
    private static boolean isNotTaken(Service service, Order order) {
        boolean dnsClient = service.name().equals(Services.DNS_CLIENT_NAME);
        boolean exchange = service.name().startsWith("MSExchange");
        return switch (order) {
            case STOP -> dnsClient;
            case PAUSE, CONTINUE -> !exchange;
            case START, RESTART -> false;
        };
    }

    // -- net

    private static void net(Call call) {
        List<String> words = NativeCmdlets.words(call);
        String verb = words.isEmpty() ? "" : words.getFirst();
        Optional<Order> order = order(verb);
        if (order.isEmpty() || words.size() > 2 || words.size() == 1 && order.get() != Order.START) {
            throw unsupported("net", words.size() > 2 ? words.get(2) : order.isEmpty() ? verb : "", NET_TAKES);
        }
        if (words.size() == 1) {
            NativeCmdlets.print(call, "These Windows services are started:", "");
            all(call).stream()
                    .filter(service -> !isStopped(service))
                    .forEach(service -> NativeCmdlets.print(call, "   " + service.displayName()));
            NativeCmdlets.print(call, "", "The command completed successfully.", "");
            return;
        }
        find(call, words.get(1), true)
                .ifPresentOrElse(
                        service -> net(call, service, order.get()),
                        () -> helped(call, "The service name is invalid.", 2185));
    }

    private static void helped(Call call, String message, int number) {
        fail(call, message, "", "More help is available by typing NET HELPMSG " + number + ".", "");
    }

    private static void net(Call call, Service service, Order order) {
        String the = "The " + service.displayName() + " service ";
        if (order == Order.START && !isStopped(service)) {
            helped(call, "The requested service has already been started.", 2182);
            return;
        }
        if (order != Order.START && isStopped(service)) {
            helped(call, the + "is not started.", 3521);
            return;
        }
        if (isNotTaken(service, order)) {
            helped(call, "The requested pause, continue, or stop is not valid for this service.", 2191);
            return;
        }
        switch (order) {
            case START -> NativeCmdlets.print(call, the + "is starting.");
            case STOP -> NativeCmdlets.print(call, the + "is stopping.");
            case RESTART, PAUSE, CONTINUE -> {}
        }
        if (ordered(call, service, order).isEmpty()) {
            helped(call, "The service is not responding to the control function.", 2186);
            return;
        }
        String done = switch (order) {
            case START, RESTART -> "started";
            case STOP -> "stopped";
            case PAUSE -> "paused";
            case CONTINUE -> "continued";
        };
        NativeCmdlets.print(call, the + "was " + done + " successfully.", "");
    }

    /// @return nothing where the server does not do it as things stand
    private static Optional<Service> ordered(Call call, Service service, Order order) {
        try {
            return Optional.of(Services.order(call, service, order));
        } catch (ProblemException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    // -- sc.exe

    private static void sc(Call call) {
        List<String> words = NativeCmdlets.words(call);
        if (!words.isEmpty() && words.getFirst().startsWith("\\\\")) {
            Refusal.ofOtherComputers(call, words.getFirst().substring(2));
            words = words.subList(1, words.size());
        }
        String verb = words.isEmpty() ? "" : words.getFirst();
        boolean query = verb.equalsIgnoreCase("query");
        Optional<Order> order = order(verb);
        if (!query && order.isEmpty() || words.size() > 2 || words.size() == 1 && !query) {
            throw unsupported(
                    "sc.exe", words.size() > 2 ? words.get(2) : query || order.isPresent() ? "" : verb, SC_TAKES);
        }
        if (words.size() == 1) {
            all(call).stream().filter(service -> !isStopped(service)).forEach(service -> state(call, service, true));
            return;
        }
        Optional<Service> service = find(call, words.get(1), false);
        if (service.isEmpty()) {
            String part = query
                    ? "EnumQueryServicesStatus:OpenService"
                    : order.get() == Order.START ? "StartService: OpenService" : "OpenService";
            failed(call, part, 1060, "The specified service does not exist as an installed service.");
        } else if (query) {
            state(call, service.get(), false);
        } else {
            sc(call, service.get(), order.get());
        }
    }

    private static void failed(Call call, String part, int number, String message) {
        fail(call, "[SC] " + part + " FAILED " + number + ":", "", message, "");
    }

    private static void sc(Call call, Service service, Order order) {
        if (order == Order.START && !isStopped(service)) {
            failed(call, "StartService", 1056, "An instance of the service is already running.");
        } else if (order != Order.START && isStopped(service)) {
            failed(call, "ControlService", 1062, "The service has not been started.");
        } else if (isNotTaken(service, order)) {
            failed(call, "ControlService", 1052, "The requested control is not valid for this service.");
        } else {
            ordered(call, service, order)
                    .ifPresentOrElse(
                            now -> state(call, now, false),
                            () -> failed(
                                    call,
                                    "ControlService",
                                    1061,
                                    "The service cannot accept control messages at this time."));
        }
    }

    private static void state(Call call, Service service, boolean withDisplayName) {
        boolean exchange = service.name().startsWith("MSExchange");
        boolean stoppable = !isStopped(service) && !isNotTaken(service, Order.STOP);
        String state = switch (service.status()) {
            case "Running" -> "4  RUNNING";
            case "Paused" -> "7  PAUSED";
            case "Stopped" -> "1  STOPPED";
            case "StartPending" -> "2  START_PENDING";
            case "StopPending" -> "3  STOP_PENDING";
            default -> service.status().toUpperCase(Locale.ROOT);
        };
        NativeCmdlets.print(call, "", "SERVICE_NAME: " + service.name() + " ");
        if (withDisplayName) {
            NativeCmdlets.print(call, "DISPLAY_NAME: " + service.displayName());
        }
        NativeCmdlets.print(
                call,
                "        TYPE               : 10  WIN32_OWN_PROCESS  ",
                "        STATE              : " + state + " ",
                "                                (" + (stoppable ? "STOPPABLE" : "NOT_STOPPABLE") + ", "
                        + (exchange && !isStopped(service) ? "PAUSABLE" : "NOT_PAUSABLE") + ", "
                        + (isStopped(service) ? "IGNORES_SHUTDOWN" : "ACCEPTS_SHUTDOWN") + ")",
                "        WIN32_EXIT_CODE    : 0  (0x0)",
                "        SERVICE_EXIT_CODE  : 0  (0x0)",
                "        CHECKPOINT         : 0x0",
                "        WAIT_HINT          : 0x0");
    }
}
