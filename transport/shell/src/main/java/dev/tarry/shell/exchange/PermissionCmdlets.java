package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.Managed;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Who may do what at a receive connector: Get-, Add- and Remove-ADPermission (reference §6.3). All rights but one come
/// with the connector's permission groups; the one that administrators grant besides is that of anonymous clients to
/// send to anybody, which is the connector's AnonymousRelayRanges here.
final class PermissionCmdlets {
    private static final String ANONYMOUS = "NT AUTHORITY\\ANONYMOUS LOGON";
    private static final String RELAY = "ms-Exch-SMTP-Accept-Any-Recipient";
    private static final String RANGES = "AnonymousRelayRanges";

    private static final String SUBMIT = "ms-Exch-SMTP-Submit";
    private static final String HEADERS = "ms-Exch-Accept-Headers-Routing";
    private static final String ANY_SENDER = "ms-Exch-SMTP-Accept-Any-Sender";
    private static final String OWN_SENDER = "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender";
    private static final String NO_SPAM_CHECK = "ms-Exch-Bypass-Anti-Spam";

    /// Permission group, who is in it, and what it brings.
    private record Group(String name, String user, List<String> rights) {}

    private static final List<Group> GROUPS = List.of(
            new Group("AnonymousUsers", ANONYMOUS, List.of(SUBMIT, ANY_SENDER, OWN_SENDER, HEADERS)),
            new Group(
                    "ExchangeUsers",
                    "NT AUTHORITY\\Authenticated Users",
                    List.of(SUBMIT, RELAY, NO_SPAM_CHECK, HEADERS)),
            new Group(
                    "ExchangeServers",
                    "MS Exchange\\Hub Transport Servers",
                    List.of(
                            SUBMIT,
                            RELAY,
                            ANY_SENDER,
                            OWN_SENDER,
                            NO_SPAM_CHECK,
                            "ms-Exch-Bypass-Message-Size-Limit",
                            HEADERS)),
            new Group(
                    "ExchangeLegacyServers",
                    "MS Exchange\\Legacy Exchange Servers",
                    List.of(
                            SUBMIT,
                            RELAY,
                            ANY_SENDER,
                            OWN_SENDER,
                            NO_SPAM_CHECK,
                            "ms-Exch-Bypass-Message-Size-Limit",
                            HEADERS)),
            new Group("Partners", "MS Exchange\\Partner Servers", List.of(SUBMIT, HEADERS)));

    private static final String CONNECTORS_ONLY = "Receive connectors are what has permissions here.";
    private static final String ONE_RIGHT =
            "The one right that can be granted by itself is " + RELAY + " for \"" + ANONYMOUS
                    + "\": it is the connector's AnonymousRelayRanges. All others come with permission groups"
                    + " (Set-ReceiveConnector -PermissionGroups).";

