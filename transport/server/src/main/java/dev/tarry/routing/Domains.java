package dev.tarry.routing;

import dev.tarry.config.ALabels;

/// How names of domains and hosts are written in settings.
final class Domains {
    /// RFC 1035 §2.3.4.
    static final int MAX_NAME_CHARACTERS = 253;

    static final int MAX_LABEL_CHARACTERS = 63;

    private Domains() {}

    /// In lower case and without a trailing dot; in another script, as DNS has it, if it can ([ALabels]).
    static String canonical(String domain) {
        return ALabels.canonical(domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain);
    }

    /// Whether it can stand in DNS as a host's or domain's name: labels of letters, digits, `-` and `_`.
    static boolean valid(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARACTERS) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > MAX_LABEL_CHARACTERS || !letters(label)) {
                return false;
            }
        }
        return true;
    }

    private static boolean letters(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean good =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /// Whether the domain is the other one, or lies below it.
    static boolean within(String domain, String parent) {
        return domain.equals(parent)
                || (domain.length() > parent.length()
                        && domain.endsWith(parent)
                        && domain.charAt(domain.length() - parent.length() - 1) == '.');
    }
}
