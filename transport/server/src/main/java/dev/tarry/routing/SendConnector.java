package dev.tarry.routing;

import dev.tarry.config.ErrorPolicy;
import dev.tarry.config.ProtocolLoggingLevel;
import dev.tarry.config.SendConnectorSettings;
import dev.tarry.config.SmartHostAuthMechanism;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A way out of the organisation: what it takes, and how it hands that on (reference §5.1).
///
/// @param name                         unique; decides when nothing else does
/// @param id                           its GUID
/// @param addressSpaces                at least one
/// @param enabled                      a disabled connector takes nothing
/// @param dnsRoutingEnabled            true: the recipient domain's MX hosts; false: the smart hosts
/// @param smartHosts                   at least one if not routed by DNS
/// @param port                         of the smart hosts, 0 to 65535, of which 0 is nobody's; delivery by DNS uses 25,
/// whatever stands
/// here
/// @param useExternalDnsServersEnabled which set of DNS servers it asks (reference §4.2)
/// @param maxMessageSize               in octets; absent: no limit of its own
/// @param smtpMaxMessagesPerConnection 0: no limit
/// @param connectionInactivityTimeout  how long a connection may be silent
/// @param fqdn                         what it calls itself in EHLO; absent: the server's own name
/// @param forceHelo                    HELO instead of EHLO
/// @param errorPolicies                empty: Exchange's `Default`
/// @param tls                          how its connections are protected
/// @param authMechanism                how it logs in at its smart hosts, as the operator wrote it
/// @param login                        what it says there; absent: nothing
/// @param sourceAddress                where its connections come from; absent: wherever the system likes
/// @param protocolLogging              whether its conversations are written down
/// @param scoped                       whether only servers of its own site may use it
/// @param sourceServers                who sends by it, in lower case: computer names, full names; empty: this server
public record SendConnector(
        String name,
        UUID id,
        List<AddressSpace> addressSpaces,
        boolean enabled,
        boolean dnsRoutingEnabled,
        List<SmartHost> smartHosts,
        int port,
        boolean useExternalDnsServersEnabled,
        OptionalLong maxMessageSize,
        int smtpMaxMessagesPerConnection,
        Duration connectionInactivityTimeout,
        Optional<String> fqdn,
        boolean forceHelo,
        Set<ErrorPolicy> errorPolicies,
        SendTls tls,
        SmartHostAuthMechanism authMechanism,
        Optional<SmartHostLogin> login,
        Optional<InetAddress> sourceAddress,
        boolean protocolLogging,
        boolean scoped,
        List<String> sourceServers) {
    public static final int DEFAULT_PORT = 25;

    /// 35 MB: what real connectors show.
    public static final long DEFAULT_MAX_MESSAGE_BYTES = 36_700_160;

    public static final int DEFAULT_MESSAGES_PER_CONNECTION = 20;
    public static final Duration DEFAULT_INACTIVITY_TIMEOUT = Duration.ofMinutes(10);

    /// @throws IllegalArgumentException saying which value is wrong and what would be right
    public SendConnector {
        addressSpaces = List.copyOf(addressSpaces);
        smartHosts = List.copyOf(smartHosts);
        sourceServers = List.copyOf(sourceServers);
        EnumSet<ErrorPolicy> policies = EnumSet.noneOf(ErrorPolicy.class);
        policies.addAll(errorPolicies);
        policies.remove(ErrorPolicy.DEFAULT);
        errorPolicies = Collections.unmodifiableSet(policies);
        check(!name.isBlank(), name, "has a name");
        check(!addressSpaces.isEmpty(), name, "needs at least one address space, e.g. SMTP:*;1");
        check(dnsRoutingEnabled || !smartHosts.isEmpty(), name, "needs smart hosts when DNSRoutingEnabled is $false");
        check(port >= 0 && port <= 65_535, name, "has a port of 0 to 65535, not " + port);
        check(maxMessageSize.orElse(1) > 0, name, "has a MaxMessageSize above 0, or none");
        check(smtpMaxMessagesPerConnection >= 0, name, "has a SmtpMaxMessagesPerConnection of 0 or more");
        check(connectionInactivityTimeout.isPositive(), name, "has a ConnectionInactivityTimeOut above 0");
        check(
                fqdn.map(Domains::valid).orElse(true),
                name,
                "has an Fqdn such as mail.contoso.com, not \"" + fqdn.orElse("") + "\"");
        fqdn = fqdn.map(Domains::canonical);
    }

    private static void check(boolean good, String name, String rule) {
        if (!good) {
            throw new IllegalArgumentException("send connector \"" + name + "\": a connector " + rule);
        }
    }

    /// The GUID of a connector that was not given one. The same name has the same GUID at every start, since it is part
    /// of a queue's key.
    public static UUID idOf(String name) {
        return UUID.nameUUIDFromBytes(("send connector " + name).getBytes(StandardCharsets.UTF_8));
    }

    /// As the operator wrote it.
    ///
    /// @throws IllegalArgumentException saying which value is wrong and what would be right
    public static SendConnector of(SendConnectorSettings settings) {
        return new SendConnector(
                settings.name(),
                settings.guid().orElseGet(() -> idOf(settings.name())),
                settings.addressSpaces().stream().map(AddressSpace::of).toList(),
                settings.enabled(),
                settings.dnsRoutingEnabled(),
                settings.smartHosts().stream().map(SmartHost::of).toList(),
                settings.port(),
                settings.useExternalDNSServersEnabled(),
                settings.maxMessageSize() == 0 ? OptionalLong.empty() : OptionalLong.of(settings.maxMessageSize()),
                settings.smtpMaxMessagesPerConnection(),
                settings.connectionInactivityTimeout(),
                settings.fqdn(),
                settings.forceHelo(),
                settings.errorPolicies(),
                SendTls.of(settings.tls()),
                settings.login().mechanism(),
                SmartHostLogin.of(settings.login()),
                settings.sourceAddress(),
                settings.protocolLoggingLevel() == ProtocolLoggingLevel.VERBOSE,
                settings.scope().scoped(),
                settings.scope().sourceServers().stream()
                        .map(server -> server.toLowerCase(Locale.ROOT))
                        .toList());
    }

    /// A builder with Exchange's defaults: DNS-routed, enabled, 35 MB, all of SMTP.
    public static Builder named(String name, UUID id) {
        return new Builder(name, id);
    }

    /// The NextHopDomain of its queue if it is not routed by DNS: `[172.17.17.7],relay.tailspintoys.com`.
    public String smartHostsString() {
        return smartHosts.stream().map(SmartHost::toString).collect(Collectors.joining(","));
    }

    /// Whether its log-in is meant for all of these: they are smart hosts of its own. What logs in anywhere else tells
    /// a stranger the secret.
    public boolean logsInAt(List<SmartHost> hosts) {
        return !dnsRoutingEnabled && smartHosts.containsAll(hosts);
    }

    /// The same for hosts that are none of its smart hosts.
    public SendConnector withoutLogin() {
        return login.isEmpty() && authMechanism == SmartHostAuthMechanism.NONE
                ? this
                : new SendConnector(
                        name,
                        id,
                        addressSpaces,
                        enabled,
                        dnsRoutingEnabled,
                        smartHosts,
                        port,
                        useExternalDnsServersEnabled,
                        maxMessageSize,
                        smtpMaxMessagesPerConnection,
                        connectionInactivityTimeout,
                        fqdn,
                        forceHelo,
                        errorPolicies,
                        tls,
                        SmartHostAuthMechanism.NONE,
                        Optional.empty(),
                        sourceAddress,
                        protocolLogging,
                        scoped,
                        sourceServers);
    }

    /// The last word on how it is made; every call returns the builder.
    public static final class Builder {
        private final String name;
        private final UUID id;
        private List<AddressSpace> addressSpaces = List.of(AddressSpace.EVERYTHING);
        private boolean enabled = true;
        private List<SmartHost> smartHosts = List.of();
        private int port = DEFAULT_PORT;
        private boolean useExternalDnsServers;
        private OptionalLong maxMessageSize = OptionalLong.of(DEFAULT_MAX_MESSAGE_BYTES);
        private int messagesPerConnection = DEFAULT_MESSAGES_PER_CONNECTION;
        private Duration inactivityTimeout = DEFAULT_INACTIVITY_TIMEOUT;
        private Optional<String> fqdn = Optional.empty();
        private boolean forceHelo;
        private Set<ErrorPolicy> errorPolicies = Set.of();
        private SendTls tls = SendTls.OPPORTUNISTIC;
        private SmartHostAuthMechanism authMechanism = SmartHostAuthMechanism.NONE;
        private Optional<SmartHostLogin> login = Optional.empty();
        private Optional<InetAddress> sourceAddress = Optional.empty();
        private boolean protocolLogging;
        private boolean scoped;
        private List<String> sourceServers = List.of();

        private Builder(String name, UUID id) {
            this.name = name;
            this.id = id;
        }

        /// As [AddressSpace#of] reads them.
        public Builder addressSpaces(String... spaces) {
            addressSpaces = List.of(spaces).stream().map(AddressSpace::of).toList();
            return this;
        }

        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /// As [SmartHost#of] reads them; with at least one, the connector is no longer routed by DNS.
        public Builder smartHosts(String... hosts) {
            smartHosts = List.of(hosts).stream().map(SmartHost::of).toList();
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder useExternalDnsServers(boolean value) {
            useExternalDnsServers = value;
            return this;
        }

        /// @param bytes 0 for no limit
        public Builder maxMessageSize(long bytes) {
            maxMessageSize = bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
            return this;
        }

        public Builder messagesPerConnection(int value) {
            messagesPerConnection = value;
            return this;
        }

        public Builder inactivityTimeout(Duration value) {
            inactivityTimeout = value;
            return this;
        }

        public Builder fqdn(String value) {
            fqdn = Optional.of(value);
            return this;
        }

        public Builder forceHelo(boolean value) {
            forceHelo = value;
            return this;
        }

        public Builder errorPolicies(ErrorPolicy... policies) {
            errorPolicies = policies.length == 0 ? Set.of() : EnumSet.copyOf(List.of(policies));
            return this;
        }

        public Builder tls(SendTls value) {
            tls = value;
            return this;
        }

        /// One that says nothing; see the other for those that do.
        public Builder authMechanism(SmartHostAuthMechanism value) {
            authMechanism = value;
            login = Optional.empty();
            return this;
        }

        /// With the mechanism that it names.
        public Builder login(SmartHostLogin value) {
            authMechanism = SmartHostAuthMechanism.valueOf(value.mechanism().name());
            login = Optional.of(value);
            return this;
        }

        public Builder sourceAddress(InetAddress value) {
            sourceAddress = Optional.of(value);
            return this;
        }

        public Builder protocolLogging(boolean value) {
            protocolLogging = value;
            return this;
        }

        public Builder scoped(boolean value) {
            scoped = value;
            return this;
        }

        /// @param names computer names or full names, in lower case
        public Builder sourceServers(String... names) {
            sourceServers = List.of(names);
            return this;
        }

        /// @throws IllegalArgumentException as the connector's own checks say
        public SendConnector build() {
            return new SendConnector(
                    name,
                    id,
                    addressSpaces,
                    enabled,
                    smartHosts.isEmpty(),
                    smartHosts,
                    port,
                    useExternalDnsServers,
                    maxMessageSize,
                    messagesPerConnection,
                    inactivityTimeout,
                    fqdn,
                    forceHelo,
                    errorPolicies,
                    tls,
                    authMechanism,
                    login,
                    sourceAddress,
                    protocolLogging,
                    scoped,
                    sourceServers);
        }
    }
}
