package dev.tarry.time;

import java.nio.file.Path;
import java.time.InstantSource;

/// Everything that would otherwise be fetched from the system: the two times and their alarms, chance, secrets,
/// threads, wires and the folder where things are kept. There is one live World (built by `app`) and one per
/// simulated house.
///
/// @param labTime    receipt, retry, expiry, TTLs, logs, time-outs of what we dial
/// @param labTimers  alarms on lab time
/// @param wireTime   sessions of clients, HTTP, leases; real when live
/// @param wireTimers alarms on wire time
/// @param ledger     what is in flight
/// @param chance     seeded draws per entity
/// @param secrets    values that nobody may guess
/// @param loops      the threads
/// @param wires      dialling and listening
/// @param folder     the data folder
public record World(
        InstantSource labTime,
        Timers labTimers,
        InstantSource wireTime,
        Timers wireTimers,
        Ledger ledger,
        Chance chance,
        Secrets secrets,
        Loops loops,
        Wires wires,
        Path folder) {}
