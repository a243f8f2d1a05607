package dev.tarry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The settings cannot be used; every fault found is in here, not just the first.
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Nobody mends more than this at once; of a file that is something else altogether every line may be one.
    static final int MAX_FAULTS = 200;

    private final transient List<Fault> faults;

    ConfigException(List<Fault> faults) {
        this(faults, faults.size() - MAX_FAULTS);
    }

    private ConfigException(List<Fault> faults, int more) {
        List<Fault> told = more <= 0 ? faults : new ArrayList<>(faults.subList(0, MAX_FAULTS));
        if (more > 0) {
            told.add(new Fault(faults.get(MAX_FAULTS).origin(), "", "from here on there are " + more + " more", ""));
        }
        super(told.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(told);
    }

    /// At least one, in the order of the sources; of very many the first, and last how many more there are.
    public List<Fault> faults() {
        return faults;
    }
}
