package dev.tarry.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Values that are right one by one and wrong together.
final class Combinations {
    private final Settings settings;
    private final Set<String> spoilt;
    private final List<Fault> faults = new ArrayList<>();

    private Combinations(Settings settings, Set<String> spoilt) {
        this.settings = settings;
        this.spoilt = spoilt;
    }

    /// @param known what is wrong by itself: a combination with such a value says nothing
    static List<Fault> check(Settings settings, List<Fault> known) {
        Combinations check =
                new Combinations(settings, known.stream().map(Fault::key).collect(Collectors.toSet()));
        check.transport();
        check.listeners();
        check.receiveConnectors();
        check.receiveTls();
        check.users();
        check.sendTls();
        check.sendConnectors();
        check.acceptedDomains();
        check.remoteDomains();
        check.dsnTexts();
        check.pickup();
        check.resources();
        return check.faults;
    }

    private void transport() {
        TransportSettings transport = settings.transport();
        if (sound("transport.maxPerDomainOutboundConnections", "transport.maxOutboundConnections")
                && transport.maxPerDomainOutboundConnections() > transport.maxOutboundConnections()) {
            wrong(
                    "transport.maxPerDomainOutboundConnections",
                    "transport.maxOutboundConnections",
                    "is more than maxOutboundConnections",
                    "write at most " + transport.maxOutboundConnections());
        }
        PrioritySettings priority = settings.priority();
        if (priority.queuingEnabled()
                && sound(
                        "priority.maxPerDomainHighConnections",
                        "priority.maxPerDomainNormalConnections",
                        "priority.maxPerDomainLowConnections",
                        "transport.maxPerDomainOutboundConnections")
                && priority.connections() > transport.maxPerDomainOutboundConnections()) {
            wrong(
                    "priority.maxPerDomainNormalConnections",
                    "transport.maxPerDomainOutboundConnections",
                    "makes " + priority.connections() + " together with those of High and Low, more than"
                            + " maxPerDomainOutboundConnections",
                    "let the three be at most " + transport.maxPerDomainOutboundConnections() + " in all");
        }
        if (sound("dns.queryBudget", "dns.queryTimeout")
                && settings.dns().queryBudget().compareTo(settings.dns().queryTimeout()) < 0) {
            wrong(
                    "dns.queryBudget",
                    "dns.queryTimeout",
                    "is less than queryTimeout",
                    "give the whole at least the time of one server");
        }
    }

    private void resources() {
        marks("privateBytes", settings.resources().privateBytes());
        marks("usedVersionBuckets", settings.resources().versionBuckets());
        marks("submissionQueue", settings.resources().submissionQueue());
    }

    /// A level that were left where it is entered would be entered and left at every look.
    private void marks(String resource, ResourceSettings.Marks marks) {
        String at = "resources." + resource + ".";
        below(at + "mediumToLow", marks.mediumToLow(), at + "lowToMedium", marks.lowToMedium() - 1);
        below(at + "highToMedium", marks.highToMedium(), at + "mediumToHigh", marks.mediumToHigh() - 1);
        below(at + "lowToMedium", marks.lowToMedium(), at + "mediumToHigh", marks.mediumToHigh());
        below(at + "mediumToLow", marks.mediumToLow(), at + "highToMedium", marks.highToMedium());
    }

    private void below(String key, int value, String otherKey, int most) {
        if (sound(key, otherKey) && most < 0) {
            wrong(otherKey, key, "leaves no room for " + key + " below it", "write at least 1");
        } else if (sound(key, otherKey) && value > most) {
            wrong(key, otherKey, "is too much beside " + otherKey, "write at most " + most);
        }
    }

