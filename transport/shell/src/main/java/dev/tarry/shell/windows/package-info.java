/// The cmdlets and programs of Windows that go with them (reference §12.2, §12.3): names and networks, services,
/// events, performance counters, mail. They act on the server's side, so that a remote shell does the same.
///
/// Imports `cmdlet`, `syntax` (a script block), `value`, `print` and the client. Never here: how words become
/// parameters, or how a script is evaluated (`run`); another of the rooms of cmdlets.
package dev.tarry.shell.windows;
