package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `net` and `sc.exe`.
final class ServiceProgramsTest {
    private static final String PATH = "/api/v1/transport-service/";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        bench.server.json(
                "GET /lab/v1/forwarders",
                404,
                "{\"type\":\"urn:tarry:problem:unknown-path\",\"title\":\"t\",\"status\":404,\"detail\":\"no\"}");
        is("Running");
        bench.server.json("POST " + PATH + "start", 200, service("Running"));
        bench.server.json("POST " + PATH + "stop", 200, service("Stopped"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void is(String status) {
        bench.server.json("GET " + PATH + "status", 200, service(status));
    }

    private static String service(String status) {
        return "{\"Name\":\"MSExchangeTransport\",\"DisplayName\":\"Microsoft Exchange Transport\",\"Status\":\""
                + status + "\"}";
    }

    private boolean asked(String verb) {
        return bench.server.requests().stream().anyMatch(request -> request.startsWith("POST " + PATH + verb));
    }

    @Test
    void net_start_lists_what_is_started() {
        assertEquals("""
                These Windows services are started:

                   DNS Client
                   Microsoft Exchange Frontend Transport
                   Microsoft Exchange Transport

                The command completed successfully.

                """, bench.run("net start").out());
        is("Stopped");
        assertFalse(bench.run("net start").out().contains("Exchange"));
    }

    @Test
    void net_stops_and_starts_by_either_name() {
        assertEquals("""
                The Microsoft Exchange Transport service is stopping.
                The Microsoft Exchange Transport service was stopped successfully.

                """, bench.run("net stop MSExchangeTransport").out());
        assertTrue(asked("stop"));
        is("Stopped");
        assertEquals(
                """
                The Microsoft Exchange Transport service is starting.
                The Microsoft Exchange Transport service was started successfully.

                """, bench.run("net.exe start 'microsoft exchange transport'").out());
        assertTrue(asked("start"));
    }

    @Test
    void net_says_by_number_what_cannot_be_done_and_does_nothing() {
        assertEquals(
                "The requested service has already been started.\n\nMore help is available by typing NET HELPMSG 2182.\n\n",
                bench.run("net start MSExchangeTransport").err());
        assertTrue(bench.run("net stop Spooler").err().startsWith("The service name is invalid.\n"));
        assertTrue(bench.run("net stop dnscache").err().contains("NET HELPMSG 2191."));
        assertTrue(bench.run("net use x:").err().contains("'use' is not supported: net takes start, and start, stop"));
        assertTrue(bench.run("net stop").err().contains("Words are missing: net takes"));
        is("Stopped");
        assertTrue(bench.run("net stop msexchangetransport")
                .err()
                .startsWith("The Microsoft Exchange Transport service is not started.\n"));
        assertFalse(asked(""), bench.server.requests().toString());
    }

    @Test
    void sc_exe_shows_states_as_numbers_and_words() {
        assertEquals("""

                SERVICE_NAME: MSExchangeTransport\s
                        TYPE               : 10  WIN32_OWN_PROCESS \s
                        STATE              : 4  RUNNING\s
                                                (STOPPABLE, PAUSABLE, ACCEPTS_SHUTDOWN)
                        WIN32_EXIT_CODE    : 0  (0x0)
                        SERVICE_EXIT_CODE  : 0  (0x0)
                        CHECKPOINT         : 0x0
                        WAIT_HINT          : 0x0
                """, bench.run("sc.exe query MSExchangeTransport").out());
        String all = bench.run("sc.exe \\\\MAIL query").out();
        assertTrue(all.contains("\nDISPLAY_NAME: DNS Client\n"), all);
        assertTrue(all.contains("(NOT_STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)"), all);
        assertTrue(bench.run("sc.exe stop MSExchangeTransport").out().contains("STATE              : 1  STOPPED \n"));
        assertTrue(asked("stop"));
    }

    @Test
    void sc_exe_says_by_number_what_cannot_be_done() {
        assertEquals(
                "[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\n\nThe specified service does not exist as an"
                        + " installed service.\n\n",
                bench.run("sc.exe query Spooler").err());
        assertTrue(bench.run("sc.exe start MSExchangeTransport").err().startsWith("[SC] StartService FAILED 1056:"));
        assertTrue(bench.run("sc.exe \\\\OTHER query").err().contains("The computer 'OTHER' could not be found."));
        assertTrue(bench.run("sc.exe config x").err().contains("'config' is not supported: sc.exe takes query"));
        assertFalse(asked(""), bench.server.requests().toString());
    }
}
