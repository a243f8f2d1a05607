/// The Pickup and Replay directories (reference §9.4): whoever can write a file there sends mail, without SMTP. A file
/// in Pickup is sent to whom its header names; a file in Replay says its envelope itself, in X-Sender and X-Receiver.
///
/// Doors in: [PickupDirectories] watches both. [DropFolder] keeps the protocol of file names, [FileIntake] carries one
/// file into the queues, [PickupForm] and [ReplayForm] decide, in plain code, what a file's header says.
///
/// What lies in a folder is somebody else's doing, as what a client says is: it is looked at on wire time,
/// everything of it is bounded, and no file is read on a loop that mail needs.
///
/// May import: `smtp` and `receive` (how paths and headers are read), `mail`, `queue` (its front door), `tracking`,
/// `eventlog`, `config`, `time`. Never here: where a message goes next.
package dev.tarry.pickup;
