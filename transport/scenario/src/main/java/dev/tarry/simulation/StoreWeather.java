package dev.tarry.simulation;

import dev.tarry.lab.Lab;
import dev.tarry.lab.fault.StoreEffect;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import java.util.List;
import java.util.Optional;

/// The lab's weather as the server's store meets it: the two know nothing of each other. Where the store is opened
/// before the lab is, the sky is clear until there is one. Any thread.
public final class StoreWeather implements StoreFaults {
    private volatile Lab lab;
    private volatile boolean sheltered;

    /// From now on this lab says what the weather is.
    public void of(Lab lab) {
        this.lab = lab;
    }

    /// While it is sheltered, the store is neither struck nor is it counted that it might have been.
    void sheltered(boolean sheltered) {
        this.sheltered = sheltered;
    }

    @Override
    public boolean calm() {
        Lab sky = lab;
        return sky == null || sheltered || !sky.storeIsBad();
    }

    @Override
    public Optional<StoreFault> strike(Operation operation, List<String> families) {
        return lab.store(operation.word(), families).map(StoreWeather::fault);
    }

    private static StoreFault fault(StoreEffect effect) {
        return switch (effect) {
            case StoreEffect.Fail _ -> new StoreFault.Fail();
            case StoreEffect.Full _ -> new StoreFault.Full();
            case StoreEffect.Slow(var by) -> new StoreFault.Slow(by);
            case StoreEffect.Torn _ -> new StoreFault.Torn();
            case StoreEffect.Lost _ -> new StoreFault.Lost();
            case StoreEffect.Corrupt _ -> new StoreFault.Corrupt();
        };
    }
}
