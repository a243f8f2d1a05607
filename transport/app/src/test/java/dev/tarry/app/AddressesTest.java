package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class AddressesTest {
    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    @Test
    void the_ready_file_names_every_receive_connector_with_all_its_addresses() {
        SequencedMap<String, List<SocketAddress>> receive = new LinkedHashMap<>();
        receive.put("Default Frontend MAIL", List.of(at("127.0.0.1", 2525), at("::1", 2525)));
        receive.put("Client Frontend MAIL", List.of(at("127.0.0.1", 2587)));
        receive.put("From \"the\" lab\\", List.of(at("127.0.0.1", 2600)));
        Addresses addresses = new Addresses(
                7,
                at("127.0.0.1", 2525),
                Optional.of(at("127.0.0.1", 2587)),
                receive,
                at("127.0.0.1", 8025),
                new LinkedHashMap<>(),
                Path.of("data"),
                Optional.empty());
        assertEquals(
                "{\"pid\": 7, \"smtp\": \"127.0.0.1:2525\", \"submission\": \"127.0.0.1:2587\", \"receiveConnectors\":"
                        + " {\"Default Frontend MAIL\": [\"127.0.0.1:2525\", \"[0:0:0:0:0:0:0:1]:2525\"],"
                        + " \"Client Frontend MAIL\": [\"127.0.0.1:2587\"],"
                        + " \"From \\\"the\\\" lab\\\\\": [\"127.0.0.1:2600\"]}, \"admin\": \"http://127.0.0.1:8025\"}",
                addresses.json());
    }
}
