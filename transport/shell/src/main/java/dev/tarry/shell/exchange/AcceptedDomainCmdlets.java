package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.List;
import java.util.Map;

/// The domains that mail is accepted for: New-, Get-, Set- and Remove-AcceptedDomain (reference §5.5).
final class AcceptedDomainCmdlets {
    private static final ManagedObjects DOMAINS = new ManagedObjects(
            "AcceptedDomain", "accepted domain", call -> call.client().service().acceptedDomains());

    private static final Settable SETTABLE =
            Settable.NOTHING.lists("LocalRecipients").flags("AddressBookEnabled", "MatchSubDomains");

    private static final String OURS =
            "LocalRecipients is tarry's own: who of the domain has a mailbox here; without" + " any, everybody.";
    private static final String CLOUD = "It is for Exchange Online, or reserved.";

    private AcceptedDomainCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                shown("Get-AcceptedDomain")
                        .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                        .summary("Shows the domains that this server accepts mail for.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("There is one organization here.", "Organization")
                        .simply(DOMAINS::get),
                shown("New-AcceptedDomain")
                        .takes(SETTABLE.with(
                                Parameter.of("Name", TEXT).at(0).required(),
                                Parameter.of("DomainName", TEXT).required(),
                                domainType(),
                                ManagedObjects.domainController()))
                        .acts()
                        .summary("Accepts mail for a domain; *.contoso.com means its subdomains too.")
                        .remark(OURS)
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(CLOUD, "AuthenticationType", "LiveIdInstanceType", "SkipDnsProvisioning")
                        .refuses(CLOUD, "SkipDomainNameValidation", "Organization")
                        .simply(AcceptedDomainCmdlets::create),
                Cmdlet.named("Set-AcceptedDomain")
                        .takes(SETTABLE.with(
                                ManagedObjects.identity(true),
                                Parameter.of("Name", TEXT),
                                domainType(),
                                Parameter.of("MakeDefault", BOOLEAN),
                                ManagedObjects.domainController()))
                        .acts()
                        .summary("Changes an accepted domain.")
                        .remark(OURS)
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(CLOUD, BOOLEAN, "PendingRemoval", "PendingCompletion", "OutboundOnly")
                        .refuses(CLOUD, BOOLEAN, "EnableNego2Authentication")
                        .simply(AcceptedDomainCmdlets::set),
                DOMAINS.removal("Remove-AcceptedDomain", "Accepts no more mail for a domain."));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name).shows("AcceptedDomain", "Name", "DomainName", "DomainType", "Default");
    }

    private static Parameter domainType() {
        return Parameter.of("DomainType", TEXT).oneOf(Enumerations.DOMAIN_TYPE);
    }

    private static void create(Call call) {
        Map<String, Object> wanted = wanted(call);
        wanted.put("DomainName", call.text("DomainName").orElseThrow());
        DOMAINS.create(call, call.text("Name").orElseThrow(), wanted);
    }

    private static void set(Call call) {
        Map<String, Object> wanted = wanted(call);
        if (call.has("MakeDefault")) {
            wanted.put("Default", call.flag("MakeDefault"));
        }
        DOMAINS.change(call, wanted);
    }

    private static Map<String, Object> wanted(Call call) {
        Map<String, Object> wanted = SETTABLE.given(call);
        call.text("Name").ifPresent(name -> wanted.put("Name", name));
        call.text("DomainType").ifPresent(type -> wanted.put("DomainType", type));
        return wanted;
    }
}
