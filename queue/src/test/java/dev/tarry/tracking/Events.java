package dev.tarry.tracking;

import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Events that tests start from.
final class Events {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00.000Z");
    static final UUID NETWORK_ID = UUID.fromString("30fe02df-1863-4f99-b615-0dc480e8023d");

    private Events() {}

    static TrackingEvent deferred() {
        return new TrackingEvent(
                Instant.parse("2026-03-02T12:00:05.250Z"),
                Event.DEFER,
                Source.DNS,
                "",
                "MAIL",
                "",
                "external-company.com",
                "08D8B9F10FA;2026-03-02T12:00:00.000Z;0",
                "Internet",
                1_099_511_627_776L,
                "<q1@client.contoso.com>",
                Optional.of(NETWORK_ID),
                List.of("john.smith@external-company.com", "\"a;b\"@external-company.com"),
                List.of(
                        "[{LED=451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry};{MSG=};"
                                + "{FQDN=external-company.com};{IP=};{LRT=3/2/2026 12:00:05 PM}]",
                        "550 4.4.7 QUEUE.Expired; message expired"),
                1537,
                "",
                "",
                "Figures, \"final\"",
                "anna@company.com",
                "anna@company.com",
                "2026-03-02T12:00:00.000Z;LSRV=MAIL",
                "Originating",
                "192.0.2.9",
                "external-company.com",
                List.of("DeliveryPriority=Normal", "E2ELatency=5.250"));
    }

    /// A plain event, told apart by its number.
    static TrackingEvent at(Instant time, long id) {
        return of(time, Event.SEND, Source.SMTP, id, "subject " + id, "anna@company.com", "user" + id + "@gmail.com");
    }

    static TrackingEvent of(
            Instant time, Event event, Source source, long id, String subject, String sender, String... recipients) {
        return new TrackingEvent(
                time,
                event,
                source,
                "",
                "",
                "",
                "",
                "",
                "",
                id,
                "<m" + id + "@company.com>",
                Optional.of(new UUID(1, id)),
                List.of(recipients),
                List.of(),
                100,
                "",
                "<r" + id + "@company.com>",
                subject,
                sender,
                sender,
                "",
                "Originating",
                "",
                "",
                List.of());
    }
}
