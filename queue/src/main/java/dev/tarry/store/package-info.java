/// Where mail is kept: the seam [MessageStore] with its records, and the implementations behind it (RocksDB on disk,
/// memory
/// for simulations). Nothing outside this room knows which one it is; a contract test holds them to the same promises.
///
/// Doors in: [MessageStore], [Batch] and its [Write]s, the records.
///
/// May import: `mail`, the JDK, RocksDB. Never here: queues' behaviour, time, Netty.
package dev.tarry.store;
