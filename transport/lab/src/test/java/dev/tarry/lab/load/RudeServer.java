package dev.tarry.lab.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that follows a script, good or bad: it says the first line when somebody comes, and each further one when
/// a line has come, or, after a 354, when a message has ended. At the end of the script it hangs up.
///
/// `…` at the end of a line sends it an octet at a time; `SILENCE` says nothing more and holds on; `CLOSE` hangs up;
/// `RESET` resets; `|` stands for the end of a line.
final class RudeServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> script;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger silences = new AtomicInteger();

    RudeServer(String... script) {
        this.script = List.of(script);
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int connections() {
        return connections.get();
    }

    /// Connections on which nothing more will be said.
    int silences() {
        return silences.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                connections.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket client) {
        boolean hold = false;
        try {
            var in = client.getInputStream();
            var out = client.getOutputStream();
            boolean content = false;
            for (int i = 0; i < script.size(); i++) {
                if (i > 0 && !(content ? message(in) : line(in))) {
                    return;
                }
                var words = script.get(i);
                switch (words) {
                    case "SILENCE" -> {
                        hold = true;
                        silences.incrementAndGet();
                        return;
                    }
                    case "CLOSE" -> {
                        return;
                    }
                    case "RESET" -> {
                        client.setSoLinger(true, 0);
                        return;
                    }
                    default -> say(out, words);
                }
                content = words.startsWith("354");
            }
        } catch (IOException _) {
            // the client has gone
        } finally {
            if (!hold) {
                close(client);
            }
        }
    }

    private static void say(OutputStream out, String words) throws IOException {
        boolean slow = words.endsWith("…");
        var octets = ((slow ? words.substring(0, words.length() - 1) : words).replace("|", "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        if (!slow) {
            out.write(octets);
            return;
        }
        for (byte octet : octets) {
            out.write(octet);
            out.flush();
        }
    }

    private static boolean line(InputStream in) throws IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return true;
            }
        }
        return false;
    }

    private static boolean message(InputStream in) throws IOException {
        var end = "\r\n.\r\n";
        int met = 2;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            met = octet == end.charAt(met) ? met + 1 : octet == '\r' ? 1 : 0;
            if (met == end.length()) {
                return true;
            }
        }
        return false;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // gone already
        }
    }

    @Override
    public void close() {
        open.forEach(RudeServer::close);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
