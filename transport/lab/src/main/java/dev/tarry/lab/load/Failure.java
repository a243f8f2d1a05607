package dev.tarry.lab.load;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/// Why a connection came to nothing, other than by an answer.
public enum Failure {
    REFUSED("connection refused"),
    UNREACHABLE("unreachable"),
    /// every local port is in use, or waits to be free again
    NO_LOCAL_PORT("no local port is free"),
    TIMED_OUT("timed out"),
    RESET("connection reset"),
    HUNG_UP("the server hung up"),
    /// 421 while something was to come (RFC 5321 §3.8)
    FAREWELL("the server said 421"),
    MALFORMED_REPLY("malformed reply"),
    /// a reply that nothing asked for, or to content that was still being sent
    OUT_OF_TURN("reply out of turn"),
    /// neither what the command asks for nor a refusal
    WRONG_REPLY("reply of the wrong kind"),
    NETWORK("network error");

    private final String words;

    Failure(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// What of it an exception tells.
    static Failure of(Throwable thrown) {
        var message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        return switch (thrown) {
            case NoRouteToHostException _ -> UNREACHABLE;
            // Netty wraps what a dial fails with, and keeps only some of the kinds as they were.
            case SocketException e when e.getCause() instanceof BindException -> NO_LOCAL_PORT;
            // Netty's time-out of a dial is one of these.
            case ConnectException _ when message.contains("timed out") -> TIMED_OUT;
            case ConnectException _ when message.contains("refused") -> REFUSED;
            case SocketTimeoutException _ -> TIMED_OUT;
            case IOException _ when message.contains("unreachable") -> UNREACHABLE;
            case IOException _ when message.contains("assign requested address") -> NO_LOCAL_PORT;
            case IOException _ when message.contains("reset") || message.contains("broken pipe") -> RESET;
            default -> NETWORK;
        };
    }
}
