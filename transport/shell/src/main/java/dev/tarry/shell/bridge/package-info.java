/// The cmdlets for a program that has a language of its own, such as PowerShell: it says which cmdlet, with which
/// parameters and objects, and gets objects, not text.
///
/// The doors in: [Bridge], which answers on a pair of streams, and [PowerShellModule], which writes the module that
/// talks to it. Both know the cmdlets from their table only, so that a new one is there at once.
///
/// One line of JSON is one request, and has one line of JSON for its answer:
///
/// ```
/// → {"call":1,"cmdlet":"Get-Queue","parameters":{"ResultSize":2},"piped":false}
/// ← {"call":1,"records":[{"output":{"$type":"Queue","properties":{…}}}],"state":"more"}
/// → {"call":1,"next":true}
/// ← {"call":1,"records":[],"state":"done"}
/// ```
///
/// `state` says what may be asked next: `more` (ask with `next`), `input` (a piped call wants `input`, an array, or
/// `end`), `asks` (`question` is what is about to be done; answer with `consent`: `yes`, `yesToAll`, `no`, `noToAll`),
/// `done` (nothing; the number may be used again). `stop` ends a call at any time. Calls may be nested: while one has
/// `more`, another may begin. A record is an `output`, an `error`, a `warning` or a line for the person (`host`).
/// Moments are `{"$date":` milliseconds since 1970`}`, spans `{"$span":` ticks of 100 ns`}`.
///
/// Imports `cmdlet`, `print`, `run`, `syntax`, `value` and the client. Never here: what a cmdlet does.
package dev.tarry.shell.bridge;
