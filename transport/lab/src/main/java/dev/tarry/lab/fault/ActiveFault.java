package dev.tarry.lab.fault;

/// A fault as it is set now.
///
/// @param id given when it was added, never given again
/// @param fault what goes wrong
/// @param asked how often something that it matches came by
/// @param fired how often it struck
public record ActiveFault(long id, Fault fault, long asked, long fired) {}
