/// Values at run time and what may be done with them: conversion, comparison, arithmetic, members, text.
///
/// A value is `null`, `Boolean`, `Long` (Int32 and Int64), `Double`, `BigDecimal` (Decimal), `Character`, `String`,
/// `ZonedDateTime` (PowerShell's DateTime), `Duration` (TimeSpan), `List` (array; one that a script may change in
/// place is an `ArrayList`), [GrowingList], [Row] (an object with properties), [HashTable], [ByteSize], [TypeRef],
/// [Regex] and its matches, [VersionNumber], `UUID`, `InetAddress`, `URI`, a [dev.tarry.shell.syntax.ScriptBlock] or
/// a [ShellFailure] (an error record; also how what goes wrong travels, in PowerShell's words).
///
/// All of it is plain code without state of its own. Culture is en-US, as on the servers that the guides
/// were written on; it is spelt out here because loading the JDK's locale tables costs more than the whole
/// rest of a short script.
///
/// Imports the JDK and `syntax`. Never here: cmdlets, the network, the terminal.
package dev.tarry.shell.value;
