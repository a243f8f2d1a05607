package dev.tarry.routing;

/// What a send connector makes of errors (reference §5.4).
public enum ErrorPolicy {
    /// Every DNS error is transient.
    DOWNGRADE_DNS_FAILURES("DowngradeDnsFailures"),
    /// Replies on the list of downgraded ones are transient.
    DOWNGRADE_CUSTOM_FAILURES("DowngradeCustomFailures"),
    /// Replies on the list of upgraded ones are permanent.
    UPGRADE_CUSTOM_FAILURES("UpgradeCustomFailures");

    private final String shellName;

    ErrorPolicy(String shellName) {
        this.shellName = shellName;
    }

    public String shellName() {
        return shellName;
    }
}
