package dev.tarry.shell.syntax;

import java.util.List;
import java.util.Optional;

/// What runs.
public sealed interface Statement {
    Extent extent();

    /// `head | command | command`: an expression or a command, then commands only.
    ///
    /// @param head the expression at the front; absent where a command is
    /// @param commands at least one where there is no head
    record Pipeline(Optional<Expression> head, List<Command> commands, Extent extent) implements Statement {}

    /// `$name = …`, `$name += …`.
    ///
    /// @param operation what a compound assignment does with the old value; absent for plain `=`
    record Assignment(
            Expression.Variable target, Optional<Expression.Operation> operation, Statement value, Extent extent)
            implements Statement {}

    /// `exit`, `exit 3`: ends the script.
    record Exit(Optional<Expression> code, Extent extent) implements Statement {}

    /// A cmdlet with what was written after it.
    record Command(String name, Extent nameExtent, List<Element> elements, Extent extent) {}

    /// A word after a command's name.
    sealed interface Element {
        Extent extent();
    }

    /// `-Name`, `-Name:value`.
    ///
    /// @param name without the dash and the colon
    /// @param attached what follows the colon; absent where there is no colon
    record Parameter(String name, Optional<Expression> attached, Extent extent) implements Element {}

    /// A value: for the parameter before it, or by position.
    record Argument(Expression value, Extent extent) implements Element {}
}
