/// The management shell: Exchange's cmdlets in the subset of PowerShell that administrators use, over the server's
/// API.
///
/// The doors in: [ShellCommand], which the front door calls with a command line's words, and [Shell], for
/// whoever has a script, streams and a client. The rooms: `syntax` (text to records) ← `value` (what may be
/// done with values) ← `print` (what people see) ← `cmdlet` (what a cmdlet is) ←
/// `exchange`, `windows`, `own` and `utility` (the cmdlets) and `run` (statements, pipelines, binding) ← `terminal` (a
/// prompt, and who types at it) and `bridge` (objects for other programs; the PowerShell module) ← here, where
/// [StandardCmdlets] names all groups of cmdlets.
///
/// Imports its rooms and the client. Never here: anything of the server's or the lab's code, the system's clock.
package dev.tarry.shell;
