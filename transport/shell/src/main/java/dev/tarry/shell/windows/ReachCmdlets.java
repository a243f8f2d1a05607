package dev.tarry.shell.windows;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether somebody can be reached from the server's machine (reference §12.3).
public final class ReachCmdlets {
    /// Whom Windows asks where nobody is named.
    private static final String BEACON = "internetbeacon.msedge.net";

    private static final int ECHO_BYTES = 32;
    private static final long DNS_PORT = 53;
    private static final long MAX_ECHOES = 1_000;

    private ReachCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(connection(), echo());
    }

    private static Cmdlet connection() {
        return Cmdlet.named("Test-NetConnection", "tnc")
                .example("Test-NetConnection 8.8.8.8 -Port 53", "Tells whether a TCP port answers.")
                .summary(
                        "Tries whether a port can be reached from the server's machine, and sends an echo request where it"
                                + " cannot.")
                .remark("-Protocol UDP is tarry's own: Windows has no such parameter. It sends a DNS server (port 53) a"
                        + " question in a datagram and says in UdpTestSucceeded whether an answer came.")
                .remark(
                        "A host that is silent is waited for 5 seconds of lab time; where the clock is frozen it is stepped"
                                + " by what the wait takes.")
                .remark(
                        "Outside the lab no echo requests are sent, since that needs privileges; only what the egress list"
                                + " allows is dialled.")
                .takes(
                        Parameter.of("ComputerName", TEXT)
                                .at(0)
                                .alias("RemoteAddress", "cn")
                                .pipedBy("RemoteAddress", "Name", "HostName"),
                        Parameter.of("CommonTCPPort", TEXT).at(1).oneOf("HTTP", "RDP", "SMB", "WINRM"),
                        Parameter.of("Port", WHOLE).alias("RemotePort").pipedBy("RemotePort"),
                        Parameter.of("Protocol", TEXT).oneOf("TCP", "UDP"),
                        Parameter.of("InformationLevel", TEXT).oneOf("Detailed", "Quiet", "Standard"),
                        Parameter.of("TraceRoute", SWITCH),
                        Parameter.of("Hops", WHOLE),
                        Parameter.of("DiagnoseRouting", SWITCH),
                        Parameter.of("ConstrainInterface", WHOLE),
                        Parameter.of("ConstrainSourceAddress", TEXT))
                .oneOf("Port", "CommonTCPPort")
                .simply(ReachCmdlets::connection);
    }

    private static void connection(Call call) {
        Refusal.ofParameters(
                call,
                "there are no routers between the machine and the others.",
                "TraceRoute",
                "Hops",
                "DiagnoseRouting");
        Refusal.ofParameters(
                call, "the machine has one network adapter.", "ConstrainInterface", "ConstrainSourceAddress");
        String host = call.text("ComputerName").orElse(BEACON);
        Optional<Long> port = call.whole("Port")
                .or(() -> call.text("CommonTCPPort").map(common -> switch (common) {
                    case "HTTP" -> 80L;
                    case "RDP" -> 3389L;
                    case "SMB" -> 445L;
                    default -> 5985L;
                }));
        boolean udp = call.text("Protocol").orElse("TCP").equals("UDP");
        if (udp && port.orElse(0L) != DNS_PORT) {
            throw Refusal.unsupported(
                    "-Protocol UDP",
                    "only a DNS server answers a datagram of which nothing is known, so it goes with -Port 53.");
        }
        Map<String, Object> came = call.client().computer().reach(host, port, udp ? "UDP" : "TCP");
        if (port.isEmpty() && "IMPOSSIBLE".equals(came.get("Echo"))) {
            throw Refusal.unsupported(
                    "Test-NetConnection without -Port", "the server sends no echo requests outside the lab.");
        }
        show(call, came, port, udp);
    }

    private static void show(Call call, Map<String, Object> came, Optional<Long> port, boolean udp) {
        String outcome = String.valueOf(came.get("Outcome"));
        boolean open = outcome.equals("OPEN");
        boolean echoed = "REPLY".equals(came.get("Echo"));
        Object address = came.get("RemoteAddress");
        String level = call.text("InformationLevel").orElse("Standard");
        if (level.equals("Quiet")) {
            call.write(port.isPresent() ? open : echoed);
            return;
        }
        if (address == null) {
            call.warn("Name resolution of " + came.get("ComputerName") + " failed");
        } else if (port.isPresent() && !open) {
            call.warn((udp ? "UDP query to (" : "TCP connect to (") + address + " : " + port.get() + ") failed"
                    + (outcome.equals("NOT_ALLOWED") ? ": it is not on the server's egress allow-list" : ""));
        }
        if (address != null && "SILENCE".equals(came.get("Echo"))) {
            call.warn("Ping to " + address + " failed with status: TimedOut");
        }
        Row row = new Row("TestNetConnectionResult")
                .with("ComputerName", came.get("ComputerName"))
                .with("RemoteAddress", address);
        port.ifPresent(number -> row.with("RemotePort", number));
        if (level.equals("Detailed")) {
            row.with("NameResolutionResults", came.get("ResolvedAddresses"));
        }
        row.with("InterfaceAlias", address == null ? null : came.get("InterfaceAlias"))
                .with("SourceAddress", came.get("SourceAddress"));
        if (level.equals("Detailed")) {
            row.with("NetRoute (NextHop)", came.get("NextHop")).withOnDemand("NetRoute", () -> came.get("NextHop"));
        }
        if (!open && !"IMPOSSIBLE".equals(came.get("Echo"))) {
            row.with("PingSucceeded", echoed);
            if (address != null) {
                row.with("PingReplyDetails (RTT)", "0 ms");
            }
            row.withOnDemand("PingReplyDetails", () -> "0 ms");
        } else {
            row.withOnDemand("PingSucceeded", () -> false);
        }
        if (port.isPresent()) {
            row.with(udp ? "UdpTestSucceeded" : "TcpTestSucceeded", open);
        }
        call.write(udp || port.isPresent() ? row : row.withOnDemand("TcpTestSucceeded", () -> false));
    }

    private static Cmdlet echo() {
        return Cmdlet.named("Test-Connection")
                .summary("Sends echo requests from the server's machine.")
                .remark("Only in the lab: elsewhere the server sends none. The round trip takes no time there.")
                .takes(
                        Parameter.of("ComputerName", TEXTS)
                                .at(0)
                                .required()
                                .alias("CN", "IPAddress", "Destination", "TargetName", "__SERVER", "Server")
                                .pipedBy("IPAddress", "Destination"),
                        Parameter.of("Count", WHOLE),
                        Parameter.of("BufferSize", WHOLE).alias("Size", "Bytes"),
                        Parameter.of("Quiet", SWITCH),
                        Parameter.of("Delay", WHOLE),
                        Parameter.of("TimeToLive", WHOLE).alias("TTL"),
                        Parameter.of("Source", TEXTS),
                        Parameter.of("AsJob", SWITCH))
                .shows(
                        "Win32_PingStatus",
                        "Source/13",
                        "Destination/15",
                        "IPV4Address/16",
                        "IPV6Address/24",
                        "Bytes/8",
                        "Time(ms)")
                .simply(ReachCmdlets::echoes);
    }

    private static void echoes(Call call) {
        Refusal.ofParameters(call, "requests are sent from the server's machine only.", "Source", "AsJob");
        long count = call.whole("Count").orElse(4L);
        if (count < 1 || count > MAX_ECHOES) {
            throw ShellFailure.of(
                    Category.InvalidData,
                    "ParameterArgumentValidationError",
                    "ParameterBindingValidationException",
                    "Cannot validate argument on parameter 'Count'. It is 1 to " + MAX_ECHOES + ".");
        }
        String source = String.valueOf(call.client().computer().network().get("ComputerName"));
        for (String host : call.texts("ComputerName")) {
            Map<String, Object> came = call.client().computer().reach(host, Optional.empty(), "TCP");
            if ("IMPOSSIBLE".equals(came.get("Echo"))) {
                throw Refusal.unsupported("Test-Connection", "the server sends no echo requests outside the lab.");
            }
            boolean replied = "REPLY".equals(came.get("Echo"));
            if (call.flag("Quiet")) {
                call.write(replied);
                continue;
            }
            for (long i = 0; i < count; i++) {
                if (replied) {
                    call.write(
                            status(source, host, came, call.whole("BufferSize").orElse((long) ECHO_BYTES)));
                } else {
                    call.report(ShellFailure.of(
                                    Category.ResourceUnavailable,
                                    "TestConnectionException,Microsoft.PowerShell.Commands.TestConnectionCommand",
                                    "PingException",
                                    "Testing connection to computer '" + host + "' failed: "
                                            + (came.get("RemoteAddress") == null
                                                    ? "No such host is known"
                                                    : "Error due to lack of resources"))
                            .withTarget(host));
                }
            }
        }
    }

    private static Row status(String source, String host, Map<String, Object> came, long bytes) {
        String address = String.valueOf(came.get("RemoteAddress"));
        boolean six = address.contains(":");
        return new Row("Win32_PingStatus")
                .with("Source", source)
                .with("Destination", host)
                .with("IPV4Address", six ? null : address)
                .with("IPV6Address", six ? address : null)
                .with("Bytes", bytes)
                .with("Time(ms)", 0L)
                .withOnDemand("Address", () -> host)
                .withOnDemand("ResponseTime", () -> 0L)
                .withOnDemand("StatusCode", () -> 0L)
                .withOnDemand("ProtocolAddress", () -> address);
    }
}
