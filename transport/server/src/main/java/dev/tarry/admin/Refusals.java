package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.Refusal;
import java.util.Locale;
import java.util.function.Supplier;

/// How what the queues refuse is told to whoever asked (reference §2.4).
final class Refusals {
    private Refusals() {}

    /// As the API has it: `submission-queue`.
    static String word(Refusal why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @return with the core's sentence, less its full stop: whoever prints it makes it a sentence again
    private static OperationRefused refused(Refusal why) {
        return new OperationRefused(Reason.ORDER_REFUSED, why.sentence().replaceFirst("\\.$", ""));
    }

    /// An order to one object, which either is carried out or is refused.
    ///
    /// @param gone what is said where the object is there no more
    /// @throws OperationRefused if it is refused
    static Outcome require(Outcome outcome, Supplier<OperationRefused> gone) {
        return switch (outcome) {
            case Outcome.Refused(Refusal why) -> throw refused(why);
            case Outcome.Gone _ -> throw gone.get();
            case Outcome.Done _, Outcome.Pending _, Outcome.Unchanged _ -> outcome;
        };
    }
}
