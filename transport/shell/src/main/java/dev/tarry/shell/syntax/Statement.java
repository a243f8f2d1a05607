package dev.tarry.shell.syntax;

import java.util.List;
import java.util.Optional;

/// What runs.
public sealed interface Statement {
    Extent extent();

    /// `head | command | command`: an expression or a command, then commands only.
    ///
    /// @param head the expression at the front; absent where a command is
    /// @param redirections where the head's output and errors go; a command has its own
    /// @param commands at least one where there is no head
    record Pipeline(Optional<Expression> head, List<Redirection> redirections, List<Command> commands, Extent extent)
            implements Statement {}

    /// `left && right`, `left || right`: the right side runs where the left one succeeded, or failed.
    record Chain(Statement left, boolean onSuccess, Statement right, Extent extent) implements Statement {}

    /// `$name = …`, `$name += …`, `$a.b[0] = …`, `$a, $b = …`, `[int]$n = …`.
    ///
    /// @param operation what a compound assignment does with the old value
    record Assignment(Expression target, Operator operation, Statement value, Extent extent) implements Statement {}

    /// How an assignment makes the new value.
    sealed interface Operator {
        record Plain() implements Operator {}

        record With(Expression.Operation operation) implements Operator {}

        /// `??=`.
        record IfNull() implements Operator {}
    }

    /// `if (…) {…} elseif (…) {…} else {…}`.
    record If(List<Clause> clauses, Optional<List<Statement>> otherwise, Extent extent) implements Statement {}

    /// A condition and what runs where it holds.
    record Clause(Statement condition, List<Statement> body) {}

    /// `foreach ($x in …) {…}`.
    ///
    /// @param label what `break` and `continue` may name; empty: none. Here and below.
    record ForEach(
            String label, Expression.Variable variable, Statement collection, List<Statement> body, Extent extent)
            implements Statement {}

    /// `for (start; condition; step) {…}`; no condition holds for ever.
    record For(
            String label,
            Optional<Statement> start,
            Optional<Statement> condition,
            Optional<Statement> step,
            List<Statement> body,
            Extent extent)
            implements Statement {}

    record While(String label, Statement condition, List<Statement> body, Extent extent) implements Statement {}

    /// `do {…} while (…)`, `do {…} until (…)`.
    ///
    /// @param until whether it ends, and not goes on, where the condition holds
    record Do(String label, List<Statement> body, boolean until, Statement condition, Extent extent)
            implements Statement {}

    /// `switch (…) { … }`.
    ///
    /// @param otherwise the `default` clause
    record Switch(
            String label,
            Matching matching,
            boolean mindsCase,
            Statement input,
            List<Case> cases,
            Optional<List<Statement>> otherwise,
            Extent extent)
            implements Statement {}

    enum Matching {
        EXACT,
        WILDCARD,
        REGEX
    }

    /// @param condition a value to match, or a block that says whether it does
    record Case(Expression condition, List<Statement> body) {}

    record Try(List<Statement> body, List<Catch> catches, Optional<List<Statement>> last, Extent extent)
            implements Statement {}

    /// @param types exceptions that it takes; empty: all
    record Catch(List<TypeName> types, List<Statement> body) {}

    record Throw(Optional<Statement> value, Extent extent) implements Statement {}

    /// `function name {…}`, `filter name {…}`: gives the block a name.
    ///
    /// @param name may have a scope before it, as in `global:name`
    record Function(String name, ScriptBlock block, Extent extent) implements Statement {}

    record Return(Optional<Statement> value, Extent extent) implements Statement {}

    /// @param label of the loop that is meant; absent: the nearest
    record Break(Optional<Expression> label, Extent extent) implements Statement {}

    /// @param label of the loop that is meant; absent: the nearest
    record Continue(Optional<Expression> label, Extent extent) implements Statement {}

    /// `exit`, `exit 3`: ends the script.
    record Exit(Optional<Statement> code, Extent extent) implements Statement {}

    /// A cmdlet, function, script file or block with what was written after it.
    ///
    /// @param callee its name as a literal, or what `&` and `.` are given
    record Command(
            Calling calling, Expression callee, List<Element> elements, List<Redirection> redirections, Extent extent) {
        /// The name as written; empty where it is computed.
        public String name() {
            return callee instanceof Expression.Literal literal ? literal.text() : "";
        }

        public Extent nameExtent() {
            return callee.extent();
        }
    }

    enum Calling {
        /// By its name.
        NAMED,
        /// `& …`: in a scope of its own.
        CALLED,
        /// `. …`: in the scope of whoever calls.
        DOTTED
    }

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

    /// `@name`: a variable's keys as parameters, or its elements as arguments.
    record Splat(Expression.Variable variable, Extent extent) implements Element {}
}
