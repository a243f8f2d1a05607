package dev.tarry.server;

import dev.tarry.config.ComponentSettings;
import dev.tarry.config.ComponentSettings.Component;
import dev.tarry.config.ComponentSettings.State;
import dev.tarry.config.ReceiveConnectorNotes.TransportRole;
import dev.tarry.config.ReceiveConnectorSettings;
import dev.tarry.config.Settings;
import dev.tarry.mail.Reply;
import dev.tarry.receive.Admission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What rests because somebody has asked for it (Set-ServerComponentState). While HubTransport is Draining nothing is
/// taken and what is queued leaves; while it is Inactive that stays too, but for mail to mailboxes here. While
/// FrontendTransport is either, its connectors take nothing, and those of HubTransport do.
///
/// @param mail       whether no mail is taken at all
/// @param deliveries whether none is sent to other servers
/// @param connectors the names of the receive connectors that take none
record Resting(boolean mail, boolean deliveries, Set<String> connectors) {
    private static final Reply NOT_ACTIVE = Reply.of(421, "4.3.2 Service not active");

    Resting {
        connectors = Set.copyOf(connectors);
    }

    static Resting of(Settings settings) {
        ComponentSettings components = settings.components();
        State hub = components.state(Component.HUB_TRANSPORT);
        boolean frontEnd = components.state(Component.FRONTEND_TRANSPORT) != State.ACTIVE;
        return new Resting(
                hub != State.ACTIVE,
                hub == State.INACTIVE,
                settings.receiveConnectors().stream()
                        .filter(connector ->
                                frontEnd && connector.notes().transportRole() == TransportRole.FRONTEND_TRANSPORT)
                        .map(ReceiveConnectorSettings::name)
                        .collect(Collectors.toSet()));
    }

    /// What new mail is told.
    Optional<Reply> refusal() {
        return mail ? Optional.of(NOT_ACTIVE) : Optional.empty();
    }

    /// What clients of a receive connector are told.
    Optional<Reply> refusalAt(String connector) {
        return mail || connectors.contains(connector) ? Optional.of(NOT_ACTIVE) : Optional.empty();
    }

    /// What it means to the clients of one receive connector.
    ///
    /// @param now what rests at the moment
    static Admission at(String connector, Supplier<Resting> now) {
        return new Admission() {
            @Override
            public Optional<Reply> atConnection() {
                return now.get().refusalAt(connector);
            }

            @Override
            public Optional<Reply> atMail() {
                return now.get().refusalAt(connector);
            }
        };
    }
}
