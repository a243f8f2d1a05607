package dev.tarry.queue;

import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import java.util.List;

/// A message that waits for the categorizer.
public final class Submitted {
    private final MessageRecord message;
    private final List<RecipientRecord> recipients;
    private final Leased resting;
    private final Intake.Arrival arrival;

    private Submitted(MessageRecord message, List<RecipientRecord> recipients, Leased resting, Intake.Arrival arrival) {
        this.message = message;
        this.recipients = recipients;
        this.resting = resting;
        this.arrival = arrival;
    }

    /// One that is just being accepted, in this turn.
    static Submitted arriving(MessageRecord message, List<RecipientRecord> recipients, Intake.Arrival arrival) {
        return new Submitted(message, recipients, null, arrival);
    }

    /// One that rests in Submission or Unreachable.
    static Submitted resting(Leased leased) {
        return new Submitted(leased.message(), leased.copy().recipients(), leased, null);
    }

    public MessageRecord message() {
        return message;
    }

    public List<RecipientRecord> recipients() {
        return recipients;
    }

    /// Null if it is arriving.
    Leased resting() {
        return resting;
    }

    /// Null if it rests.
    Intake.Arrival arrival() {
        return arrival;
    }
}
