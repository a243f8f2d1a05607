package dev.tarry.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PropertyViewTest {
    @Test
    void properties_have_exchange_s_names_in_exchange_s_order() {
        assertEquals(
                "Timestamp, ClientIp, ClientHostname, ServerIp, ServerHostname, SourceContext, ConnectorId, Source,"
                        + " EventId, InternalMessageId, MessageId, NetworkMessageId, Recipients, RecipientStatus,"
                        + " TotalBytes, RecipientCount, RelatedRecipientAddress, Reference, MessageSubject, Sender,"
                        + " ReturnPath, Directionality, TenantId, OriginalClientIp, MessageInfo, MessageLatency,"
                        + " MessageLatencyType, EventData, TransportTrafficType, SchemaVersion, NextHopDomain",
                String.join(", ", PropertyView.of(Events.deferred()).keySet()));
    }

    @Test
    void values_are_the_event_s() {
        Map<String, Object> view = PropertyView.of(Events.deferred());
        assertEquals(Events.deferred().time(), view.get("Timestamp"));
        assertEquals("DEFER", view.get("EventId"));
        assertEquals("DNS", view.get("Source"));
        assertEquals(2, view.get("RecipientCount"));
        assertEquals("external-company.com", view.get("NextHopDomain"));
        assertEquals(List.of(), view.get("Reference"));
        assertEquals(
                List.of(
                        Map.of("Key", "DeliveryPriority", "Value", "Normal"),
                        Map.of("Key", "E2ELatency", "Value", "5.250")),
                view.get("EventData"));
    }
}
