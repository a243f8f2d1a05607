package dev.tarry.scenario.condition;

import dev.tarry.lab.Lab;
import dev.tarry.lab.mx.ReceivedMessage;
import java.util.List;

/// Counts what the lab's hosts took.
final class MailLeaf extends LabLeaf {
    private final Condition.Mail condition;
    private final Tally<ReceivedMessage> tally;

    MailLeaf(Condition.Mail condition, Lab lab) {
        super(lab);
        this.condition = condition;
        this.tally = new Tally<>(this::wanted, ReceivedMessage::id);
    }

    private boolean wanted(ReceivedMessage message) {
        return condition.host().matches(message.host())
                && condition.sender().matches(message.mailFrom())
                && condition.since().takes(message.received())
                && (condition.recipient().anything()
                        || message.recipients().stream()
                                .anyMatch(to -> condition.recipient().matches(to.address())));
    }

    @Override
    void look() {
        tally.seed(condition.since() instanceof Since.Now ? List.of() : lab().mail("*", "*", Integer.MAX_VALUE));
    }

    @Override
    public void received(ReceivedMessage message) {
        tally.came(message);
    }

    @Override
    public boolean holds() {
        return condition.count().holds(tally.count());
    }

    @Override
    public String standing() {
        return Conditions.written(condition) + ": " + tally.count();
    }
}
