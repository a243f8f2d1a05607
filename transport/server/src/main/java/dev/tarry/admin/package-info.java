/// What an operator may ask and do: plain functions from request to answer. HTTP, the shell, scenarios
/// and the JUnit extension are skins over this room, so a thing that one of them can do, all can
/// (design §3.14).
///
/// Doors in: [QueueOperations], [QueueDigestOperations] and [MessageOperations] to look, [QueueVerbs] and
/// [MessageVerbs] to act, [Operations] for what is done to all that match a filter; [TrackingOperations],
/// [MailboxOperations], [ResubmitOperations], [EventLogOperations], [ProtocolLogOperations] and
/// [TranscriptOperations] for the mail; [ServiceOperations], [ConnectorOperations], [ReceiveConnectorOperations],
/// [DomainOperations], [RemoteDomainOperations], [SystemMessageOperations], [ComponentOperations],
/// [EventLevelOperations], [ServiceControl], [SettingsOperations] and [DnsOperations] for how the server is set,
/// all of them over one [SettingsDesk]; [RouteOperations] for which way mail would go, [ProbeOperations] for
/// whether it gets in and through; [ServerOperations], [ResourceOperations], [StoreOperations],
/// [HostHealthOperations], [DnsQueryOperations] and [Health] for how it is; [ComputerOperations] for the machine.
/// Answers are property bags with Exchange's names in Exchange's order; what cannot be done comes back as
/// an [OperationRefused]. Everything here may block, and is called from virtual threads, never from a loop.
///
/// May import: `config`, `queue`, `mailbox`, `store`, `mail`, `dsn`, `tracking`, `dns`, `routing`, `receive`, `send`,
/// `pressure`, `eventlog`, `protocol`, `log`, `time`, `tls`, `host`.
/// Never here: HTTP, JSON, sockets.
package dev.tarry.admin;
