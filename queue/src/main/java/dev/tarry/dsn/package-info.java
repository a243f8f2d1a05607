/// Delivery status notifications as Exchange makes them (reference §7): a report's header, its human text, its machine
/// part, what it
/// returns of the original. Pure: values in, octets out.
///
/// May import: `mail`, the JDK. Never here: queues, storage, clocks (the moment is given).
package dev.tarry.dsn;
