/// What the server counts, for Prometheus. Counting costs an addition; the library that prints the numbers is
/// loaded when somebody first asks for them, so that it costs the start nothing.
///
/// Doors in: [Metrics] (given to the queues, the receive connectors, the sender and the resolver as their meter),
/// [Scrape] (asked by `/metrics`), [LoopProbe] (measures the loops). One table, `MetricTable`, says what there is:
/// it is registered from there, and `METRICS.md` is written from there.
///
/// May import: `queue`, `receive`, `send`, `dns`, `store`, `tracking`, Micrometer, Netty's allocator. Never here: HTTP.
/// Labels come from fixed sets only, never from mail: no domain, address or error becomes a label. DNS servers do, the
/// first sixteen of them.
package dev.tarry.admin.metrics;
