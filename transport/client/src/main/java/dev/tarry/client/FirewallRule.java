package dev.tarry.client;

/// A rule of the lab's firewall, in the words of Windows' NetSecurity module.
///
/// @param name unique name; empty in a new rule, for the server to choose
/// @param displayName what people call it; need not be unique
/// @param direction `Outbound` or `Inbound`
/// @param protocol `UDP`, `TCP` or `Any`
/// @param localPort a port number of the server or `Any`
/// @param remotePort a port number or `Any`
/// @param remoteAddress an address or `Any`
/// @param action `Allow`, `Block` or `Reject`
/// @param enabled whether it counts at present
/// @param profile `Any`, `Domain`, `Private` or `Public`
/// @param description for people; may be empty
/// @param group likewise
public record FirewallRule(
        String name,
        String displayName,
        String direction,
        String protocol,
        String localPort,
        String remotePort,
        String remoteAddress,
        String action,
        boolean enabled,
        String profile,
        String description,
        String group) {
    /// Without description and group.
    public FirewallRule(
            String name,
            String displayName,
            String direction,
            String protocol,
            String localPort,
            String remotePort,
            String remoteAddress,
            String action,
            boolean enabled,
            String profile) {
        this(
                name,
                displayName,
                direction,
                protocol,
                localPort,
                remotePort,
                remoteAddress,
                action,
                enabled,
                profile,
                "",
                "");
    }
}
