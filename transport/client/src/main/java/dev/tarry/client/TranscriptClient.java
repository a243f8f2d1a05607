package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Transcripts of SMTP sessions on demand. Reached by [TarryClient#transcripts]; as thread-safe.
public final class TranscriptClient {
    private static final String TRANSCRIPTS = "/api/v1/transcripts";

    private final Http http;

    TranscriptClient(Http http) {
        this.http = http;
    }

    /// Whose sessions are kept.
    ///
    /// @param client      an IP address, a CIDR range, or a first and a last address; absent: everybody
    /// @param address     a sender's or recipient's, `<>` for reports; absent: any. One of the two is needed
    /// @param connector   the name of a receive connector; absent: all
    /// @param maxSessions the first so many; absent: as many as the server keeps where nothing is said
    public record Wanted(
            Optional<String> client,
            Optional<String> address,
            Optional<String> connector,
            Optional<Integer> maxSessions) {
        /// All sessions of a client.
        public static Wanted ofClient(String client) {
            return new Wanted(Optional.of(client), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /// All sessions in which an address is named.
        public static Wanted ofAddress(String address) {
            return new Wanted(Optional.empty(), Optional.of(address), Optional.empty(), Optional.empty());
        }
    }

    /// @param event    `+` connected, `-` disconnected, `>` said by the server, `<` said to it, `*` information
    /// @param data     what was said, secrets hidden
    public record Line(Instant time, String event, String data, String context) {}

    /// @param closed absent while it goes on
    public record Session(
            String id,
            String connector,
            String localEndpoint,
            String remoteEndpoint,
            Instant opened,
            Optional<Instant> closed,
            List<Line> lines,
            long linesLeftOut) {}

    /// @param stopped         absent while it goes on
    /// @param sessionsLeftOut that were not kept, since there were too many
    /// @param sessions        empty where many transcripts were listed
    public record Transcript(
            String id,
            Optional<String> client,
            Optional<String> address,
            Optional<String> connector,
            long maxSessions,
            Instant begun,
            Optional<Instant> stopped,
            long sessionCount,
            long sessionsLeftOut,
            List<Session> sessions) {}

    /// Begins one: it hears sessions that begin from now on.
    public Transcript begin(Wanted wanted) {
        Map<String, Object> body = new LinkedHashMap<>();
        wanted.client().ifPresent(client -> body.put("Client", client));
        wanted.address().ifPresent(address -> body.put("Address", address));
        wanted.connector().ifPresent(connector -> body.put("Connector", connector));
        wanted.maxSessions().ifPresent(most -> body.put("MaxSessions", most));
        return transcript(http.object("POST", TRANSCRIPTS, Optional.of(body)));
    }

    /// All, without what was said.
    public List<Transcript> list() {
        return http.object("GET", TRANSCRIPTS, Optional.empty()).items().stream()
                .map(TranscriptClient::transcript)
                .toList();
    }

    /// One, as far as it has come.
    ///
    /// @throws ProblemException with status 404 if there is none of this id
    public Transcript read(String id) {
        return transcript(http.object("GET", path(id), Optional.empty()));
    }

    /// Hears no more; what was heard can still be read.
    public Transcript stop(String id) {
        return transcript(http.object("POST", path(id) + "/stop", Optional.empty()));
    }

    public void remove(String id) {
        http.object("DELETE", path(id), Optional.empty());
    }

    private static String path(String id) {
        return TRANSCRIPTS + "/" + encoded(id);
    }

    private static Transcript transcript(Answer a) {
        return new Transcript(
                a.text("Id"),
                a.optionalText("Client"),
                a.optionalText("Address"),
                a.optionalText("Connector"),
                a.count("MaxSessions"),
                a.moment("Begun"),
                a.optionalMoment("Stopped"),
                a.count("SessionCount"),
                a.count("SessionsLeftOut"),
                a.objects("Sessions").stream().map(TranscriptClient::session).toList());
    }

    private static Session session(Answer a) {
        return new Session(
                a.text("SessionId"),
                a.text("ConnectorId"),
                a.text("LocalEndpoint"),
                a.text("RemoteEndpoint"),
                a.moment("Opened"),
                a.optionalMoment("Closed"),
                a.objects("Lines").stream()
                        .map(line -> new Line(
                                line.moment("DateTime"), line.text("Event"), line.text("Data"), line.text("Context")))
                        .toList(),
                a.count("LinesLeftOut"));
    }
}