    private PermissionCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                shown("Get-ADPermission")
                        .takes(
                                ManagedObjects.identity(true),
                                Parameter.of("User", TEXT),
                                ManagedObjects.domainController())
                        .summary("Shows who may do what at a Receive connector.")
                        .remark(CONNECTORS_ONLY)
                        .remark(
                                "ClientRanges is tarry's own: the clients that a right is bound to; none means all. As it is"
                                        + " installed, the front end lets loopback relay.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(CONNECTORS_ONLY, SWITCH, "Owner")
                        .simply(PermissionCmdlets::get),
                change(shown("Add-ADPermission"))
                        .summary("Lets anonymous clients of a Receive connector send to anybody.")
                        .simply(PermissionCmdlets::add),
                change(shown("Remove-ADPermission"))
                        .prompts()
                        .summary("Lets anonymous clients of a Receive connector send to accepted domains only.")
                        .simply(PermissionCmdlets::remove));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name).shows("ADPermission", "Identity", "User", "Deny", "Inherited");
    }

    private static Cmdlet.Draft change(Cmdlet.Draft draft) {
        return draft.takes(
                        ManagedObjects.identity(true),
                        Parameter.of("User", TEXT).required(),
                        Parameter.of("ExtendedRights", TEXTS),
                        Parameter.of("AccessRights", TEXTS),
                        ManagedObjects.domainController())
                .acts()
                .remark(ONE_RIGHT)
                .remark(ManagedObjects.NO_DIRECTORY)
                .refuses(CONNECTORS_ONLY, "Owner", "Instance", "ChildObjectTypes", "InheritanceType")
                .refuses(CONNECTORS_ONLY, "InheritedObjectType", "Properties")
                .refuses("A right that is not granted is denied here.", SWITCH, "Deny");
    }

    private static Managed connector(Call call) {
        String identity = call.text("Identity").orElseThrow();
        return ManagedObjects.found(
                call,
                identity,
                () -> call.client().service().receiveConnectors().get(identity));
    }

    private static void get(Call call) {
        Managed connector = connector(call);
        Optional<String> user = call.text("User");
        List<String> groups = List.of(connector.text("PermissionGroups").split(", *"));
        for (Group group : GROUPS) {
            if (user.isPresent() && !user.get().equalsIgnoreCase(group.user())) {
                continue;
            }
            if (groups.contains(group.name())) {
                group.rights().forEach(right -> write(call, connector, group.user(), right, List.of()));
            }
            if (group.user().equals(ANONYMOUS) && !connector.texts(RANGES).isEmpty()) {
                write(call, connector, ANONYMOUS, RELAY, connector.texts(RANGES));
            }
        }
    }

    /// @param ranges the clients that the right is bound to; empty: all
    private static void write(Call call, Managed connector, String user, String right, List<String> ranges) {
        call.write(new Row("ADPermission")
                .with("Identity", connector.identity())
                .with("User", user)
                .with("Deny", false)
                .with("Inherited", false)
                .with("AccessRights", List.of("ExtendedRight"))
                .with("ExtendedRights", List.of(right))
                .with("ClientRanges", ranges)
                .with("IsValid", true)
                .with("ObjectState", "Unchanged"));
    }

    private static void add(Call call) {
        requireRelay(call);
        Managed connector = connector(call);
        SequencedSet<String> ranges = new LinkedHashSet<>();
        connector.texts("RemoteIPRanges").forEach(range -> ranges.addAll(AddressBlocks.of(range)));
        boolean news = !connector.texts(RANGES).containsAll(ranges);
        if (!call.proceedWith("Adding Active Directory permission \"" + RELAY + "\" on \"" + connector.identity()
                + "\" for user \"" + ANONYMOUS + "\".")) {
            return;
        }
        if (news) {
            change(call, connector, List.copyOf(ranges));
        } else {
            call.warn("The appropriate access control entry is already present on the object \"" + connector.identity()
                    + "\" for account \"" + ANONYMOUS + "\".");
        }
        write(call, connector, ANONYMOUS, RELAY, List.copyOf(ranges));
    }

    private static void remove(Call call) {
        requireRelay(call);
        Managed connector = connector(call);
        if (!call.proceedWith("Removing Active Directory permission \"" + RELAY + "\" on \"" + connector.identity()
                + "\" for user \"" + ANONYMOUS + "\".")) {
            return;
        }
        if (connector.texts(RANGES).isEmpty()) {
            call.warn("An access control entry for \"" + ANONYMOUS + "\" is not present on the object \""
                    + connector.identity() + "\", so nothing is removed.");
        } else {
            change(call, connector, List.of());
        }
    }

    private static void change(Call call, Managed connector, List<String> ranges) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put(RANGES, ranges);
        ManagedObjects.warn(call, call.client().service().receiveConnectors().change(connector.identity(), wanted));
    }

    /// Anything but the one right is refused by name, and nothing is done. Rights that anonymous clients
    /// have anyway may stand beside it, as they do in many a script.
    private static void requireRelay(Call call) {
        String user = call.text("User").orElseThrow();
        List<String> rights = call.texts("ExtendedRights");
        if (!user.equalsIgnoreCase(ANONYMOUS) && !user.equalsIgnoreCase("ANONYMOUS LOGON")) {
            throw refused("The user '" + user + "' cannot be given a right by itself here.", user);
        }
        if (rights.isEmpty()) {
            throw refused("-ExtendedRights is missing.", user);
        }
        List<String> common = GROUPS.getFirst().rights();
        for (String right : rights) {
            if (!right.equalsIgnoreCase(RELAY)
                    && !right.equalsIgnoreCase(NO_SPAM_CHECK)
                    && common.stream().noneMatch(right::equalsIgnoreCase)) {
                throw refused("The right '" + right + "' cannot be granted by itself here.", right);
            }
        }
        if (rights.stream().noneMatch(RELAY::equalsIgnoreCase)) {
            throw refused(
                    "The rights " + String.join(", ", rights) + " come with the permission group AnonymousUsers.",
                    user);
        }
        for (String access : call.texts("AccessRights")) {
            if (!access.equalsIgnoreCase("ExtendedRight")) {
                throw refused("The access right '" + access + "' is not supported here.", access);
            }
        }
    }

    private static ShellFailure refused(String what, String target) {
        return ShellFailure.of(
                        ShellFailure.Category.NotImplemented,
                        "PermissionNotSupported",
                        "NotSupportedException",
                        what + " " + ONE_RIGHT)
                .withTarget(target);
    }
}
