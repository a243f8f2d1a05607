package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.Managed;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.ShellFailure;
import java.util.List;
import java.util.Map;

/// What holds for all of transport: Get- and Set-TransportConfig (reference §7.6).
final class TransportConfigCmdlets {
    private static final String POSTMASTER = "ExternalPostmasterAddress";

    private static final Settable SETTABLE = Settable.NOTHING
            .lists("GenerateCopyOfDSNFor")
            .flags("ExternalDelayDsnEnabled", "ExternalDsnSendHtml", "InternalDelayDsnEnabled", "InternalDsnSendHtml")
            .numbers("MaxRecipientEnvelopeLimit")
            .texts(
                    "ExternalDsnMaxMessageAttachSize",
                    "ExternalDsnReportingAuthority",
                    POSTMASTER,
                    "InternalDsnMaxMessageAttachSize",
                    "InternalDsnReportingAuthority",
                    "MaxReceiveSize",
                    "MaxSendSize",
                    "SafetyNetHoldTime");

    private TransportConfigCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-TransportConfig")
                        .takes(identity(), ManagedObjects.domainController())
                        .summary("Shows what holds for all of transport: sizes, reports, Safety Net.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(call -> write(call, call.client().service().transportConfig())),
                refusals(Cmdlet.named("Set-TransportConfig"))
                        .takes(SETTABLE.with(
                                identity(), Parameter.of("Force", SWITCH), ManagedObjects.domainController()))
                        .acts()
                        .summary("Changes what holds for all of transport.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(TransportConfigCmdlets::set));
    }

    /// There is one organization: its identity is taken, and says nothing.
    private static Parameter identity() {
        return Parameter.of("Identity", TEXT).at(0).pipedBy("Name");
    }

    private static Cmdlet.Draft refusals(Cmdlet.Draft draft) {
        String alone = "There is one server here: nobody is there who could keep a shadow copy.";
        String agents = "There are no transport agents here whose messages could go round.";
        String content = "Mail is passed on here as it came.";
        return draft.refuses(
                        alone,
                        "MaxRetriesForLocalSiteShadow",
                        "MaxRetriesForRemoteSiteShadow",
                        "RejectMessageOnShadowFailure",
                        "ShadowHeartbeatFrequency",
                        "ShadowHeartbeatRetryCount",
                        "ShadowHeartbeatTimeoutInterval",
                        "ShadowMessageAutoDiscardInterval",
                        "ShadowMessagePreferenceSetting",
                        "ShadowRedundancyEnabled",
                        "ShadowResubmitTimeSpan")
                .refuses(
                        agents,
                        "AgentGeneratedMessageLoopDetectionInSmtpEnabled",
                        "AgentGeneratedMessageLoopDetectionInSubmissionEnabled",
                        "MaxAllowedAgentGeneratedMessageDepth",
                        "MaxAllowedAgentGeneratedMessageDepthPerAgent")
                .refuses(
                        content,
                        "ClearCategories",
                        "ConvertDisclaimerWrapperToEml",
                        "DSNConversionMode",
                        "HeaderPromotionModeSetting",
                        "Rfc2231EncodingEnabled",
                        "TransportRuleAttachmentTextScanLimit",
                        "Xexch50Enabled")
                .refuses(
                        "Reports are in English here; New-SystemMessage gives them other words.",
                        "ExternalDsnDefaultLanguage",
                        "ExternalDsnLanguageDetectionEnabled",
                        "InternalDsnDefaultLanguage",
                        "InternalDsnLanguageDetectionEnabled")
                .refuses(
                        "There is no journaling here.",
                        "JournalingReportNdrTo",
                        "JournalMessageExpirationDays",
                        "LegacyJournalingMigrationEnabled",
                        "VoicemailJournalingEnabled")
                .refuses(
                        "Safety Net has taken the dumpster's place since Exchange 2013: see SafetyNetHoldTime.",
                        "MaxDumpsterSizePerDatabase",
                        "MaxDumpsterTime")
                .refuses(
                        "Get-QueueDigest looks at the queues themselves here, and gathers nothing.",
                        "DiagnosticsAggregationServicePort",
                        "QueueDiagnosticsAggregationInterval")
                .refuses(
                        "A connector's own setting says it here: DomainSecureEnabled.",
                        "TLSReceiveDomainSecureList",
                        "TLSSendDomainSecureList")
                .refuses(
                        "A receive connector's permission groups say who may log in here.",
                        "SmtpClientAuthenticationDisabled",
                        "InternalSMTPServers")
                .refuses(
                        "It is for Exchange Online or for mailboxes' address books, and there is nothing like it here.",
                        "AddressBookPolicyRoutingEnabled",
                        "AllowLegacyTLSClients",
                        "ReplyAllStormBlockDurationHours",
                        "ReplyAllStormDetectionMinimumRecipients",
                        "ReplyAllStormDetectionMinimumReplies",
                        "ReplyAllStormProtectionEnabled",
                        "SupervisionTags",
                        "VerifySecureSubmitEnabled");
    }

    private static void set(Call call) {
        Map<String, Object> wanted = SETTABLE.given(call);
        addresses(wanted);
        if (call.proceedWith("Setting transport configuration \"Transport Settings\".")) {
            ManagedObjects.warn(call, call.client().service().changeTransportConfig(wanted));
        }
    }

    /// What is no address at all is told as a conversion that failed, before anything is sent.
    private static void addresses(Map<String, Object> wanted) {
        Object value = wanted.get(POSTMASTER);
        if (value != null && !value.equals("<>") && !value.toString().matches("[^@\\s]+@[^@\\s]+")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidData,
                    "ParameterArgumentTransformationError",
                    "ParameterBindingArgumentTransformationException",
                    "Cannot process argument transformation on parameter '" + POSTMASTER + "'. Cannot convert value \""
                            + value + "\" to type \"Microsoft.Exchange.Data.SmtpAddress\". Error: \"'" + value
                            + "' isn't a valid SmtpAddress.\"");
        }
    }

    private static void write(Call call, Managed object) {
        call.write(Bags.row("TransportConfig", object.properties(), call.io().zone()));
    }
}
