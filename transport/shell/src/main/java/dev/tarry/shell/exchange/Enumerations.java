package dev.tarry.shell.exchange;

import dev.tarry.shell.cmdlet.Enumeration;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.Map;

/// The enumerations that Exchange's cmdlets take. Those that set properties have the names that the settings of the
/// server take, which a test compares; where .NET's name of one is not published, the short one stands for it.
final class Enumerations {
    static final Enumeration DETAILS_LEVEL = Enumeration.of("DetailsLevel", "None", "Normal", "Verbose");
    static final Enumeration DOMAIN_TYPE = Enumeration.of(
            "Microsoft.Exchange.Data.Directory.SystemConfiguration.AcceptedDomainType",
            "Authoritative",
            "InternalRelay",
            "ExternalRelay");
    static final Enumeration EVENT_LEVEL = Enumeration.of("EventLevel", "Lowest", "Low", "Medium", "High", "Expert");
    static final Enumeration GROUP_BY = Enumeration.of(
            "QueueDigestGroupBy",
            "DeliveryType",
            "LastError",
            "NextHopCategory",
            "NextHopDomain",
            "NextHopKey",
            "RiskLevel",
            "Status",
            "ServerName",
            "OutboundIPPool");
    static final Enumeration SERVICE_STATE = Enumeration.of("ServiceState", "Active", "Draining", "Inactive");

    private static final Enumeration LOGGING_LEVEL =
            Enumeration.of("Microsoft.Exchange.Data.ProtocolLoggingLevel", "None", "Verbose");
    private static final Enumeration PROTOCOL_OPTION =
            Enumeration.of("Microsoft.Exchange.Data.ProtocolOption", "Any", "UseTcpOnly", "UseUdpOnly");

    /// By the names of the properties.
    private static final Map<String, Enumeration> OF_PROPERTIES = Map.ofEntries(
            Map.entry(
                    "AllowedOOFType",
                    Enumeration.of(
                            "Microsoft.Exchange.Data.Directory.SystemConfiguration.AllowedOOFType",
                            "External",
                            "ExternalLegacy",
                            "InternalLegacy",
                            "None")),
            Map.entry(
                    "AuthMechanism",
                    Enumeration.of(
                            "Microsoft.Exchange.Data.Directory.SystemConfiguration.AuthMechanisms",
                            "None",
                            "Tls",
                            "Integrated",
                            "BasicAuth",
                            "BasicAuthRequireTLS",
                            "ExchangeServer",
                            "ExternalAuthoritative")),
            Map.entry(
                    "ContentType",
                    Enumeration.of(
                            "Microsoft.Exchange.Data.Directory.SystemConfiguration.ContentType",
                            "MimeHtmlText",
                            "MimeText",
                            "MimeHtml")),
            Map.entry("DomainType", DOMAIN_TYPE),
            Map.entry("ExternalDNSProtocolOption", PROTOCOL_OPTION),
            Map.entry("InternalDNSProtocolOption", PROTOCOL_OPTION),
            Map.entry("IntraOrgConnectorProtocolLoggingLevel", LOGGING_LEVEL),
            Map.entry(
                    "MessageRateSource", Enumeration.of("MessageRateSourceFlags", "None", "User", "IPAddress", "All")),
            Map.entry(
                    "PermissionGroups",
                    Enumeration.of(
                            "Microsoft.Exchange.Data.Directory.SystemConfiguration.PermissionGroups",
                            "None",
                            "AnonymousUsers",
                            "ExchangeUsers",
                            "ExchangeServers",
                            "ExchangeLegacyServers",
                            "Partners",
                            "Custom")),
            Map.entry("ProtocolLoggingLevel", LOGGING_LEVEL),
            Map.entry("SizeEnabled", Enumeration.of("SizeMode", "Enabled", "Disabled", "EnabledWithoutValue")),
            Map.entry(
                    "SmartHostAuthMechanism",
                    Enumeration.of(
                            "AuthMechanisms",
                            "None",
                            "BasicAuth",
                            "BasicAuthRequireTLS",
                            "ExchangeServer",
                            "ExternalAuthoritative",
                            "XOAuth2")),
            Map.entry(
                    "TlsAuthLevel",
                    Enumeration.of(
                            "Microsoft.Exchange.Data.TlsAuthLevel",
                            "EncryptionOnly",
                            "CertificateValidation",
                            "DomainValidation")),
            Map.entry("TransportRole", Enumeration.of("ServerRole", "FrontendTransport", "HubTransport")),
            Map.entry(
                    "ErrorPolicies",
                    Enumeration.of(
                            "ErrorPolicies",
                            "Default",
                            "DowngradeDnsFailures",
                            "DowngradeCustomFailures",
                            "UpgradeCustomFailures")),
            Map.entry("BareLineEnds", Enumeration.of("BareLineEnds", "Normalise", "Pass")));

    private Enumerations() {}

    /// The parameter, with its enumeration where its property is of one.
    static Parameter known(Parameter parameter) {
        Enumeration enumeration = OF_PROPERTIES.get(parameter.name());
        return enumeration == null ? parameter : parameter.oneOf(enumeration);
    }

    /// `-Usage`, which says what a connector is for.
    static Enumeration usage(String... words) {
        return Enumeration.of("UsageType", words);
    }
}
