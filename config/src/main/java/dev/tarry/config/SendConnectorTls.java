package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;
import java.util.Optional;

/// How a send connector wants its connections protected (reference §5.1).
///
/// @param ignoreStartTls      whether STARTTLS is left alone where a host offers it
/// @param requireTls          whether nothing is sent without it
/// @param authLevel           what is wanted of the certificate; absent: nothing, and no log line about it
/// @param tlsDomain           the name that the certificate must have, `contoso.com` or `*.contoso.com`
/// @param domainSecureEnabled whether both sides must show certificates
/// @param certificateName     the certificate that we show: `<I>issuer<S>subject`
public record SendConnectorTls(
        boolean ignoreStartTls,
        boolean requireTls,
        Optional<TlsAuthLevel> authLevel,
        Optional<String> tlsDomain,
        boolean domainSecureEnabled,
        Optional<String> certificateName) {
    private static final Setting<Boolean> IGNORE = Setting.of(
                    "ignoreSTARTTLS",
                    SWITCH,
                    "false",
                    "Whether STARTTLS is not used, even where a remote host offers it.")
            .exchange("IgnoreSTARTTLS");
    private static final Setting<Boolean> REQUIRE = Setting.of(
                    "requireTLS", SWITCH, "false", "Whether mail leaves over TLS only.")
            .exchange("RequireTLS");
    private static final Setting<Optional<TlsAuthLevel>> LEVEL = Setting.of(
                    "tlsAuthLevel",
                    Kinds.optional(Kinds.choice("a TLS authentication level", TlsAuthLevel.class, TlsAuthLevel::word)),
                    "",
                    "What is wanted of a remote host's certificate; only with requireTLS.")
            .exchange("TlsAuthLevel");
    private static final Setting<Optional<String>> DOMAIN = Setting.of(
                    "tlsDomain",
                    Kinds.optional(DomainKinds.DOMAIN),
                    "",
                    "The name that certificates must have where tlsAuthLevel is DomainValidation; without one, the"
                            + " recipient's domain.")
            .exchange("TlsDomain");
    private static final Setting<Boolean> SECURE = Setting.of(
                    "domainSecureEnabled",
                    SWITCH,
                    "false",
                    "Whether mutual TLS is wanted with the domains of the connector.")
            .exchange("DomainSecureEnabled");
    private static final Setting<Optional<String>> CERTIFICATE = Setting.of(
                    "tlsCertificateName",
                    Kinds.optional(Kinds.CERTIFICATE_NAME),
                    "",
                    "The certificate that is shown to remote hosts that ask for one, <I>issuer<S>subject.")
            .exchange("TlsCertificateName");

    static final List<Setting<?>> ROWS = List.of(IGNORE, REQUIRE, LEVEL, DOMAIN, SECURE, CERTIFICATE);

    static SendConnectorTls from(Values values) {
        return new SendConnectorTls(
                values.of(IGNORE),
                values.of(REQUIRE),
                values.of(LEVEL),
                values.of(DOMAIN),
                values.of(SECURE),
                values.of(CERTIFICATE));
    }
}
