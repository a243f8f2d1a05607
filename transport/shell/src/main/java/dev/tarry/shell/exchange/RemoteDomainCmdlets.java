package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What domains outside are told and sent: New-, Get-, Set- and Remove-RemoteDomain.
final class RemoteDomainCmdlets {
    private static final ManagedObjects DOMAINS = new ManagedObjects(
            "RemoteDomain", "remote domain", call -> call.client().service().remoteDomains());

    private static final Settable SETTABLE = Settable.NOTHING
            .flags(
                    "AutoForwardEnabled",
                    "AutoReplyEnabled",
                    "DeliveryReportEnabled",
                    "DisplaySenderName",
                    "IsInternal",
                    "MeetingForwardNotificationEnabled",
                    "NDRDiagnosticInfoEnabled",
                    "NDREnabled",
                    "TargetDeliveryDomain",
                    "TrustedMailInboundEnabled",
                    "TrustedMailOutboundEnabled",
                    "UseSimpleDisplayName")
            .numbers("LineWrapSize", "MessageCountThreshold")
            .texts(
                    "AllowedOOFType",
                    "ByteEncoderTypeFor7BitCharsets",
                    "CharacterSet",
                    "ContentType",
                    "Name",
                    "NonMimeCharacterSet",
                    "PreferredInternetCodePageForShiftJis",
                    "RequiredCharsetCoverage",
                    "TNEFEnabled");

    private RemoteDomainCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                shown("Get-RemoteDomain")
                        .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                        .summary("Shows what domains outside are told and sent.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("There is one organization here.", "Organization")
                        .simply(DOMAINS::get),
                shown("New-RemoteDomain")
                        .takes(
                                Parameter.of("Name", TEXT).at(0).required(),
                                Parameter.of("DomainName", TEXT).required(),
                                ManagedObjects.domainController())
                        .acts()
                        .summary("Tells a domain outside something else than the others; Set-RemoteDomain says what.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("There is one organization here.", "Organization")
                        .simply(RemoteDomainCmdlets::create),
                Cmdlet.named("Set-RemoteDomain")
                        .takes(SETTABLE.with(ManagedObjects.identity(true), ManagedObjects.domainController()))
                        .acts()
                        .summary("Changes what a domain outside is told and sent.")
                        .remark("What has to do with formats of mail that is not here is kept and shown, and a warning"
                                + " says so.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("Exchange has not had it since 2013.", BOOLEAN, "IsCoexistenceDomain")
                        .simply(call -> DOMAINS.change(call, SETTABLE.given(call))),
                DOMAINS.removal("Remove-RemoteDomain", "Tells a domain outside what all others are told."));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name).shows("RemoteDomain", "Name", "DomainName", "AllowedOOFType");
    }

    private static void create(Call call) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        String name = call.text("Name").orElseThrow();
        wanted.put("Name", name);
        wanted.put("DomainName", call.text("DomainName").orElseThrow());
        DOMAINS.create(call, name, wanted);
    }
}
