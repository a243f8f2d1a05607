package dev.tarry.tracking;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTime;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The file format of the message tracking log (reference §8.1, §8.2): its header, and an event as one line, both ways.
/// Writing an event and reading it gives the same event (texts longer than [FieldText#MAX_CHARACTERS] are cut).
/// Pure; any thread.
public final class TrackingFormat {
    /// #Version and schema-version: the build that is imitated.
    public static final String VERSION = "15.02.1544.004";

    /// transport-traffic-type: all there is here.
    public static final String TRAFFIC_TYPE = "Email";

    /// Columns in file order.
    public static final List<String> FIELDS = List.of(
            "date-time",
            "client-ip",
            "client-hostname",
            "server-ip",
            "server-hostname",
            "source-context",
            "connector-id",
            "source",
            "event-id",
            "internal-message-id",
            "message-id",
            "network-message-id",
            "recipient-address",
            "recipient-status",
            "total-bytes",
            "recipient-count",
            "related-recipient-address",
            "reference",
            "message-subject",
            "sender-address",
            "return-path",
            "message-info",
            "directionality",
            "tenant-id",
            "original-client-ip",
            "original-server-ip",
            "custom-data",
            "transport-traffic-type",
            "log-id",
            "schema-version");

    /// As custom-data marks its pairs.
    private static final String STRING = "S:";

    private static final String NEXT_HOP = TrackingEvent.NEXT_HOP_DOMAIN + "=";

    private TrackingFormat() {}

    /// The same, as logs are written.
    static final LogFormat<TrackingEvent> FORMAT = new LogFormat<>() {
        @Override
        public String prefix() {
            return "MSGTRK";
        }

        @Override
        public String type() {
            return "Message Tracking Log";
        }

        @Override
        public String version() {
            return VERSION;
        }

        @Override
        public List<String> fields() {
            return FIELDS;
        }

        @Override
        public Instant time(TrackingEvent entry) {
            return entry.time();
        }

        @Override
        public String line(TrackingEvent entry) {
            return TrackingFormat.line(entry);
        }
    };

    /// The lines that a file begins with, with CRLFs.
    ///
    /// @param date when the file was begun
    public static String header(Instant date) {
        return FORMAT.header(date);
    }

    /// One line, without its CRLF.
    public static String line(TrackingEvent e) {
        return new CsvLine()
                .field(LogTime.text(e.time()))
                .field(FieldText.escaped(e.clientIp()))
                .field(FieldText.escaped(e.clientHostname()))
                .field(FieldText.escaped(e.serverIp()))
                .field(FieldText.escaped(e.serverHostname()))
                .field(FieldText.escaped(e.sourceContext()))
                .field(FieldText.escaped(e.connectorId()))
                .field(e.source().name())
                .field(e.event().name())
                .field(Long.toString(e.internalMessageId()))
                .field(FieldText.escaped(e.messageId()))
                .field(e.networkMessageId().map(UUID::toString).orElse(""))
                .field(FieldText.joined(e.recipients()))
                .field(FieldText.joined(e.recipientStatus()))
                .field(Long.toString(e.totalBytes()))
                .field(Integer.toString(e.recipients().size()))
                .field(FieldText.escaped(e.relatedRecipient()))
                .field(FieldText.escaped(e.reference()))
                .field(FieldText.escaped(e.subject()))
                .field(FieldText.escaped(e.sender()))
                .field(FieldText.escaped(e.returnPath()))
                .field(FieldText.escaped(e.messageInfo()))
                .field(FieldText.escaped(e.directionality()))
                .field("")
                .field(FieldText.escaped(e.originalClientIp()))
                .field("")
                .field(FieldText.joined(customData(e)))
                .field(TRAFFIC_TYPE)
                .field("")
                .field(VERSION)
                .toString();
    }

    private static List<String> customData(TrackingEvent e) {
        List<String> pairs = new ArrayList<>(e.customData().size() + 1);
        e.customData().forEach(pair -> pairs.add(STRING + pair));
        if (!e.nextHopDomain().isEmpty()) {
            pairs.add(STRING + NEXT_HOP + e.nextHopDomain());
        }
        return pairs;
    }

    /// The inverse of [#line].
    ///
    /// @param line without its line end
    /// @return empty if it is no event: a header line, a torn line, another version's
    public static Optional<TrackingEvent> parse(String line) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return Optional.empty();
        }
        return CsvLine.parse(line).filter(f -> f.size() == FIELDS.size()).flatMap(TrackingFormat::event);
    }

    private static Optional<TrackingEvent> event(List<String> f) {
        long millis = LogTime.millis(f.get(0));
        if (millis == LogTime.NONE) {
            return Optional.empty();
        }
        try {
            List<String> custom = new ArrayList<>();
            String nextHop = "";
            for (String pair : FieldText.split(f.get(26))) {
                String bare = pair.startsWith(STRING) ? pair.substring(STRING.length()) : pair;
                if (bare.startsWith(NEXT_HOP)) {
                    nextHop = bare.substring(NEXT_HOP.length());
                } else {
                    custom.add(bare);
                }
            }
            return Optional.of(new TrackingEvent(
                    Instant.ofEpochMilli(millis),
                    Event.valueOf(f.get(8)),
                    Source.valueOf(f.get(7)),
                    text(f, 1),
                    text(f, 2),
                    text(f, 3),
                    text(f, 4),
                    text(f, 5),
                    text(f, 6),
                    Long.parseLong(f.get(9)),
                    text(f, 10),
                    f.get(11).isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(f.get(11))),
                    FieldText.split(f.get(12)),
                    FieldText.split(f.get(13)),
                    Long.parseLong(f.get(14)),
                    text(f, 16),
                    text(f, 17),
                    text(f, 18),
                    text(f, 19),
                    text(f, 20),
                    text(f, 21),
                    text(f, 22),
                    text(f, 24),
                    nextHop,
                    custom));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String text(List<String> fields, int column) {
        return FieldText.unescaped(fields.get(column));
    }
}
