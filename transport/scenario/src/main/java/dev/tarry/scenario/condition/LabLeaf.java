package dev.tarry.scenario.condition;

import dev.tarry.lab.Lab;
import dev.tarry.lab.LabWatcher;
import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.mx.ReceivedMessage;

/// What listens to the lab, and hears nothing yet.
abstract class LabLeaf implements Leaf, LabWatcher {
    private final Lab lab;

    LabLeaf(Lab lab) {
        this.lab = lab;
    }

    Lab lab() {
        return lab;
    }

    @Override
    public void begin() {
        lab.watch(this);
        look();
    }

    /// Takes in what there is already.
    abstract void look();

    @Override
    public void end() {
        lab.unwatch(this);
    }

    @Override
    public void received(ReceivedMessage message) {}

    @Override
    public void asked(JournaledQuery query) {}

    @Override
    public void faultsChanged() {}
}
