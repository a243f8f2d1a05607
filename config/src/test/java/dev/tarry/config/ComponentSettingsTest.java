package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ComponentSettings.Component;
import dev.tarry.config.ComponentSettings.Request;
import dev.tarry.config.ComponentSettings.Requester;
import dev.tarry.config.ComponentSettings.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ComponentSettingsTest {
    private static Settings with(String setting) throws ConfigException {
        return Settings.load(Optional.empty(), Map.of(), List.of(setting));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                                     | ACTIVE   | ACTIVE   | ACTIVE
            HubTransport:Maintenance:Draining                                     | DRAINING | ACTIVE   | ACTIVE
            hubtransport:maintenance:draining,HubTransport:HealthAPI:Inactive     | INACTIVE | ACTIVE   | ACTIVE
            HubTransport:Maintenance:Draining,HubTransport:Maintenance:Active     | ACTIVE   | ACTIVE   | ACTIVE
            ServerWideOffline:Maintenance:Inactive                                | INACTIVE | INACTIVE | ACTIVE
            ServerWideOffline:Sidelined:Inactive,FrontendTransport:Functional:Draining | INACTIVE | INACTIVE | ACTIVE
            FrontendTransport:Deployment:Draining,Monitoring:Maintenance:Inactive | ACTIVE   | DRAINING | INACTIVE""")
    void a_component_is_as_its_strictest_request_says(String written, State hub, State frontEnd, State monitoring)
            throws ConfigException {
        ComponentSettings components =
                with("components.states=" + (written == null ? "" : written)).components();
        assertEquals(hub, components.state(Component.HUB_TRANSPORT));
        assertEquals(frontEnd, components.state(Component.FRONTEND_TRANSPORT));
        assertEquals(monitoring, components.state(Component.MONITORING));
    }

    @Test
    void a_later_request_of_the_same_requester_takes_the_place_of_the_one_before() {
        ComponentSettings components = new ComponentSettings(List.of())
                .with(new Request(Component.HUB_TRANSPORT, Requester.MAINTENANCE, State.DRAINING))
                .with(new Request(Component.HUB_TRANSPORT, Requester.HEALTH_API, State.INACTIVE))
                .with(new Request(Component.HUB_TRANSPORT, Requester.HEALTH_API, State.ACTIVE));
        assertEquals("HubTransport:Maintenance:Draining", components.written());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HubTransport", "HubTransport:Draining", "HubTransport:Me:Draining", "Hub:Maintenance:Active"})
    void what_is_no_request_is_a_fault_that_says_what_would_be_right(String written) {
        ConfigException refused = assertThrows(ConfigException.class, () -> with("components.states=" + written));
        assertTrue(refused.getMessage().contains("component:requester:state"), refused.getMessage());
    }

    @Test
    void levels_of_events_are_kept_by_category_and_lowest_is_none() throws ConfigException {
        EventLogSettings levels =
                with("eventLog.levels=SmtpSend:high,DSN:Lowest").eventLog();
        assertEquals(EventLogSettings.Level.HIGH, levels.level("smtpsend"));
        assertEquals(EventLogSettings.Level.LOWEST, levels.level("DSN"));
        assertEquals("SmtpSend:High", levels.written());
        assertEquals(
                "DSN:Expert,SmtpSend:High",
                levels.with("DSN", EventLogSettings.Level.EXPERT).written());
        assertThrows(ConfigException.class, () -> with("eventLog.levels=SmtpSend:Loud"));
    }
}
