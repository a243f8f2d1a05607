package dev.tarry.server;

import dev.tarry.categorize.OrganizationLimits;
import dev.tarry.config.AcceptedDomainSettings;
import dev.tarry.config.CustomFailures;
import dev.tarry.config.DsnSettings;
import dev.tarry.config.DsnTextSettings;
import dev.tarry.config.IpRange;
import dev.tarry.config.MessageRateSource;
import dev.tarry.config.OrganizationSettings;
import dev.tarry.config.PermissionGroup;
import dev.tarry.config.PrioritySettings;
import dev.tarry.config.ProtocolLoggingLevel;
import dev.tarry.config.ReceiveAuthMechanism;
import dev.tarry.config.ReceiveConnectorRules;
import dev.tarry.config.ReceiveConnectorSettings;
import dev.tarry.config.ReceiveConnectorSignIn;
import dev.tarry.config.ResourceSettings;
import dev.tarry.config.SendConnectorSettings;
import dev.tarry.config.Settings;
import dev.tarry.config.SmtpSendSettings;
import dev.tarry.config.TransportSettings;
import dev.tarry.config.WorldKind;
import dev.tarry.delivery.DeliveryEngine;
import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.LookupSettings;
import dev.tarry.dns.Ourselves;
import dev.tarry.dsn.DsnRequest;
import dev.tarry.login.LoginDesk;
import dev.tarry.login.Mechanism;
import dev.tarry.login.Users;
import dev.tarry.mail.EnhancedStatus;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import dev.tarry.pressure.BackPressure;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.Priorities;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.RemoteDomains;
import dev.tarry.queue.RetrySchedule;
import dev.tarry.receive.Doors;
import dev.tarry.receive.Home;
import dev.tarry.receive.IntakeRules;
import dev.tarry.receive.Pace;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.receive.SignInTerms;
import dev.tarry.routing.AcceptedDomain;
import dev.tarry.routing.LocalRecipients;
import dev.tarry.routing.Router;
import dev.tarry.routing.SendConnector;
import dev.tarry.smtp.BareLineEnds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What each room is told, made of what the operator wrote.
///
/// @param profile           whose words are used
/// @param queue             for the queues
/// @param router            for the categorizer and the deliveries
/// @param organization      what a message may be, for the categorizer
/// @param dnsServers        whom to ask
/// @param lookup            the bounds of looking up
/// @param ourselves         who must not be among a domain's hosts
/// @param own               where the addresses of that come from
/// @param nullMxAsRfc7505   whether a null MX is reported in the words of RFC 7505
/// @param dnsJournalEntries queries of ours that are remembered
/// @param receiveConnectors where mail comes in: those that are enabled
/// @param connectionsPerMinute that they let in together; [Integer#MAX_VALUE] for no limit
/// @param receiveMemoryBytes for messages that are coming in
/// @param slowness          how much MAIL is slowed down while resources run short
/// @param send              the port of DNS-routed delivery, and the time-outs of going out
/// @param maxOutboundConnections attempts and connections at once
/// @param intraOrgMessagesPerConnection messages a connection to another server of ours
/// @param intraOrgProtocolLogging whether what is said to it is logged
/// @param customFailures    what the error policies of connectors mean
/// @param logins            who may log in at receive connectors
/// @param resting           what takes no mail, and sends none, because somebody has asked for it
public record Plan(
        ExchangeProfile profile,
        QueueSettings queue,
        Router router,
        OrganizationLimits organization,
        DnsServers dnsServers,
        LookupSettings lookup,
        Ourselves ourselves,
        OwnAddresses own,
        boolean nullMxAsRfc7505,
        int dnsJournalEntries,
        List<ReceiveConnector> receiveConnectors,
        int connectionsPerMinute,
        long receiveMemoryBytes,
        BackPressure.Slowness slowness,
        SmtpSendSettings send,
        int maxOutboundConnections,
        int intraOrgMessagesPerConnection,
        boolean intraOrgProtocolLogging,
        CustomFailures customFailures,
        LoginDesk.Terms logins,
        Resting resting) {
    /// Where local mail is kept; Exchange gives such databases random numbers.
    private static final String MAILBOX_DATABASE = "Mailbox Database";

    private static final String INTRA_ORGANISATION = "Intra-Organization SMTP Send Connector";

    /// @param zone the server's own time zone
    /// @throws IllegalArgumentException if a connector or domain makes no sense, saying which
    public static Plan of(Settings settings, ZoneId zone) {
        ExchangeProfile profile = ExchangeProfile.of(settings.server().profile().word());
        return new Plan(
                profile,
                queue(settings, profile, zone),
                router(settings),
                organization(settings.organization()),
                DnsServers.of(settings.dns()),
                LookupSettings.of(settings.dns()),
                ourselves(settings),
                OwnAddresses.of(settings),
                settings.dns().nullMxAsRfc7505(),
                settings.dns().journalEntries(),
                receiveConnectors(settings, zone),
                settings.receiveDoors().maxConnectionRatePerMinute(),
                settings.receiveLoad().memoryBytes(),
                slowness(settings.resources().tarpit()),
                settings.smtpSend(),
                settings.transport().maxOutboundConnections(),
                settings.transport().intraOrgConnectorSmtpMaxMessagesPerConnection(),
                settings.transport().intraOrgConnectorProtocolLoggingLevel() == ProtocolLoggingLevel.VERBOSE,
                settings.customFailures(),
                logins(settings),
                Resting.of(settings));
    }

    /// The GUID of the one mailbox database: the same at every start.
    public static UUID mailboxDatabaseId() {
        return id(MAILBOX_DATABASE);
    }

    private static BackPressure.Slowness slowness(ResourceSettings.Tarpit tarpit) {
        return new BackPressure.Slowness(tarpit.first(), tarpit.step(), tarpit.most());
    }

    /// For the deliveries.
    ///
    /// @param localOnly whether nothing is to be sent to other servers for now
    DeliveryEngine.Terms deliveries(boolean localOnly) {
        return new DeliveryEngine.Terms(
                dnsServers,
                new DnsFailureTable(profile, nullMxAsRfc7505),
                queue.fqdn(),
                send.port(),
                localOnly ? 0 : maxOutboundConnections,
                send.reaching().retryConnectionsPercent(),
                intraOrganisation(),
                customFailures);
    }

    /// What mail would come straight back from (reference §3.2 D12): our names, and the addresses that the world
    /// reaches us at.
    private static Ourselves ourselves(Settings settings) {
        return new Ourselves(ownNames(settings), OwnAddresses.of(settings).addresses());
    }

    private static Set<String> ownNames(Settings settings) {
        Set<String> names = new LinkedHashSet<>(List.of(settings.server().name()));
        settings.receiveConnectors().forEach(c -> c.fqdn().ifPresent(names::add));
        return names;
    }

    /// As the other, while nobody listens yet.
    Plan in(Network network) {
        return in(network, List.of());
    }

    /// The same with what this computer's network is found to be: its DNS servers, where the settings name none for the
    /// adapter, and its addresses, where a receive connector listens on all of them.
    ///
    /// @param listening where receive connectors listen; empty: not known
    Plan in(Network network, List<InetSocketAddress> listening) {
        Set<InetAddress> addresses = own.addresses(network.addresses(), listening);
        return new Plan(
                profile,
                queue,
                router.at(addresses),
                organization,
                dnsServers.withAdapter(network.dnsServers()),
                lookup,
                new Ourselves(ourselves.names(), addresses),
                own,
                nullMxAsRfc7505,
                dnsJournalEntries,
                receiveConnectors,
                connectionsPerMinute,
                receiveMemoryBytes,
                slowness,
                send,
                maxOutboundConnections,
                intraOrgMessagesPerConnection,
                intraOrgProtocolLogging,
                customFailures,
                logins,
                resting);
    }

    /// What this computer's network is.
    ///
    /// @param dnsServers that its adapters have, in their order
    /// @param addresses  that it is reached at, loopback left out
    public record Network(List<InetSocketAddress> dnsServers, Set<InetAddress> addresses) {
        /// Of which nothing is known: that of the lab.
        public static final Network UNKNOWN = new Network(List.of(), Set.of());

        public Network {
            dnsServers = List.copyOf(dnsServers);
            addresses = Set.copyOf(addresses);
        }
    }

    /// The connector that Exchange has without anybody's making it.
    private SendConnector intraOrganisation() {
        return SendConnector.named(INTRA_ORGANISATION, NextHopKey.NO_CONNECTOR)
                .maxMessageSize(0)
                .messagesPerConnection(intraOrgMessagesPerConnection)
                .protocolLogging(intraOrgProtocolLogging)
                .build();
    }

    private static QueueSettings queue(Settings settings, ExchangeProfile profile, ZoneId zone) {
        TransportSettings t = settings.transport();
        Set<String> internal = new LinkedHashSet<>();
        settings.acceptedDomains().forEach(domain -> {
            internal.add(domain.domainName());
            if (domain.matchSubDomains()) {
                internal.add("." + domain.domainName());
            }
        });
        return new QueueSettings(
                profile,
                settings.server().computerName(),
                settings.server().name(),
                settings.defaultAcceptedDomain().domainName(),
                internal,
                zone,
                new RetrySchedule(
                        t.queueGlitchRetryCount(),
                        t.queueGlitchRetryInterval(),
                        t.transientFailureRetryCount(),
                        t.transientFailureRetryInterval(),
                        t.outboundConnectionFailureRetryInterval()),
                t.mailboxDeliveryQueueRetryInterval(),
                t.maxIdleTimeBeforeResubmit(),
                t.messageRetryInterval(),
                t.resolverRetryInterval(),
                t.messageExpirationTimeout(),
                t.delayNotificationTimeout(),
                t.expirationSweepInterval(),
                t.queueMaxIdleTime(),
                t.maxPerDomainOutboundConnections(),
                settings.smtpSend().reaching().messagesPerFurtherConnection(),
                settings.trackingLog().deferPerAttempt(),
                notices(settings),
                new QueueSettings.Keeping(
                        settings.safetyNet().holdTime(),
                        settings.safetyNet().relayed(),
                        settings.poison().detectionEnabled() ? settings.poison().threshold() : Integer.MAX_VALUE),
                priorities(settings.priority()),
                t.retryJitterPercent());
    }

    private static OrganizationLimits organization(OrganizationSettings settings) {
        return new OrganizationLimits(settings.maxSendBytes(), settings.maxReceiveBytes(), settings.maxRecipients());
    }

    private static Priorities priorities(PrioritySettings settings) {
        List<Priorities.Level> levels = new ArrayList<>();
        for (PrioritySettings.Level level : List.of(settings.high(), settings.normal(), settings.low())) {
            levels.add(new Priorities.Level(
                    level.expirationTimeout(), level.delayNotificationTimeout(), level.connections()));
        }
        return new Priorities(settings.queuingEnabled(), levels, settings.maxHighMessageSize());
    }

    private static QueueSettings.DsnSettings notices(Settings settings) {
        DsnSettings dsn = settings.dsn();
        Set<EnhancedStatus> copyFor = new LinkedHashSet<>();
        dsn.generateCopyOfDsnFor().forEach(code -> copyFor.add(status(code)));
        List<QueueSettings.OwnText> texts = new ArrayList<>();
        for (DsnTextSettings own : settings.dsnTexts()) {
            texts.add(new QueueSettings.OwnText(
                    own.internal(),
                    new DsnRequest.CustomText(
                            status(own.dsnCode()), own.text().html(), own.text().plain())));
        }
        return new QueueSettings.DsnSettings(
                settings.postmaster(), style(dsn.internal()), style(dsn.external()), copyFor, texts, remotes(settings));
    }

    private static RemoteDomains remotes(Settings settings) {
        return new RemoteDomains(settings.remoteDomains().stream()
                .map(domain -> new RemoteDomains.Entry(
                        domain.domainName(),
                        new RemoteDomains.Terms(domain.internal(), domain.deliveryReports(), domain.ndr())))
                .toList());
    }

    private static EnhancedStatus status(String code) {
        return EnhancedStatus.parse(code)
                .orElseThrow(() -> new IllegalArgumentException("an enhanced status code is 5.4.4, not " + code));
    }

    private static QueueSettings.DsnStyle style(DsnSettings.Style style) {
        return new QueueSettings.DsnStyle(
                style.delayDsnEnabled(), style.maxMessageAttachSize(), style.sendHtml(), style.reportingAuthority());
    }

    private static Router router(Settings settings) {
        List<SendConnector> connectors = new ArrayList<>();
        for (SendConnectorSettings c : settings.sendConnectors()) {
            connectors.add(SendConnector.of(c));
        }
        List<AcceptedDomain> domains = new ArrayList<>();
        for (AcceptedDomainSettings d : settings.acceptedDomains()) {
            domains.add(new AcceptedDomain(
                    d.name(),
                    d.domainName(),
                    AcceptedDomain.Type.valueOf(d.domainType().name()),
                    d.matchSubDomains(),
                    d.isDefault(),
                    new LocalRecipients(d.localRecipients()),
                    d.addressBookEnabled()));
        }
        return new Router(
                connectors,
                domains,
                new Router.MailboxDatabase(MAILBOX_DATABASE, id(MAILBOX_DATABASE)),
                OwnAddresses.of(settings).addresses(),
                Set.of(
                        settings.server().computerName().toLowerCase(Locale.ROOT),
                        settings.server().name().toLowerCase(Locale.ROOT)));
    }

    /// The same name has the same GUID at every start: it is part of a queue's key.
    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ReceiveConnector> receiveConnectors(Settings settings, ZoneId zone) {
        List<ReceiveConnector> connectors = new ArrayList<>();
        for (ReceiveConnectorSettings c : settings.receiveConnectors()) {
            if (!c.scope().enabled()) {
                continue;
            }
            connectors.add(new ReceiveConnector(
                    c.name(),
                    settings.server().computerName(),
                    new Doors(c.bindings(), c.scope().remoteIpRanges()),
                    c.fqdn().orElse(settings.server().name()),
                    c.banner().map(Reply::parse),
                    settings.defaultAcceptedDomain().domainName(),
                    zone,
                    relay(c, settings),
                    c.requireEhloDomain(),
                    bareLineEnds(c),
                    new ReceiveConnector.Extensions(
                            ReceiveConnector.SizeKeyword.valueOf(
                                    c.sizeAdvertisement().name()),
                            c.pipeliningEnabled(),
                            c.deliveryStatusNotificationEnabled(),
                            c.enhancedStatusCodesEnabled(),
                            c.eightBitMimeEnabled(),
                            c.formats().binaryMimeEnabled(),
                            c.formats().chunkingEnabled(),
                            c.formats().smtpUtf8Enabled()),
                    limits(c),
                    rules(c, settings.receiveDoors().limitsHoldForLoopback()),
                    c.protocolLoggingLevel() == ProtocolLoggingLevel.VERBOSE,
                    signIn(c.signIn()),
                    new Pace(
                            settings.receiveLoad().commandTimeout(),
                            settings.receiveLoad().minDataRate()),
                    new Home(
                            settings.server().name(),
                            ownNames(settings),
                            c.rules().defaultDomain())));
        }
        return connectors;
    }

    private static BareLineEnds bareLineEnds(ReceiveConnectorSettings c) {
        return c.bareLinefeedRejectionEnabled()
                ? BareLineEnds.REJECT
                : switch (c.formats().bareLineEnds()) {
                    case NORMALISE -> BareLineEnds.NORMALISE;
                    case PASS -> BareLineEnds.PASS;
                };
    }

    private static SignInTerms signIn(ReceiveConnectorSignIn s) {
        Set<Mechanism> mechanisms = EnumSet.noneOf(Mechanism.class);
        Map.of(
                        Mechanism.LOGIN,
                        s.mechanisms().contains(ReceiveAuthMechanism.BASIC_AUTH),
                        Mechanism.PLAIN,
                        s.plain(),
                        Mechanism.XOAUTH2,
                        s.xoauth2(),
                        Mechanism.SCRAM_SHA_256,
                        s.scram())
                .forEach((mechanism, offered) -> {
                    if (offered) {
                        mechanisms.add(mechanism);
                    }
                });
        return new SignInTerms(
                s.mechanisms().contains(ReceiveAuthMechanism.TLS),
                s.implicitTls(),
                s.requireTls(),
                mechanisms,
                s.mechanisms().contains(ReceiveAuthMechanism.BASIC_AUTH_REQUIRE_TLS),
                s.permissionGroups().contains(PermissionGroup.ANONYMOUS_USERS),
                s.permissionGroups().contains(PermissionGroup.EXCHANGE_USERS),
                s.mechanisms().contains(ReceiveAuthMechanism.EXTERNAL_AUTHORITATIVE)
                        && s.permissionGroups().contains(PermissionGroup.EXCHANGE_SERVERS),
                s.maxLogonFailures(),
                s.authTarpitInterval());
    }

    /// Who may log in. What only the lab allows is asked here, where its world is known.
    private static LoginDesk.Terms logins(Settings settings) {
        return new LoginDesk.Terms(
                Users.of(settings.users(), settings.defaultAcceptedDomain().domainName()),
                settings.world() == WorldKind.LAB && settings.lab().acceptAnyLogin(),
                settings.signIn().maxWaiting());
    }

    /// What only the lab allows is asked here, where its world is known, and not where it is set.
    private static ReceiveConnector.Relay relay(ReceiveConnectorSettings c, Settings settings) {
        List<IpRange> ranges = new ArrayList<>(c.anonymousRelayRanges());
        if (settings.world() == WorldKind.LAB) {
            ranges.addAll(settings.lab().relayRanges());
        }
        return peer -> {
            InetAddress client = InetAddress.ofLiteral(peer.clientIp());
            return ranges.stream().anyMatch(range -> range.contains(client));
        };
    }

    private static ReceiveConnector.Limits limits(ReceiveConnectorSettings c) {
        return new ReceiveConnector.Limits(
                c.maxMessageSize(),
                Math.toIntExact(c.maxHeaderSize()),
                c.maxRecipientsPerMessage(),
                c.maxHopCount(),
                c.maxInboundConnection(),
                c.maxInboundConnectionPerSource(),
                c.maxInboundConnectionPercentagePerSource(),
                c.maxProtocolErrors(),
                c.connectionTimeout(),
                c.connectionInactivityTimeout(),
                c.tarpitInterval());
    }

    private static IntakeRules rules(ReceiveConnectorSettings c, boolean forLoopback) {
        ReceiveConnectorRules r = c.rules();
        boolean all = r.messageRateSource() == MessageRateSource.ALL;
        return new IntakeRules(
                r.maxLocalHopCount(),
                r.messageRateLimit(),
                all || r.messageRateSource() == MessageRateSource.IP_ADDRESS,
                all || r.messageRateSource() == MessageRateSource.USER,
                r.maxUnknownRecipients(),
                r.rejectReservedTopLevelRecipientDomains(),
                r.rejectReservedSecondLevelRecipientDomains(),
                r.rejectSingleLabelRecipientDomains(),
                !forLoopback);
    }
}
