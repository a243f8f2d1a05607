package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TranscriptCmdletsTest {
    private static final String TRANSCRIPT = "{\"Id\":\"7\",\"Client\":\"192.0.2.1\",\"Address\":null,"
            + "\"Connector\":null,\"MaxSessions\":10,\"Begun\":\"2026-01-02T03:00:00Z\",\"Stopped\":null,"
            + "\"SessionCount\":1,\"SessionsLeftOut\":0,\"Sessions\":[%s]}";
    private static final String SESSION = "{\"SessionId\":\"08D8\",\"ConnectorId\":\"MAIL\\\\Relay\","
            + "\"LocalEndpoint\":\"127.0.0.1:25\",\"RemoteEndpoint\":\"192.0.2.1:1\","
            + "\"Opened\":\"2026-01-02T03:00:01Z\",\"Closed\":null,\"LinesLeftOut\":2,\"Lines\":["
            + "{\"DateTime\":\"2026-01-02T03:00:02Z\",\"Event\":\"<\",\"Data\":\"EHLO a\",\"Context\":\"\"}]}";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json("POST /api/v1/transcripts", 201, TRANSCRIPT.formatted(""));
        bench.server.json("GET /api/v1/transcripts", 200, "{\"items\":[" + TRANSCRIPT.formatted("") + "]}");
        bench.server.json("GET /api/v1/transcripts/7", 200, TRANSCRIPT.formatted(SESSION));
        bench.server.json("POST /api/v1/transcripts/7/stop", 200, TRANSCRIPT.formatted(""));
        bench.server.json("DELETE /api/v1/transcripts/7", 204, "");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void what_a_client_says_is_kept_read_stopped_and_removed() {
        bench.run("New-SmtpTranscript -Client 192.0.2.1 -MaxSessions 10");
        assertEquals(
                "POST /api/v1/transcripts {\"Client\":\"192.0.2.1\",\"MaxSessions\":10}",
                bench.server.requests().getLast());
        Bench.Said lines = bench.run("Get-SmtpTranscript | Get-SmtpTranscriptLine");
        assertEquals("""
                SessionId DateTime            Event Data
                --------- --------            ----- ----
                08D8      1/2/2026 3:00:02 AM <     EHLO a""", lines.text());
        assertTrue(lines.err().contains("WARNING: Of the session 08D8 2 lines were not kept."), lines.err());
        assertEquals(
                "EHLO a",
                bench.run("(Get-SmtpTranscript 7).Sessions[0].Lines[0].Data").text());
        bench.run("Get-SmtpTranscript | Stop-SmtpTranscript | Remove-SmtpTranscript -Confirm:$false");
        assertEquals(
                List.of("POST /api/v1/transcripts/7/stop", "DELETE /api/v1/transcripts/7"),
                bench.server.requests().reversed().subList(0, 2).reversed());
    }

    @Test
    void somebody_must_be_meant() {
        Bench.Said said = bench.run("New-SmtpTranscript");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("Say whose sessions are to be kept"), said.err());
        assertEquals(List.of(), bench.server.requests());
    }
}
