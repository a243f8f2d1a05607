package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.ComponentSettings;
import dev.tarry.config.ComponentSettings.Component;
import dev.tarry.config.ComponentSettings.Request;
import dev.tarry.config.ComponentSettings.Requester;
import dev.tarry.config.ComponentSettings.State;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What Get- and Set-ServerComponentState do: parts of the server rest while somebody asks for it, over restarts too.
/// Thread-safe; blocks.
public final class ComponentOperations {
    private final SettingsDesk desk;

    public ComponentOperations(SettingsDesk desk) {
        this.desk = desk;
    }

    /// All components: Server, Component, State, and who asked for what.
    public List<SequencedMap<String, Object>> list() {
        ComponentSettings now = desk.now().components();
        return Arrays.stream(Component.values())
                .map(component -> bag(now, component))
                .toList();
    }

    private SequencedMap<String, Object> bag(ComponentSettings now, Component component) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        String server = desk.now().server().computerName();
        bag.put("Server", server);
        bag.put("Component", component.word());
        bag.put("State", now.state(component).word());
        bag.put(
                "Requests",
                now.requests().stream()
                        .filter(request -> request.component() == component)
                        .map(request -> request.requester().word() + ":"
                                + request.state().word())
                        .toList());
        bag.put("Identity", server + "\\" + component.word());
        return bag;
    }

    /// Has one component be as somebody asks; it is as its strictest request says.
    ///
    /// @param component as Exchange prints it, in any case, as the other two
    /// @return the component then
    /// @throws OperationRefused if a word is unknown
    public SequencedMap<String, Object> set(String component, String requester, String state) {
        Component which = word(
                Component.values(),
                Component::word,
                component,
                Reason.UNKNOWN_OBJECT,
                "the server has no component %s; it has ");
        Requester who = word(
                Requester.values(),
                Requester::word,
                requester,
                Reason.INVALID_PARAMETER,
                "%s is no requester; they are ");
        State what = word(State.values(), State::word, state, Reason.INVALID_PARAMETER, "%s is no state; they are ");
        if (which == Component.SERVER_WIDE_OFFLINE && what == State.DRAINING) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER, "ServerWideOffline is Active or Inactive; HubTransport is what drains");
        }
        AtomicReference<ComponentSettings> wanted = new AtomicReference<>();
        SettingsDesk.Outcome outcome = desk.change(
                settings -> {
                    wanted.set(settings.components().with(new Request(which, who, what)));
                    return Map.of(
                            ComponentSettings.key(), Optional.of(wanted.get().written()));
                },
                UnaryOperator.identity());
        ComponentSettings now = outcome.after().components();
        if (!now.equals(wanted.get())) {
            throw new OperationRefused(
                    Reason.CONFLICT,
                    "the setting " + ComponentSettings.key()
                            + " was given at the start of the server, and what is set now"
                            + " does not hold against that");
        }
        return bag(now, which);
    }

    private static <T> T word(T[] all, Function<T, String> word, String text, Reason reason, String says) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new OperationRefused(
                        reason,
                        says.formatted(OperationRefused.quoted(text))
                                + Arrays.stream(all).map(word).collect(Collectors.joining(", "))));
    }
}
