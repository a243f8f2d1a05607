package dev.tarry.tls;

import dev.tarry.config.TlsAuthLevel;
import dev.tarry.routing.SendConnector;
import dev.tarry.routing.SendTls;
import dev.tarry.routing.SmartHostLogin;
import java.util.Optional;

/// How connections to a next hop must be protected.
///
/// @param use   when TLS is begun
/// @param check what the certificate must prove
/// @param name  whom it must be for if that is asked for; absent: the host, by its own name
public record TlsDemand(Use use, Check check, Optional<String> name) {
    public enum Use {
        NEVER,
        /// Where the host offers it, and in the clear where that fails.
        IF_OFFERED,
        /// Or else no mail is handed over.
        ALWAYS
    }

    public enum Check {
        /// Nothing: the line is encrypted, whoever is at its other end.
        NOTHING,
        /// That an authority that is trusted vouches for it, and that it holds today.
        CHAIN,
        /// That, and the name.
        CHAIN_AND_NAME
    }

    /// In the clear, whatever the host offers.
    public static final TlsDemand NONE = new TlsDemand(Use.NEVER, Check.NOTHING, Optional.empty());

    public static final TlsDemand OPPORTUNISTIC = new TlsDemand(Use.IF_OFFERED, Check.NOTHING, Optional.empty());

    /// Of a connector. What is stricter goes before what is less strict: an authentication level, Domain Security and a
    /// log-in that must not go in the clear all require TLS, also where `IgnoreSTARTTLS` stands beside them.
    ///
    /// @param recipientDomain whose mail it is where it is routed by DNS; absent for smart hosts
    public static TlsDemand of(SendConnector connector, Optional<String> recipientDomain) {
        SendTls tls = connector.tls();
        Check check = tls.domainSecure() ? Check.CHAIN_AND_NAME : check(tls.authLevel());
        boolean required = tls.requireTls()
                || tls.authLevel().isPresent()
                || tls.domainSecure()
                || (!connector.dnsRoutingEnabled()
                        && connector.login().filter(TlsDemand::needsTls).isPresent());
        if (!required) {
            return tls.ignoreStartTls() ? NONE : OPPORTUNISTIC;
        }
        return new TlsDemand(Use.ALWAYS, check, tls.tlsDomain().or(() -> recipientDomain));
    }

    private static Check check(Optional<TlsAuthLevel> level) {
        return switch (level.orElse(TlsAuthLevel.ENCRYPTION_ONLY)) {
            case ENCRYPTION_ONLY -> Check.NOTHING;
            case CERTIFICATE_VALIDATION -> Check.CHAIN;
            case DOMAIN_VALIDATION -> Check.CHAIN_AND_NAME;
        };
    }

    private static boolean needsTls(SmartHostLogin login) {
        return switch (login.mechanism()) {
            case BASIC_AUTH -> false;
            case BASIC_AUTH_REQUIRE_TLS, XOAUTH2 -> true;
        };
    }

    public boolean required() {
        return use == Use.ALWAYS;
    }

    /// Whether it matters whom we trust.
    public boolean checked() {
        return check != Check.NOTHING;
    }

    /// Whom the certificate of this host must be for; absent: anybody.
    Optional<String> nameAt(String host) {
        return check == Check.CHAIN_AND_NAME ? Optional.of(name.orElse(host)) : Optional.empty();
    }
}
