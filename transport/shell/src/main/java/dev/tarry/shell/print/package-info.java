/// What people see: default tables and lists (reference §11.3, §11.4), JSON, errors, and where all of it goes.
///
/// [Screen] takes what a statement puts out and prints it by the views of the cmdlet table ([DefaultView]),
/// or as a Format cmdlet said ([Formatted]). Every character of it passes [SafeText]: much of what this
/// shell shows was written by strangers. What is printed and typed can be heard along and written down
/// ([Transcripts]), without [Secrets].
///
/// Imports `syntax` and `value`. Never here: cmdlets, the network.
package dev.tarry.shell.print;
