package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.LIST;
import static dev.tarry.admin.SettingForm.TEXT;

import dev.tarry.admin.OperationRefused.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What New-, Get-, Set- and Remove-AcceptedDomain do (reference §5.5). There is always exactly one
/// default domain: another one becomes it, and the old one ceases to be it. Thread-safe.
public final class DomainOperations {
    private static final String KEY = "acceptedDomains";
    private static final String KIND = "accepted domain";
    private static final String WITH_SUBDOMAINS = "*.";

    private static final SettingTable TABLE = SettingTable.over(KEY)
            .row("DomainName", TEXT)
            .fixed("CatchAllRecipientID", TEXT, null)
            .row("DomainType", TEXT)
            .row("MatchSubDomains", FLAG)
            .row("AddressBookEnabled", FLAG)
            .row("Default", FLAG)
            .fixed("EmailOnly", FLAG, false)
            .fixed("ExternallyManaged", FLAG, false)
            .fixed("AuthenticationType", TEXT, null)
            .row("Name", TEXT)
            .derived("Identity", TEXT, DomainOperations::name, "The same as Name.")
            .derived(
                    "Guid",
                    TEXT,
                    values -> DomainIdentity.guid(KIND, values),
                    "Made of the domain, the same at every start.")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .own("LocalRecipients", LIST, "localRecipients")
            .done();

    private final SettingElements domains;

    public DomainOperations(SettingsDesk desk) {
        domains = new SettingElements(desk, KEY, KIND, TABLE, DomainIdentity::means);
    }

    /// The properties of an accepted domain.
    public static SettingTable table() {
        return TABLE;
    }

    private static String name(Map<String, String> values) {
        String name = values.getOrDefault("name", "");
        return name.isEmpty() ? values.get("domainName") : name;
    }

    /// Get-AcceptedDomain: all of them.
    public List<SequencedMap<String, Object>> list() {
        return domains.all(domains.desk().now()).stream()
                .map(DomainOperations::named)
                .toList();
    }

    /// @param identity its name, its domain or its GUID, in any case
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> get(String identity) {
        return named(domains.find(domains.desk().now(), identity).bag());
    }

    /// A domain that nobody named is called by itself.
    private static SequencedMap<String, Object> named(SequencedMap<String, Object> bag) {
        SequencedMap<String, Object> named = new LinkedHashMap<>(bag);
        named.put("Name", bag.get("Identity"));
        if (((String) bag.get("DomainName")).startsWith(WITH_SUBDOMAINS)) {
            named.put("MatchSubDomains", true);
        }
        return named;
    }

    /// New-AcceptedDomain; `*.contoso.com` stands for the domain with its subdomains.
    ///
    /// @param wanted property to value, `DomainName` among them
    /// @throws OperationRefused with all that is wrong
    public Changed create(Map<String, ?> wanted) {
        SettingsDesk.Outcome outcome = domains.change((settings, all) -> {
            List<RefusedSetting> faults = new ArrayList<>();
            Map<String, Object> properties = new LinkedHashMap<>(wanted);
            if (!(properties.get("DomainName") instanceof String domain)) {
                faults.add(new RefusedSetting("DomainName", "is missing", "name the domain"));
            } else if (domain.startsWith(WITH_SUBDOMAINS)) {
                properties.put("DomainName", domain.substring(WITH_SUBDOMAINS.length()));
                properties.putIfAbsent("MatchSubDomains", true);
            }
            if (properties.get("DomainName") instanceof String domain && domain.equals(properties.get("Name"))) {
                properties.remove("Name");
            }
            SequencedMap<String, String> changes = domains.changes(properties, domains.beginning(settings), faults);
            domains.requireNew(settings, changes.get("domainName"));
            oneDefault(changes, all, -1);
            all.add(new LinkedHashMap<>(changes));
        });
        return changed(outcome, domains.all(outcome.after()).getLast());
    }

    /// Set-AcceptedDomain. The domain itself stays what it is.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Changed change(String identity, Map<String, ?> wanted, Precondition expected) {
        int[] at = new int[1];
        SettingsDesk.Outcome outcome = domains.change((settings, all) -> {
            SettingElements.Found found = domains.find(settings, identity);
            SequencedMap<String, Object> bag = named(found.bag());
            expected.require(EntityTag.of(bag));
            at[0] = found.index();
            List<RefusedSetting> faults = new ArrayList<>();
            Map<String, Object> properties = new LinkedHashMap<>(wanted);
            properties
                    .entrySet()
                    .removeIf(one -> one.getValue() != null && one.getValue().equals(bag.get(one.getKey())));
            if (properties.containsKey("DomainName")) {
                faults.add(new RefusedSetting(
                        "DomainName", "cannot be changed", "make another accepted domain, and remove this one"));
            }
            if (Boolean.FALSE.equals(properties.get("Default"))) {
                faults.add(new RefusedSetting("Default", "cannot be taken away", "make another domain the default"));
            }
            SequencedMap<String, String> changes = domains.changes(properties, found.values(), faults);
            oneDefault(changes, all, at[0]);
            all.get(at[0]).putAll(changes);
        });
        return changed(outcome, domains.all(outcome.after()).get(at[0]));
    }

    private static void oneDefault(Map<String, String> changes, List<SequencedMap<String, String>> all, int index) {
        if ("true".equals(changes.get("default"))) {
            for (int i = 0; i < all.size(); i++) {
                if (i != index) {
                    all.get(i).remove("default");
                }
            }
        }
    }

    /// Remove-AcceptedDomain.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused if there is none, or it is the default
    public void remove(String identity, Precondition expected) {
        domains.change((settings, all) -> {
            SettingElements.Found found = domains.find(settings, identity);
            expected.require(EntityTag.of(named(found.bag())));
            if (Boolean.TRUE.equals(found.bag().get("Default"))) {
                throw new OperationRefused(
                        Reason.CONFLICT,
                        OperationRefused.quoted(identity)
                                + " is the default domain; make another domain the default first");
            }
            all.remove(found.index());
        });
    }

    private Changed changed(SettingsDesk.Outcome outcome, SequencedMap<String, Object> bag) {
        return new Changed(
                named(bag),
                outcome.atNextStart(key -> TABLE.nameOf(SettingsDesk.withinElement(key))),
                outcome.warnings(bag.get("Identity"), List.of()));
    }
}
