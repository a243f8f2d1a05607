/// PowerShell's own cmdlets: choosing, sorting, counting, formatting, CSV, HTML and JSON, files of text,
/// dates, variables, and help. What a -Property parameter may say is [PropertyChoice]; what of an object is
/// shown a Format cmdlet decides, how it is laid out room `print`.
///
/// Imports `cmdlet`, `syntax`, `value`, `print` and the client. Never here: how words become parameters, or how
/// a script is evaluated (`run`); another of the rooms of cmdlets.
package dev.tarry.shell.utility;
