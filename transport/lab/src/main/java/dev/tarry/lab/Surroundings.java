package dev.tarry.lab;

import dev.tarry.lab.net.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What the lab stands on. Nothing of it is made or looked up by the lab itself.
///
/// @param clock lab time
/// @param alarms alarms in lab time
/// @param loops where the lab's channels live; one loop in a simulation
/// @param sockets how it listens: real sockets on loopback, or channels within this process. Closed with the lab
/// @param work where it tells what is in flight
/// @param onChannel called on its loop for every TCP channel the lab accepts, when its pipeline has been filled
/// @param folder where it keeps what must survive a kill; empty: in memory only
/// @param secrets for the keys of certificates
public record Surroundings(
        InstantSource clock,
        Alarms alarms,
        EventLoopGroup loops,
        Sockets sockets,
        WorkInFlight work,
        Consumer<Channel> onChannel,
        Optional<Path> folder,
        SecureRandom secrets) {
    public Surroundings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(alarms, "alarms");
        Objects.requireNonNull(loops, "loops");
        Objects.requireNonNull(sockets, "sockets");
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(onChannel, "onChannel");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(secrets, "secrets");
    }
}
