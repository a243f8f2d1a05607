package dev.tarry.shell.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tarry.client.OperationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FollowingTest {
    private static OperationStatus redirecting(String target) {
        return new OperationStatus(
                1767603600001L,
                "Redirect-Message",
                target,
                "running",
                3,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                0,
                Instant.EPOCH,
                Optional.empty(),
                "",
                "");
    }

    @Test
    void whoever_leaves_a_redirection_is_told_that_it_goes_on_and_how_to_stop_it() {
        assertEquals(
                "WARNING: Redirect-Message to mail2.company.com goes on at the server, which takes no new mail until it"
                        + " is over. It is operation 1767603600001: POST /api/v1/operations/1767603600001/cancel stops"
                        + " it, and GET /api/v1/operations/1767603600001 says how far it is.",
                Following.goesOn(redirecting("mail2.company.com")).strip());
    }

    @Test
    void what_was_typed_cannot_steer_the_terminal() {
        assertFalse(Following.goesOn(redirecting("mail2\u001b[2J.company.com")).contains("\u001b"));
    }
}
