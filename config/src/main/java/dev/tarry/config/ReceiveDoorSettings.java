package dev.tarry.config;

import java.net.InetAddress;
import java.util.List;

/// What holds for all receive connectors together.
///
/// @param address                    where the built-in ones listen
/// @param maxConnectionRatePerMinute connections a minute that are let in; [Integer#MAX_VALUE] for no limit
/// @param limitsHoldForLoopback      whether rates, limits per source and the tarpit hold for clients on this
/// machine as well
public record ReceiveDoorSettings(InetAddress address, int maxConnectionRatePerMinute, boolean limitsHoldForLoopback) {
    static final Setting<InetAddress> ADDRESS = Setting.of(
            "receive.address",
            Kinds.ADDRESS,
            "127.0.0.1",
            "The address on which the built-in receive connectors listen; those that are written have their own.");
    private static final Setting<Integer> RATE = Setting.of(
                    "transport.maxConnectionRatePerMinute",
                    Kinds.COUNT_OR_UNLIMITED,
                    "1200",
                    "The most connections a minute that all receive connectors together let in; loopback is free of it"
                            + " unless receive.limitsHoldForLoopback is true.")
            .between("1", "unlimited")
            .exchange("MaxConnectionRatePerMinute");
    private static final Setting<Boolean> LOOPBACK = Setting.of(
                    "receive.limitsHoldForLoopback",
                    Kinds.SWITCH,
                    "false",
                    "Whether clients on this machine are held by the limits per source, the rates and the tarpits too:"
                            + " they are not, so that tests go fast.")
            .holds(Effect.NEW_SESSIONS);

    static final List<Setting<?>> ROWS = List.of(ADDRESS, RATE, LOOPBACK);

    static ReceiveDoorSettings from(Values values) {
        return new ReceiveDoorSettings(values.of(ADDRESS), values.of(RATE), values.of(LOOPBACK));
    }
}
