package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A domain that this server accepts mail for (reference §5.5).
///
/// @param name            what administrators call it; the domain itself unless they say otherwise
/// @param domainName      in lower case, without `*.`, other scripts as A-labels
/// @param domainType      what it means
/// @param matchSubDomains whether its subdomains are meant too
/// @param isDefault       whether reports come from postmaster at this domain; exactly one is
/// @param localRecipients who has a mailbox in it, by address or local part, with `*` and `?`; empty: whoever is
/// written
/// to
/// @param addressBookEnabled whether a client hears at RCPT of recipients that do not exist
public record AcceptedDomainSettings(
        String name,
        String domainName,
        DomainType domainType,
        boolean matchSubDomains,
        boolean isDefault,
        List<String> localRecipients,
        boolean addressBookEnabled) {
    private static final Setting<Optional<String>> NAME = Setting.of(
                    "name",
                    Kinds.optional(Kinds.NAME),
                    "",
                    "What administrators call the domain; without a name, the domain itself.")
            .exchange("Name");
    private static final Setting<String> DOMAIN_NAME = Setting.required(
                    "domainName",
                    DomainKinds.DOMAIN,
                    "company.com",
                    "The domain; with *. before it, its subdomains too.")
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

    private static final Setting<List<String>> RECIPIENTS = Setting.of(
            "localRecipients",
            Kinds.list(DomainKinds.RECIPIENTS),
            "",
            "Who has a mailbox in the domain, by local part or address, where * stands for any characters and ? for one;"
                    + " without any, whoever is written to. Of an InternalRelay domain the others live elsewhere.");
    private static final Setting<Boolean> ADDRESS_BOOK = Setting.of(
                    "addressBookEnabled",
                    SWITCH,
                    "true",
                    "Whether a client hears at once of a recipient of an Authoritative domain who is not among"
                            + " localRecipients; else its sender gets a report.")
            .exchange("AddressBookEnabled");

    private static final String BELOW = "*.";

    static final SettingList LIST = new SettingList(
            "acceptedDomains",
            "domainName",
            List.of(DOMAIN_NAME, NAME, DOMAIN_TYPE, SUB_DOMAINS, DEFAULT, RECIPIENTS, ADDRESS_BOOK),
            _ -> List.of(Map.of("domainName", "company.com", "default", "true"), Map.of("domainName", "contoso.com")),
            "The domains that the server accepts mail for.");

    /// The list is copied.
    public AcceptedDomainSettings {
        localRecipients = List.copyOf(localRecipients);
    }

    static AcceptedDomainSettings from(Values values) {
        String written = values.of(DOMAIN_NAME);
        boolean below = written.startsWith(BELOW);
        return new AcceptedDomainSettings(
                values.of(NAME).orElse(written),
                below ? written.substring(BELOW.length()) : written,
                values.of(DOMAIN_TYPE),
                values.of(SUB_DOMAINS) || below,
                values.of(DEFAULT),
                values.of(RECIPIENTS),
                values.of(ADDRESS_BOOK));
    }
}
