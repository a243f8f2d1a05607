package dev.tarry.login;

/// Somebody who has proved who it is.
///
/// @param name   as the settings have it
/// @param sendAs in whose name mail may be sent
public record Login(String name, SendAs sendAs) {}
