package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.print.ShellIo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the person for what a command cannot do without, as PowerShell's prompt does. Asks nothing where nobody is.
final class Supplying {
    private final ShellIo io;
    private final String cmdlet;
    private final int position;
    private boolean introduced;

    /// @param position the command's place in its pipeline, from 1
    Supplying(ShellIo io, String cmdlet, int position) {
        this.io = io;
        this.cmdlet = cmdlet;
        this.position = position;
    }

    /// @return what was typed; nothing where that was nothing, or nobody can be asked
    Optional<Object> value(Parameter parameter) {
        if (!io.person().isThere() || parameter.type() == ParameterType.BLOCK) {
            return Optional.empty();
        }
        if (!introduced) {
            introduced = true;
            io.out().println();
            io.out().println("cmdlet " + cmdlet + " at command pipeline position " + position);
            io.out().println("Supply values for the following parameters:");
            io.out().flush();
        }
        return switch (parameter.type()) {
            case TEXTS, ANYS -> list(parameter.name());
            default -> line(parameter.name() + ": ").map(Object.class::cast);
        };
    }

    /// One a line, until an empty one.
    private Optional<Object> list(String name) {
        List<Object> values = new ArrayList<>();
        Optional<String> next = line(name + "[0]: ");
        while (next.isPresent()) {
            values.add(next.get());
            next = line(name + "[" + values.size() + "]: ");
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private Optional<String> line(String prompt) {
        return io.person().line(prompt).filter(text -> !text.isEmpty());
    }
}
