/// PowerShell's own cmdlets: choosing, sorting, counting, formatting, CSV, HTML and JSON, files and folders, dates,
/// variables, aliases, history, transcripts, and help. What a -Property parameter may say is [PropertyChoice]; which
/// files a written path means is [PathPattern]'s; what of an object is shown a Format cmdlet decides, how it is laid
/// out room `print`.
///
/// Imports `cmdlet`, `syntax`, `value`, `print` and the client. Never here: how words become parameters, or how
/// a script is evaluated (`run`); another of the rooms of cmdlets.
package dev.tarry.shell.utility;
