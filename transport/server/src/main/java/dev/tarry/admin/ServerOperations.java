package dev.tarry.admin;

import dev.tarry.config.Settings;
import dev.tarry.receive.ReceiveConnector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Supplier;

/// What Get-ExchangeServer and Get-NetworkConnectionInfo do. Thread-safe.
public final class ServerOperations {
    private static final int DNS_PORT = 53;
    private static final String ADAPTER = "Ethernet";

    private final SettingsDesk desk;
    private final Supplier<List<InetSocketAddress>> dnsServers;
    private final Supplier<? extends Collection<InetAddress>> addresses;

    /// @param dnsServers that the network adapter has, in its order
    /// @param addresses  that the server is reached at
    public ServerOperations(
            SettingsDesk desk,
            Supplier<List<InetSocketAddress>> dnsServers,
            Supplier<? extends Collection<InetAddress>> addresses) {
        this.desk = desk;
        this.dnsServers = dnsServers;
        this.addresses = addresses;
    }

    /// Get-ExchangeServer: the one server that there is.
    public SequencedMap<String, Object> server() {
        Settings now = desk.now();
        String name = now.server().computerName();
        String fqdn = now.server().name();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Name", name);
        bag.put("Fqdn", fqdn);
        bag.put("Domain", fqdn.substring(fqdn.indexOf('.') + 1));
        bag.put("Site", "Default-First-Site-Name");
        bag.put("ServerRole", "Mailbox");
        bag.put("Edition", "Standard");
        bag.put("AdminDisplayVersion", version());
        bag.put("Identity", name);
        bag.put("Guid", guid("server " + name));
        bag.put("IsHubTransportServer", true);
        bag.put("IsFrontendTransportServer", true);
        bag.put("IsMailboxServer", true);
        bag.put("IsEdgeServer", false);
        bag.put("IsValid", true);
        bag.put("ObjectState", "Unchanged");
        return bag;
    }

    /// `Version 15.2 (Build 1544.4)`
    private static String version() {
        String[] parts = ReceiveConnector.SERVER_VERSION.split("\\.");
        return "Version " + parts[0] + "." + parts[1] + " (Build " + parts[2] + "." + parts[3] + ")";
    }

    /// Get-NetworkConnectionInfo: the one network adapter that there is.
    public SequencedMap<String, Object> networkConnection() {
        String name = desk.now().server().computerName();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Name", ADAPTER);
        bag.put(
                "DnsServers",
                dnsServers.get().stream().map(ServerOperations::shown).toList());
        bag.put(
                "IPAddresses",
                addresses.get().stream().map(InetAddress::getHostAddress).toList());
        bag.put("AdapterGuid", guid("adapter of " + name));
        bag.put("MacAddress", null);
        bag.put("Identity", guid("adapter of " + name));
        bag.put("IsValid", true);
        bag.put("ObjectState", "Unchanged");
        return bag;
    }

    private static String shown(InetSocketAddress server) {
        String address = server.getAddress().getHostAddress();
        if (server.getPort() == DNS_PORT) {
            return address;
        }
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + server.getPort();
    }

    private static String guid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
