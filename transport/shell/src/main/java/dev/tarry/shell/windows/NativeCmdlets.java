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
import java.util.SequencedMap;

/// Windows' own programs that administrators type beside cmdlets, as they print: `ipconfig` and `ping`; their words are
/// no parameters. `nslookup` is [NslookupCmdlet], `net` and `sc.exe` are
/// [ServicePrograms].
public final class NativeCmdlets {
    private static final int ECHOES = 4;
    private static final int MAX_ECHOES = 1_000;
    private static final Map<String, Integer> TYPES =
            Map.of("A", 1, "NS", 2, "CNAME", 5, "SOA", 6, "PTR", 12, "MX", 15, "TXT", 16, "AAAA", 28, "SRV", 33);

    private static final String IPCONFIG_TAKES = "nothing, or one of /all, /displaydns, /flushdns";

    private NativeCmdlets() {}

    public static List<Cmdlet> all() {
        List<Cmdlet> all = new ArrayList<>(ServicePrograms.all());
        all.addAll(List.of(
                Cmdlet.named("ipconfig", "ipconfig.exe")
                        .summary("Shows the network adapter of the server's machine (/all), shows what its DNS client"
                                + " remembers (/displaydns), or has it forget (/flushdns).")
                        .remark("/flushdns leaves the transport service's own DNS cache alone, as on Exchange.")
                        .wordy()
                        .simply(NativeCmdlets::ipconfig),
                Cmdlet.named("hostname", "hostname.exe")
                        .summary("Prints the name of the server's machine.")
                        .wordy()
                        .simply(NativeCmdlets::hostname),
                NslookupCmdlet.cmdlet(),
                Cmdlet.named("ping", "ping.exe")
                        .summary("Sends echo requests from the server's machine.")
                        .remark(
                                "Only in the lab: elsewhere the server sends none. A host that is silent takes no time.")
                        .wordy()
                        .simply(NativeCmdlets::ping)));
        return List.copyOf(all);
    }

    static List<String> words(Call call) {
        return call.texts(Cmdlet.WORDS);
    }

    static void print(Call call, String... lines) {
        for (String line : lines) {
            call.write(line);
        }
    }

    private static void hostname(Call call) {
        if (!words(call).isEmpty()) {
            throw unknownWord("hostname", words(call).getFirst(), "nothing");
        }
        print(call, String.valueOf(call.client().computer().network().get("ComputerName")));
    }

    private static void ipconfig(Call call) {
        List<String> words = words(call);
        String what =
                words.isEmpty() ? "" : words.getFirst().toLowerCase(Locale.ROOT).replaceFirst("^-", "/");
        if (words.size() > 1) {
            throw unknownWord("ipconfig", words.get(1), IPCONFIG_TAKES);
        }
        switch (what) {
            case "" -> adapter(call, false);
            case "/all" -> adapter(call, true);
            case "/flushdns" -> {
                call.client().computer().clearDnsCache();
                print(call, "", "Windows IP Configuration", "", "Successfully flushed the DNS Resolver Cache.");
            }
            case "/displaydns" -> remembered(call);
            default -> throw unknownWord("ipconfig", words.getFirst(), IPCONFIG_TAKES);
        }
    }

    private static ShellFailure unknownWord(String program, String word, String taken) {
        return ShellFailure.of(
                        Category.InvalidArgument,
                        "NativeCommandArgument",
                        "NotSupportedException",
                        "'" + word + "' is not supported: " + program + " takes " + taken + " here.")
                .withTarget(word);
    }

    private static void adapter(Call call, boolean all) {
        Map<String, Object> network = call.client().computer().network();
        String host = String.valueOf(network.get("DnsHostName"));
        String suffix = host.contains(".") ? host.substring(host.indexOf('.') + 1) : "";
        print(call, "", "Windows IP Configuration", "");
        if (all) {
            print(
                    call,
                    line("Host Name", network.get("ComputerName")),
                    line("Primary Dns Suffix ", suffix),
                    line("Node Type", "Hybrid"),
                    line("IP Routing Enabled.", "No"),
                    line("WINS Proxy Enabled.", "No"),
                    line("DNS Suffix Search List.", suffix));
        }
        print(call, "", "Ethernet adapter " + network.get("InterfaceAlias") + ":", "");
        print(call, line("Connection-specific DNS Suffix ", suffix));
        if (all) {
            print(
                    call,
                    line("Description", network.get("InterfaceDescription")),
                    line("Physical Address.", network.get("MacAddress")),
                    line("DHCP Enabled.", "No"),
                    line("Autoconfiguration Enabled", "Yes"));
        }
        if (network.get("Addresses") instanceof List<?> addresses) {
            for (Object one : addresses) {
                Map<?, ?> own = (Map<?, ?>) one;
                String address = String.valueOf(own.get("IPAddress"));
                boolean six = address.contains(":");
                print(call, line(six ? "IPv6 Address." : "IPv4 Address.", address + (all ? "(Preferred)" : "")));
                if (!six) {
                    print(call, line("Subnet Mask", mask(((Number) own.get("PrefixLength")).intValue())));
                }
            }
        }
        print(
                call,
                line(
                        "Default Gateway",
                        Optional.ofNullable(network.get("Gateway")).orElse("")));
        if (all) {
            List<String> servers = AdapterCmdlets.texts(network.get("DnsServers"));
            for (int i = 0; i < servers.size(); i++) {
                print(call, i == 0 ? line("DNS Servers", servers.get(i)) : " ".repeat(39) + servers.get(i));
            }
        }
    }

