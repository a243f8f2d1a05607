package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the lab's DNS servers answer: zones and their records.
public final class ZoneCmdlets {
    private static final String VIEWS =
            "-View Outside is what the public servers answer, as if not given; -View Inside what only the internal ones do.";
    private static final String LINES =
            "A record is a line: name, type, TTL in seconds where it is not 3600, data; @ is the zone itself, as in '@ MX 10"
                    + " mail.fabrikam.com'. Names are written in full.";

    /// Types whose data begin with a number, which is no TTL.
    private static final List<String> NUMBERED =
            List.of("MX", "SRV", "CAA", "NAPTR", "AFSDB", "KX", "TLSA", "DS", "SSHFP");

    private ZoneCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabZone")
                        .summary("Shows the zones that the lab's DNS servers know.")
                        .remark(VIEWS)
                        .takes(Parameter.of("Domain", TEXTS).at(0).pipedBy("Name"), view())
                        .shows("LabZone", "Domain/30", "View/8", "RecordCount", "Records")
                        .simply(ZoneCmdlets::zones),
                Cmdlet.named("New-LabZone")
                        .summary("Defines a domain in the lab's DNS.")
                        .remark(VIEWS)
                        .remark(LINES)
                        .takes(domain(), Parameter.of("Records", TEXTS).at(1), view())
                        .shows("LabZone", "Domain/30", "View/8", "RecordCount", "Records")
                        .acts()
                        .simply(call -> define(call, true)),
                Cmdlet.named("Set-LabZone")
                        .summary("Replaces all that the lab's DNS knows of a domain.")
                        .remark(VIEWS)
                        .remark(LINES)
                        .takes(domain(), Parameter.of("Records", TEXTS).at(1).required(), view())
                        .acts()
                        .simply(call -> define(call, false)),
                Cmdlet.named("Remove-LabZone")
                        .remark(LabHostCmdlets.UNASKED)
                        .summary("Has the lab's DNS forget a domain.")
                        .remark(VIEWS)
                        .takes(domain(), view())
                        .acts()
                        .simply(call -> {
                            String domain = call.text("Domain").orElseThrow();
                            if (call.proceed(domain)) {
                                call.client().lab().removeZone(view(call), domain);
                            }
                        }),
                Cmdlet.named("Get-LabDnsRecord")
                        .summary("Shows the records of a domain in the lab's DNS.")
                        .remark(VIEWS)
                        .takes(
                                domain(),
                                Parameter.of("Name", TEXT).at(1),
                                Parameter.of("Type", TEXT).at(2),
                                view())
                        .shows("LabDnsRecord", "Domain/24", "Name/34", "Type/6", "TTL/6", "Data")
                        .simply(ZoneCmdlets::records),
                Cmdlet.named("New-LabDnsRecord")
                        .summary("Adds a record to a domain in the lab's DNS.")
                        .remark(VIEWS)
                        .takes(
                                domain(),
                                Parameter.of("Name", TEXT).at(1).required(),
                                Parameter.of("Type", TEXT).at(2).required(),
                                Parameter.of("Data", TEXT).at(3).required(),
                                Parameter.of("TTL", WHOLE),
                                view())
                        .acts()
                        .simply(ZoneCmdlets::add),
                Cmdlet.named("Set-LabDnsRecord")
                        .summary("Gives the records of a name and type in the lab's DNS other data or another TTL.")
                        .remark(VIEWS)
                        .remark("Without -Data all records of the name and type are replaced by the one.")
                        .takes(
                                domain(),
                                Parameter.of("Name", TEXT).at(1).required(),
                                Parameter.of("Type", TEXT).at(2).required(),
                                Parameter.of("Data", TEXT).at(3),
                                Parameter.of("NewData", TEXT),
                                Parameter.of("TTL", WHOLE),
                                view())
                        .acts()
                        .simply(ZoneCmdlets::change),
                Cmdlet.named("Remove-LabDnsRecord")
                        .remark(LabHostCmdlets.UNASKED)
                        .summary("Removes records from a domain in the lab's DNS.")
                        .remark(VIEWS)
                        .takes(
                                domain(),
                                Parameter.of("Name", TEXT).at(1).pipedBy(),
                                Parameter.of("Type", TEXT).at(2).pipedBy(),
                                Parameter.of("Data", TEXT).at(3).pipedBy(),
                                view())
                        .acts()
                        .simply(ZoneCmdlets::remove),
                Cmdlet.named("Get-LabWorld")
                        .summary("Shows what the lab's DNS says of domains that nobody defined.")
                        .simply(call -> call.write(world(call.client().lab().zones()))),
                Cmdlet.named("Set-LabWorld")
                        .summary(
                                "Says which names do not exist in the lab, and where mail of domains that nobody defined"
                                        + " goes.")
                        .takes(
                                Parameter.of("NonexistentDomains", TEXTS),
                                Parameter.of("CatchAllHost", TEXT),
                                Parameter.of("CatchAllAddress", TEXT),
                                Parameter.of("NoCatchAll", SWITCH))
                        .oneOf("NoCatchAll", "CatchAllHost")
                        .acts()
                        .simply(ZoneCmdlets::changeWorld));
    }

    private static Parameter domain() {
        return Parameter.of("Domain", TEXT).at(0).required().pipedBy();
    }

    private static Parameter view() {
        return Parameter.of("View", TEXT).oneOf("Outside", "Inside").pipedBy();
    }

    private static String view(Call call) {
        return call.text("View").orElse("Outside").toLowerCase(Locale.ROOT);
    }

    private static void zones(Call call) {
        Map<String, Object> all = call.client().lab().zones();
        List<String> wanted = call.texts("Domain");
        List<String> found = new ArrayList<>();
        for (String view : call.has("View") ? List.of(view(call)) : List.of("outside", "inside")) {
            for (Map<?, ?> zone : maps(all.get(view))) {
                String domain = String.valueOf(zone.get("domain"));
                if (wanted.isEmpty() || wanted.stream().anyMatch(one -> new Wildcard(one, false).matches(domain))) {
                    found.add(domain);
                    call.write(zone(domain, view, maps(zone.get("records"))));
                }
            }
        }
        for (String one : wanted) {
            if (!Wildcard.isPattern(one) && found.stream().noneMatch(one::equalsIgnoreCase)) {
                call.report(ShellFailure.of(
                                Category.ObjectNotFound,
                                "ZoneNotFound",
                                "ObjectNotFoundException",
                                "The lab's DNS servers have no zone '" + one + "'.")
                        .withTarget(one));
            }
        }
    }

    private static Row zone(String domain, String view, List<Map<?, ?>> records) {
        return new Row("LabZone")
                .with("Domain", domain)
                .with("View", view.equals("inside") ? "Inside" : "Outside")
                .with("Records", records.stream().map(ZoneCmdlets::line).toList())
                .withOnDemand("RecordCount", () -> (long) records.size());
    }

    private static String line(Map<?, ?> one) {
        return one.get("name") + " " + one.get("type") + " " + one.get("ttl") + " " + one.get("data");
    }

    private static void define(Call call, boolean fresh) {
        String domain = call.text("Domain").orElseThrow();
        String view = view(call);
        boolean there = maps(call.client().lab().zones().get(view)).stream()
                .anyMatch(zone -> domain.equalsIgnoreCase(String.valueOf(zone.get("domain"))));
        if (there == fresh) {
            throw ShellFailure.of(
                            fresh ? Category.ResourceExists : Category.ObjectNotFound,
                            fresh ? "ZoneExists" : "ZoneNotFound",
                            fresh ? "ObjectExistsException" : "ObjectNotFoundException",
                            fresh
                                    ? "The lab's DNS servers have a zone '" + domain
                                            + "' already; Set-LabZone replaces it."
                                    : "The lab's DNS servers have no zone '" + domain + "'; New-LabZone makes it.")
                    .withTarget(domain);
        }
        List<Map<String, Object>> records =
                call.texts("Records").stream().map(ZoneCmdlets::read).toList();
        if (call.proceed(domain)) {
            call.client().lab().putZone(view, domain, records);
            if (fresh) {
                Map<String, Object> now = call.client().lab().zone(view, domain);
                call.write(zone(domain, view, maps(now.get("records"))));
            }
        }
    }

    private static Map<String, Object> read(String line) {
        String[] words = line.strip().split("\\s+", 4);
        boolean ttl = words.length == 4
                && words[2].matches("[0-9]+")
                && (!NUMBERED.contains(words[1].toUpperCase(Locale.ROOT)) || words[3].matches("[0-9]+\\s.*"));
        if (words.length < 3) {
            throw ShellFailure.of(
                            Category.InvalidArgument,
                            "InvalidDnsRecord",
                            "ArgumentException",
                            "'" + line + "' is no record. " + LINES)
                    .withTarget(line);
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", words[0]);
        record.put("type", words[1].toUpperCase(Locale.ROOT));
        if (ttl) {
            record.put("ttl", Long.parseLong(words[2]));
            record.put("data", words[3]);
        } else {
            record.put("data", line.strip().split("\\s+", 3)[2]);
        }
        return record;
    }

    private static void records(Call call) {
        String domain = call.text("Domain").orElseThrow();
        String view = view(call);
        Optional<String> name = call.text("Name");
        Optional<String> type = call.text("Type");
        for (Map<?, ?> one : maps(call.client().lab().zone(view, domain).get("records"))) {
            boolean wanted = name.map(n -> new Wildcard(n, false).matches(String.valueOf(one.get("name"))))
                            .orElse(true)
                    && type.map(t -> t.equalsIgnoreCase(String.valueOf(one.get("type"))))
                            .orElse(true);
            if (wanted) {
                call.write(new Row("LabDnsRecord")
                        .with("Domain", domain)
                        .with("View", view.equals("inside") ? "Inside" : "Outside")
                        .with("Name", one.get("name"))
                        .with("Type", one.get("type"))
                        .with("TTL", one.get("ttl"))
                        .with("Data", one.get("data")));
            }
        }
    }

    private static Map<String, Object> given(Call call, String data) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", call.text("Name").orElse("@"));
        record.put("type", call.text("Type").orElseThrow().toUpperCase(Locale.ROOT));
        call.whole("TTL").ifPresent(ttl -> record.put("ttl", ttl));
        record.put("data", data);
        return record;
    }

    private static void add(Call call) {
        String domain = call.text("Domain").orElseThrow();
        if (call.proceed(domain)) {
            call.client()
                    .lab()
                    .addRecord(view(call), domain, given(call, call.text("Data").orElseThrow()));
        }
    }

    private static void change(Call call) {
        String domain = call.text("Domain").orElseThrow();
        String view = view(call);
        String data = call.text("NewData")
                .or(() -> call.text("Data"))
                .orElseThrow(() -> ShellFailure.of(
                        Category.InvalidArgument,
                        "MissingMandatoryParameter",
                        "ParameterBindingException",
                        "Cannot process command because of one or more missing mandatory parameters: NewData."));
        if (call.proceed(domain)) {
            // the new one comes first: where it is wrong nothing has changed
            call.client().lab().addRecord(view, domain, given(call, data));
            for (Map<?, ?> old : maps(call.client().lab().zone(view, domain).get("records"))) {
                String oldData = String.valueOf(old.get("data"));
                boolean meant = call.text("Name").orElseThrow().equalsIgnoreCase(String.valueOf(old.get("name")))
                        && call.text("Type").orElseThrow().equalsIgnoreCase(String.valueOf(old.get("type")))
                        && call.text("Data").map(oldData::equalsIgnoreCase).orElse(true);
                if (meant && !oldData.equalsIgnoreCase(data)) {
                    call.client()
                            .lab()
                            .removeRecords(view, domain, call.text("Name"), call.text("Type"), Optional.of(oldData));
                }
            }
        }
    }

    private static void remove(Call call) {
        String domain = call.text("Domain").orElseThrow();
        if (!call.has("Name") && !call.has("Type") && !call.has("Data")) {
            throw ShellFailure.of(
                    Category.InvalidArgument,
                    "MissingMandatoryParameter",
                    "ParameterBindingException",
                    "One at least of -Name, -Type and -Data is needed; Remove-LabZone removes them all.");
        }
        if (call.proceed(domain)) {
            call.client()
                    .lab()
                    .removeRecords(view(call), domain, call.text("Name"), call.text("Type"), call.text("Data"));
        }
    }

    private static Row world(Map<String, Object> zones) {
        Map<?, ?> catchAll = zones.get("catchAll") instanceof Map<?, ?> map ? map : Map.of();
        return new Row("LabWorld")
                .with("NonexistentDomains", zones.get("nonexistent"))
                .with("CatchAllHost", catchAll.get("host"))
                .with("CatchAllAddress", catchAll.get("address"))
                .with("ZoneCount", (long) maps(zones.get("outside")).size())
                .with("InsideZoneCount", (long) maps(zones.get("inside")).size());
    }

    private static void changeWorld(Call call) {
        Map<String, Object> zones = new LinkedHashMap<>(call.client().lab().zones());
        if (call.mentions("NonexistentDomains")) {
            zones.put("nonexistent", call.texts("NonexistentDomains"));
        }
        Map<String, Object> catchAll = new LinkedHashMap<>();
        if (zones.get("catchAll") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> catchAll.put(String.valueOf(name), value));
        }
        call.text("CatchAllHost").ifPresent(host -> catchAll.put("host", host));
        call.text("CatchAllAddress").ifPresent(address -> catchAll.put("address", address));
        zones.put("catchAll", call.flag("NoCatchAll") || catchAll.isEmpty() ? null : catchAll);
        if (call.proceed("lab world")) {
            call.client().lab().replaceZones(zones);
        }
    }

    private static List<Map<?, ?>> maps(Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }
}
