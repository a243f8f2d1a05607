/// PowerShell's own cmdlets: choosing, sorting, counting, formatting, dates.
///
/// Imports `cmdlet`, `value`, `print` and the client. Never here: how words become parameters, or how a script is
/// evaluated (`run`); another of the rooms of cmdlets.
package dev.tarry.shell.utility;
