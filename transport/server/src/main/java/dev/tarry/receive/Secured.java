package dev.tarry.receive;

import javax.net.ssl.SSLSession;

/// What protects a connection, as Received lines tell it (reference §6.7).
///
/// @param version such as `TLS1_3`
/// @param cipher  such as `TLS_AES_256_GCM_SHA384`
record Secured(String version, String cipher) {
    static Secured of(SSLSession session) {
        return new Secured(session.getProtocol().replace("TLSv", "TLS").replace('.', '_'), session.getCipherSuite());
    }
}
