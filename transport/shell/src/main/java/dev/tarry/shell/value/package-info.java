/// Values at run time and what may be done with them: conversion, comparison, arithmetic, members, text.
///
/// A value is `null`, `Boolean`, `Long`, `Double`, `String`, `ZonedDateTime` (PowerShell's DateTime),
/// `Duration` (TimeSpan), `List` (array), [Row] (an object with properties), [HashTable], [ByteSize] or a
/// [dev.tarry.shell.syntax.ScriptBlock]. What goes wrong is a [ShellFailure] in PowerShell's words.
///
/// All of it is plain code without state. Culture is en-US, as on the servers that the guides were written on;
/// it is spelt out here because loading the JDK's locale tables costs more than the whole rest of a short
/// script.
///
/// Imports the JDK and `syntax`. Never here: cmdlets, the network, the terminal.
package dev.tarry.shell.value;
