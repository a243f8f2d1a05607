package dev.tarry.app;

import dev.tarry.admin.ProbeOperations.Dialler;
import dev.tarry.admin.ProbeOperations.Door;
import dev.tarry.config.ReceiveConnectorSettings;
import dev.tarry.config.Settings;
import dev.tarry.receive.SmtpListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The doors that the server's own receive connectors are, dialled from outside as a client would: by a plain socket.
/// On the thread of whoever asks, which may wait.
final class SmtpDoors implements Dialler {
    /// How long a door may take to answer, in real time.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_LINE_BYTES = 2_048;

    /// Every binding of every enabled connector, whether it listens or not.
    ///
    /// @param listeners those that listen
    static List<Door> of(Settings settings, List<SmtpListener> listeners) {
        List<Door> doors = new ArrayList<>();
        for (ReceiveConnectorSettings connector : settings.receiveConnectors()) {
            if (!connector.scope().enabled()) {
                continue;
            }
            List<? extends SocketAddress> taken = listeners.stream()
                    .filter(listener -> listener.name().equals(connector.name()))
                    .findFirst()
                    .<List<? extends SocketAddress>>map(SmtpListener::addresses)
                    .orElse(List.of());
            List<InetSocketAddress> bindings = connector.bindings();
            for (int i = 0; i < bindings.size(); i++) {
                Optional<InetSocketAddress> at = i < taken.size() && taken.get(i) instanceof InetSocketAddress inet
                        ? Optional.of(inet)
                        : Optional.empty();
                InetSocketAddress binding = at.orElse(bindings.get(i));
                doors.add(new Door(connector.name(), Addresses.text(binding), Addresses.dialled(binding)));
            }
        }
        return doors;
    }

    @Override
    public String greeting(InetSocketAddress endpoint) throws IOException {
        if (endpoint.getPort() == 0) {
            throw new IOException("the connector does not listen");
        }
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(PATIENCE.toMillis());
            socket.connect(endpoint, millis);
            socket.setSoTimeout(millis);
            String line = line(socket.getInputStream());
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return line;
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer within " + PATIENCE.toSeconds() + " seconds", e);
        }
    }

    /// The first line of a greeting; of a connector that begins with TLS there is none.
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                if (octets.size() == 0) {
                    throw new IOException("the connection was closed without a greeting");
                }
                break;
            }
            octets.write(octet);
            if (octets.size() > MAX_LINE_BYTES) {
                throw new IOException("the greeting has more than " + MAX_LINE_BYTES + " octets");
            }
        }
        return octets.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
