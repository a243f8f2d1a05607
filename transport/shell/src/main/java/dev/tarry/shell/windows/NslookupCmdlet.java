package dev.tarry.shell.windows;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `nslookup`, as Windows' prints: it asks one DNS server itself, past the DNS client and its cache.
final class NslookupCmdlet {
    private NslookupCmdlet() {}

    static Cmdlet cmdlet() {
        return Cmdlet.named("nslookup", "nslookup.exe")
                .summary("Asks a DNS server from the server's machine: the adapter's first, or the one that is named.")
                .remark("It works with its words only: the interactive mode is not there.")
                .remark("The server that is asked is always shown as UnKnown: its own name is not looked up.")
                .wordy()
                .simply(NslookupCmdlet::look);
    }

    /// @param server empty: the adapter's first
    private record Wanted(String name, String server, String type, boolean tcp, boolean recursive) {}

    private static void look(Call call) {
        Wanted wanted = read(NativeCmdlets.words(call));
        Optional<String> server = wanted.server().isEmpty()
                ? AdapterCmdlets.texts(call.client().computer().network().get("DnsServers")).stream()
                        .findFirst()
                : Optional.of(wanted.server());
        if (server.isEmpty()) {
            complain(call, "*** Default servers are not available");
            return;
        }
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("name", wanted.name());
        if (!wanted.type().isEmpty()) {
            question.put("type", wanted.type());
        }
        question.put("servers", List.of(server.get()));
        question.put("tcpOnly", wanted.tcp());
        question.put("noRecursion", !wanted.recursive());
        Map<String, Object> answer = call.client().computer().resolve(question);
        String status = String.valueOf(answer.get("Status"));
        String address =
                Optional.ofNullable(answer.get("Server")).map(Object::toString).orElse(server.get());
        if (status.equals("NO_SERVERS")) {
            complain(call, "*** Can't find address for server " + server.get() + ": Non-existent domain");
            return;
        }
        NativeCmdlets.print(call, "Server:  UnKnown", "Address:  " + address, "");
        switch (status) {
            case "SUCCESS" -> found(call, wanted, records(answer));
            case "NO_RECORDS" -> none(call, wanted, records(answer));
            case "NAME_ERROR" -> cannot(call, wanted, "Non-existent domain");
            case "SERVER_FAILURE" -> cannot(call, wanted, "Server failed");
            case "REFUSED" -> cannot(call, wanted, "Query refused");
            case "FORMAT_ERROR" -> cannot(call, wanted, "Format error");
            case "NOT_IMPLEMENTED" -> cannot(call, wanted, "Not implemented");
            case "UNREACHABLE" -> cannot(call, wanted, "No response from server");
            case "TIMEOUT" -> {
                NativeCmdlets.print(call, "DNS request timed out.", "    timeout was 5 seconds.");
                complain(call, "*** Request to UnKnown timed-out");
            }
            default -> cannot(call, wanted, "Unspecified error");
        }
    }

    private static Wanted read(List<String> words) {
        List<String> plain = new ArrayList<>();
        String type = "";
        boolean tcp = false;
        boolean recursive = true;
        for (String word : words) {
            if (!word.startsWith("-") || word.equals("-")) {
                plain.add(word);
                continue;
            }
            String option = word.substring(1);
            String name = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
            String value = option.contains("=") ? option.substring(option.indexOf('=') + 1) : "";
            switch (name.toLowerCase(Locale.ROOT)) {
                case "type", "ty", "querytype", "query", "q" -> type = value.toUpperCase(Locale.ROOT);
                case "vc" -> tcp = true;
                case "novc" -> tcp = false;
                case "recurse", "rec" -> recursive = true;
                case "norecurse", "norec" -> recursive = false;
                default ->
                    throw wrong(
                            word,
                            "'" + word + "' is not supported: nslookup takes -type=, -vc, -norecurse, a name and a"
                                    + " server here.");
            }
        }
        if (plain.isEmpty() || plain.getFirst().equals("-") || plain.size() > 2) {
            throw wrong(
                    String.join(" ", plain),
                    "nslookup has no interactive mode here: write nslookup -type=mx gmail.com 8.8.8.8.");
        }
        return new Wanted(
                plain.getFirst(),
                plain.size() > 1 ? plain.get(1) : "",
                type.equals("ANY") ? "ALL" : type,
                tcp,
                recursive);
    }

    private static ShellFailure wrong(String word, String why) {
        return ShellFailure.of(Category.InvalidArgument, "NativeCommandArgument", "NotSupportedException", why)
                .withTarget(word);
    }

