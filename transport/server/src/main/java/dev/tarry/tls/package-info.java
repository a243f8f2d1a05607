/// How we begin TLS with a host, and what we make of its certificate (RFC 3207, 5280, 6125; reference §5.1).
///
/// Doors in: [TlsDemand] is what a connector wants; [OutboundTls] makes the handler for one connection; a certificate
/// that is not good enough is a [CertificateRefused], which names its one [CertificateFlaw]. [TlsMeans] is what the
/// server has for it: whom it trusts ([TrustSource]), and its own certificate.
///
/// Certificates are judged at the moment that the caller names, which is lab time, and never at the machine's. Nothing
/// is remembered from one connection to the next: a resumed session would skip the judgement.
///
/// May import: `config`, `routing`, the JDK, Netty's TLS. Never here: who offers TLS, SMTP, a clock.
package dev.tarry.tls;
