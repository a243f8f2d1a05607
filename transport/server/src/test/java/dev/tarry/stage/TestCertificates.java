package dev.tarry.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Certificates made by the JDK's keytool, which shares nothing with what is tested. All hold in 2026, but for those
/// that are made otherwise.
public final class TestCertificates {
    private static final char[] PASSWORD = "not a secret".toCharArray();

    private final Path folder;
    private final Path file;

    public TestCertificates(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("keys.p12");
    }

    /// A key with its certificate.
    public record Made(PrivateKey key, List<X509Certificate> chain) {
        public X509Certificate certificate() {
            return chain.getFirst();
        }

        public Set<TrustAnchor> anchor() {
            return Set.of(new TrustAnchor(certificate(), null));
        }

        /// What a server shows it with.
        public SSLContext server(TrustManager... clients) throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), clients.length == 0 ? null : clients, null);
            return context;
        }
    }

    public Made authority(String alias, String... options) throws Exception {
        return make(alias, "CN=" + alias, "", with(options, "-ext", "bc:critical", "-ext", "ku=keyCertSign"));
    }

    /// @param signer an alias; empty: itself
    public Made host(String alias, String name, String signer, String... options) throws Exception {
        return make(alias, "CN=" + name, signer, with(options, "-ext", "san=dns:" + name));
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    /// @param options of keytool; those given win over what it would be told otherwise
    public Made make(String alias, String subject, String signer, String... options) throws Exception {
        List<String> given = List.of(options);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // it is over before more would pay
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
        if (!given.contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        if (!given.contains("-startdate")) {
            command.addAll(List.of("-startdate", "2026/01/01 00:00:00", "-validity", "365"));
        }
        if (!signer.isEmpty()) {
            command.addAll(List.of("-signer", signer));
        }
        command.addAll(given);
        Path output = folder.resolve("keytool.txt");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + Files.readString(output));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Certificate[] chain = store.getCertificateChain(alias);
        return new Made(
                (PrivateKey) store.getKey(alias, PASSWORD),
                Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    }
}
