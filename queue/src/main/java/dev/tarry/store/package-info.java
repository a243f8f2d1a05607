/// Where mail is kept: the seam [MessageStore] with its records, and two stores behind it: [RocksMessageStore] on
/// disk, [MemoryMessageStore] for simulations. Nothing outside this room knows which one it is;
/// `MessageStoreContract` holds them to the same promises.
///
/// Doors in: [MessageStore], [Batch] and its [Write]s, the records; the two stores' ways to open them; [Damage];
/// [StoreFaults] for bad weather.
///
/// Inside there are three floors. `KeyedStore` knows what a message store promises: epochs, ids that are never
/// used again (`Marks`), which bodies live (`LiveContent`). `RecordFormat` and `Keys` say how it is written down.
/// `Disk` is what it stands on: `RocksDisk` or `MemoryDisk`, which differ in nothing that a crash could show,
/// except that the second crashes when told.
///
/// Why nothing is lost: every change of a batch goes into one write of RocksDB, and so into one record of its
/// log; the log is synced before commit returns; a log whose tail is torn is cut at the last whole record at
/// start. Families have files of their own, but none of their buffers reaches a file before the log that holds it
/// is synced. Files of dead bodies are let go only after the drop that killed them is synced. Damage in the
/// middle of the log or of a file is never skipped over: opening says what is wrong and where. Then [RocksMessageStore]
/// can be repaired: `Wreck` and `LogScan` read past the damage, `Salvage` puts what they find into a fresh store and
/// names what is missing ([Damage]), `Repair` puts it in the place of the old one, which is kept.
///
/// Bad weather ([StoreFaults], [StoreFault]) is made where a disk would make it. On files it is real: half a record
/// is written after the end of the log, bits of it are turned, and what a disk lied about is cut off the log before
/// it is read the next time. The memory disk keeps and forgets batches to the same effect.
///
/// May import: `mail`, the JDK, RocksDB, SLF4J. Never here: queues' behaviour, time, Netty.
package dev.tarry.store;
