package dev.tarry.admin.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/// How operators reach the server.
///
/// @param bind         where it listens; port 0 takes a free one
/// @param hosts        names that it answers to besides the loopback's, lower case and without port
/// @param token        what every request must bear; must be there unless it listens on the loopback only
/// @param open         paths that want no token either, besides those of routes that never do
/// @param maxBodyBytes how large the largest body may be; of most routes that take no texts it is at most
///                     [#DEFAULT_MAX_BODY_BYTES]
public record HttpSettings(
        InetSocketAddress bind, Set<String> hosts, Optional<String> token, Set<String> open, int maxBodyBytes) {
    public static final int DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

    /// A token that can be guessed is none.
    public static final int MIN_TOKEN_CHARACTERS = 16;

    /// @throws IllegalArgumentException if it would be open to others, or the token is too short
    public HttpSettings {
        hosts = Set.copyOf(hosts);
        open = Set.copyOf(open);
        if (token.isEmpty() && (bind.isUnresolved() || !bind.getAddress().isLoopbackAddress())) {
            throw new IllegalArgumentException(
                    "the admin port needs a token where it does not listen on the loopback only, as on " + bind);
        }
        if (token.isPresent() && token.get().length() < MIN_TOKEN_CHARACTERS) {
            throw new IllegalArgumentException("a token has at least " + MIN_TOKEN_CHARACTERS + " characters");
        }
    }

    /// On the loopback, without a token.
    public static HttpSettings loopback(InetSocketAddress bind) {
        return new HttpSettings(bind, Set.of(), Optional.empty(), Set.of(), DEFAULT_MAX_BODY_BYTES);
    }
}
