package dev.tarry.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The world outside, where it is the lab.
///
/// @param dnsBind where the lab's 8.8.8.8 listens, UDP and TCP; the other DNS servers and hosts take free
/// ports of the                same address
/// @param seed    the seed of everything in the lab that is left to chance; absent: a fresh one at each start
/// @param realAddresses whether the lab listens at the addresses of its world too
/// @param relayRanges clients that may send to any domain without logging in, at every receive connector, while
///                  the world is the lab; they mean nothing elsewhere
/// @param acceptAnyLogin whether any name and password let a client in, while the world is the lab; it means nothing
///                  elsewhere
public record LabSettings(
        InetSocketAddress dnsBind,
        OptionalLong seed,
        boolean realAddresses,
        List<IpRange> relayRanges,
        boolean acceptAnyLogin) {
    static final Setting<InetSocketAddress> DNS_BIND = Setting.of(
                    "lab.dnsBind",
                    Kinds.BINDING,
                    "127.0.0.1:8053",
                    "Where the lab's DNS server 8.8.8.8 listens, over UDP and TCP; the lab's other hosts take free ports beside it.")
            .holds(Effect.AT_START);
    private static final Setting<Optional<Long>> SEED = Setting.of(
                    "lab.seed",
                    Kinds.optional(Kinds.SEED),
                    "",
                    "The seed of whatever the lab leaves to chance; without one each start takes its own.")
            .holds(Effect.AT_START);

    private static final Setting<Boolean> REAL_ADDRESSES = Setting.of(
                    "lab.realAddresses",
                    Kinds.SWITCH,
                    "false",
                    "Whether the lab listens at its world's own addresses and ports too (8.8.8.8:53, mail hosts on 25 and 587);"
                            + " for a network namespace in which they are local.")
            .holds(Effect.AT_START);

    private static final Setting<List<IpRange>> RELAY_RANGES = Setting.of(
                    "lab.relayRanges",
                    Kinds.list(Kinds.IP_RANGE),
                    "",
                    "The clients that may send to any domain without logging in at every receive connector, beside its own"
                            + " anonymousRelayRanges; in the lab only, against a real network it gives nobody anything.")
            .holds(Effect.NEW_SESSIONS);

    private static final Setting<Boolean> ACCEPT_ANY_LOGIN = Setting.of(
            "lab.acceptAnyLogin",
            Kinds.SWITCH,
            "false",
            "Whether any name logs in at receive connectors with any password or token, and may send as anybody; in the lab"
                    + " only, and not by SCRAM-SHA-256, which needs a password that both sides know.");

    static final List<Setting<?>> ROWS = List.of(DNS_BIND, SEED, REAL_ADDRESSES, RELAY_RANGES, ACCEPT_ANY_LOGIN);

    /// The list is copied.
    public LabSettings {
        relayRanges = List.copyOf(relayRanges);
    }

    static LabSettings from(Values values) {
        return new LabSettings(
                values.of(DNS_BIND),
                values.of(SEED).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                values.of(REAL_ADDRESSES),
                values.of(RELAY_RANGES),
                values.of(ACCEPT_ANY_LOGIN));
    }

    /// The same with its DNS server elsewhere.
    LabSettings on(InetSocketAddress otherDnsBind) {
        return new LabSettings(otherDnsBind, seed, realAddresses, relayRanges, acceptAnyLogin);
    }
}
