/// tarry's own cmdlets, named by PowerShell's rules: the lab, its clock and its faults, mailboxes, what was asked of
/// DNS.
///
/// Imports `cmdlet`, `value`, `print` and the client. Never here: how words become parameters, or how a script is
/// evaluated (`run`); another of the rooms of cmdlets.
package dev.tarry.shell.own;
