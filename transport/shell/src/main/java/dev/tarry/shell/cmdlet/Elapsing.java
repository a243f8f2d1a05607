package dev.tarry.shell.cmdlet;

import dev.tarry.client.ClockWay;
import dev.tarry.client.ProblemException;
import dev.tarry.shell.print.ProgressLine;
import java.time.Duration;

/// Time that a cmdlet lets pass: the server's. In the lab that takes no real time, and mail moves.
public final class Elapsing {
    private static final int NOT_FOUND = 404;

    private Elapsing() {}

    /// @param words whose progress it is
    public static void pass(Call call, Duration span, String words) {
        try (ProgressLine line = new ProgressLine(call.io())) {
            call.client().moveClock(ClockWay.by(span), progress -> line.show(words + ": " + progress.now()));
        } catch (ProblemException refused) {
            // A world without a lab has no such route. Anything else is a clock that will not be stepped now.
            if (refused.status() != NOT_FOUND) {
                throw refused;
            }
            call.session().pause(span);
        }
    }
}
