/// What the server counts, for Prometheus. Counting costs an addition; the library that prints the numbers is
/// loaded when somebody first asks for them, so that it costs the start nothing.
///
/// Doors in: [Metrics] (given to the queues and the receive connectors as their meter, asked by `/metrics`).
///
/// May import: `queue`, `receive`, `tracking`, Micrometer, Netty's allocator. Never here: HTTP. Labels come from
/// fixed sets only, never from mail: no domain, address or error becomes a label.
package dev.tarry.admin.metrics;
