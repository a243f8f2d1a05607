package dev.tarry.lab.mx;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/// What mail hosts stand on.
///
/// @param clock lab time
/// @param later alarms in lab time
/// @param loops where reports are sent from
/// @param certificates what they begin TLS with
/// @param halfClosing told of a channel whose own half ends: that is on its way from now on
/// @param begin work that is not on the wire begins (a message is being put on file)
/// @param end and ends; each once for each `begin`
public record HostGround(
        InstantSource clock,
        Later later,
        EventLoopGroup loops,
        Certificates certificates,
        Consumer<Channel> halfClosing,
        Runnable begin,
        Runnable end) {
    public HostGround {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(later, "later");
        Objects.requireNonNull(loops, "loops");
        Objects.requireNonNull(certificates, "certificates");
        Objects.requireNonNull(halfClosing, "halfClosing");
        Objects.requireNonNull(begin, "begin");
        Objects.requireNonNull(end, "end");
    }
}
