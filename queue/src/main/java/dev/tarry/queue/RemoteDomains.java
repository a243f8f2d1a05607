package dev.tarry.queue;

import java.util.List;

/// What senders of domains outside are told (Get-RemoteDomain). The entry that says most of a domain counts.
///
/// @param all any order
public record RemoteDomains(List<Entry> all) {
    public static final RemoteDomains NONE = new RemoteDomains(List.of());

    private static final Terms USUAL = new Terms(false, true, true);
    private static final String BELOW = "*.";

    /// @param internal        whether they are told as our own are
    /// @param deliveryReports whether they hear of what was delivered, handed on, or is late
    /// @param ndr             whether they hear of what failed
    public record Terms(boolean internal, boolean deliveryReports, boolean ndr) {}

    /// @param domain `*`, `contoso.com`, or `*.contoso.com`, which is the domain with all that lies below; in lower
    /// case
    public record Entry(String domain, Terms terms) {
        private boolean covers(String other) {
            if (domain.equals("*") || domain.equals(other)) {
                return true;
            }
            return domain.startsWith(BELOW)
                    && (other.equals(domain.substring(BELOW.length())) || other.endsWith(domain.substring(1)));
        }

        private int specificity() {
            return domain.startsWith("*") ? domain.length() : Integer.MAX_VALUE;
        }
    }

    /// Copied.
    public RemoteDomains {
        all = List.copyOf(all);
    }

    /// @param domain in lower case
    Terms of(String domain) {
        Entry best = null;
        for (Entry entry : all) {
            if (entry.covers(domain) && (best == null || entry.specificity() > best.specificity())) {
                best = entry;
            }
        }
        return best == null ? USUAL : best.terms();
    }
}
