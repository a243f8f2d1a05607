package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.store.ErrorRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryScheduleTest {
    private static final ErrorRecord ERROR = new ErrorRecord("451 4.4.0 DNS query failed", "", "", 1);

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 1", "4, 5", "9, 5", "10, 10", "11, 10", "300, 10", "2147483647, 10"})
    void exchanges_ladder(int retries, int minutes) {
        assertEquals(Duration.ofMinutes(minutes), RetrySchedule.EXCHANGE.waitAfter(retries));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 30", "0, 0, 9, 30", "0, 2, 0, 20", "0, 2, 1, 20", "0, 2, 2, 30", "2, 0, 1, 10", "2, 0, 2, 30"
    })
    void a_stage_of_no_retries_is_left_out(int glitches, int transients, int retries, int minutes) {
        RetrySchedule schedule = new RetrySchedule(
                glitches, Duration.ofMinutes(10), transients, Duration.ofMinutes(20), Duration.ofMinutes(30));
        assertEquals(Duration.ofMinutes(minutes), schedule.waitAfter(retries));
    }

    @Test
    void a_real_queue_after_104_minutes_shows_17_retries_and_the_next_in_ten() {
        // reference §2.2: FirstRetryTime 22:06:02, LastRetryTime 23:50:05, RetryCount 17
        RetryState state = RetryState.afterFailure(null, 0, ERROR, RetrySchedule.EXCHANGE);
        while (state.nextMillis() <= Duration.ofMinutes(104).toMillis()) {
            state = RetryState.afterFailure(state, state.nextMillis(), ERROR, RetrySchedule.EXCHANGE);
        }
        assertEquals(17, state.retries());
        assertEquals(0, state.firstMillis());
        assertEquals(Duration.ofMinutes(104).toMillis(), state.lastMillis());
        assertEquals(Duration.ofMinutes(114).toMillis(), state.nextMillis());
    }
}
