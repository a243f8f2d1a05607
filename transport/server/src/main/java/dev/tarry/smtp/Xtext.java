package dev.tarry.smtp;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// xtext (RFC 3461 §4): printable ASCII in which `+`, `=` and what is not printable stand as `+2B`.
final class Xtext {
    private Xtext() {}

    /// Whether this is xtext and nothing in it, decoded, is a control or outside ASCII: it will stand in a
    /// report's header one day.
    static boolean valid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                if (i + 2 >= text.length()) {
                    return false;
                }
                int high = hex(text.charAt(i + 1));
                int low = hex(text.charAt(i + 2));
                int octet = high << 4 | low;
                if (high < 0 || low < 0 || octet < ' ' || octet > '~') {
                    return false;
                }
                i += 2;
            } else if (c <= ' ' || c > '~' || c == '=') {
                return false;
            }
        }
        return true;
    }

    /// What it stands for, whatever octets those are; empty if it is no xtext.
    static Optional<byte[]> octets(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                int high = i + 2 < text.length() ? hex(text.charAt(i + 1)) : -1;
                int low = i + 2 < text.length() ? hex(text.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                octets.write(high << 4 | low);
                i += 2;
            } else if (c <= ' ' || c > '~' || c == '=') {
                return Optional.empty();
            } else {
                octets.write(c);
            }
        }
        return Optional.of(octets.toByteArray());
    }

    /// RFC 3461 §4 allows upper case only.
    private static int hex(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
