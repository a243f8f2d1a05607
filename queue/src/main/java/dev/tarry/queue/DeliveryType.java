package dev.tarry.queue;

import java.util.Optional;

/// How mail leaves a queue, by the names that Exchange gives (reference §1.3).
public enum DeliveryType {
    DNS_CONNECTOR_DELIVERY("DnsConnectorDelivery", "DnsConnectorDelivery", Category.EXTERNAL),
    SMART_HOST_CONNECTOR_DELIVERY("SmartHostConnectorDelivery", "SmartHostConnectorDelivery", Category.EXTERNAL),
    SMTP_DELIVERY_TO_MAILBOX("SmtpDeliveryToMailbox", "SMTP Delivery to Mailbox", Category.INTERNAL),
    SMTP_RELAY_TO_CONNECTOR_SOURCE_SERVERS(
            "SmtpRelayToConnectorSourceServers", "SMTP Relay to Send Connector Source Servers", Category.INTERNAL),
    SMTP_RELAY_TO_DAG("SmtpRelayToDag", "SMTP Relay to Database Availability Group", Category.INTERNAL),
    SMTP_RELAY_TO_MAILBOX_DELIVERY_GROUP(
            "SmtpRelayToMailboxDeliveryGroup", "SMTP Relay to Mailbox Delivery Group", Category.INTERNAL),
    SMTP_RELAY_TO_REMOTE_ACTIVE_DIRECTORY_SITE(
            "SmtpRelayToRemoteActiveDirectorySite", "SMTP Relay to Remote Active Directory Site", Category.INTERNAL),
    SMTP_RELAY_TO_SERVERS("SmtpRelayToServers", "SMTP Relay to Specified Exchange Servers", Category.INTERNAL),
    SMTP_RELAY_WITHIN_AD_SITE_TO_EDGE(
            "SmtpRelayWithinAdSiteToEdge",
            "SMTP Relay in Active Directory Site to Edge Transport Server",
            Category.INTERNAL),
    SHADOW_REDUNDANCY("ShadowRedundancy", "Shadow Redundancy", Category.INTERNAL),
    DELIVERY_AGENT("DeliveryAgent", "Delivery Agent", Category.EXTERNAL),
    NON_SMTP_GATEWAY_DELIVERY("NonSmtpGatewayDelivery", "NonSmtpGatewayDelivery", Category.EXTERNAL),
    UNDEFINED("Undefined", "Undefined", Category.INTERNAL),
    UNREACHABLE("Unreachable", "Unreachable", Category.INTERNAL);

    /// NextHopCategory: whether mail leaves the organisation.
    public enum Category {
        INTERNAL("Internal"),
        EXTERNAL("External");

        private final String shellName;

        Category(String shellName) {
            this.shellName = shellName;
        }

        /// As the shell prints it: `Internal` or `External`.
        public String shellName() {
            return shellName;
        }
    }

    private final String shellName;
    private final String viewerText;
    private final Category category;

    DeliveryType(String shellName, String viewerText, Category category) {
        this.shellName = shellName;
        this.viewerText = viewerText;
        this.category = category;
    }

    /// As the shell and [dev.tarry.store.QueueRecord] have it: `DnsConnectorDelivery`.
    public String shellName() {
        return shellName;
    }

    /// As Queue Viewer shows it: `SMTP Delivery to Mailbox`.
    public String viewerText() {
        return viewerText;
    }

    public Category category() {
        return category;
    }

    /// The type with this [#shellName], whatever its case; empty if there is none.
    public static Optional<DeliveryType> named(String shellName) {
        for (DeliveryType type : values()) {
            if (type.shellName.equalsIgnoreCase(shellName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
