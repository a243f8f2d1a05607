package dev.tarry.app;

import dev.tarry.admin.Listing;
import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.SessionSearch;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// `/lab/v1/sessions`: the journal of the mail hosts' sessions.
final class SessionRoutes {
    private static final Shape.Fields LINE = Shape.fields(
            Shape.required("Seconds", Shape.DECIMAL, "Since the session was opened, lab time."),
            Shape.required("From", Shape.TEXT, "client, host, or note for a remark of the journal."),
            Shape.required("Text", Shape.TEXT, "What was said; secrets masked, controls as \\xNN, long ones cut."));

    private static final Shape.Fields TAKEN = Shape.fields(
            Shape.required("Id", Shape.TEXT, "As in /lab/v1/mail."),
            Shape.required("Answered", Shape.FLAG, "Whether the host has said that it took it."));

    private static final Shape.Fields SESSION = Shape.fields(
            Shape.required("Id", Shape.TEXT, "Names the session in this run of the lab."),
            Shape.required("Opened", Shape.MOMENT, "Lab time."),
            Shape.required("Closed", new Shape.Nullable(Shape.MOMENT), "Lab time; null while it goes on."),
            Shape.required("Direction", Shape.TEXT, "in; out if the host dialled, with a report."),
            Shape.required("Host", Shape.TEXT, "The lab's mail host."),
            Shape.required("HostAddress", Shape.TEXT, "Where it is in the lab's world."),
            Shape.required("Port", Shape.WHOLE, "It was dialled at; 0 if it dialled."),
            Shape.required("Client", Shape.TEXT, "Who is on the other end."),
            Shape.required("HeloName", Shape.TEXT, "What the client called itself; empty if it did not."),
            Shape.required("TlsVersion", Shape.TEXT, "Empty: no TLS."),
            Shape.required("TlsCipher", Shape.TEXT, "Empty: no TLS."),
            Shape.required("User", Shape.TEXT, "Who logged in; empty: nobody."),
            Shape.required("Senders", new Shape.ListOf(Shape.TEXT), "Reverse-paths, in order."),
            Shape.required("Recipients", new Shape.ListOf(Shape.TEXT), "Accepted forward-paths, in order."),
            Shape.required("OctetsIn", Shape.WHOLE, "What the client sent."),
            Shape.required("OctetsOut", Shape.WHOLE, "What the host sent."),
            Shape.required("Messages", new Shape.ListOf(TAKEN), "That were kept."),
            Shape.required(
                    "Outcome",
                    Shape.TEXT,
                    "open; quit; client or host, who hung up; reset, by the host; tls, the handshake failed; broken."),
            Shape.optional("Lines", new Shape.ListOf(LINE), "What was said, in order."),
            Shape.optional("LinesLeftOut", Shape.WHOLE, "How many more there were."));

    private SessionRoutes() {}

    static List<Route> of(Lab lab) {
        return List.of(
                Route.get("/lab/v1/sessions", "The sessions of the lab's mail hosts, oldest first.")
                        .query("host", "Of a host whose name matches this pattern.")
                        .query("client", "Of a client whose address matches this pattern.")
                        .query("sender", "In which a sender matches this pattern.")
                        .query("recipient", "In which an accepted recipient matches this pattern.")
                        .query("since", "Opened at this moment of lab time or later.")
                        .query("outcome", "That ended so.")
                        .query("limit", "So many of the newest; 1000 if not given.")
                        .givesItems(SESSION, "Without the lines.")
                        .by(request -> Reply.items(Listing.of(lab.sessions(search(request)).stream()
                                .map(session -> shown(session, false))
                                .toList()))),
                Route.get("/lab/v1/sessions/{id}", "One session, line by line.")
                        .gives(SESSION, "With the lines.")
                        .by(request -> Reply.ok(lab.session(request.path("id"))
                                .map(session -> shown(session, true))
                                .orElseThrow(() -> new ProblemException(
                                        Problem.notFound("There is no such session, or it was let go."))))));
    }

    private static SessionSearch search(Request request) {
        return new SessionSearch(
                glob(request, "host"),
                glob(request, "client"),
                glob(request, "sender"),
                glob(request, "recipient"),
                request.query("since").map(SessionRoutes::moment),
                request.query("outcome"),
                LabRoutes.limit(request));
    }

    private static Glob glob(Request request, String name) {
        return LabRoutes.checked(name, () -> new Glob(request.query(name).orElse("*")));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw new ProblemException(
                    Problem.invalidParameter("since", "since is a moment such as 2026-01-02T03:04:05Z."));
        }
    }

    private static SequencedMap<String, Object> shown(JournaledSession session, boolean lines) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Id", session.id());
        bag.put("Opened", session.opened());
        bag.put("Closed", session.closed().orElse(null));
        bag.put("Direction", session.direction().name().toLowerCase(Locale.ROOT));
        bag.put("Host", session.host());
        bag.put("HostAddress", session.address());
        bag.put("Port", session.port());
        bag.put("Client", session.client());
        bag.put("HeloName", session.heloName());
        bag.put("TlsVersion", session.tlsVersion());
        bag.put("TlsCipher", session.tlsCipher());
        bag.put("User", session.user());
        bag.put("Senders", session.senders());
        bag.put("Recipients", session.recipients());
        bag.put("OctetsIn", session.octetsIn());
        bag.put("OctetsOut", session.octetsOut());
        bag.put(
                "Messages",
                session.messages().stream().map(SessionRoutes::shown).toList());
        bag.put("Outcome", session.end());
        if (lines) {
            bag.put("Lines", session.lines().stream().map(SessionRoutes::shown).toList());
            bag.put("LinesLeftOut", session.linesLeftOut());
        }
        return bag;
    }

    private static SequencedMap<String, Object> shown(JournaledSession.Taken taken) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Id", taken.id());
        bag.put("Answered", taken.answered());
        return bag;
    }

    private static SequencedMap<String, Object> shown(JournaledSession.Line line) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Seconds", line.after().toMillis() / 1_000.0);
        bag.put("From", line.speaker().name().toLowerCase(Locale.ROOT));
        bag.put("Text", line.text());
        return bag;
    }
}
