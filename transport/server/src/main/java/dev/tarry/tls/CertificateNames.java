package dev.tarry.tls;

import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Whom a certificate is for (RFC 6125 §6): the DNS names of its subject alternative names, or else its common name.
final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    /// In lower case and without a dot at the end; perhaps none.
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0).equals(DNS_NAME) && alternative.get(1) instanceof String name) {
                        names.add(canonical(name));
                    }
                }
            }
        } catch (CertificateParsingException _) {
            return List.of(); // nobody can say whom it is for
        }
        if (names.isEmpty()) {
            commonName(certificate, names);
        }
        return names;
    }

    private static void commonName(X509Certificate certificate, List<String> names) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    names.add(canonical(name));
                }
            }
        } catch (InvalidNameException _) {
            // then it has none
        }
    }

    /// Whether it is for this name.
    ///
    /// @param wanted `mail.contoso.com`; or `*.contoso.com`, which whoever is within that domain satisfies
    static boolean match(X509Certificate certificate, String wanted) {
        String name = canonical(wanted);
        return of(certificate).stream().anyMatch(own -> matches(own, name));
    }

    /// A wildcard stands for one whole label, the first (RFC 6125 §6.4.3), above two others at least.
    private static boolean matches(String own, String wanted) {
        if (own.equals(wanted)) {
            return true;
        }
        if (wanted.startsWith("*.")) {
            return own.endsWith(wanted.substring(1));
        }
        int dot = wanted.indexOf('.');
        return own.startsWith("*.")
                && own.indexOf('.', 2) > 0
                && dot > 0
                && own.substring(1).equals(wanted.substring(dot));
    }

    private static String canonical(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return bare.toLowerCase(Locale.ROOT);
        }
    }
}
