package dev.tarry.app;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Mail for a server in training: a few thousand messages over several sessions, to lab hosts and to a local mailbox,
/// followed until no queue holds any, and then some that stay in their queues. So the cache knows not only what a start
/// loads, but also what every message runs through, now and when it is found at the next start. Blocking, on the
/// caller's thread.
final class Rehearsal {
    /// Enough for the JVM to tell what is run often.
    static final int MESSAGES_A_SESSION = 400;

    /// The same of what stays behind.
    private static final int LEFT_A_SESSION = 250;

    /// So often one of the sessions ends and another begins: connecting is rehearsed too.
    private static final int TURNS_A_CONNECTION = 2;

    private static final int SESSIONS = 8;
    private static final int DOMAINS = 40;
    private static final int LINES = 100;
    private static final int MOST_LOOKS = 20_000;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Addresses addresses;

    Rehearsal(Addresses addresses) {
        this.addresses = addresses;
    }

    /// @throws IOException if the server does not answer as it should
    void run() throws IOException {
        mail(MESSAGES_A_SESSION);
        follow();
        tls();
        ask("POST", "/api/v1/queues/suspend", "{\"filter\": \"DeliveryType -eq 'DnsConnectorDelivery'\"}");
        mail(LEFT_A_SESSION);
    }

    /// @param turns messages of each session
    private void mail(int turns) throws IOException {
        List<Session> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(new Session(addresses.smtp()));
            }
            // All speak, then all listen: so they are in flight at once without a thread each.
            for (int turn = 0; turn < turns; turn++) {
                for (int i = 0; i < SESSIONS; i++) {
                    sessions.get(i).say(envelope(turn * SESSIONS + i));
                }
                for (Session session : sessions) {
                    session.expect("250", "250", "354");
                    session.say(content(turn));
                }
                for (Session session : sessions) {
                    session.expect("250");
                }
                if (turn % TURNS_A_CONNECTION == TURNS_A_CONNECTION - 1) {
                    Session anew = new Session(addresses.smtp());
                    try (Session old = sessions.set(turn / TURNS_A_CONNECTION % SESSIONS, anew)) {
                        old.say("QUIT\r\n");
                        old.expect("221");
                    }
                }
            }
            for (Session session : sessions) {
                session.say("QUIT\r\n");
                session.expect("221");
            }
        } finally {
            for (Session session : sessions) {
                session.close();
            }
        }
    }

    private void follow() throws IOException {
        for (int looks = 0; !delivered(); looks++) {
            if (looks == MOST_LOOKS) {
                throw new IOException("the mail was not delivered");
            }
        }
    }

    /// One client that protects its session, and trusts the lab's authority for it.
    private void tls() throws IOException {
        try (Session session = new Session(addresses.smtp())) {
            session.say("STARTTLS\r\n");
            session.expect("220");
            session.secure(trusting());
            session.say("EHLO client.example\r\n");
            session.expect("250");
            session.say("QUIT\r\n");
            session.expect("221");
        } catch (GeneralSecurityException e) {
            throw new IOException("the lab's authority cannot be trusted", e);
        }
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        String pem = get("/lab/v1/ca.pem");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "lab",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String envelope(int number) {
        String to = number % 10 == 0 ? "bob@company.com" : "user" + number + "@d" + number % DOMAINS + ".example";
        return "MAIL FROM:<alice@company.com>\r\nRCPT TO:<" + to + ">\r\nDATA\r\n";
    }

    private static String content(int number) {
        return "From: Alice <alice@company.com>\r\nTo: someone\r\nSubject: rehearsal " + number + "\r\n"
                + (number % 2 == 0 ? "Message-ID: <" + number + "@company.com>\r\n" : "")
                + "\r\n" + "..A line of text, neither long nor short, that begins with a dot.\r\n".repeat(LINES)
                + ".\r\n";
    }

    private boolean delivered() throws IOException {
        return !get("/api/v1/queues?filter=MessageCount%20-gt%200").contains("\"MessageCount\"");
    }

    /// @return the body
    private String get(String path) throws IOException {
        return ask("GET", path, "");
    }

    /// @param body JSON
    /// @return the answer's
    private String ask(String method, String path, String body) throws IOException {
        InetSocketAddress admin = addresses.admin();
        try (Socket socket = new Socket(admin.getAddress(), admin.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + admin.getPort()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 2")) {
                throw new IOException("the server could not answer " + path + ": "
                        + answer.lines().findFirst().orElse("no answer"));
            }
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static final class Session implements AutoCloseable {
        private Socket socket;
        private BufferedReader replies;

        Session(InetSocketAddress at) throws IOException {
            socket = new Socket(at.getAddress(), at.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            replies = replies();
            expect("220");
            say("EHLO client.example\r\n");
            expect("250");
        }

        private BufferedReader replies() throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /// Goes on within TLS.
        void secure(SSLContext trusting) throws IOException {
            socket = trusting.getSocketFactory().createSocket(socket, "mail.company.com", socket.getPort(), true);
            replies = replies();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        void expect(String... codes) throws IOException {
            for (String code : codes) {
                String line;
                do {
                    line = replies.readLine();
                    if (line == null || !line.startsWith(code)) {
                        throw new IOException("expected " + code + ", got " + line);
                    }
                } while (line.startsWith(code + "-"));
            }
        }
    }
}
