package dev.tarry.scenario.condition;

import dev.tarry.lab.Lab;
import dev.tarry.lab.dns.JournaledQuery;
import java.util.List;

/// Counts what the lab's DNS servers were asked.
final class DnsLeaf extends LabLeaf {
    private final Condition.DnsQuery condition;
    private final Tally<JournaledQuery> tally;

    DnsLeaf(Condition.DnsQuery condition, Lab lab) {
        super(lab);
        this.condition = condition;
        this.tally = new Tally<>(this::wanted, query -> query);
    }

    private boolean wanted(JournaledQuery query) {
        return condition.server().matches(query.server())
                && condition.name().matches(query.name())
                && condition.type().matches(query.type())
                && condition.since().takes(query.at());
    }

    @Override
    void look() {
        tally.seed(condition.since() instanceof Since.Now ? List.of() : lab().queries(Integer.MAX_VALUE));
    }

    @Override
    public void asked(JournaledQuery query) {
        tally.came(query);
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
