package dev.tarry.client;

import java.util.Map;

/// Whether the server takes mail.
///
/// @param up     whether all checks passed
/// @param checks `up`, or what is wrong, by name: `queues`, `store`, `smtp`, `lab`
public record Health(boolean up, Map<String, String> checks) {}