    private static String mask(int prefixBits) {
        long bits = prefixBits == 0 ? 0 : 0xffff_ffffL << (32 - prefixBits) & 0xffff_ffffL;
        return (bits >> 24) + "." + (bits >> 16 & 0xff) + "." + (bits >> 8 & 0xff) + "." + (bits & 0xff);
    }

    /// `   IPv4 Address. . . . . . . . . . . : 192.168.1.20`
    private static String line(String label, Object value) {
        StringBuilder line = new StringBuilder("   " + label);
        while (line.length() < 37) {
            line.append(line.length() % 2 == 0 ? ' ' : '.');
        }
        return line + ": " + value;
    }

    private static void remembered(Call call) {
        print(call, "", "Windows IP Configuration", "");
        SequencedMap<String, List<Map<String, Object>>> entries = new LinkedHashMap<>();
        for (Map<String, Object> one : call.client().computer().dnsCache()) {
            entries.computeIfAbsent(one.get("Entry") + " " + typeIfNone(one), _ -> new ArrayList<>())
                    .add(one);
        }
        entries.values().forEach(records -> entry(call, records));
    }

    /// What does not exist is one entry for each type.
    private static String typeIfNone(Map<String, Object> one) {
        return "Success".equals(one.get("Status")) ? "" : String.valueOf(one.get("Type"));
    }

    private static void entry(Call call, List<Map<String, Object>> records) {
        Map<String, Object> first = records.getFirst();
        print(call, "    " + first.get("Entry"), "    " + "-".repeat(40));
        switch (String.valueOf(first.get("Status"))) {
            case "NotExist" -> print(call, "    Name does not exist.", "", "");
            case "NoRecords" -> print(call, "    No records of type " + first.get("Type"), "", "");
            default -> {
                for (Map<String, Object> record : records) {
                    String type = String.valueOf(record.get("Type"));
                    print(
                            call,
                            "    Record Name . . . . . : " + record.get("Name"),
                            "    Record Type . . . . . : "
                                    + Optional.ofNullable(TYPES.get(type))
                                            .map(String::valueOf)
                                            .orElse(type),
                            "    Time To Live  . . . . : " + record.get("TimeToLive"),
                            "    Data Length . . . . . : " + record.get("DataLength"),
                            "    Section . . . . . . . : " + record.get("Section"),
                            "    " + recordLabel(type) + record.get("Data"),
                            "",
                            "");
                }
            }
        }
    }

    private static String recordLabel(String type) {
        return switch (type) {
            case "A" -> "A (Host) Record . . . : ";
            case "AAAA" -> "AAAA Record . . . . . : ";
            case "CNAME" -> "CNAME Record  . . . . : ";
            case "PTR" -> "PTR Record  . . . . . : ";
            case "SOA" -> "SOA Record  . . . . . : ";
            default ->
                (type + " Record").length() % 2 == 0 ? pad(type + " Record ") + ": " : pad(type + " Record  ") + ": ";
        };
    }

    private static String pad(String label) {
        StringBuilder line = new StringBuilder(label);
        while (line.length() < 22) {
            line.append(". ");
        }
        return line.substring(0, 22);
    }

    private static void ping(Call call) {
        String host = "";
        int count = ECHOES;
        List<String> words = words(call);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word.toLowerCase(Locale.ROOT)) {
                case "-n", "/n" -> {
                    i++;
                    count = i < words.size() && words.get(i).matches("[0-9]{1,4}") ? Integer.parseInt(words.get(i)) : 0;
                }
                case "-4", "/4", "-a", "/a" -> {}
                default -> {
                    if (word.startsWith("-") || word.startsWith("/") || !host.isEmpty()) {
                        throw ShellFailure.of(
                                        Category.InvalidArgument,
                                        "NativeCommandArgument",
                                        "NotSupportedException",
                                        "'" + word + "' is not supported: ping takes a host and -n here.")
                                .withTarget(word);
                    }
                    host = word;
                }
            }
        }
        if (host.isEmpty() || count < 1 || count > MAX_ECHOES) {
            throw ShellFailure.of(
                    Category.InvalidArgument,
                    "NativeCommandArgument",
                    "ArgumentException",
                    "ping takes a host, and behind -n a number of 1 to " + MAX_ECHOES + ".");
        }
        ping(call, host, count);
    }

    private static void ping(Call call, String host, int count) {
        Map<String, Object> came = call.client().computer().reach(host, Optional.empty(), "TCP");
        if ("IMPOSSIBLE".equals(came.get("Echo"))) {
            throw Refusal.unsupported("ping", "the server sends no echo requests outside the lab.");
        }
        Object address = came.get("RemoteAddress");
        if (address == null) {
            print(call, "Ping request could not find host " + host + ". Please check the name and try again.");
            return;
        }
        boolean replied = "REPLY".equals(came.get("Echo"));
        print(
                call,
                "",
                "Pinging " + (address.equals(host) ? host : host + " [" + address + "]") + " with 32 bytes of data:");
        for (int i = 0; i < count; i++) {
            print(call, replied ? "Reply from " + address + ": bytes=32 time<1ms TTL=128" : "Request timed out.");
        }
        int lost = replied ? 0 : count;
        print(
                call,
                "",
                "Ping statistics for " + address + ":",
                "    Packets: Sent = " + count + ", Received = " + (count - lost) + ", Lost = " + lost + " ("
                        + (replied ? 0 : 100) + "% loss),");
        if (replied) {
            print(
                    call,
                    "Approximate round trip times in milli-seconds:",
                    "    Minimum = 0ms, Maximum = 0ms, Average = 0ms");
        }
    }
}
