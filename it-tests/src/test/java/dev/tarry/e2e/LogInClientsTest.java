package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Logging in with clients that nobody here wrote: Python's smtplib, curl, swaks; each is skipped where it is not
/// installed.
final class LogInClientsTest {
    /// Of "Secret-1", as the command prints it.
    private static final Pattern HASH = Pattern.compile("SCRAM-SHA-256\\$4096:\\S+");

    private static final String SCRIPT = """
            import smtplib, ssl, sys
            submission, implicit, ca = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
            tls = ssl.create_default_context(cafile=ca)
            tls.check_hostname = False
            def said(*what):
                print(*what)
            def message(subject):
                return "From: ann@company.com\\r\\nSubject: %s\\r\\n\\r\\nx\\r\\n" % subject
            s = smtplib.SMTP("127.0.0.1", submission)
            s.ehlo()
            said("clear", s.esmtp_features.get("auth"), s.mail("ann@company.com")[0])
            s.starttls(context=tls)
            s.ehlo()
            said("tls", s.esmtp_features["auth"].strip(), s.has_extn("starttls"))
            s.user, s.password = "ann", "Secret-1"
            said("login", s.auth("LOGIN", s.auth_login)[0])
            s.ehlo()
            said("after", s.has_extn("auth"))
            s.sendmail("ann@company.com", ["login@python.example"], message("login"))
            said("as", s.docmd("MAIL FROM:<boss@company.com>")[1].decode()[:6])
            s.quit()
            s = smtplib.SMTP("127.0.0.1", submission)
            s.starttls(context=tls)
            try:
                s.login("ann", "wrong")
            except smtplib.SMTPAuthenticationError as e:
                said("wrong", e.smtp_code, e.smtp_error.decode())
            s.close()
            s = smtplib.SMTP("127.0.0.1", submission)
            s.starttls(context=tls)
            s.ehlo()
            token = lambda challenge=None: "user=ann\\x01auth=Bearer ann-0123456789abcdef\\x01\\x01"
            said("xoauth2", s.auth("XOAUTH2", token)[0])
            s.quit()
            s = smtplib.SMTP_SSL("127.0.0.1", implicit, context=tls)
            s.ehlo()
            said("implicit", s.has_extn("starttls"), s.login("ann", "Secret-1")[0])
            s.sendmail("ann@company.com", ["implicit@python.example"], message("implicit"))
            s.quit()
            """;

    @TempDir
    private static Path folder;

    private static TarryProcess server;
    private static Path authority;
    private static int implicitPort;

