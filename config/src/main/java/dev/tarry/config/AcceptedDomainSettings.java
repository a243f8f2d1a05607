package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;
import java.util.Map;

/// A domain that this server accepts mail for (reference §5.5).
///
/// @param domainName      in lower case
/// @param domainType      what it means
/// @param matchSubDomains whether its subdomains are meant too
/// @param isDefault       whether reports come from postmaster at this domain; exactly one is
public record AcceptedDomainSettings(
        String domainName, DomainType domainType, boolean matchSubDomains, boolean isDefault) {
    private static final Setting<String> DOMAIN_NAME = Setting.required(
                    "domainName", Kinds.HOST, "company.com", "The domain.")
            .exchange("DomainName");
    private static final Setting<DomainType> DOMAIN_TYPE = Setting.of(
                    "domainType",
                    Kinds.choice("a type of domain", DomainType.class, DomainType::word),
                    "Authoritative",
                    "Whether the domain's mail ends here or goes on.")
            .exchange("DomainType");
    private static final Setting<Boolean> SUB_DOMAINS = Setting.of(
                    "matchSubDomains", SWITCH, "false", "Whether the subdomains are meant too.")
            .exchange("MatchSubDomains");
    private static final Setting<Boolean> DEFAULT = Setting.of(
                    "default", SWITCH, "false", "Whether reports come from postmaster at this domain; one must be it.")
            .exchange("Default");

    static final SettingList LIST = new SettingList(
            "acceptedDomains",
            "domainName",
            List.of(DOMAIN_NAME, DOMAIN_TYPE, SUB_DOMAINS, DEFAULT),
            _ -> List.of(Map.of("domainName", "company.com", "default", "true"), Map.of("domainName", "contoso.com")),
            "The domains that the server accepts mail for.");

    static AcceptedDomainSettings from(Values values) {
        return new AcceptedDomainSettings(
                values.of(DOMAIN_NAME), values.of(DOMAIN_TYPE), values.of(SUB_DOMAINS), values.of(DEFAULT));
    }
}
