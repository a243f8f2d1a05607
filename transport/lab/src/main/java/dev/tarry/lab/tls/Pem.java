package dev.tarry.lab.tls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Octets as people pass them on (RFC 7468).
final class Pem {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final int COLUMNS = 64;

    private Pem() {}

    static String write(String label, byte[] octets) {
        var lines = Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
        return begin(label) + lines.encodeToString(octets) + "\n" + end(label);
    }

    /// The first of that label.
    ///
    /// @throws IllegalArgumentException if there is none, or it is no base64
    static byte[] read(String label, String text) {
        int begin = text.indexOf(begin(label));
        int end = text.indexOf(end(label));
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("there is no " + label + " in it");
        }
        return Base64.getMimeDecoder()
                .decode(text.substring(begin + begin(label).length(), end));
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----\n";
    }

    private static String end(String label) {
        return "-----END " + label + "-----\n";
    }
}