    @BeforeAll
    static void start() throws Exception {
        Path config = Files.writeString(folder.resolve("tarry.yaml"), """
                users:
                  - name: ann
                    password: "%s"
                    accessToken: ann-0123456789abcdef
                receiveConnectors:
                  - {name: Default Frontend MAIL, bind: "127.0.0.1:0"}
                  - name: Client Frontend MAIL
                    bind: 127.0.0.1:0
                    permissionGroups: ExchangeUsers
                    anonymousRelayRanges: []
                    authPlainEnabled: true
                    authXOAuth2Enabled: true
                    protocolLoggingLevel: Verbose
                  - name: Smtps
                    bind: 127.0.0.1:0
                    permissionGroups: ExchangeUsers
                    anonymousRelayRanges: []
                    implicitTLS: true
                """.formatted(hashed("Secret-1")));
        server = TarryProcess.serve(folder.resolve("server"), "--config", config.toString());
        authority = Files.writeString(folder.resolve("ca.pem"), fetch("/lab/v1/ca.pem"));
        Matcher bindings = Pattern.compile("\"Bindings\":\\[\"127\\.0\\.0\\.1:(\\d+)\"\\]")
                .matcher(fetch("/api/v1/receive-connectors/Smtps"));
        assertTrue(bindings.find());
        implicitPort = Integer.parseInt(bindings.group(1));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
            server.close();
        }
    }

    private static String fetch(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = server.admin().resolve(path);
            return http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        }
    }

    /// By the command, over stdin.
    private static String hashed(String password) throws Exception {
        Path said = folder.resolve("hash.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.tarry.app.Main",
                        "config",
                        "hash-password",
                        "--iterations",
                        "4096")
                .redirectOutput(said.toFile())
                .start();
        try {
            process.getOutputStream().write((password + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            assertTrue(process.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS), "it does not end");
        } finally {
            process.destroyForcibly();
        }
        Matcher hash = HASH.matcher(Files.readString(said));
        assertTrue(hash.find(), Files.readString(said));
        return hash.group();
    }

    private static String run(String name, String... words) {
        return Program.run(folder, name, name, "", List.of(words));
    }

    @Test
    void pythons_smtplib() throws Exception {
        Path script = Files.writeString(folder.resolve("client.py"), SCRIPT);
        assertEquals(
                """
                clear None 530
                tls LOGIN PLAIN XOAUTH2 False
                login 235
                after False
                as 5.7.60
                wrong 535 5.7.3 Authentication unsuccessful
                xoauth2 235
                implicit False 235
                """,
                run(
                        "python3",
                        script.toString(),
                        String.valueOf(server.submission().getPort()),
                        String.valueOf(implicitPort),
                        authority.toString()));
        new Seen(server).oneLabMail("login@python.example");
        new Seen(server).oneLabMail("implicit@python.example");
        nothing_is_kept_that_must_not_be();
    }

    @ParameterizedTest
    @CsvSource({
        "login@curl.example, --login-options, AUTH=LOGIN, ann:Secret-1",
        "plain@curl.example, --login-options, AUTH=PLAIN, ann:Secret-1",
        "token@curl.example, --oauth2-bearer, ann-0123456789abcdef, ann",
        "wrong@curl.example, --login-options, AUTH=PLAIN, ann:wrong",
    })
    void curl(String to, String option, String value, String user) throws Exception {
        Path message = Files.writeString(folder.resolve("message.eml"), "Subject: c\r\n\r\nx\r\n");
        String said = run(
                "curl",
                "--silent",
                "--show-error",
                "--cacert",
                authority.toString(),
                "--connect-to",
                "mail.company.com:587:127.0.0.1:" + server.submission().getPort(),
                "--ssl-reqd",
                "--url",
                "smtp://mail.company.com:587",
                "--mail-from",
                "ann@company.com",
                "--mail-rcpt",
                to,
                "--upload-file",
                message.toString(),
                "--user",
                user,
                option,
                value);
        if (user.equals("ann:wrong")) {
            assertTrue(said.contains("(67)"), said);
        } else {
            assertEquals("", said);
            new Seen(server).oneLabMail(to);
        }
    }

    @Test
    void swaks_over_tls_that_begins_with_the_connection() throws Exception {
        String said = run(
                "swaks",
                "--server",
                "127.0.0.1",
                "--port",
                String.valueOf(implicitPort),
                "--tls-on-connect",
                "--auth",
                "LOGIN",
                "--auth-user",
                "COMPANY\\ann",
                "--auth-password",
                "Secret-1",
                "--from",
                "ann@company.com",
                "--to",
                "x@swaks.example");
        assertTrue(said.contains("235 2.7.0 Authentication successful"), said);
        new Seen(server).oneLabMail("x@swaks.example");
    }

    /// Neither the password nor the token, in clear or in base64, stands in anything that the server writes for people.
    private static void nothing_is_kept_that_must_not_be() throws IOException {
        try (Stream<Path> files =
                Files.walk(folder.resolve("server").resolve("data").resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : List.of("Secret-1", "U2VjcmV0LTE", "0123456789abcdef", "SCRAM-SHA-256$")) {
                    assertFalse(text.contains(secret), file + " tells a secret");
                }
            }
        }
    }
}
