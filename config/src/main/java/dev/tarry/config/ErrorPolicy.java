package dev.tarry.config;

/// How a send connector turns errors round (reference §5.4).
public enum ErrorPolicy {
    /// Permanent errors make NDRs.
    DEFAULT("Default"),
    /// Every DNS error is temporary.
    DOWNGRADE_DNS_FAILURES("DowngradeDnsFailures"),
    /// Replies on the downgrade list are temporary.
    DOWNGRADE_CUSTOM_FAILURES("DowngradeCustomFailures"),
    /// Replies on the upgrade list are permanent.
    UPGRADE_CUSTOM_FAILURES("UpgradeCustomFailures");

    private final String word;

    ErrorPolicy(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
