package dev.tarry.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// Says whether a host's certificate is good at a moment, and if not, what is wrong with it. The rules are RFC 5280's,
/// by the JDK's own validator; revocation is not looked up. Pure; any thread.
final class CertificateJudge {
    /// Certificates that a host may show. A longer row costs more to check than it can be worth.
    static final int MAX_CHAIN = 10;

    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_ANYTHING = "2.5.29.37.0";
    private static final int MAX_NAMES_SHOWN = 5;

    private CertificateJudge() {}

    /// @param shown   the host's own first; the others in any order
    /// @param trusted whose word counts
    /// @param at      the moment that it must be valid at
    /// @param name    whom it must be for; absent: anybody
    /// @throws CertificateRefused naming its flaw
    static void judge(List<X509Certificate> shown, Set<TrustAnchor> trusted, Instant at, Optional<String> name)
            throws CertificateRefused {
        if (shown.isEmpty()) {
            throw new CertificateRefused(CertificateFlaw.NO_CERTIFICATE, "the host showed no certificate");
        }
        if (shown.size() > MAX_CHAIN) {
            throw new CertificateRefused(
                    CertificateFlaw.CHAIN_TOO_LONG,
                    "the host showed " + shown.size() + " certificates, and " + MAX_CHAIN + " are enough");
        }
        X509Certificate own = shown.getFirst();
        validate(path(shown, trusted), trusted, at);
        purpose(own);
        if (name.isPresent() && !CertificateNames.match(own, name.get())) {
            throw new CertificateRefused(
                    CertificateFlaw.WRONG_NAME, PlainText.of("it is for " + names(own) + ", not for " + name.get()));
        }
    }

    private static String names(X509Certificate own) {
        List<String> names = CertificateNames.of(own);
        return names.isEmpty()
                ? "nobody"
                : String.join(" ", names.subList(0, Math.min(MAX_NAMES_SHOWN, names.size())))
                        + (names.size() > MAX_NAMES_SHOWN ? " ..." : "");
    }

    /// From the host's certificate up to where a trusted authority vouches for it, which is not part of it.
    private static List<X509Certificate> path(List<X509Certificate> shown, Set<TrustAnchor> trusted)
            throws CertificateRefused {
        List<X509Certificate> left = new ArrayList<>(shown);
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate current = left.removeFirst();
        path.add(current);
        while (!anchored(current, trusted)) {
            X500Principal issuer = current.getIssuerX500Principal();
            if (issuer.equals(current.getSubjectX500Principal())) {
                throw path.size() == 1
                        ? new CertificateRefused(
                                CertificateFlaw.SELF_SIGNED, "signed by itself: " + PlainText.of(issuer.toString()))
                        : unknown(issuer);
            }
            X509Certificate next = left.stream()
                    .filter(one -> one.getSubjectX500Principal().equals(issuer))
                    .findFirst()
                    .orElseThrow(() -> unknown(issuer));
            left.remove(next);
            path.add(next);
            current = next;
        }
        return path;
    }

    private static CertificateRefused unknown(X500Principal issuer) {
        return new CertificateRefused(
                CertificateFlaw.UNKNOWN_AUTHORITY, "nobody trusted vouches for " + PlainText.of(issuer.toString()));
    }

    /// An authority of the right name counts only if the signature is its own: names are free.
    private static boolean anchored(X509Certificate certificate, Set<TrustAnchor> trusted) {
        for (TrustAnchor anchor : trusted) {
            X509Certificate authority = anchor.getTrustedCert();
            if (certificate.equals(authority)) {
                return true;
            }
            if (authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                try {
                    certificate.verify(authority.getPublicKey());
                    return true;
                } catch (GeneralSecurityException _) {
                    // another one of that name may have signed it
                }
            }
        }
        return false;
    }

    private static void validate(List<X509Certificate> path, Set<TrustAnchor> trusted, Instant at)
            throws CertificateRefused {
        try {
            CertPath whole = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters rules = new PKIXParameters(trusted);
            rules.setDate(Date.from(at));
            rules.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(whole, rules);
        } catch (CertPathValidatorException wrong) {
            throw refused(wrong, path, at);
        } catch (CertificateException wrong) {
            throw new CertificateRefused(CertificateFlaw.INVALID, PlainText.of("" + wrong.getMessage()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK validates no certificates", missing);
        }
    }

    private static CertificateRefused refused(
            CertPathValidatorException wrong, List<X509Certificate> path, Instant at) {
        CertificateFlaw flaw = flaw(wrong.getReason());
        Optional<X509Certificate> which = Optional.of(wrong.getIndex())
                .filter(i -> i >= 0 && i < path.size())
                .map(path::get);
        String detail = switch (flaw) {
            case EXPIRED ->
                which.map(one -> "not valid after " + one.getNotAfter().toInstant())
                        .orElse("its time is over");
            case NOT_YET_VALID ->
                which.map(one -> "not valid before " + one.getNotBefore().toInstant())
                        .orElse("its time has not come");
            default -> PlainText.of("" + wrong.getMessage());
        };
        return new CertificateRefused(
                flaw,
                which.filter(one -> one != path.getFirst())
                                .map(one -> PlainText.of(one.getSubjectX500Principal() + ": "))
                                .orElse("")
                        + detail);
    }

    private static CertificateFlaw flaw(CertPathValidatorException.Reason reason) {
        return switch (reason) {
            case BasicReason.EXPIRED -> CertificateFlaw.EXPIRED;
            case BasicReason.NOT_YET_VALID -> CertificateFlaw.NOT_YET_VALID;
            case BasicReason.ALGORITHM_CONSTRAINED -> CertificateFlaw.WEAK;
            case PKIXReason.NO_TRUST_ANCHOR -> CertificateFlaw.UNKNOWN_AUTHORITY;
            case PKIXReason.PATH_TOO_LONG -> CertificateFlaw.CHAIN_TOO_LONG;
            default -> CertificateFlaw.INVALID;
        };
    }

    private static void purpose(X509Certificate own) throws CertificateRefused {
        List<String> purposes;
        try {
            purposes = own.getExtendedKeyUsage();
        } catch (CertificateException unreadable) {
            throw new CertificateRefused(CertificateFlaw.INVALID, PlainText.of("" + unreadable.getMessage()));
        }
        if (purposes != null && !purposes.contains(FOR_SERVERS) && !purposes.contains(FOR_ANYTHING)) {
            throw new CertificateRefused(CertificateFlaw.WRONG_PURPOSE, "it is not for servers");
        }
    }
}
