package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.LoggedEvent;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.Wildcard;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The event log of the server, as Windows shows it: Get-WinEvent, and Get-EventLog before it (reference
/// §10.3). The one log is Application, and the one source in it MSExchangeTransport.
public final class EventLogCmdlets {
    static final String LOG = "Application";
    private static final String SOURCE = "MSExchangeTransport";
    private static final DateTimeFormatter SHORT_TIME = DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.US);

    private static final String THIS_SERVER = "This shell reads the event log of the one server that it manages.";
    private static final String NO_FILES = "The log is no file of Windows'.";

    private EventLogCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-WinEvent")
                        .example(
                                "Get-WinEvent -FilterHashtable @{LogName='Application'; Level=2,3; StartTime=(Get-Date).AddHours(-1)}",
                                "Shows errors and warnings of the last hour.")
                        .takes(
                                Parameter.of("LogName", TEXTS).at(0),
                                Parameter.of("ProviderName", TEXTS),
                                Parameter.of("FilterHashtable", ANY),
                                Parameter.of("FilterXPath", TEXT),
                                Parameter.of("FilterXml", TEXT),
                                Parameter.of("ListLog", TEXTS),
                                Parameter.of("ListProvider", TEXTS),
                                Parameter.of("MaxEvents", WHOLE),
                                Parameter.of("Oldest", SWITCH),
                                Parameter.of("Force", SWITCH))
                        .oneOf("LogName", "FilterHashtable")
                        .oneOf("ProviderName", "FilterHashtable")
                        .oneOf("FilterHashtable", "FilterXPath", "FilterXml", "ListLog", "ListProvider")
                        .oneOf("LogName", "FilterXml")
                        .oneOf("LogName", "ListLog", "ListProvider")
                        .alsoShows("EventLogConfiguration", "LogName", "RecordCount/11>")
                        .alsoShows("ProviderMetadata", "Name", "LogLinks")
                        .shows("WinEvent", "TimeCreated/24", "Id/9>", "LevelDisplayName", "Message")
                        .summary("Shows the events of the server's event log, the newest first.")
                        .remark("The one log here is Application, with the events of MSExchangeTransport.")
                        .remark(
                                "Details and Suppressed are tarry's own: what the message says by name, and how many like it"
                                        + " were left out before it.")
                        .remark(
                                "-FilterHashtable knows LogName, ProviderName, ID, Level, Keywords, StartTime, EndTime, Data,"
                                        + " the names of Details, and SuppressHashFilter with the same keys.")
                        .remark(
                                "-FilterXPath and -FilterXml see System (Provider, EventID, Level, Keywords, TimeCreated,"
                                        + " EventRecordID, Channel, Computer) and EventData, which has a Data for each of Details.")
                        .example(
                                "Get-WinEvent -LogName Application -FilterXPath '*[System[(Level=2 or Level=3) and"
                                        + " TimeCreated[timediff(@SystemTime) <= 3600000]]]'",
                                "Shows errors and warnings of the last hour, as Event Viewer would ask for them.")
                        .refuses(NO_FILES, "Path")
                        .refuses(THIS_SERVER, "ComputerName", "Credential")
                        .simply(EventLogCmdlets::winEvent),
                Cmdlet.named("Get-EventLog")
                        .example(
                                "Get-EventLog Application -EntryType Error,Warning -Newest 20",
                                "Shows the newest errors and warnings.")
                        .takes(
                                Parameter.of("LogName", TEXT).at(0),
                                Parameter.of("InstanceId", ANYS).at(1),
                                Parameter.of("Source", TEXTS),
                                Parameter.of("EntryType", TEXTS)
                                        .oneOf("Error", "Information", "FailureAudit", "SuccessAudit", "Warning"),
                                Parameter.of("Newest", WHOLE),
                                Parameter.of("After", DATE),
                                Parameter.of("Before", DATE),
                                Parameter.of("Message", TEXT),
                                Parameter.of("Index", ANYS),
                                Parameter.of("List", SWITCH))
                        .oneOf("LogName", "List")
                        .shows("EventLogEntry", "Index", "Time", "EntryType", "Source", "InstanceID", "Message")
                        .summary("Shows the events of the server's event log, the newest first, as Windows PowerShell"
                                + " does.")
                        .remark("The one log here is Application, with the events of MSExchangeTransport.")
                        .refuses(THIS_SERVER, "ComputerName")
                        .refuses("Events have no users here.", "UserName")
                        .refuses("Select-Object and ConvertTo-Csv do it.", SWITCH, "AsBaseObject", "AsString")
                        .simply(EventLogCmdlets::eventLog));
    }

    // -- Get-WinEvent

    private static void winEvent(Call call) {
        if (call.has("ListLog") || call.has("ListProvider")) {
            call.texts("ListLog").forEach(pattern -> listLog(call, pattern));
            call.texts("ListProvider").forEach(pattern -> listProvider(call, pattern));
            return;
        }
        WantedEvents wanted = wanted(call);
        call.whole("MaxEvents").filter(most -> most < 1).ifPresent(most -> tooFew("MaxEvents", most));
        String machine = machine(call);
        long found = wanted.find(
                call.client(),
                call.whole("MaxEvents").orElse(Long.MAX_VALUE),
                call.flag("Oldest"),
                event -> call.write(winEvent(call, machine, event)));
        if (found == 0) {
            throw ShellFailure.of(
                    ShellFailure.Category.ObjectNotFound,
                    "NoMatchingEventsFound",
                    "Exception",
                    "No events were found that match the specified selection criteria.");
        }
    }

    private static void tooFew(String parameter, long most) {
        throw ShellFailure.of(
                ShellFailure.Category.InvalidData,
                "ParameterArgumentValidationError",
                "ParameterBindingValidationException",
                "Cannot validate argument on parameter '" + parameter + "'. The " + most
                        + " argument is less than the minimum"
                        + " allowed range of 1. Supply an argument that is greater than or equal to 1 and then try the"
                        + " command again.");
    }

    private static WantedEvents wanted(Call call) {
        if (call.has("FilterHashtable")) {
            if (call.value("FilterHashtable") instanceof HashTable table) {
                return FilterTable.wanted(call, table);
            }
            throw ShellFailure.cannotConvert(
                    call.value("FilterHashtable"),
                    "System.Collections.Hashtable",
                    "It is written @{LogName='Application'}.");
        }
        if (call.has("FilterXml")) {
            return WantedEvents.ALL.also(new EventXPath(call.now().toInstant(), machine(call))
                    .queries(call.text("FilterXml").orElseThrow(), EventLogCmdlets::requireLog));
        }
        WantedEvents named = byName(call);
        return call.text("FilterXPath")
                .map(path -> named.also(new EventXPath(call.now().toInstant(), machine(call)).path(path)))
                .orElse(named);
    }

    private static void listLog(Call call, String pattern) {
        if (!new Wildcard(pattern, false).matches(LOG)) {
            requireLog(pattern);
        }
        call.write(new Row("EventLogConfiguration")
                .with("LogName", LOG)
                .with("RecordCount", WantedEvents.ALL.find(call.client(), Long.MAX_VALUE, false, _ -> {}))
                .with("IsEnabled", true)
                .with("ProviderNames", List.of(SOURCE)));
    }

    private static void listProvider(Call call, String pattern) {
        if (!isSource(pattern)) {
            requireProvider(pattern);
        }
        call.write(new Row("ProviderMetadata").with("Name", SOURCE).with("LogLinks", List.of(LOG)));
    }

    private static WantedEvents byName(Call call) {
        call.texts("LogName").forEach(EventLogCmdlets::requireLog);
        call.texts("ProviderName").forEach(EventLogCmdlets::requireProvider);
        if (call.texts("LogName").isEmpty() && call.texts("ProviderName").isEmpty()) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "NoLogNameOrProvider",
                    "ParameterBindingException",
                    "Name the log, Get-WinEvent -LogName Application, or the provider, -ProviderName " + SOURCE + ".");
        }
        return WantedEvents.ALL;
    }

    private static Row winEvent(Call call, String machine, LoggedEvent event) {
        return new Row("WinEvent")
                .with("Message", event.message())
                .with("Id", (long) event.id())
                .with("Level", WantedEvents.number(event.level()))
                .with("RecordId", event.recordId())
                .with("ProviderName", event.source())
                .with("LogName", LOG)
                .with("MachineName", machine)
                .with("TimeCreated", event.time().atZone(call.io().zone()))
                .with("LevelDisplayName", event.level())
                .with("TaskDisplayName", event.category())
                .with("Properties", List.copyOf(event.details().values()))
                .with("Details", details(event))
                .with("Suppressed", event.suppressed());
    }

    private static Row details(LoggedEvent event) {
        Row row = new Row("EventDetails");
        event.details().forEach(row::with);
        return row;
    }

    /// Refuses a log that is not there.
    ///
    /// @param name in any case; `*` is any
    static void requireLog(String name) {
        if (!name.equalsIgnoreCase(LOG) && !name.equals("*")) {
            throw ShellFailure.of(
                            ShellFailure.Category.ObjectNotFound,
                            "NoMatchingLogsFound",
                            "Exception",
                            "There is not an event log on the localhost computer that matches \"" + name + "\".")
                    .withTarget("localhost");
        }
    }

    static void requireProvider(String name) {
        if (!name.equalsIgnoreCase(SOURCE) && !name.equalsIgnoreCase("MSExchange*") && !name.equals("*")) {
            throw ShellFailure.of(
                            ShellFailure.Category.ObjectNotFound,
                            "NoMatchingProvidersFound",
                            "Exception",
                            "There is not an event provider on the localhost computer that matches \"" + name + "\".")
                    .withTarget("localhost");
        }
    }

    // -- Get-EventLog

    private static void eventLog(Call call) {
        if (call.flag("List")) {
            call.write(new Row("EventLogs").with("Log", LOG));
            return;
        }
        String log = call.text("LogName")
                .orElseThrow(() -> ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "MissingMandatoryParameter",
                        "ParameterBindingException",
                        "Cannot process command because of one or more missing mandatory parameters: LogName."));
        if (!log.equalsIgnoreCase(LOG)) {
            throw ShellFailure.of(
                    ShellFailure.Category.ObjectNotFound,
                    "InvalidOperationException",
                    "InvalidOperationException",
                    "The event log '" + log + "' on computer '.' does not exist.");
        }
        WantedEvents wanted = WantedEvents.ALL
                .ids(call.has("InstanceId") ? wholes("InstanceId", call.value("InstanceId")) : List.of())
                .levels(call.texts("EntryType"));
        if (call.date("After").isPresent()) {
            wanted = wanted.after(call.date("After").get().toInstant());
        }
        if (call.date("Before").isPresent()) {
            wanted = wanted.until(call.date("Before").get().toInstant());
        }
        if (call.text("Message").isPresent()) {
            wanted = wanted.saying(call.text("Message").get());
        }
        if (call.has("Index")) {
            wanted = wanted.numbers(wholes("Index", call.value("Index")));
        }
        call.whole("Newest").filter(most -> most < 1).ifPresent(most -> tooFew("Newest", most));
        boolean ours =
                call.texts("Source").isEmpty() || call.texts("Source").stream().anyMatch(EventLogCmdlets::isSource);
        String machine = machine(call);
        long found = ours
                ? wanted.find(
                        call.client(),
                        call.whole("Newest").orElse(Long.MAX_VALUE),
                        false,
                        event -> call.write(entry(call, machine, event)))
                : 0;
        if (found == 0) {
            throw ShellFailure.of(
                    ShellFailure.Category.ObjectNotFound,
                    "GetEventLogNoEntriesFound",
                    "ArgumentException",
                    "No matches found");
        }
    }

    private static boolean isSource(String pattern) {
        return new Wildcard(pattern, false).matches(SOURCE);
    }

    private static Row entry(Call call, String machine, LoggedEvent event) {
        ZonedDateTime time = event.time().atZone(call.io().zone());
        return new Row("EventLogEntry")
                .with("EventID", (long) event.id())
                .with("MachineName", machine)
                .with("Index", event.recordId())
                .with("Category", event.category())
                .with("EntryType", event.level())
                .with("Message", event.message())
                .with("Source", event.source())
                .with("ReplacementStrings", List.copyOf(event.details().values()))
                .with("InstanceId", (long) event.id())
                .with("TimeGenerated", time)
                .with("TimeWritten", time)
                .withOnDemand("Time", () -> SHORT_TIME.format(time));
    }

    // -- both

    private static String machine(Call call) {
        return TextForm.of(call.client().management().server().get("Fqdn"));
    }

    static List<Long> wholes(String name, Object value) {
        return Conversion.list(value).stream()
                .map(one -> Conversion.whole(one)
                        .orElseThrow(
                                () -> ShellFailure.cannotConvert(one, "System.Int32", name + " takes whole numbers.")))
                .toList();
    }
}
