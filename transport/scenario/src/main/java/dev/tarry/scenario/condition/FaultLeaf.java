package dev.tarry.scenario.condition;

import dev.tarry.lab.Lab;

/// How often a fault has struck: looked up when somebody asks, and only if faults have changed since.
final class FaultLeaf extends LabLeaf {
    private final Condition.FaultFired condition;
    private volatile boolean stale = true;
    private volatile long fired;

    FaultLeaf(Condition.FaultFired condition, Lab lab) {
        super(lab);
        this.condition = condition;
    }

    @Override
    void look() {
        if (stale) {
            stale = false; // before the look: what changes during it is looked at again
            fired = lab().faults().stream()
                    .filter(fault -> fault.id() == condition.id())
                    .mapToLong(fault -> fault.fired())
                    .sum();
        }
    }

    @Override
    public void faultsChanged() {
        stale = true;
    }

    @Override
    public boolean holds() {
        look();
        return condition.fired().holds(fired);
    }

    @Override
    public String standing() {
        look();
        return Conditions.written(condition) + ": " + fired;
    }
}
