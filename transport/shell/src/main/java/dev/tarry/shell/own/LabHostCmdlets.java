package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.ResultLimit;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.Wildcard;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The lab's mail hosts: who they are, how they behave, and what was said to them.
public final class LabHostCmdlets {
    /// What help says of those that remove what is the lab's.
    static final String UNASKED =
            "It asks only under -Confirm, since nothing but the lab's weather is lost; Exchange's Remove-"
                    + " cmdlets ask unless -Confirm:$false says otherwise.";

    private LabHostCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabHost")
                        .summary("Shows the mail hosts of the lab, and how they behave.")
                        .takes(Parameter.of("Name", TEXT).at(0).pipedBy("HostName"))
                        .shows("LabHost", "Name/38", "Addresses/30", "Given", "Listens")
                        .simply(LabHostCmdlets::hosts),
                Cmdlet.named("Set-LabHost")
                        .summary(
                                "Says how a mail host of the lab behaves, and where it lives; a new name makes a new host.")
                        .remark(
                                "-Users takes names with passwords: @{alice = 'secret'}. What is not named stays as it is.")
                        .takes(
                                Parameter.of("Name", TEXT).at(0).required().pipedBy(),
                                Parameter.of("Addresses", TEXTS),
                                Parameter.of("Banner", TEXT),
                                Parameter.of("Esmtp", BOOLEAN),
                                Parameter.of("Extensions", TEXTS),
                                Parameter.of("Auth", TEXTS).oneOf("PLAIN", "LOGIN", "XOAUTH2"),
                                Parameter.of("Users", ANY),
                                Parameter.of("Mailboxes", TEXTS),
                                Parameter.of("Certificate", TEXT)
                                        .oneOf("good", "expired", "notyet", "selfsigned", "wrongname", "unknownca"),
                                Parameter.of("RequireTls", BOOLEAN),
                                Parameter.of("RequireAuth", BOOLEAN),
                                Parameter.of("MessageOctets", WHOLE),
                                Parameter.of("Recipients", WHOLE))
                        .shows("LabHost", "Name/38", "Addresses/30", "Given", "Listens")
                        .acts()
                        .simply(LabHostCmdlets::set),
                Cmdlet.named("Remove-LabHost")
                        .remark(LabHostCmdlets.UNASKED)
                        .summary("Forgets what was said of a mail host of the lab: it has the usual manners again.")
                        .takes(Parameter.of("Name", TEXT).at(0).required().pipedBy())
                        .acts()
                        .simply(call -> {
                            String name = call.text("Name").orElseThrow();
                            if (call.proceed(name)) {
                                call.client().lab().removeHost(name);
                            }
                        }),
                Cmdlet.named("Open-LabHost")
                        .summary(
                                "Lets a mail host of the lab listen, and shows where, so that any client can be pointed at it.")
                        .takes(Parameter.of("Name", TEXT).at(0).required().pipedBy())
                        .shows("LabHost", "Name/38", "Addresses/30", "Given", "Listens")
                        .simply(call -> call.write(host(
                                call,
                                call.client().lab().openHost(call.text("Name").orElseThrow())))),
                Cmdlet.named("Get-LabSession")
                        .summary("Shows the SMTP sessions of the lab's mail hosts; Lines is what was said.")
                        .takes(
                                Parameter.of("HostName", TEXT).at(0).pipedBy("Host"),
                                Parameter.of("Id", TEXT),
                                Parameter.of("Client", TEXT),
                                Parameter.of("Sender", TEXT),
                                Parameter.of("Recipient", TEXT),
                                Parameter.of("Outcome", TEXT),
                                Parameter.of("Since", DATE),
                                Parameter.of("ResultSize", LIMIT),
                                Parameter.of("IncludeLines", SWITCH))
                        .shows("LabSession", "Id", "Opened/20", "Host/30", "Senders/24", "Recipients/24", "Outcome")
                        .simply(LabHostCmdlets::sessions));
    }

    private static void hosts(Call call) {
        Optional<String> name = call.text("Name");
        if (name.isPresent() && !Wildcard.isPattern(name.get())) {
            call.write(host(call, call.client().lab().host(name.get())));
        } else {
            call.client().lab().hosts(name).forEach(bag -> call.write(host(call, bag)));
        }
    }

    private static Row host(Call call, Map<String, Object> bag) {
        return Bags.row("LabHost", capitalised(bag), call.io().zone());
    }

    private static void set(Call call) {
        String name = call.text("Name").orElseThrow();
        Map<String, Object> manners = new LinkedHashMap<>();
        for (String list : List.of("Addresses", "Extensions", "Auth", "Mailboxes")) {
            if (call.mentions(list)) {
                manners.put(lower(list), call.texts(list));
            }
        }
        for (String one : List.of("Banner", "Esmtp", "Certificate", "RequireTls", "RequireAuth")) {
            if (call.mentions(one)) {
                manners.put(lower(one), call.value(one));
            }
        }
        for (String number : List.of("MessageOctets", "Recipients")) {
            if (call.mentions(number)) {
                manners.put(lower(number), call.value(number));
            }
        }
        users(call).ifPresent(users -> manners.put("users", users));
        if (call.proceed(name)) {
            call.write(host(call, call.client().lab().putHost(name, kept(call, name, manners))));
        }
    }

    /// What is not named stays as it is.
    private static Map<String, Object> kept(Call call, String name, Map<String, Object> manners) {
        Map<String, Object> whole = new LinkedHashMap<>();
        call.client().lab().hosts(Optional.of(name)).stream()
                .filter(bag -> name.equalsIgnoreCase(String.valueOf(bag.get("name"))))
                .filter(bag -> Boolean.TRUE.equals(bag.get("given")))
                .forEach(whole::putAll);
        List.of("given", "listens", "listening").forEach(whole::remove);
        whole.putAll(manners);
        return whole;
    }

    private static Optional<Object> users(Call call) {
        return switch (call.value("Users")) {
            case null -> Optional.empty();
            case HashTable table -> {
                Map<String, Object> users = new LinkedHashMap<>();
                table.keys().forEach(user -> users.put(TextForm.of(user), TextForm.of(table.get(user))));
                yield Optional.of(users);
            }
            case Object other ->
                throw ShellFailure.cannotConvert(
                        other, "System.Collections.Hashtable", "Users are written @{alice = 'secret'}.");
        };
    }

    private static void sessions(Call call) {
        if (call.has("Id")) {
            call.write(session(call, call.client().lab().session(call.text("Id").orElseThrow()), true));
            return;
        }
        SequencedMap<String, String> conditions = new LinkedHashMap<>();
        call.text("HostName").ifPresent(host -> conditions.put("host", host));
        for (String one : List.of("Client", "Sender", "Recipient", "Outcome")) {
            call.text(one).ifPresent(text -> conditions.put(lower(one), text));
        }
        call.date("Since")
                .map(ZonedDateTime::toInstant)
                .map(Instant::toString)
                .ifPresent(since -> conditions.put("since", since));
        limit(call).ifPresent(limit -> conditions.put("limit", limit));
        for (Map<String, Object> bag : call.client().lab().sessions(conditions)) {
            call.write(session(call, bag, call.flag("IncludeLines")));
        }
    }

    /// As the lab's lists take it: a number.
    static Optional<String> limit(Call call) {
        return call.value("ResultSize") instanceof ResultLimit given
                ? Optional.of(given.equals(ResultLimit.unlimited()) ? String.valueOf(Integer.MAX_VALUE) : given.text())
                : Optional.empty();
    }

    private static Row session(Call call, Map<String, Object> bag, boolean lines) {
        Map<String, Object> shown = new LinkedHashMap<>(bag);
        for (String moment : List.of("Opened", "Closed")) {
            if (shown.get(moment) instanceof String text) {
                shown.put(moment, Instant.parse(text));
            }
        }
        shown.remove("Lines");
        Row row = Bags.row("LabSession", shown, call.io().zone());
        if (lines) {
            return row.with("Lines", lines(call, bag));
        }
        return row.withOnDemand("Lines", () -> lines(call, bag));
    }

    /// `12.345 C: EHLO mail.company.com`, fetched where the listing did not have them.
    private static List<String> lines(Call call, Map<String, Object> bag) {
        Object said = bag.containsKey("Lines")
                ? bag.get("Lines")
                : call.client().lab().session(String.valueOf(bag.get("Id"))).get("Lines");
        List<String> lines = new ArrayList<>();
        if (said instanceof List<?> list) {
            for (Object one : list) {
                Map<?, ?> line = (Map<?, ?>) one;
                lines.add(line.get("Seconds") + " " + line.get("From") + ": " + line.get("Text"));
            }
        }
        return lines;
    }

    static Map<String, Object> capitalised(Map<String, Object> bag) {
        Map<String, Object> named = new LinkedHashMap<>();
        bag.forEach((name, value) ->
                named.put(name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        return named;
    }

    private static String lower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
