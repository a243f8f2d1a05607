package dev.tarry.routing;

import dev.tarry.config.SendConnectorTls;
import dev.tarry.config.TlsAuthLevel;
import java.util.Optional;

/// How a connector wants its connections protected (reference §5.1).
///
/// @param ignoreStartTls  whether STARTTLS is left alone where it is offered
/// @param requireTls      whether nothing is sent without it
/// @param authLevel       what is wanted of the certificate; absent: nothing
/// @param tlsDomain       the name that it must have for [TlsAuthLevel#DOMAIN_VALIDATION], `contoso.com` or
/// `*.contoso.com`; absent: the recipient's domain
/// @param domainSecure    whether both sides must show certificates
/// @param certificateName the certificate that we show: `<I>issuer<S>subject`
public record SendTls(
        boolean ignoreStartTls,
        boolean requireTls,
        Optional<TlsAuthLevel> authLevel,
        Optional<String> tlsDomain,
        boolean domainSecure,
        Optional<String> certificateName) {
    /// TLS where it is offered, with whatever certificate, and mail in the clear where it is not.
    public static final SendTls OPPORTUNISTIC =
            new SendTls(false, false, Optional.empty(), Optional.empty(), false, Optional.empty());

    /// As it is set.
    public static SendTls of(SendConnectorTls settings) {
        return new SendTls(
                settings.ignoreStartTls(),
                settings.requireTls(),
                settings.authLevel(),
                settings.tlsDomain(),
                settings.domainSecureEnabled(),
                settings.certificateName());
    }
}
