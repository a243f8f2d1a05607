package dev.tarry.shell.run;

import dev.tarry.shell.value.GrowingList;
import dev.tarry.shell.value.ShellFailure;
import java.util.Optional;

/// `-OutVariable`, `-ErrorVariable`, `-WarningVariable` and `-PipelineVariable`: what a command puts into variables
/// besides. A `+` before the name adds to what is there.
final class CommonVariables {
    private final Variables variables;
    private final Optional<String> present;
    private final Optional<String> out;
    private final Optional<String> error;
    private final Optional<String> warning;
    private GrowingList outputs = new GrowingList();
    private GrowingList errors = new GrowingList();
    private GrowingList warnings = new GrowingList();

    CommonVariables(Binding binding, Variables variables) {
        this.variables = variables;
        this.present = binding.variable("PipelineVariable");
        this.out = binding.variable("OutVariable");
        this.error = binding.variable("ErrorVariable");
        this.warning = binding.variable("WarningVariable");
    }

    void begin() {
        outputs = opened(out);
        errors = opened(error);
        warnings = opened(warning);
    }

    private GrowingList opened(Optional<String> given) {
        if (given.isEmpty()) {
            return new GrowingList();
        }
        boolean adds = given.get().startsWith("+");
        String name = adds ? given.get().substring(1) : given.get();
        GrowingList list = adds && variables.get(name) instanceof GrowingList already ? already : new GrowingList();
        variables.set("", name, list);
        return list;
    }

    void put(Object value) {
        if (out.isPresent()) {
            outputs.add(value);
        }
        present.ifPresent(name -> variables.set("", name, value));
    }

    void failed(ShellFailure failure) {
        if (error.isPresent()) {
            errors.add(failure);
        }
    }

    void warned(String message) {
        if (warning.isPresent()) {
            warnings.add(message);
        }
    }
}
