package dev.tarry.routing;

import java.util.List;

/// A domain that this organisation takes mail for (reference §5.5).
///
/// @param name            what administrators call it
/// @param domain          in lower case, without a leading `*.`
/// @param type            who knows its recipients
/// @param matchSubDomains whether it also stands for everything below it
/// @param isDefault       whether reports of our own come from it
/// @param recipients      who is known in it
/// @param askedAtOnce     whether clients hear at RCPT of recipients that nobody knows, as Exchange's
/// AddressBookEnabled
/// has it; else the sender gets a report
public record AcceptedDomain(
        String name,
        String domain,
        Type type,
        boolean matchSubDomains,
        boolean isDefault,
        LocalRecipients recipients,
        boolean askedAtOnce) {
    /// Who knows the domain's recipients.
    public enum Type {
        /// We know them all: who is not known does not exist.
        AUTHORITATIVE("Authoritative"),
        /// We know some; the others are somewhere behind a connector.
        INTERNAL_RELAY("InternalRelay"),
        /// We know none; it only passes through.
        EXTERNAL_RELAY("ExternalRelay");

        private final String shellName;

        Type(String shellName) {
            this.shellName = shellName;
        }

        public String shellName() {
            return shellName;
        }
    }

    /// A domain that begins with `*.` matches its subdomains.
    ///
    /// @throws IllegalArgumentException if it is no domain
    public AcceptedDomain {
        if (domain.startsWith("*.")) {
            domain = domain.substring(2);
            matchSubDomains = true;
        }
        domain = Domains.canonical(domain);
        if (!Domains.valid(domain)) {
            throw new IllegalArgumentException("an accepted domain is contoso.com or *.contoso.com, not " + domain);
        }
    }

    /// In which everybody is known.
    public AcceptedDomain(String name, String domain, Type type, boolean matchSubDomains, boolean isDefault) {
        this(name, domain, type, matchSubDomains, isDefault, LocalRecipients.ANY, true);
    }

    /// The same with others who are known.
    public AcceptedDomain knowing(boolean atOnce, String... patterns) {
        return new AcceptedDomain(
                name, domain, type, matchSubDomains, isDefault, new LocalRecipients(List.of(patterns)), atOnce);
    }

    public static AcceptedDomain authoritative(String domain, boolean isDefault) {
        return new AcceptedDomain(domain, domain, Type.AUTHORITATIVE, false, isDefault);
    }

    /// Whether a recipient domain in lower case is it, or below it where that counts.
    public boolean covers(String recipientDomain) {
        return matchSubDomains ? Domains.within(recipientDomain, domain) : recipientDomain.equals(domain);
    }
}
