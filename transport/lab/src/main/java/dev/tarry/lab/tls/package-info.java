/// The lab's certificate authority: certificates for any name, good ones and on purpose bad ones, all in lab time.
///
/// Door in: [LabAuthority]. `authority.serverContext(host, CertificateKind.GOOD)` is what a host begins TLS with;
/// `authority.contextOn(loop, host, kind)` is the same for callers on a loop, who must not wait;
/// `authority.certificate(host, kind)` is the key and chain behind it; `authority.root()` is what a client trusts.
/// The authority of a running lab is [dev.tarry.lab.Lab#authority()].
///
/// May import the JDK, Netty's TLS, Bouncy Castle (for making certificates; signing is the JDK's). Never here: who
/// offers TLS and when, a clock or a random source of its own.
package dev.tarry.lab.tls;
