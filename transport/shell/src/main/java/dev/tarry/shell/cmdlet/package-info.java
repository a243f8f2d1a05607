/// What a cmdlet is. What each is called, takes and shows is data, a [Cmdlet], in one table, [CmdletTable]; what it
/// does is a [Stage]. The cmdlets themselves stand in rooms by whose words they are.
///
/// A stage meets the world through [Call] alone: its parameters, the object that came down the pipeline, where
/// its output goes, the server's client, and the [Session] that runs it, with the [Location] that paths are taken from.
///
/// Imports `syntax`, `value`, `print` and the client. Never here: how words become parameters, or how a script is
/// evaluated (`run`).
package dev.tarry.shell.cmdlet;
