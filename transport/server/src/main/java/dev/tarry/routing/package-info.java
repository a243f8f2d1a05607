/// Where a recipient's mail goes next: which send connector takes it, or that it stays here, or that nobody takes
/// it.
///
/// Doors in: [Router], which also says why ([Explanation]). Everything here is pure: values in, values out; no time, no
/// sockets, any thread.
///
/// May import: `config`, `mail`, `queue` (only [dev.tarry.queue.NextHopKey] and [dev.tarry.queue.DeliveryType]).
/// Never here: DNS.
package dev.tarry.routing;