    private void listeners() {
        Map<InetSocketAddress, String> taken = new HashMap<>();
        for (int i = 0; i < settings.receiveConnectors().size(); i++) {
            ReceiveConnectorSettings connector = settings.receiveConnectors().get(i);
            String key = ReceiveConnectorSettings.LIST.pathOf(i) + ".bind";
            if (connector.scope().enabled() && sound(key)) {
                connector.bindings().stream()
                        .filter(bind -> bind.getPort() != 0)
                        .forEach(bind -> taken.putIfAbsent(bind, key)); // connectors may share one
            }
        }
        listener(taken, "admin.bind", settings.admin().bind());
        if (settings.world() == WorldKind.LAB) {
            listener(taken, "lab.dnsBind", settings.lab().dnsBind());
        }
        if (settings.admin().token().isPresent() && settings.admin().tokenFile().isPresent()) {
            wrong("admin.tokenFile", "is set beside admin.token", "set one of them");
        }
    }

    private void listener(Map<InetSocketAddress, String> taken, String key, InetSocketAddress bind) {
        String other = bind.getPort() == 0 || !sound(key) ? null : taken.putIfAbsent(bind, key);
        if (other != null) {
            wrong(key, other, "is the address of " + other, "give each listener its own");
        }
    }

    private void receiveConnectors() {
        List<ReceiveConnectorSettings> all = settings.receiveConnectors();
        if (all.isEmpty()) {
            // nothing would take mail, and a server has an address to tell
            wrong(
                    ReceiveConnectorSettings.LIST.key(),
                    "is empty",
                    "write at least one connector, with name and bind; or leave the list out to take the default");
        }
        if (!all.isEmpty() && all.stream().noneMatch(one -> one.scope().enabled())) {
            wrong(
                    ReceiveConnectorSettings.LIST.key(),
                    "has no connector that is enabled",
                    "let at least one of them take mail");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String path = ReceiveConnectorSettings.LIST.pathOf(i);
            unique(names, ReceiveConnectorSettings.LIST, i, all.get(i).name());
            signIn(path, all.get(i).signIn());
            timeOuts(path, all.get(i));
            defaultDomain(path, all.get(i).rules().defaultDomain());
            if (all.get(i).bindings().isEmpty()) {
                wrong(path + ".bind", "is empty", "name at least one address, ip:port");
            }
            if (all.get(i).scope().remoteIpRanges().isEmpty()) {
                wrong(path + ".remoteIPRanges", "is empty", "name at least one range; all addresses are the default");
            }
            for (int j = 0; j < i; j++) {
                if (sound(path + ".bind", path + ".remoteIPRanges")) {
                    apart(all.get(j), all.get(i), j, path);
                }
            }
        }
    }

    private void defaultDomain(String path, Optional<String> domain) {
        String key = path + "." + ReceiveConnectorRules.DEFAULT_DOMAIN.key();
        boolean accepted = settings.acceptedDomains().stream()
                .anyMatch(
                        one -> domain.filter(one.domainName()::equalsIgnoreCase).isPresent());
        if (domain.isPresent() && !accepted && sound(key, AcceptedDomainSettings.LIST.key())) {
            wrong(
                    key,
                    AcceptedDomainSettings.LIST.key(),
                    "'" + domain.get() + "' is no accepted domain",
                    "write one of acceptedDomains");
        }
    }

    /// Reference §6.1: of two at one address, whoever comes must belong to one more than to the other.
    private void apart(ReceiveConnectorSettings one, ReceiveConnectorSettings other, int index, String path) {
        if (!one.scope().enabled() || !other.scope().enabled()) {
            return;
        }
        Optional<InetSocketAddress> shared = one.bindings().stream()
                .filter(bind -> bind.getPort() != 0 && other.bindings().contains(bind))
                .findFirst();
        if (shared.isEmpty()) {
            return;
        }
        String first = ReceiveConnectorSettings.LIST.pathOf(index);
        for (AddressRange range : other.scope().remoteIpRanges()) {
            for (AddressRange before : one.scope().remoteIpRanges()) {
                if (range.equals(before)) {
                    wrong(
                            path + ".bind",
                            first + ".bind",
                            "shares " + Endpoints.print(shared.get()) + " with \"" + one.name()
                                    + "\", and both are for " + range,
                            "give them other addresses, or other remoteIPRanges");
                    return;
                }
                if (range.meets(before) && !range.contains(before) && !before.contains(range)) {
                    wrong(
                            path + ".remoteIPRanges",
                            first + ".remoteIPRanges",
                            "has " + range + ", which overlaps " + before + " of \"" + one.name() + "\" at "
                                    + Endpoints.print(shared.get()),
                            "let one of them lie within the other, or both be apart");
                    return;
                }
            }
        }
    }

