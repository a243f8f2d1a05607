package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// By which way mail leaves: New-, Get-, Set- and Remove-SendConnector (reference §5.1).
final class SendConnectorCmdlets {
    private static final ManagedObjects CONNECTORS = new ManagedObjects(
            "SendConnector", "Send connector", call -> call.client().service().sendConnectors());

    private static final Settable SETTABLE = Settable.NOTHING
            .lists("AddressSpaces", "SmartHosts", "ErrorPolicies", "SourceTransportServers")
            .flags(
                    "CloudServicesMailEnabled",
                    "DNSRoutingEnabled",
                    "DomainSecureEnabled",
                    "Enabled",
                    "ForceHELO",
                    "FrontendProxyEnabled",
                    "IgnoreSTARTTLS",
                    "IsScopedConnector",
                    "RequireOorg",
                    "RequireTLS",
                    "UseExternalDNSServersEnabled")
            .numbers("Port", "SmtpMaxMessagesPerConnection")
            .texts(
                    "Comment",
                    "ConnectionInactivityTimeOut",
                    "Fqdn",
                    "MaxMessageSize",
                    "ProtocolLoggingLevel",
                    "SmartHostAuthMechanism",
                    "SourceIPAddress",
                    "TlsAuthLevel",
                    "TlsCertificateName",
                    "TlsDomain");
    private static final String[] USAGES = {"Custom", "Internal", "Internet", "Partner"};
    private static final String CREDENTIAL = "AuthenticationCredential";

    private static final String CROSS_PREMISES =
            "There is no hybrid deployment here: every connector is of the type" + " Default, in no region.";
    private static final String NO_MORE = "Exchange has not had it since 2013.";

    private SendConnectorCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                shown("Get-SendConnector")
                        .example(
                                "Get-SendConnector | Format-List Name, AddressSpaces, SmartHosts, DNSRoutingEnabled",
                                "Shows how mail leaves.")
                        .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                        .summary("Shows the Send connectors, by which mail leaves this server.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(CONNECTORS::get),
                shown("New-SendConnector")
                        .example(
                                "New-SendConnector -Name Fabrikam -AddressSpaces fabrikam.com -SmartHosts relay.fabrikam.com -DNSRoutingEnabled $false",
                                "Sends the mail of one domain by a smart host.")
                        .takes(newParameters())
                        .oneOf("Usage", "Custom", "Internal", "Internet", "Partner")
                        .acts()
                        .summary("Makes a Send connector; mail that comes from now on may leave by it.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(CROSS_PREMISES, "ConnectorType", "Region")
                        .refuses(NO_MORE, "LinkedReceiveConnector", "IsCoexistenceConnector")
                        .simply(SendConnectorCmdlets::create),
                Cmdlet.named("Set-SendConnector")
                        .example(
                                "Set-SendConnector Internet -ProtocolLoggingLevel Verbose",
                                "Writes what is said in SMTP to the protocol log.")
                        .takes(SETTABLE.with(
                                ManagedObjects.identity(true),
                                Parameter.of("Name", TEXT),
                                Parameter.of("Force", SWITCH),
                                Parameter.of(CREDENTIAL, ANY),
                                ManagedObjects.domainController()))
                        .acts()
                        .summary("Changes a Send connector. What is queued stays in its queue until it is resubmitted.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(CROSS_PREMISES, "ConnectorType", "Region")
                        .refuses(NO_MORE, "LinkedReceiveConnector", "IsCoexistenceConnector")
                        .simply(SendConnectorCmdlets::set),
                CONNECTORS.removal("Remove-SendConnector", "Removes a Send connector."));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name).shows("SendConnector", "Identity", "AddressSpaces", "Enabled");
    }

    private static Parameter[] newParameters() {
        Parameter[] all = SETTABLE.with(
                Parameter.of("Name", TEXT).at(0).required(),
                Parameter.of("Usage", TEXT).oneOf(Enumerations.usage(USAGES)),
                Parameter.of("Custom", SWITCH),
                Parameter.of("Internal", SWITCH),
                Parameter.of("Internet", SWITCH),
                Parameter.of("Partner", SWITCH),
                Parameter.of("Force", SWITCH),
                Parameter.of(CREDENTIAL, ANY),
                ManagedObjects.domainController());
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].name().equals("AddressSpaces") ? all[i].required() : all[i];
        }
        return all;
    }

    private static void create(Call call) {
        Map<String, Object> wanted = wanted(call);
        ManagedObjects.usage(call, USAGES).ifPresent(usage -> wanted.put("Usage", usage));
        CONNECTORS.create(call, call.text("Name").orElseThrow(), wanted);
    }

    private static void set(Call call) {
        CONNECTORS.change(call, wanted(call));
    }

    private static Map<String, Object> wanted(Call call) {
        Map<String, Object> wanted = SETTABLE.given(call);
        if (call.mentions(CREDENTIAL)) {
            wanted.put(CREDENTIAL, credential(call.value(CREDENTIAL)));
        }
        call.text("Name").ifPresent(name -> wanted.put("Name", name));
        return wanted;
    }

    /// As New-Object PSCredential makes it.
    private static Map<String, Object> credential(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Row row
                && row.type().equals(SecureText.CREDENTIAL_TYPE)
                && row.get("Password") instanceof SecureText password) {
            Map<String, Object> credential = new LinkedHashMap<>();
            credential.put("UserName", TextForm.of(row.get("UserName")));
            credential.put("Password", password.revealed());
            return credential;
        }
        throw ShellFailure.cannotConvert(
                value,
                "System.Management.Automation.PSCredential",
                "Make one with New-Object System.Management.Automation.PSCredential(\"user\", (ConvertTo-SecureString"
                        + " \"password\" -AsPlainText -Force)).");
    }
}
