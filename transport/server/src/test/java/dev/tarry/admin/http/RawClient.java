package dev.tarry.admin.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that sends what it is told, octet by octet if need be.
final class RawClient implements AutoCloseable {
    private static final int GIVE_UP_MILLIS = 60_000;

    private final Socket socket = new Socket();

    RawClient(SocketAddress server) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", ((InetSocketAddress) server).getPort()));
        socket.setSoTimeout(GIVE_UP_MILLIS);
    }

    RawClient send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /// Everything until the server closes.
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// One reply with a Content-Length.
    String reply() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return head.toString(StandardCharsets.UTF_8);
            }
            head.write(octet);
        }
        String lines = head.toString(StandardCharsets.UTF_8);
        int at = lines.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(lines.substring(at + 16, lines.indexOf('\r', at)));
        return lines + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// Everything up to some words, or the server's end.
    String through(String words) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(words)) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                break;
            }
            read.write(octet);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /// Whether something has come back that was not read yet.
    boolean answered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    void endOurHalf() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
