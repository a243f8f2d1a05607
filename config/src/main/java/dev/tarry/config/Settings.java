package dev.tarry.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Everything the operator can set, checked. Immutable.
///
/// Sources, weakest first: defaults, the file, what was set at run time, `TARRY_…`, `--set` (design §4).
///
/// @param components        which parts are to rest
/// @param eventLog          how much categories tell the event log
/// @param explained each value with its origin, in the order of the table
/// @param notices   what is not wrong enough to stop: variables that begin with `TARRY_` and set nothing,
///                  spans that make little sense together
public record Settings(
        WorldKind world,
        Path data,
        ServerSettings server,
        List<ReceiveConnectorSettings> receiveConnectors,
        ReceiveDoorSettings receiveDoors,
        ReceiveTlsSettings receiveTls,
        List<UserSettings> users,
        SignInSettings signIn,
        ReceiveLoadSettings receiveLoad,
        AdminSettings admin,
        LabSettings lab,
        TransportSettings transport,
        PrioritySettings priority,
        PickupSettings pickup,
        OrganizationSettings organization,
        SafetyNetSettings safetyNet,
        PoisonSettings poison,
        DnsSettings dns,
        List<SendConnectorSettings> sendConnectors,
        SmtpSendSettings smtpSend,
        SendTlsSettings sendTls,
        CustomFailures customFailures,
        List<AcceptedDomainSettings> acceptedDomains,
        List<RemoteDomainSettings> remoteDomains,
        EgressSettings egress,
        DsnSettings dsn,
        List<DsnTextSettings> dsnTexts,
        TrackingLogSettings trackingLog,
        ConnectivityLogSettings connectivityLog,
        DnsLogSettings dnsLog,
        QueueLogSettings queueLog,
        LogFileSettings receiveProtocolLog,
        LogFileSettings sendProtocolLog,
        LogSettings log,
        ResourceSettings resources,
        ComponentSettings components,
        EventLogSettings eventLog,
        List<Explained> explained,
        List<String> notices) {

    static final Setting<WorldKind> WORLD = Setting.of(
                    "world",
                    Kinds.choice("a world", WorldKind.class, WorldKind::word),
                    "lab",
                    "What lies outside: the lab's own DNS servers and hosts, or the network's.")
            .holds(Effect.AT_START);
    static final Setting<Path> DATA = Setting.of(
                    "data", Kinds.PATH, "tarry-data", "The folder where everything is kept.")
            .holds(Effect.AT_START);

    private static final String VARIABLE_PREFIX = "TARRY_";

    /// Variables that the launcher and clients of the server read.
    private static final List<String> OTHERS_VARIABLES = List.of("TARRY_JAVA_OPTS", "TARRY_JAVA_HOME", "TARRY_TOKEN");

    private static final List<SettingList> LISTS = List.of(
            ReceiveConnectorSettings.LIST,
            UserSettings.LIST,
            SendConnectorSettings.LIST,
            AcceptedDomainSettings.LIST,
            RemoteDomainSettings.LIST,
            DsnTextSettings.LIST);

    /// Lists are copied.
    public Settings {
        receiveConnectors = List.copyOf(receiveConnectors);
        users = List.copyOf(users);
        sendConnectors = List.copyOf(sendConnectors);
        acceptedDomains = List.copyOf(acceptedDomains);
        remoteDomains = List.copyOf(remoteDomains);
        dsnTexts = List.copyOf(dsnTexts);
        explained = List.copyOf(explained);
        notices = Stream.concat(notices.stream(), Combinations.notices(transport, dns, dnsLog, world).stream())
                .distinct()
                .toList();
    }

    /// What holds where nobody says anything.
    public static Settings defaults() {
        try {
            return load(Optional.empty(), Map.of(), List.of());
        } catch (ConfigException e) {
            throw new IllegalStateException("the defaults have a fault", e);
        }
    }

    /// Reads all sources but run-time changes.
    ///
    /// @param file        the settings file, if there is one
    /// @param environment all variables; only `TARRY_…` are looked at
    /// @param sets        `key=value`, as after `--set`; of two for one key the later holds
    /// @throws ConfigException with every fault found
    public static Settings load(Optional<Path> file, Map<String, String> environment, List<String> sets)
            throws ConfigException {
        return load(file, Map.of(), environment, sets);
    }

    /// Reads all sources.
    ///
    /// @param changes what was set at run time: key to value
    /// @throws ConfigException with every fault found
    public static Settings load(
            Optional<Path> file, Map<String, String> changes, Map<String, String> environment, List<String> sets)
            throws ConfigException {
        return load(file, changes, environment, sets, List.of());
    }

    /// @param said notices of whoever calls
    static Settings load(
            Optional<Path> file,
            Map<String, String> changes,
            Map<String, String> environment,
            List<String> sets,
            List<String> said)
            throws ConfigException {
        Gathering gathering = new Gathering(plainRows(), LISTS);
        List<String> notices = new ArrayList<>(said);
        file.flatMap(path -> YamlReader.file(path, gathering.faults())).ifPresent(gathering::document);
        new TreeMap<>(changes).forEach((key, value) -> gathering.assign(key, value, new Origin.RunTime()));
        new TreeMap<>(environment).forEach((variable, value) -> environment(gathering, notices, variable, value));
        sets.forEach(set -> set(gathering, set));
        return read(gathering, notices);
    }

    /// The rows of the table, those of list elements with `[]` after the list's key.
    public static Map<String, Setting<?>> table() {
        Map<String, Setting<?>> table = new LinkedHashMap<>();
        plainRows().forEach(row -> table.put(row.key(), row));
        for (SettingList list : LISTS) {
            list.rows().forEach(row -> table.put(list.key() + "[]." + row.key(), row));
        }
        return table;
    }

    /// The key that was probably meant by one that does not exist.
    public static Optional<String> meant(String key) {
        return Nearest.to(key, table().keySet());
    }

    /// The elements of a list as somebody would write them: of each, key within the element to value, the
    /// required ones and those that are not the default, whoever said so.
    List<SequencedMap<String, String>> written(String list) {
        List<SequencedMap<String, String>> elements = new ArrayList<>();
        for (Explained one : explained) {
            if (one.key().startsWith(list + "[")) {
                int close = one.key().indexOf(']');
                int index = Integer.parseInt(one.key().substring(list.length() + 1, close));
                while (elements.size() <= index) {
                    elements.add(new LinkedHashMap<>());
                }
                if (one.setting().required()
                        || !one.value().equals(one.setting().defaultIn(world))) {
                    elements.get(index).put(one.setting().key(), one.value());
                }
            }
        }
        return elements;
    }

    /// The accepted domain that reports come from.
    public AcceptedDomainSettings defaultAcceptedDomain() {
        return acceptedDomains.stream()
                .filter(AcceptedDomainSettings::isDefault)
                .findFirst()
                .orElseThrow();
    }

    /// Who reports come from: what is set, or postmaster at the default accepted domain.
    public String postmaster() {
        return dsn.externalPostmasterAddress()
                .orElse("postmaster@" + defaultAcceptedDomain().domainName());
    }

    /// The same with a free port for every listener (`--ephemeral`).
    public Settings onFreePorts() {
        return onFreePorts(_ -> true);
    }

    /// The same in a server that took free ports at its start: whatever address was told to it then has one, and one
    /// that was first told while it runs is meant.
    Settings onFreePortsSince(Settings started) {
        Set<String> told = started.explained().stream()
                .filter(one -> one.key().startsWith(ReceiveConnectorSettings.LIST.key() + "[")
                        && one.setting().key().equals("bind"))
                .flatMap(one -> Stream.of(one.value().split(",")))
                .collect(Collectors.toSet());
        return onFreePorts(bind -> told.contains(Endpoints.print(bind)));
    }

    private Settings onFreePorts(Predicate<InetSocketAddress> freed) {
        Function<InetSocketAddress, InetSocketAddress> free = address -> new InetSocketAddress(address.getAddress(), 0);
        return new Settings(
                world,
                data,
                server,
                receiveConnectors.stream()
                        .map(connector -> connector.onFreePorts(freed))
                        .toList(),
                receiveDoors,
                receiveTls,
                users,
                signIn,
                receiveLoad,
                admin.onFreePort(),
                lab.on(free.apply(lab.dnsBind())),
                transport,
                priority,
                pickup,
                organization,
                safetyNet,
                poison,
                dns,
                sendConnectors,
                smtpSend,
                sendTls,
                customFailures,
                acceptedDomains,
                remoteDomains,
                egress,
                dsn,
                dsnTexts,
                trackingLog,
                connectivityLog,
                dnsLog,
                queueLog,
                receiveProtocolLog,
                sendProtocolLog,
                log,
                resources,
                components,
                eventLog,
                explained,
                notices);
    }

    /// What of these holds in a server that was started with others: these, but for what says "at the next
    /// start", which is as it was then.
    public Settings runningSince(Settings started) {
        Running running = new Running(started, this);
        return of(Values.of(running.raws(), new ArrayList<>()), running::lengthOf, notices);
    }

    static List<SettingList> lists() {
        return LISTS;
    }

    private static List<Setting<?>> plainRows() {
        return Stream.of(
                        List.of(WORLD, DATA),
                        ServerSettings.ROWS,
                        ReceiveDoorSettings.ROWS,
                        ReceiveTlsSettings.ROWS,
                        SignInSettings.ROWS,
                        ReceiveLoadSettings.ROWS,
                        AdminSettings.ROWS,
                        LabSettings.ROWS,
                        TransportSettings.ROWS,
                        PrioritySettings.ROWS,
                        PickupSettings.ROWS,
                        OrganizationSettings.ROWS,
                        SafetyNetSettings.ROWS,
                        PoisonSettings.ROWS,
                        DnsSettings.ROWS,
                        SmtpSendSettings.ROWS,
                        SendTlsSettings.ROWS,
                        CustomFailures.ROWS,
                        EgressSettings.ROWS,
                        DsnSettings.ROWS,
                        TrackingLogSettings.ROWS,
                        ConnectivityLogSettings.ROWS,
                        DnsLogSettings.ROWS,
                        QueueLogSettings.ROWS,
                        ProtocolLogSettings.RECEIVE_ROWS,
                        ProtocolLogSettings.SEND_ROWS,
                        LogSettings.ROWS,
                        ResourceSettings.ROWS,
                        ComponentSettings.ROWS,
                        EventLogSettings.ROWS)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    private static void environment(Gathering gathering, List<String> notices, String variable, String value) {
        if (!variable.startsWith(VARIABLE_PREFIX) || OTHERS_VARIABLES.contains(variable)) {
            return;
        }
        gathering
                .keyOf(variable)
                .ifPresentOrElse(
                        key -> gathering.assign(key, value, new Origin.Environment(variable)),
                        // Not a fault: container platforms put variables of this form beside ours.
                        () -> notices.add(Printable.line(variable) + " sets nothing"
                                + Nearest.to(variable, gathering.variables())
                                        .map(meant -> "; did you mean " + meant + "?")
                                        .orElse("")));
    }

    private static void set(Gathering gathering, String set) {
        int equals = set.indexOf('=');
        if (equals < 1) {
            gathering
                    .faults()
                    .add(new Fault(new Origin.CommandLine(), "", "'" + set + "' has no key", "write key=value"));
            return;
        }
        gathering.assign(set.substring(0, equals).strip(), set.substring(equals + 1), new Origin.CommandLine());
    }

    private static Settings read(Gathering gathering, List<String> notices) throws ConfigException {
        Settings settings = of(gathering.values(), gathering::length, notices);
        List<Fault> faults = gathering.faults();
        faults.addAll(Combinations.check(settings, List.copyOf(faults)));
        if (!faults.isEmpty()) {
            throw new ConfigException(faults.stream().sorted(Fault.BY_PLACE).toList());
        }
        return settings;
    }

    private static Settings of(Values all, ToIntFunction<SettingList> length, List<String> notices) {
        WorldKind world = all.of(WORLD);
        Values values = world == WorldKind.NETWORK ? all.inNetwork() : all;
        return new Settings(
                world,
                values.of(DATA),
                ServerSettings.from(values),
                elements(length, values, ReceiveConnectorSettings.LIST, ReceiveConnectorSettings::from),
                ReceiveDoorSettings.from(values),
                ReceiveTlsSettings.from(values),
                elements(length, values, UserSettings.LIST, UserSettings::from),
                SignInSettings.from(values),
                ReceiveLoadSettings.from(values),
                AdminSettings.from(values),
                LabSettings.from(values),
                TransportSettings.from(values),
                PrioritySettings.from(values),
                PickupSettings.from(values),
                OrganizationSettings.from(values),
                SafetyNetSettings.from(values),
                PoisonSettings.from(values),
                DnsSettings.from(values),
                elements(length, values, SendConnectorSettings.LIST, SendConnectorSettings::from),
                SmtpSendSettings.from(values),
                SendTlsSettings.from(values),
                CustomFailures.from(values),
                elements(length, values, AcceptedDomainSettings.LIST, AcceptedDomainSettings::from),
                elements(length, values, RemoteDomainSettings.LIST, RemoteDomainSettings::from),
                EgressSettings.from(values),
                DsnSettings.from(values),
                elements(length, values, DsnTextSettings.LIST, DsnTextSettings::from),
                TrackingLogSettings.from(values),
                ConnectivityLogSettings.from(values),
                DnsLogSettings.from(values),
                QueueLogSettings.from(values),
                ProtocolLogSettings.receive(values),
                ProtocolLogSettings.send(values),
                LogSettings.from(values),
                ResourceSettings.from(values),
                ComponentSettings.from(values),
                EventLogSettings.from(values),
                values.explained(),
                notices);
    }

    private static <T> List<T> elements(
            ToIntFunction<SettingList> length, Values values, SettingList list, Function<Values, T> from) {
        return IntStream.range(0, length.applyAsInt(list))
                .mapToObj(i -> from.apply(values.within(list.pathOf(i))))
                .toList();
    }
}
