package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.COUNT;
import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.TEXT;
import static dev.tarry.admin.SettingForm.WHOLE;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.RemoteDomainSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What New-, Get-, Set- and Remove-RemoteDomain do. There is always one for `*`, which is for every domain that has
/// none of its own. Thread-safe.
public final class RemoteDomainOperations {
    private static final String KEY = "remoteDomains";
    private static final String KIND = "remote domain";

    private static final SettingTable TABLE = SettingTable.over(KEY)
            .row("DomainName", TEXT)
            .row("IsInternal", FLAG)
            .row("TargetDeliveryDomain", FLAG)
            .row("ByteEncoderTypeFor7BitCharsets", TEXT)
            .row("CharacterSet", TEXT)
            .row("NonMimeCharacterSet", TEXT)
            .row("AllowedOOFType", TEXT)
            .row("AutoReplyEnabled", FLAG)
            .row("AutoForwardEnabled", FLAG)
            .row("DeliveryReportEnabled", FLAG)
            .row("NDREnabled", FLAG)
            .row("MeetingForwardNotificationEnabled", FLAG)
            .row("ContentType", TEXT)
            .row("DisplaySenderName", FLAG)
            .row("PreferredInternetCodePageForShiftJis", TEXT)
            .row("RequiredCharsetCoverage", TEXT)
            .row("TNEFEnabled", TEXT)
            .row("LineWrapSize", COUNT)
            .row("TrustedMailOutboundEnabled", FLAG)
            .row("TrustedMailInboundEnabled", FLAG)
            .row("UseSimpleDisplayName", FLAG)
            .row("NDRDiagnosticInfoEnabled", FLAG)
            .row("MessageCountThreshold", WHOLE)
            .fixed("AdminDisplayName", TEXT, null)
            .fixed("ExchangeVersion", TEXT, "0.1 (8.0.535.0)")
            .row("Name", TEXT)
            .derived("Identity", TEXT, values -> values.get("name"), "The same as Name.")
            .derived(
                    "Guid",
                    TEXT,
                    values -> DomainIdentity.guid(KIND, values),
                    "Made of the domain, the same at every start.")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .done();

    private final SettingElements domains;

    public RemoteDomainOperations(SettingsDesk desk) {
        domains = new SettingElements(desk, KEY, KIND, TABLE, DomainIdentity::means);
    }

    /// The properties of a remote domain.
    public static SettingTable table() {
        return TABLE;
    }

    /// Get-RemoteDomain: all of them, in the order in which they were made.
    public List<SequencedMap<String, Object>> list() {
        return domains.all(domains.desk().now());
    }

    /// @param identity its name, its domain or its GUID, in any case
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> get(String identity) {
        return domains.find(domains.desk().now(), identity).bag();
    }

    /// New-RemoteDomain.
    ///
    /// @param wanted property to value, `Name` and `DomainName` among them
    /// @throws OperationRefused with all that is wrong
    public Changed create(Map<String, ?> wanted) {
        SettingsDesk.Outcome outcome = domains.change((settings, all) -> {
            List<RefusedSetting> faults = new ArrayList<>();
            for (String property : List.of("Name", "DomainName")) {
                if (wanted.get(property) == null) {
                    faults.add(new RefusedSetting(property, "is missing", "a new remote domain has one"));
                }
            }
            SequencedMap<String, String> changes = domains.changes(wanted, domains.beginning(settings), faults);
            domains.requireNew(settings, changes.get("name"));
            domains.requireNew(settings, changes.get("domainName"));
            all.add(new LinkedHashMap<>(changes));
        });
        return changed(outcome, domains.all(outcome.after()).getLast(), wanted);
    }

    /// Set-RemoteDomain. The domain itself stays what it is.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Changed change(String identity, Map<String, ?> wanted, Precondition expected) {
        int[] at = new int[1];
        Map<String, Object> properties = new LinkedHashMap<>(wanted);
        SettingsDesk.Outcome outcome = domains.change((settings, all) -> {
            SettingElements.Found found = domains.find(settings, identity);
            expected.require(found.tag());
            at[0] = found.index();
            List<RefusedSetting> faults = new ArrayList<>();
            properties
                    .entrySet()
                    .removeIf(one -> one.getValue() != null
                            && one.getValue().equals(found.bag().get(one.getKey())));
            if (properties.containsKey("DomainName")) {
                faults.add(new RefusedSetting(
                        "DomainName", "cannot be changed", "make another remote domain, and remove this one"));
            }
            all.get(at[0]).putAll(domains.changes(properties, found.values(), faults));
        });
        return changed(outcome, domains.all(outcome.after()).get(at[0]), properties);
    }

    /// Remove-RemoteDomain.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused if there is none, or it is the one for all others
    public void remove(String identity, Precondition expected) {
        domains.change((settings, all) -> {
            SettingElements.Found found = domains.find(settings, identity);
            expected.require(found.tag());
            if (RemoteDomainSettings.ALL.equals(found.bag().get("DomainName"))) {
                throw new OperationRefused(
                        Reason.CONFLICT,
                        OperationRefused.quoted(identity)
                                + " is for all domains that have no remote domain of their own, and stays");
            }
            all.remove(found.index());
        });
    }

    private static Changed changed(
            SettingsDesk.Outcome outcome, SequencedMap<String, Object> bag, Map<String, ?> wanted) {
        List<String> warnings = wanted.keySet().stream()
                .filter(RemoteDomainSettings.withoutEffect()::contains)
                .map(property -> property + " is kept and shown, and has no effect here.")
                .toList();
        return new Changed(
                bag,
                outcome.atNextStart(key -> TABLE.nameOf(SettingsDesk.withinElement(key))),
                outcome.warnings(bag.get("Identity"), warnings));
    }
}
