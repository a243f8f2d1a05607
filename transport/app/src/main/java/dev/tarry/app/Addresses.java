package dev.tarry.app;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// Where everything listens: the ready line, and the ready file that scripts read (design §4).
///
/// @param pid        of this process
/// @param smtp       the first receive connector
/// @param submission the second, if there is one
/// @param receive    every receive connector, by its name: where clients find it
/// @param admin      the HTTP API
/// @param labDns     every DNS server of the lab, by its address in the lab's world; empty without a lab
/// @param data       the data folder
/// @param tokenFile  where the admin API's token is kept; absent if it wants none, or it was set itself
record Addresses(
        long pid,
        InetSocketAddress smtp,
        Optional<InetSocketAddress> submission,
        SequencedMap<String, List<SocketAddress>> receive,
        InetSocketAddress admin,
        SequencedMap<String, SocketAddress> labDns,
        Path data,
        Optional<Path> tokenFile) {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String FIRST_SERVER = "8.8.8.8";

    /// Where a listener is dialled from this machine: one on all addresses at 127.0.0.1.
    static InetSocketAddress dialled(InetSocketAddress listening) {
        return listening.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(LOOPBACK, listening.getPort())
                : listening;
    }

    /// `tarry ready smtp=127.0.0.1:2525 …`
    String line() {
        StringJoiner line = new StringJoiner(" ");
        line.add("tarry ready");
        line.add("smtp=" + text(smtp));
        submission.ifPresent(at -> line.add("submission=" + text(at)));
        line.add("admin=http://" + text(admin));
        if (labDns.containsKey(FIRST_SERVER)) {
            line.add("labDns=" + text(labDns.get(FIRST_SERVER)));
        }
        tokenFile.ifPresent(file -> line.add("tokenFile=" + file));
        line.add("data=" + data);
        line.add("pid=" + pid);
        return line.toString();
    }

    /// Addresses hold nothing that JSON would have to escape; the data folder may, and is left out;
    /// connectors' names and the token's file are quoted.
    String json() {
        StringJoiner members = new StringJoiner(", ", "{", "}");
        members.add("\"pid\": " + pid);
        members.add(member("smtp", text(smtp)));
        submission.ifPresent(at -> members.add(member("submission", text(at))));
        StringJoiner connectors = new StringJoiner(", ", "{", "}");
        receive.forEach((name, at) -> connectors.add("\"" + escaped(name) + "\": "
                + at.stream().map(one -> "\"" + text(one) + "\"").collect(Collectors.joining(", ", "[", "]"))));
        members.add("\"receiveConnectors\": " + connectors);
        members.add(member("admin", "http://" + text(admin)));
        tokenFile.ifPresent(file -> members.add(member("tokenFile", escaped(file.toString()))));
        if (labDns.containsKey(FIRST_SERVER)) {
            members.add(member("labDns", text(labDns.get(FIRST_SERVER))));
            StringJoiner servers = new StringJoiner(", ", "{", "}");
            labDns.forEach((server, at) -> servers.add(member(server, text(at))));
            members.add("\"labDnsServers\": " + servers);
        }
        return members.toString();
    }

    /// Whoever waits for the file finds it whole.
    void write(Path file) throws StartFailure {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, (json() + "\n").getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StartFailure.unwritable("the ready file " + file, e);
        }
    }

    private static String member(String name, String value) {
        return "\"" + name + "\": \"" + value + "\"";
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static String text(SocketAddress address) {
        InetSocketAddress inet = (InetSocketAddress) address;
        String host = inet.getAddress().getHostAddress();
        return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
}
