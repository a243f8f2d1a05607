package dev.tarry.tracking;

import dev.tarry.tracking.TrackingEvent.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// An event as Get-MessageTrackingLog prints it: Exchange's property names in Exchange's order (reference §8.5), and
/// NextHopDomain, which the fix guide selects (reference §0.2). Pure.
public final class PropertyView {
    private static final String LATENCY = "E2ELatency=";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}\\.\\d{3}");

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
        Optional<String> latency = latency(e);
        view.put("MessageLatency", latency.orElse(""));
        view.put("MessageLatencyType", latency.map(_ -> latencyType(e.event())).orElse("None"));
        view.put("EventData", eventData(e.customData()));
        view.put("TransportTrafficType", TrackingFormat.TRAFFIC_TYPE);
        view.put("SchemaVersion", TrackingFormat.VERSION);
        view.put("NextHopDomain", e.nextHopDomain());
        return view;
    }

    /// From receipt to now, of what left this server: `00:00:02.8120000`. It is the log's E2ELatency, in seconds.
    private static Optional<String> latency(TrackingEvent e) {
        if (e.event() != Event.SEND && e.event() != Event.DELIVER) {
            return Optional.empty();
        }
        return e.customData().stream()
                .filter(pair -> pair.startsWith(LATENCY)
                        && SECONDS.matcher(pair.substring(LATENCY.length())).matches())
                .findFirst()
                .map(pair -> pair.substring(LATENCY.length()).split("\\."))
                .map(parts -> {
                    long seconds = Long.parseLong(parts[0]);
                    String days = seconds < 86_400 ? "" : seconds / 86_400 + ".";
                    return String.format(
                            Locale.ROOT,
                            "%s%02d:%02d:%02d.%s0000",
                            days,
                            seconds / 3_600 % 24,
                            seconds / 60 % 60,
                            seconds % 60,
                            parts[1]);
                });
    }

    /// A mailbox is the end of the way; behind another host it goes on.
    private static String latencyType(Event event) {
        return event == Event.DELIVER ? "EndToEnd" : "LocalServer";
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
