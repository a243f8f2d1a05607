package dev.tarry.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which parts of the server somebody has asked to rest (Set-ServerComponentState). A component is as its strictest
/// request says: active only while all who asked for something ask for that.
///
/// @param requests what was asked for and is not `Active`; of each component and requester one
public record ComponentSettings(List<Request> requests) {
    /// A part of the server.
    public enum Component {
        /// all the others at once
        SERVER_WIDE_OFFLINE("ServerWideOffline"),
        /// the transport service: queues, and all receive connectors, since the front end hands on to it
        HUB_TRANSPORT("HubTransport"),
        /// the receive connectors of the Front End Transport service
        FRONTEND_TRANSPORT("FrontendTransport"),
        /// nothing here
        MONITORING("Monitoring"),
        /// nothing here
        RECOVERY_ACTIONS_ENABLED("RecoveryActionsEnabled");

        private final String word;

        Component(String word) {
            this.word = word;
        }

        /// As Exchange prints it.
        public String word() {
            return word;
        }
    }

    /// How a component may be asked to be, the strictest last.
    public enum State {
        ACTIVE("Active"),
        DRAINING("Draining"),
        INACTIVE("Inactive");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /// As Exchange prints it.
        public String word() {
            return word;
        }
    }

    /// Who asks.
    public enum Requester {
        HEALTH_API("HealthAPI"),
        MAINTENANCE("Maintenance"),
        SIDELINED("Sidelined"),
        FUNCTIONAL("Functional"),
        DEPLOYMENT("Deployment");

        private final String word;

        Requester(String word) {
            this.word = word;
        }

        /// As Exchange prints it.
        public String word() {
            return word;
        }
    }

    /// What somebody asked for.
    public record Request(Component component, Requester requester, State state) {
        @Override
        public String toString() {
            return component.word() + ":" + requester.word() + ":" + state.word();
        }

        static Request of(String text) {
            String[] parts = text.strip().split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException();
            }
            return new Request(
                    word(Component.values(), Component::word, parts[0]),
                    word(Requester.values(), Requester::word, parts[1]),
                    word(State.values(), State::word, parts[2]));
        }

        private static <T> T word(T[] all, Function<T, String> word, String text) {
            return Arrays.stream(all)
                    .filter(one -> word.apply(one).equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
    }

    private static final Set<Component> NEVER_OFFLINE =
            EnumSet.of(Component.SERVER_WIDE_OFFLINE, Component.MONITORING, Component.RECOVERY_ACTIONS_ENABLED);

    private static final Kind<Request> REQUEST = Kind.plain(
            "a component's state",
            "write component:requester:state (HubTransport:Maintenance:Draining); components are "
                    + words(Component.values(), Component::word) + "; requesters "
                    + words(Requester.values(), Requester::word) + "; states " + words(State.values(), State::word),
            Request::of,
            Request::toString);

    private static final Setting<List<Request>> REQUESTS = Setting.of(
            "components.states",
            Kinds.list(REQUEST),
            "",
            "Parts of the server that are to rest (Set-ServerComponentState), each as component:requester:state; a"
                    + " component is as its strictest request says.");

    static final List<Setting<?>> ROWS = List.of(REQUESTS);

    /// The list is copied; who asks for `Active` asks for nothing, and of several requests of one requester the last
    /// holds.
    public ComponentSettings {
        List<Request> all = requests;
        requests = IntStream.range(0, all.size())
                .filter(i -> all.subList(i + 1, all.size()).stream().noneMatch(later -> replaces(later, all.get(i))))
                .mapToObj(all::get)
                .filter(request -> request.state() != State.ACTIVE)
                .toList();
    }

    private static boolean replaces(Request later, Request earlier) {
        return later.component() == earlier.component() && later.requester() == earlier.requester();
    }

    static ComponentSettings from(Values values) {
        return new ComponentSettings(values.of(REQUESTS));
    }

    private static <T> String words(T[] all, Function<T, String> word) {
        return Arrays.stream(all).map(word).collect(Collectors.joining(", "));
    }

    /// How a component is.
    public State state(Component component) {
        Stream<Component> counting = NEVER_OFFLINE.contains(component)
                ? Stream.of(component)
                : Stream.of(component, Component.SERVER_WIDE_OFFLINE);
        List<Component> all = counting.toList();
        return requests.stream()
                .filter(request -> all.contains(request.component()))
                .map(Request::state)
                .max(Comparator.naturalOrder())
                .orElse(State.ACTIVE);
    }

    /// The same with another request.
    public ComponentSettings with(Request request) {
        return new ComponentSettings(
                Stream.concat(requests.stream(), Stream.of(request)).toList());
    }

    /// As the setting is written.
    public String written() {
        return requests.stream().map(Request::toString).collect(Collectors.joining(","));
    }

    /// The setting's key.
    public static String key() {
        return REQUESTS.key();
    }
}