    /// A client that may be silent for longer than a session lasts would never be told that it was.
    /// Exchange asks for the same (the CIS benchmark of Exchange Server 2019 tells of it; the reference
    /// does not).
    private void timeOuts(String path, ReceiveConnectorSettings connector) {
        String whole = path + ".connectionTimeout";
        String silence = path + ".connectionInactivityTimeout";
        if (sound(whole, silence)
                && connector.connectionTimeout().compareTo(connector.connectionInactivityTimeout()) <= 0) {
            wrong(
                    whole,
                    silence,
                    "is not longer than connectionInactivityTimeout",
                    "let a session last longer than a client may be silent");
        }
    }

    /// As Exchange has it (reference §6.1).
    private void signIn(String path, ReceiveConnectorSignIn signIn) {
        Set<ReceiveAuthMechanism> mechanisms = signIn.mechanisms();
        String mechanism = path + ".authMechanism";
        if (!sound(mechanism, path + ".permissionGroups", path + ".requireTLS", path + ".implicitTLS")) {
            return;
        }
        if (mechanisms.contains(ReceiveAuthMechanism.BASIC_AUTH_REQUIRE_TLS)
                && !mechanisms.containsAll(Set.of(ReceiveAuthMechanism.TLS, ReceiveAuthMechanism.BASIC_AUTH))) {
            wrong(
                    mechanism,
                    "has BasicAuthRequireTLS without Tls and BasicAuth",
                    "write Tls,BasicAuth,BasicAuthRequireTLS");
        }
        if (mechanisms.contains(ReceiveAuthMechanism.EXTERNAL_AUTHORITATIVE)
                && !signIn.permissionGroups().contains(PermissionGroup.EXCHANGE_SERVERS)) {
            wrong(
                    path + ".permissionGroups",
                    mechanism,
                    "has no ExchangeServers though authMechanism has ExternalAuthoritative",
                    "add ExchangeServers");
        }
        if (signIn.requireTls() && !signIn.implicitTls() && !mechanisms.contains(ReceiveAuthMechanism.TLS)) {
            wrong(path + ".requireTLS", mechanism, "is true though authMechanism has no Tls", "add Tls");
        }
    }

