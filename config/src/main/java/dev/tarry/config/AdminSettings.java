package dev.tarry.config;

import java.net.InetSocketAddress;
import java.util.List;

/// The port for operators: admin API, lab API, metrics, health.
///
/// @param bind where it listens; port 0 takes a free one
public record AdminSettings(InetSocketAddress bind) {
    static final Setting<InetSocketAddress> BIND = Setting.of(
                    "admin.bind", Kinds.BINDING, "127.0.0.1:8025", "Where the admin API listens; loopback only.")
            .holds(Effect.AT_START);

    static final List<Setting<?>> ROWS = List.of(BIND);

    static AdminSettings from(Values values) {
        return new AdminSettings(values.of(BIND));
    }
}
