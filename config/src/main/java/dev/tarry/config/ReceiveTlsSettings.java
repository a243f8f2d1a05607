package dev.tarry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the receive connectors show a client that asks for TLS. In the lab's world, where nothing is set, the lab's
/// authority certifies them; in the network's, STARTTLS is not offered then.
///
/// @param certificate PEM: the server's certificate first, then those between it and the root
/// @param key         PEM, PKCS #8, without a passphrase
public record ReceiveTlsSettings(Optional<Path> certificate, Optional<Path> key) {
    static final Setting<Optional<Path>> CERTIFICATE = Setting.of(
                    "receive.tls.certificate",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The PEM file with the certificate that receive connectors show for STARTTLS, and its chain; without one the"
                            + " lab's own authority gives them theirs, and outside the lab STARTTLS is not offered. A file that changes is read anew, for new sessions.")
            .holds(Effect.AT_START);
    static final Setting<Optional<Path>> KEY = Setting.of(
                    "receive.tls.key",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The PEM file with that certificate's private key (PKCS #8, no passphrase).")
            .holds(Effect.AT_START);

    static final List<Setting<?>> ROWS = List.of(CERTIFICATE, KEY);

    static ReceiveTlsSettings from(Values values) {
        return new ReceiveTlsSettings(values.of(CERTIFICATE), values.of(KEY));
    }
}
