/// Exchange's cmdlets (reference §2.4, §8.5, §12.1): queues, messages, tracking, transport, connectors, domains.
///
/// Imports `cmdlet`, `value`, `print` and the client. Never here: how words become parameters, or how a script is
/// evaluated (`run`); another of the rooms of cmdlets.
package dev.tarry.shell.exchange;
