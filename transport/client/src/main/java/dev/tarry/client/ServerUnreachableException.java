package dev.tarry.client;

import java.net.URI;

/// No HTTP answer came: nothing listens there, the name does not resolve, the connection broke before an answer began,
/// or that took too long.
public final class ServerUnreachableException extends ClientException {
    private final URI server;

    ServerUnreachableException(URI server, String reason, Throwable cause) {
        super("No server answers at " + server + ": " + reason + ".", cause);
        this.server = server;
    }

    public URI server() {
        return server;
    }
}
