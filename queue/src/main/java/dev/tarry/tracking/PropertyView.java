package dev.tarry.tracking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An event as Get-MessageTrackingLog prints it: Exchange's property names in Exchange's order (reference §8.5), and
/// NextHopDomain, which the fix guide selects (reference §0.2). Pure.
public final class PropertyView {
    private PropertyView() {}

    /// Values are `Instant`, `String` (empty where there is none), `Long`, `Integer`, `List<String>`, and for EventData
    /// a list of maps with `Key` and `Value`. Texts are as they were said: whoever prints them escapes them.
    public static LinkedHashMap<String, Object> of(TrackingEvent e) {
        LinkedHashMap<String, Object> view = new LinkedHashMap<>();
        view.put("Timestamp", e.time());
        view.put("ClientIp", e.clientIp());
        view.put("ClientHostname", e.clientHostname());
        view.put("ServerIp", e.serverIp());
        view.put("ServerHostname", e.serverHostname());
        view.put("SourceContext", e.sourceContext());
        view.put("ConnectorId", e.connectorId());
        view.put("Source", e.source().name());
        view.put("EventId", e.event().name());
        view.put("InternalMessageId", e.internalMessageId());
        view.put("MessageId", e.messageId());
        view.put("NetworkMessageId", e.networkMessageId().map(UUID::toString).orElse(""));
        view.put("Recipients", e.recipients());
        view.put("RecipientStatus", e.recipientStatus());
        view.put("TotalBytes", e.totalBytes());
        view.put("RecipientCount", e.recipients().size());
        view.put("RelatedRecipientAddress", e.relatedRecipient());
        view.put("Reference", e.reference().isEmpty() ? List.of() : List.of(e.reference()));
        view.put("MessageSubject", e.subject());
        view.put("Sender", e.sender());
        view.put("ReturnPath", e.returnPath());
        view.put("Directionality", e.directionality());
        view.put("TenantId", "");
        view.put("OriginalClientIp", e.originalClientIp());
        view.put("MessageInfo", e.messageInfo());
        view.put("MessageLatency", "");
        view.put("MessageLatencyType", "None");
        view.put("EventData", eventData(e.customData()));
        view.put("TransportTrafficType", TrackingFormat.TRAFFIC_TYPE);
        view.put("SchemaVersion", TrackingFormat.VERSION);
        view.put("NextHopDomain", e.nextHopDomain());
        return view;
    }

    private static List<Map<String, String>> eventData(List<String> pairs) {
        List<Map<String, String>> data = new ArrayList<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("Key", equals < 0 ? pair : pair.substring(0, equals));
            entry.put("Value", equals < 0 ? "" : pair.substring(equals + 1));
            data.add(entry);
        }
        return data;
    }
}
