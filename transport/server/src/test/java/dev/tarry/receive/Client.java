package dev.tarry.receive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/// Somebody's mail program, on a plain socket.
final class Client implements AutoCloseable {
    private static final int GIVE_UP_MILLIS = 30_000;

    final Socket socket;
    private final InputStream in;

    Client(SocketAddress to) throws IOException {
        this(InetAddress.getLoopbackAddress(), "127.0.0.1", ((InetSocketAddress) to).getPort());
    }

    /// @param from an address of this machine
    Client(InetAddress to, String from, int port) throws IOException {
        socket = new Socket(to, port, InetAddress.ofLiteral(from), 0);
        socket.setSoTimeout(GIVE_UP_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends lines, each with CRLF behind it, in one write.
    void send(String... lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        raw(text.toString());
    }

    void raw(String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends one line and reads its reply.
    String say(String line) throws IOException {
        send(line);
        return reply();
    }

    /// One reply, its lines joined by `|`; empty at the end of the connection.
    String reply() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = line();
            text.append(text.isEmpty() ? "" : "|").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return text.toString();
            }
        }
    }

    /// The first digits of the next replies.
    String codes(int count) throws IOException {
        StringBuilder codes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String reply = reply();
            codes.append(i == 0 ? "" : " ").append(reply.length() < 3 ? "-" : reply.substring(0, 3));
        }
        return codes.toString();
    }

    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                return line.toString();
            }
            if (octet == '\n') {
                return line.substring(0, line.length() - 1);
            }
            line.append((char) octet);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
