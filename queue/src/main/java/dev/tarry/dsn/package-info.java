/// Delivery status notifications as Exchange makes them (reference §7): a report's header, its human text, its machine
/// part, what it returns of the original. Pure: values in, octets out.
///
/// Doors in: [DsnRequest] (what is to be reported) goes into [DsnWriter], a [Dsn] comes out. [DsnKind] says what kind.
///
/// Whatever clients and remote hosts said is hostile here: it is cleaned where it enters a header, the machine part,
/// the text or the HTML, so that no report can grow a line, a header or a tag that is not ours.
///
/// Of addresses outside ASCII a report speaks in the seven-bit form of RFC 6533 §3 (`utf-8;\x{FC}…`), within
/// `message/delivery-status`: programs read that which have never heard of `message/global-delivery-status`.
///
/// May import: `mail`, the JDK. Never here: queues, storage, clocks, chance (the moment and the ids are given).
package dev.tarry.dsn;