    private static void found(Call call, Wanted wanted, List<Map<?, ?>> records) {
        List<Map<?, ?>> answers = in(records, "Answer");
        NativeCmdlets.print(call, "Non-authoritative answer:");
        boolean addresses =
                answers.stream().allMatch(one -> List.of("A", "AAAA", "CNAME").contains(type(one)));
        if (addresses && answers.stream().anyMatch(one -> !type(one).equals("CNAME"))) {
            host(call, answers);
        } else {
            answers.forEach(one -> NativeCmdlets.print(call, line(one).split("\n", -1)));
        }
        List<Map<?, ?>> additional = in(records, "Additional");
        if (!additional.isEmpty()) {
            NativeCmdlets.print(call, "");
            additional.forEach(one -> NativeCmdlets.print(call, line(one)));
        }
        NativeCmdlets.print(call, "");
    }

    private static void host(Call call, List<Map<?, ?>> answers) {
        List<Map<?, ?>> own =
                answers.stream().filter(one -> !type(one).equals("CNAME")).toList();
        NativeCmdlets.print(call, "Name:    " + own.getFirst().get("Name"));
        for (int i = 0; i < own.size(); i++) {
            String label = i > 0 ? "\t  " : own.size() > 1 ? "Addresses:  " : "Address:  ";
            NativeCmdlets.print(call, label + own.get(i).get("Data"));
        }
        List<Map<?, ?>> aliases =
                answers.stream().filter(one -> type(one).equals("CNAME")).toList();
        for (int i = 0; i < aliases.size(); i++) {
            NativeCmdlets.print(
                    call, (i == 0 ? "Aliases:  " : "\t  ") + aliases.get(i).get("Name"));
        }
    }

    /// The zone's SOA record, as Windows prints where a name has no such records.
    private static void none(Call call, Wanted wanted, List<Map<?, ?>> records) {
        if (records.isEmpty()) {
            complain(
                    call,
                    "*** No " + (wanted.type().isEmpty() ? "address (A)" : wanted.type()) + " records available for "
                            + wanted.name());
            return;
        }
        records.forEach(one -> NativeCmdlets.print(call, line(one).split("\n", -1)));
        NativeCmdlets.print(call, "");
    }

    private static void cannot(Call call, Wanted wanted, String why) {
        complain(call, "*** UnKnown can't find " + wanted.name() + ": " + why);
    }

    /// As programs complain: to the error output, which is no error of PowerShell's.
    private static void complain(Call call, String words) {
        call.io().err().println(words);
    }

    private static String line(Map<?, ?> one) {
        Object name = one.get("Name");
        Map<?, ?> fields = (Map<?, ?>) one.get("Fields");
        return switch (type(one)) {
            case "MX" ->
                name + "\tMX preference = " + fields.get("Preference") + ", mail exchanger = "
                        + fields.get("NameExchange");
            case "A" -> name + "\tinternet address = " + one.get("Data");
            case "AAAA" -> name + "\tAAAA IPv6 address = " + one.get("Data");
            case "NS" -> name + "\tnameserver = " + one.get("Data");
            case "CNAME" -> name + "\tcanonical name = " + one.get("Data");
            case "PTR" -> name + "\tname = " + one.get("Data");
            case "TXT" -> name + "\ttext =\n\n\t" + one.get("Data");
            case "SOA" ->
                name + "\n\tprimary name server = " + fields.get("PrimaryServer") + "\n\tresponsible mail addr = "
                        + fields.get("NameAdministrator") + "\n\tserial  = " + fields.get("SerialNumber")
                        + "\n\trefresh = " + fields.get("TimeToZoneRefresh") + "\n\tretry   = "
                        + fields.get("TimeToZoneFailureRetry") + "\n\texpire  = " + fields.get("TimeToExpiration")
                        + "\n\tdefault TTL = " + fields.get("DefaultTTL");
            case "SRV" ->
                name + "\tSRV service location:\n\t  priority       = " + fields.get("Priority")
                        + "\n\t  weight         = " + fields.get("Weight") + "\n\t  port           = "
                        + fields.get("Port") + "\n\t  svr hostname   = " + fields.get("NameTarget");
            default -> name + "\t" + type(one) + " = " + one.get("Data");
        };
    }

    private static String type(Map<?, ?> one) {
        return String.valueOf(one.get("Type"));
    }

    private static List<Map<?, ?>> records(Map<String, Object> answer) {
        List<Map<?, ?>> records = new ArrayList<>();
        if (answer.get("Records") instanceof List<?> list) {
            list.forEach(one -> records.add((Map<?, ?>) one));
        }
        return records;
    }

    private static List<Map<?, ?>> in(List<Map<?, ?>> records, String section) {
        return records.stream()
                .filter(one -> section.equals(one.get("Section")))
                .toList();
    }
}
