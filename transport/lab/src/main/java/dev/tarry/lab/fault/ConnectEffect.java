package dev.tarry.lab.fault;

/// Where a dial leads instead.
public sealed interface ConnectEffect {
    /// A TCP reset, or port unreachable for UDP.
    record Refuse() implements ConnectEffect {}

    /// Nothing ever comes back.
    record BlackHole() implements ConnectEffect {}
}
