package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.ShellFailure;
import java.util.List;
import java.util.stream.Stream;

/// Cmdlets of Exchange that have nothing to work on here, and say so instead of that they are not known. They take the
/// parameters that they are mostly called with.
final class AbsentCmdlets {
    private AbsentCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                absent(
                        "Get-MessageTrackingReport",
                        "There are no delivery reports of mailboxes here; Get-MessageTrackingLog shows what happened to a"
                                + " message.",
                        "BypassDelegateChecking",
                        "DetailLevel",
                        "RecipientPathFilter",
                        "Recipients",
                        "ReportTemplate",
                        "ResultSize",
                        "Status"),
                absent(
                        "Search-MessageTrackingReport",
                        "There are no delivery reports of mailboxes here; Get-MessageTrackingLog finds messages.",
                        "BypassDelegateChecking",
                        "MessageEntryId",
                        "MessageId",
                        "Recipients",
                        "ResultSize",
                        "Sender",
                        "Subject"),
                absent("Get-TransportAgent", "There are no transport agents here.", "TransportService"),
                absent("Get-TransportPipeline", "There are no transport agents here, so no events that they run on."),
                absent("Get-TransportRule", "There are no mail flow rules here.", "State", "Filter", "ResultSize"),
                absent(
                        "Get-ForeignConnector",
                        "There are no Foreign connectors here: all mail leaves by SMTP.",
                        "DomainController"),
                absent(
                        "Get-DeliveryAgentConnector",
                        "There are no delivery agents here: all mail leaves by SMTP.",
                        "DomainController"),
                absent("Get-MailboxServer", "Get-TransportService and Get-ExchangeServer show the server.", "Status"),
                absent(
                        "Get-Mailbox",
                        "Mailboxes have no settings here: Get-MailboxMessage shows what has arrived in one.",
                        "Filter",
                        "ResultSize",
                        "Server",
                        "Database"),
                absent(
                        "Get-MailboxDatabase",
                        "There are no mailbox databases here: Get-MailboxMessage shows what has arrived in a mailbox.",
                        "Server",
                        "Status",
                        "IncludePreExchange2013"),
                absent(
                        "Get-MailboxTransportService",
                        "Delivery to mailboxes is part of the transport service here: Get-TransportService."),
                absent(
                        "Get-DatabaseAvailabilityGroup",
                        "There is one server here, and no database availability group.",
                        "Status"),
                absent(
                        "Get-ExchangeCertificate",
                        "Certificates are files that the settings name: Get-ReceiveConnector and Get-SendConnector show"
                                + " TlsCertificateName.",
                        "Server",
                        "Thumbprint",
                        "DomainName"),
                absent(
                        "Get-OrganizationConfig",
                        "There is no organization here: Get-TransportConfig shows what holds for all transport."),
                absent("Get-ClientAccessService", "There are no client access services here."),
                absent("Get-ServerHealth", "There is no managed availability here: Test-ServiceHealth.", "HealthSet"),
                absent("Get-HealthReport", "There is no managed availability here: Test-ServiceHealth.", "HealthSet"),
                absent(
                        "Get-MessageTrace",
                        "It is Exchange Online's; Get-MessageTrackingLog shows what happened to a message.",
                        "SenderAddress",
                        "RecipientAddress",
                        "StartDate",
                        "EndDate",
                        "Status",
                        "MessageId"),
                absent(
                        "Set-ADServerSettings",
                        "There is no Active Directory here, and a script runs as well without the line.",
                        "ViewEntireForest",
                        "PreferredServer",
                        "RecipientViewRoot"),
                absent("Get-EdgeSubscription", "There are no Edge Transport servers here.", "DomainController"),
                absent(
                        "Get-ExchangeDiagnosticInfo",
                        "What resources come to is at /metrics and /api/v1/resources here.",
                        "Argument",
                        "Component",
                        "Process",
                        "Server",
                        "Unlimited"));
    }

    private static Cmdlet absent(String name, String why, String... parameters) {
        Parameter[] taken = Stream.concat(
                        Stream.of(Parameter.of("Identity", ANYS)
                                .at(0)
                                .takingTheRest()
                                .pipedWhole()),
                        Stream.of(parameters).map(parameter -> Parameter.of(parameter, ANY)))
                .toArray(Parameter[]::new);
        return Cmdlet.named(name)
                .takes(taken)
                .summary("Not supported here. " + why)
                .simply(_ -> {
                    throw ShellFailure.of(
                            ShellFailure.Category.NotImplemented,
                            "CmdletNotSupported",
                            "NotSupportedException",
                            "The cmdlet '" + name + "' is not supported here. " + why);
                });
    }
}
