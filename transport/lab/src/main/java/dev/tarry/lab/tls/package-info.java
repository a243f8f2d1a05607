/// The lab's certificate authority: certificates for any name, good ones and on purpose bad ones, all in lab time.
///
/// Door in: [LabAuthority]. `authority.serverContext(host, CertificateKind.GOOD)` is what a host begins TLS with;
/// `authority.contextOn(loop, host, kind)` is the same for callers on a loop, who must not wait;
/// `authority.certificate(host, kind)` is the key and chain behind it; `authority.root()` is what a client trusts.
/// The authority of a running lab is [dev.tarry.lab.Lab#authority()].
///
/// Keys, signatures and reading are the JDK's; it makes no certificates, so their octets are put together here: twenty
/// fields, where the library for it is 9 MB of signed jars that would have to be verified at each start.
///
/// May import the JDK and Netty's TLS. Never here: who offers TLS and when, a clock or a random source of its own.
package dev.tarry.lab.tls;
