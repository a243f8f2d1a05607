package dev.tarry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whom we trust, and who we are, when we begin TLS with hosts.
///
/// @param authorities PEM: certificates of the authorities that vouch for hosts; absent: in the lab's world the lab's
/// own,
/// in the network's the system's
/// @param certificate PEM: our certificate first, then those between it and its root; absent: we show none
/// @param key         PEM, PKCS #8, without a passphrase
public record SendTlsSettings(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
    static final Setting<Optional<Path>> AUTHORITIES = Setting.of(
                    "smtpSend.tls.authorities",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The PEM file with the certificates of the authorities that are trusted where a send connector validates"
                            + " certificates; without one those of the system, and in the lab's world the lab's own authority,"
                            + " which is trusted there in any case.")
            .holds(Effect.AT_START);
    static final Setting<Optional<Path>> CERTIFICATE = Setting.of(
                    "smtpSend.tls.certificate",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The PEM file with the certificate, and its chain, that is shown to remote hosts that ask for one, by"
                            + " connectors that name it (tlsCertificateName) or want mutual TLS (domainSecureEnabled).")
            .holds(Effect.AT_START);
    static final Setting<Optional<Path>> KEY = Setting.of(
                    "smtpSend.tls.key",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The PEM file with that certificate's private key (PKCS #8, no passphrase).")
            .holds(Effect.AT_START);

    static final List<Setting<?>> ROWS = List.of(AUTHORITIES, CERTIFICATE, KEY);

    static SendTlsSettings from(Values values) {
        return new SendTlsSettings(values.of(AUTHORITIES), values.of(CERTIFICATE), values.of(KEY));
    }
}
