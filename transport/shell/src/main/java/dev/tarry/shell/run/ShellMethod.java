package dev.tarry.shell.run;

import java.util.List;

/// A method of an object that the engine makes itself, such as `$PSCmdlet`: a property that can be called.
@FunctionalInterface
interface ShellMethod {
    Object call(List<Object> arguments);
}
