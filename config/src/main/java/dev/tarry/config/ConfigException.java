package dev.tarry.config;

import java.util.List;
import java.util.stream.Collectors;

/// The settings cannot be used; every fault found is in here, not just the first.
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    ConfigException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /// At least one, in the order of the sources.
    public List<Fault> faults() {
        return faults;
    }
}
