package dev.tarry.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Values that are right one by one and wrong together.
final class Combinations {
    private final Settings settings;
    private final List<Fault> faults = new ArrayList<>();

    private Combinations(Settings settings) {
        this.settings = settings;
    }

    static List<Fault> check(Settings settings) {
        Combinations check = new Combinations(settings);
        check.transport();
        check.listeners();
        check.receiveConnectors();
        check.receiveTls();
        check.sendConnectors();
        check.acceptedDomains();
        check.dsnTexts();
        return check.faults;
    }

    private void transport() {
        TransportSettings transport = settings.transport();
        if (transport.maxPerDomainOutboundConnections() > transport.maxOutboundConnections()) {
            wrong(
                    "transport.maxPerDomainOutboundConnections",
                    "is more than maxOutboundConnections",
                    "write at most " + transport.maxOutboundConnections());
        }
        if (settings.dns().queryBudget().compareTo(settings.dns().queryTimeout()) < 0) {
            wrong("dns.queryBudget", "is less than queryTimeout", "give the whole at least the time of one server");
        }
    }

    private void listeners() {
        Map<InetSocketAddress, String> taken = new HashMap<>();
        for (int i = 0; i < settings.receiveConnectors().size(); i++) {
            listener(
                    taken,
                    ReceiveConnectorSettings.LIST.pathOf(i) + ".bind",
                    settings.receiveConnectors().get(i).bind());
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
        String other = bind.getPort() == 0 ? null : taken.putIfAbsent(bind, key);
        if (other != null) {
            wrong(key, "is the address of " + other, "give each listener its own");
        }
    }

    private void receiveConnectors() {
        if (settings.receiveConnectors().isEmpty()) {
            // nothing would take mail, and a server has an address to tell
            wrong(
                    ReceiveConnectorSettings.LIST.key(),
                    "is empty",
                    "write at least one connector, with name and bind; or leave the list out to take the default");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.receiveConnectors().size(); i++) {
            unique(
                    names,
                    ReceiveConnectorSettings.LIST,
                    i,
                    settings.receiveConnectors().get(i).name());
        }
    }

    private void receiveTls() {
        ReceiveTlsSettings tls = settings.receiveTls();
        if (tls.certificate().isPresent() && tls.key().isEmpty()) {
            wrong("receive.tls.certificate", "has no key", "set receive.tls.key as well");
        } else if (tls.certificate().isEmpty() && tls.key().isPresent()) {
            wrong("receive.tls.key", "has no certificate", "set receive.tls.certificate as well");
        }
    }

    private void sendConnectors() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.sendConnectors().size(); i++) {
            SendConnectorSettings connector = settings.sendConnectors().get(i);
            String path = SendConnectorSettings.LIST.pathOf(i);
            unique(names, SendConnectorSettings.LIST, i, connector.name());
            if (!connector.dnsRoutingEnabled() && connector.smartHosts().isEmpty()) {
                wrong(path + ".smartHosts", "is empty though dnsRoutingEnabled is false", "name a smart host");
            }
            if (connector.addressSpaces().isEmpty()) {
                wrong(path + ".addressSpaces", "is empty", "name an address space (SMTP:*;1)");
            }
        }
    }

    private void acceptedDomains() {
        Set<String> domains = new HashSet<>();
        Set<String> names = new HashSet<>();
        int defaults = 0;
        for (int i = 0; i < settings.acceptedDomains().size(); i++) {
            AcceptedDomainSettings domain = settings.acceptedDomains().get(i);
            unique(domains, AcceptedDomainSettings.LIST, i, domain.domainName());
            if (!names.add(domain.name().toLowerCase(Locale.ROOT))) {
                wrong(AcceptedDomainSettings.LIST.pathOf(i) + ".name", "is another domain's name", "give each its own");
            }
            defaults += domain.isDefault() ? 1 : 0;
        }
        if (defaults != 1) {
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
            if (!names.add(identity)) {
                wrong(
                        DsnTextSettings.LIST.pathOf(i) + ".dsnCode",
                        "'" + identity + "' is there twice",
                        "keep one of them");
            }
        }
    }

    /// What is not wrong, and yet not what anybody wants.
    static List<String> notices(TransportSettings transport) {
        Duration quick = transport.transientFailureRetryInterval().multipliedBy(transport.transientFailureRetryCount());
        return transport.delayNotificationTimeout().compareTo(quick) > 0
                ? List.of()
                : List.of("transport.delayNotificationTimeout (" + Spans.print(transport.delayNotificationTimeout())
                        + ") is not more than transientFailureRetryCount times transientFailureRetryInterval ("
                        + Spans.print(quick) + "): senders hear of delays that the next retries would have ended");
    }

    private void unique(Set<String> names, SettingList list, int index, String name) {
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            wrong(list.pathOf(index) + "." + list.identity(), "'" + name + "' is there twice", "give each its own");
        }
    }

    private void wrong(String key, String what, String right) {
        faults.add(new Fault(originOf(key), key, what, right));
    }

    /// Where the value stands; of a whole list, where its first written value does.
    private Origin originOf(String key) {
        return settings.explained().stream()
                .filter(one -> one.key().equals(key) || one.key().startsWith(key + "["))
                .map(Explained::origin)
                .reduce((first, next) -> first instanceof Origin.BuiltIn ? next : first)
                .orElseGet(Origin.BuiltIn::new);
    }
}
