package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// SMTP by hand, on the calling thread: a line out, a reply in.
final class SmtpDialogue implements Closeable {
    private static final int MAX_LINE = 4096;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private SmtpDialogue(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) TarryProcess.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// Connects and reads the greeting, which must be a 220.
    static SmtpDialogue dial(InetSocketAddress to) {
        try {
            Socket socket = new Socket();
            socket.connect(to, (int) TarryProcess.PATIENCE.toMillis());
            SmtpDialogue dialogue = new SmtpDialogue(socket);
            dialogue.expect("220");
            return dialogue;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// STARTTLS, and everything further within TLS. The client checks the certificate's chain and its name.
    ///
    /// @param protocols all that the JDK speaks if none is given
    void secure(SSLContext trusting, String name, String... protocols) throws IOException {
        String reply = command("STARTTLS");
        assertEquals("220 2.0.0 SMTP server ready", reply);
        SSLSocket tls = (SSLSocket) trusting.getSocketFactory().createSocket(socket, name, socket.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        socket = tls;
        in = new BufferedInputStream(tls.getInputStream());
        out = tls.getOutputStream();
    }

    /// Asks for another handshake within the session (RFC 5246 §7.4.1.1).
    void negotiateAgain() throws IOException {
        ((SSLSocket) socket).startHandshake();
    }

    void send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /// One command, and its reply with all its lines.
    String command(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return reply();
    }

    String reply() throws IOException {
        StringBuilder whole = new StringBuilder();
        String line;
        do {
            line = line();
            whole.append(whole.isEmpty() ? "" : "\n").append(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return whole.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < MAX_LINE) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the server hung up after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(octet);
        }
        throw new IOException("no end of line");
    }

    String expect(String code) throws IOException {
        String reply = reply();
        assertTrue(reply.startsWith(code), () -> "expected " + code + ", got " + reply);
        return reply;
    }

    void ok(String command) throws IOException {
        String reply = command(command);
        assertTrue(reply.startsWith("250"), () -> command + " was answered " + reply);
    }

    /// A whole transaction; the content is dot-stuffed here.
    ///
    /// @return the reply to the end of data
    String transaction(String from, byte[] content, String... recipients) throws IOException {
        ok("MAIL FROM:<" + from + ">");
        return rest(content, recipients);
    }

    /// What follows MAIL in a transaction.
    ///
    /// @return the reply to the end of data
    String rest(byte[] content, String... recipients) throws IOException {
        for (String recipient : recipients) {
            ok("RCPT TO:<" + recipient + ">");
        }
        String go = command("DATA");
        assertTrue(go.startsWith("354"), go);
        send(stuffed(content));
        return command(".");
    }

    private static byte[] stuffed(byte[] content) {
        ByteArrayOutputStream stuffed = new ByteArrayOutputStream(content.length + 64);
        boolean lineBegins = true;
        for (byte octet : content) {
            if (lineBegins && octet == '.') {
                stuffed.write('.');
            }
            stuffed.write(octet);
            lineBegins = octet == '\n';
        }
        return stuffed.toByteArray();
    }

    /// Whether nothing more comes: the server has closed the connection.
    boolean hungUp() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }
}