    private void users() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.users().size(); i++) {
            UserSettings user = settings.users().get(i);
            unique(names, UserSettings.LIST, i, user.name());
            String path = UserSettings.LIST.pathOf(i);
            if (sound(path + ".accessToken", path + ".accessTokenExpires")
                    && user.tokenExpires().isPresent()
                    && user.accessToken().isEmpty()) {
                wrong(path + ".accessTokenExpires", "is set without an accessToken", "set the token as well");
            }
        }
    }

    private void receiveTls() {
        ReceiveTlsSettings tls = settings.receiveTls();
        if (!sound("receive.tls.certificate", "receive.tls.key")) {
            return;
        }
        if (tls.certificate().isPresent() && tls.key().isEmpty()) {
            wrong("receive.tls.certificate", "has no key", "set receive.tls.key as well");
        } else if (tls.certificate().isEmpty() && tls.key().isPresent()) {
            wrong("receive.tls.key", "has no certificate", "set receive.tls.certificate as well");
        }
    }

    private void sendTls() {
        SendTlsSettings tls = settings.sendTls();
        if (!sound("smtpSend.tls.certificate", "smtpSend.tls.key")) {
            return;
        }
        if (tls.certificate().isPresent() && tls.key().isEmpty()) {
            wrong("smtpSend.tls.certificate", "has no key", "set smtpSend.tls.key as well");
        } else if (tls.certificate().isEmpty() && tls.key().isPresent()) {
            wrong("smtpSend.tls.key", "has no certificate", "set smtpSend.tls.certificate as well");
        }
    }

    private void sendConnectors() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.sendConnectors().size(); i++) {
            SendConnectorSettings connector = settings.sendConnectors().get(i);
            String path = SendConnectorSettings.LIST.pathOf(i);
            unique(names, SendConnectorSettings.LIST, i, connector.name());
            if (sound(path + ".dnsRoutingEnabled", path + ".smartHosts")
                    && !connector.dnsRoutingEnabled()
                    && connector.smartHosts().isEmpty()) {
                wrong(
                        path + ".smartHosts",
                        path + ".dnsRoutingEnabled",
                        "is empty though dnsRoutingEnabled is false",
                        "name a smart host");
            }
            if (sound(path + ".addressSpaces")) {
                addressSpaces(path, connector);
            }
            if (sound(path + ".ignoreSTARTTLS", path + ".requireTLS", path + ".tlsAuthLevel", path + ".tlsDomain")) {
                tls(path, connector);
            }
            if (sound(path + ".smartHostAuthMechanism", path + ".authenticationUser", path + ".authenticationSecret")) {
                login(path, connector.login());
            }
        }
    }

    private void addressSpaces(String path, SendConnectorSettings connector) {
        if (connector.addressSpaces().isEmpty()) {
            wrong(path + ".addressSpaces", "is empty", "name an address space (SMTP:*;1)");
        }
        if (connector.dnsRoutingEnabled()
                && connector.addressSpaces().stream().anyMatch(space -> !space.startsWith("SMTP:"))) {
            wrong(
                    path + ".addressSpaces",
                    path + ".dnsRoutingEnabled",
                    "holds an address type other than SMTP, which DNS cannot route",
                    "set dnsRoutingEnabled to false and name a smart host");
        }
    }

    /// Reference §5.1.
    private void tls(String path, SendConnectorSettings connector) {
        SendConnectorTls tls = connector.tls();
        if (tls.requireTls() && tls.ignoreStartTls()) {
            wrong(
                    path + ".requireTLS",
                    path + ".ignoreSTARTTLS",
                    "is true though ignoreSTARTTLS is true too",
                    "set one of them to false");
        }
        if (tls.authLevel().isPresent() && !(tls.requireTls() && !tls.ignoreStartTls())) {
            wrong(
                    path + ".tlsAuthLevel",
                    tls.ignoreStartTls() ? path + ".ignoreSTARTTLS" : path + ".requireTLS",
                    tls.ignoreStartTls()
                            ? "cannot be set when ignoreSTARTTLS is true"
                            : "cannot be set when requireTLS is false",
                    "set requireTLS to true and ignoreSTARTTLS to false, or leave tlsAuthLevel out");
        }
        boolean byDomain = tls.authLevel()
                .filter(level -> level == TlsAuthLevel.DOMAIN_VALIDATION)
                .isPresent();
        if (byDomain && tls.tlsDomain().isEmpty() && !connector.dnsRoutingEnabled()) {
            wrong(
                    path + ".tlsDomain",
                    path + ".tlsAuthLevel",
                    "is missing though tlsAuthLevel is DomainValidation and the connector has smart hosts",
                    "name the domain that their certificates must have");
        }
        if (tls.tlsDomain().isPresent() && !byDomain) {
            wrong(
                    path + ".tlsDomain",
                    path + ".tlsAuthLevel",
                    "is set though tlsAuthLevel is not DomainValidation",
                    "set tlsAuthLevel to DomainValidation, or leave tlsDomain out");
        }
        if (tls.domainSecureEnabled() && (tls.ignoreStartTls() || !connector.dnsRoutingEnabled())) {
            wrong(
                    path + ".domainSecureEnabled",
                    tls.ignoreStartTls() ? path + ".ignoreSTARTTLS" : path + ".dnsRoutingEnabled",
                    tls.ignoreStartTls()
                            ? "is true though ignoreSTARTTLS is true"
                            : "is true though dnsRoutingEnabled is false",
                    "mutual TLS needs STARTTLS, and hosts that DNS names");
        }
    }

    private void login(String path, SendConnectorLogin login) {
        boolean whole = login.user().isPresent() && login.secret().isPresent();
        if (login.mechanism().needsCredential() && !whole) {
            wrong(
                    path + (login.user().isEmpty() ? ".authenticationUser" : ".authenticationSecret"),
                    path + ".smartHostAuthMechanism",
                    "is missing though smartHostAuthMechanism is "
                            + login.mechanism().word(),
                    "write authenticationUser and authenticationSecret (AuthenticationCredential), or set"
                            + " smartHostAuthMechanism to None");
        }
    }

    private void remoteDomains() {
        Set<String> names = new HashSet<>();
        Set<String> domains = new HashSet<>();
        for (int i = 0; i < settings.remoteDomains().size(); i++) {
            RemoteDomainSettings domain = settings.remoteDomains().get(i);
            unique(names, RemoteDomainSettings.LIST, i, domain.name());
            String key = RemoteDomainSettings.LIST.pathOf(i) + ".domainName";
            if (sound(key) && !domains.add(domain.domainName())) {
                wrong(key, "'" + domain.domainName() + "' is there twice", "give each its own");
            }
        }
    }

    private void acceptedDomains() {
        Set<String> domains = new HashSet<>();
        Set<String> names = new HashSet<>();
        int defaults = 0;
        for (int i = 0; i < settings.acceptedDomains().size(); i++) {
            AcceptedDomainSettings domain = settings.acceptedDomains().get(i);
            boolean another = unique(
                    domains,
                    AcceptedDomainSettings.LIST,
                    i,
                    (domain.matchSubDomains() ? "*." : "") + domain.domainName());
            String path = AcceptedDomainSettings.LIST.pathOf(i);
            boolean named = !sound(path + ".name", path + ".domainName")
                    || names.add(domain.name().toLowerCase(Locale.ROOT));
            if (another && !named) {
                wrong(path + ".name", path + ".domainName", "is another domain's name", "give each its own");
            }
            defaults += domain.isDefault() ? 1 : 0;
        }
        boolean whole = spoilt.stream().noneMatch(key -> key.startsWith(AcceptedDomainSettings.LIST.key()));
        if (whole && defaults != 1) {
            wrong(
                    AcceptedDomainSettings.LIST.key(),
                    defaults == 0 ? "has no default domain" : "has " + defaults + " default domains",
                    "write default: true at exactly one");
        }
    }

    private void dsnTexts() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.dsnTexts().size(); i++) {
            String identity = settings.dsnTexts().get(i).identity();
            String path = DsnTextSettings.LIST.pathOf(i);
            boolean own = !sound(path + ".dsnCode", path + ".internal") || names.add(identity);
            if (!own) {
                wrong(
                        DsnTextSettings.LIST.pathOf(i) + ".dsnCode",
                        "'" + identity + "' is there twice",
                        "keep one of them");
            }
        }
    }

    /// Each file would be taken by the one or by the other, as it happens.
    private void pickup() {
        PickupSettings pickup = settings.pickup();
        if (sound("pickup.directory", "pickup.replayDirectory")
                && pickup.directory().isPresent()
                && pickup.directory()
                        .map(Path::normalize)
                        .equals(pickup.replayDirectory().map(Path::normalize))) {
            wrong(
                    "pickup.replayDirectory",
                    "pickup.directory",
                    "is the folder of pickup.directory",
                    "give each its own, or leave one of them empty");
        }
    }

    /// What is not wrong, and yet not what anybody wants.
    static List<String> notices(TransportSettings transport, DnsSettings dns, DnsLogSettings dnsLog, WorldKind world) {
        List<String> notices = new ArrayList<>();
        Duration quick = transport.transientFailureRetryInterval().multipliedBy(transport.transientFailureRetryCount());
        Duration delay = transport.delayNotificationTimeout();
        if (delay.compareTo(quick) <= 0) {
            notices.add("transport.delayNotificationTimeout (" + Spans.print(delay)
                    + ") is not more than transientFailureRetryCount times transientFailureRetryInterval ("
                    + Spans.print(quick) + "): senders hear of delays that the next retries would have ended");
        }
        if (delay.compareTo(transport.messageExpirationTimeout()) >= 0) {
            notices.add("transport.delayNotificationTimeout (" + Spans.print(delay)
                    + ") is not less than messageExpirationTimeout ("
                    + Spans.print(transport.messageExpirationTimeout()) + "): nobody hears of a delay");
        }
        nobodyToAsk("internal", dns.internalDNSAdapterEnabled(), dns.internalDNSServers(), dns, world)
                .ifPresent(notices::add);
        nobodyToAsk("external", dns.externalDNSAdapterEnabled(), dns.externalDNSServers(), dns, world)
                .ifPresent(notices::add);
        if (dnsLog.enabled() && dnsLog.path().isEmpty()) {
            notices.add(
                    "dnsLog.enabled is true and dnsLog.path is empty: the DNS log is not written until it has a folder");
        }
        return notices;
    }

    private static Optional<String> nobodyToAsk(
            String set, boolean adapter, List<InetSocketAddress> own, DnsSettings dns, WorldKind world) {
        // outside the lab an adapter of which nothing is said is this computer's own
        if (adapter ? world == WorldKind.NETWORK || !dns.adapterServers().isEmpty() : !own.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("there is no DNS server for " + set + " look-ups, which fail until there is one: "
                + (adapter
                        ? "dns.adapterServers is empty"
                        : "dns." + set + "DNSAdapterEnabled is false, and dns." + set + "DNSServers is empty"));
    }

    private boolean unique(Set<String> names, SettingList list, int index, String name) {
        String key = list.pathOf(index) + "." + list.identity();
        boolean own = !sound(key) || names.add(name.toLowerCase(Locale.ROOT));
        if (!own) {
            wrong(key, "'" + name + "' is there twice", "give each its own");
        }
        return own;
    }

    /// Whether nothing is wrong with these values by themselves, nor with what they stand in.
    private boolean sound(String... keys) {
        return Arrays.stream(keys)
                .noneMatch(key -> spoilt.stream()
                        .anyMatch(wrong ->
                                key.equals(wrong) || key.startsWith(wrong + ".") || key.startsWith(wrong + "[")));
    }

    private void wrong(String key, String what, String right) {
        faults.add(new Fault(originOf(key), key, what, right));
    }

    /// Of two values that do not go together, where the first stands, or the other if the first is a default.
    private void wrong(String key, String other, String what, String right) {
        Origin own = firstWritten(key::equals);
        faults.add(new Fault(own instanceof Origin.BuiltIn ? originOf(other) : own, key, what, right));
    }

    /// Where the value stands; of a whole list, where its first written value does; of what nobody wrote in an
    /// element that somebody did write, where the element does.
    private Origin originOf(String key) {
        Origin own = firstWritten(one -> one.equals(key) || one.startsWith(key + "["));
        int element = key.indexOf("].");
        return own instanceof Origin.BuiltIn && element > 0
                ? firstWritten(one -> one.startsWith(key.substring(0, element + 2)))
                : own;
    }

    private Origin firstWritten(Predicate<String> keys) {
        return settings.explained().stream()
                .filter(one -> keys.test(one.key()))
                .map(Explained::origin)
                .reduce((first, next) -> first instanceof Origin.BuiltIn ? next : first)
                .orElseGet(Origin.BuiltIn::new);
    }
}
