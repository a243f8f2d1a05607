package dev.tarry.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The port for operators: admin API, lab API, metrics, health.
///
/// @param bind        where it listens; port 0 takes a free one
/// @param token       what requests must bear; absent: see `tokenFile`
/// @param tokenFile   the file whose first line is the token; absent, and no `token`: on the loopback none is wanted,
///                    elsewhere one is made and kept in the data folder
/// @param hosts       names it answers to besides the loopback's own: lower case, without port
/// @param metricsOpen whether metrics are given without a token
public record AdminSettings(
        InetSocketAddress bind,
        Optional<String> token,
        Optional<Path> tokenFile,
        List<String> hosts,
        boolean metricsOpen) {
    static final Setting<InetSocketAddress> BIND = Setting.of(
                    "admin.bind",
                    Kinds.BINDING,
                    "127.0.0.1:8025",
                    "Where the admin API listens; anywhere but on the loopback every request must bear a token.")
            .holds(Effect.AT_START);
    static final Setting<Optional<String>> TOKEN = Setting.of(
                    "admin.token",
                    Kinds.optional(Kinds.TOKEN),
                    "",
                    "The token that requests must bear (Authorization: Bearer); a file or a variable hides it better than a"
                            + " command line. Without one, and off the loopback, the server makes one and keeps it in"
                            + " DATA/admin-token.")
            .holds(Effect.AT_START)
            .hidden();
    static final Setting<Optional<Path>> TOKEN_FILE = Setting.of(
                    "admin.tokenFile",
                    Kinds.optional(Kinds.PATH),
                    "",
                    "The file whose first line is the token; read at the start.")
            .holds(Effect.AT_START);
    static final Setting<List<String>> HOSTS = Setting.of(
                    "admin.hosts",
                    Kinds.list(Kinds.HOST),
                    "",
                    "Names by which requests may call the server (the Host header), besides localhost, loopback addresses and,"
                            + " where a token is wanted, IP addresses; others are turned away, because a web page can lead any"
                            + " name here.")
            .holds(Effect.AT_START);
    static final Setting<Boolean> METRICS_OPEN = Setting.of(
                    "admin.metricsOpen",
                    Kinds.SWITCH,
                    "false",
                    "Whether /metrics is given without a token where all else wants one.")
            .holds(Effect.AT_START);

    static final List<Setting<?>> ROWS = List.of(BIND, TOKEN, TOKEN_FILE, HOSTS, METRICS_OPEN);

    /// Copied.
    public AdminSettings {
        hosts = List.copyOf(hosts);
    }

    static AdminSettings from(Values values) {
        return new AdminSettings(
                values.of(BIND), values.of(TOKEN), values.of(TOKEN_FILE), values.of(HOSTS), values.of(METRICS_OPEN));
    }

    AdminSettings onFreePort() {
        return new AdminSettings(new InetSocketAddress(bind.getAddress(), 0), token, tokenFile, hosts, metricsOpen);
    }
}
