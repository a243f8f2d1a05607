package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Comparison;
import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.syntax.TypeName;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.ErrorRecords;
import dev.tarry.shell.value.ExceptionType;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Statements that choose, repeat and catch.
final class ControlFlow {
    private final Evaluator evaluator;

    ControlFlow(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    void choose(Statement.If choice, Consumer<Object> out) {
        for (Statement.Clause clause : choice.clauses()) {
            if (holds(clause.condition())) {
                evaluator.guarded(clause.body(), out);
                return;
            }
        }
        choice.otherwise().ifPresent(body -> evaluator.guarded(body, out));
    }

    private boolean holds(Statement condition) {
        return Conversion.truth(evaluator.value(condition));
    }

    // -- loops

    void forEach(Statement.ForEach loop, Consumer<Object> out) {
        Object collection = evaluator.value(loop.collection());
        turns(loop.label(), out, loop.body(), new Turn() {
            private final Iterator<Object> rest =
                    Conversion.elements(collection).iterator();

            @Override
            public boolean begins() {
                if (!rest.hasNext()) {
                    return false;
                }
                evaluator.variables().set(loop.variable(), rest.next());
                return true;
            }
        });
    }

    void count(Statement.For loop, Consumer<Object> out) {
        loop.start().ifPresent(this::unheard);
        boolean[] first = {true};
        turns(loop.label(), out, loop.body(), () -> {
            if (!first[0]) {
                loop.step().ifPresent(this::unheard);
            }
            first[0] = false;
            return loop.condition().map(this::holds).orElse(true);
        });
    }

    /// What the head of a `for` puts out goes nowhere.
    private void unheard(Statement statement) {
        evaluator.guarded(statement, _ -> {});
    }

    void whileHolds(Statement.While loop, Consumer<Object> out) {
        turns(loop.label(), out, loop.body(), () -> holds(loop.condition()));
    }

    void repeat(Statement.Do loop, Consumer<Object> out) {
        boolean[] first = {true};
        turns(loop.label(), out, loop.body(), () -> {
            boolean again = first[0] || holds(loop.condition()) != loop.until();
            first[0] = false;
            return again;
        });
    }

    /// Asked before each turn of a loop whether there is one.
    private interface Turn {
        boolean begins();
    }

    private void turns(String label, Consumer<Object> out, List<Statement> body, Turn turn) {
        while (turn.begins()) {
            evaluator.interruption().check();
            if (!turned(label, () -> evaluator.guarded(body, out))) {
                return;
            }
        }
    }

    /// @return whether the loop goes on
    private static boolean turned(String label, Runnable body) {
        try {
            body.run();
            return true;
        } catch (Flow.Continue next) {
            if (!next.means(label)) {
                throw next;
            }
            return true;
        } catch (Flow.Break leave) {
            if (!leave.means(label)) {
                throw leave;
            }
            return false;
        }
    }

    // -- switch

    void select(Statement.Switch selection, Consumer<Object> out) {
        Object input = evaluator.value(selection.input());
        Scope scope = evaluator.frame().scope();
        Object outer = scope.own("_");
        boolean had = scope.holds("_");
        try {
            // Nothing is looked at once, an empty array not at all.
            List<Object> items = input == null ? Collections.singletonList(null) : Conversion.elements(input);
            for (Object item : items) {
                evaluator.interruption().check();
                if (!turned(selection.label(), () -> selectOne(selection, item, out))) {
                    return;
                }
            }
        } finally {
            if (had) {
                scope.set("_", outer);
            } else {
                scope.remove("_");
            }
        }
    }

    private void selectOne(Statement.Switch selection, Object item, Consumer<Object> out) {
        boolean any = false;
        for (Statement.Case one : selection.cases()) {
            evaluator.frame().scope().set("_", item);
            if (matches(selection, one.condition(), item)) {
                any = true;
                evaluator.guarded(one.body(), out);
            }
        }
        if (!any) {
            evaluator.frame().scope().set("_", item);
            selection.otherwise().ifPresent(body -> evaluator.guarded(body, out));
        }
    }

    private boolean matches(Statement.Switch selection, Expression condition, Object item) {
        Object wanted = evaluator.expressions().value(condition);
        if (wanted instanceof ScriptBlock block) {
            List<Object> output = new ArrayList<>();
            evaluator.block(block, item, output::add);
            return Conversion.truth(Conversion.collected(output));
        }
        boolean mindsCase = selection.mindsCase();
        return switch (selection.matching()) {
            case EXACT -> {
                boolean texts = wanted instanceof String || item instanceof String;
                yield texts
                        ? evaluator.comparing().equal(TextForm.of(item), TextForm.of(wanted), mindsCase)
                        : evaluator.comparing().equal(wanted, item, mindsCase);
            }
            case WILDCARD ->
                evaluator
                        .comparing()
                        .compare(new Comparison.Written(Comparison.LIKE, mindsCase), TextForm.of(item), wanted)
                        .equals(true);
            case REGEX -> {
                Comparison.Written match = new Comparison.Written(Comparison.MATCH, mindsCase);
                var groups = evaluator.comparing().groups(match, TextForm.of(item), wanted);
                groups.ifPresent(table -> evaluator.variables().set("", "Matches", table));
                yield groups.isPresent();
            }
        };
    }

    // -- errors

    void attempt(Statement.Try attempt, Consumer<Object> out) {
        Frame outer = evaluator.frame();
        try {
            try {
                // A try that only has a finally lets what it meets be dealt with as outside of it.
                boolean guards = outer.guarded() || !attempt.catches().isEmpty();
                evaluator.within(outer.guarded(guards), () -> evaluator.guarded(attempt.body(), out));
            } catch (Interruption.Interrupted leaving) {
                // So that the last block runs; interrupted again, it ends too.
                evaluator.interruption().clear();
                throw leaving;
            } catch (RuntimeException thrown) {
                caught(attempt, Failures.of(thrown), out);
            }
        } finally {
            attempt.last().ifPresent(body -> evaluator.guarded(body, out));
        }
    }

    private void caught(Statement.Try attempt, ShellFailure failure, Consumer<Object> out) {
        Optional<Statement.Catch> taking = attempt.catches().stream()
                .filter(one -> one.types().isEmpty() || one.types().stream().anyMatch(type -> takes(type, failure)))
                .findFirst();
        if (taking.isEmpty()) {
            throw failure;
        }
        evaluator.remember(failure);
        Scope scope = evaluator.frame().scope();
        boolean had = scope.holds("_");
        Object outer = scope.own("_");
        scope.set("_", failure.caught());
        try {
            evaluator.guarded(taking.get().body(), out);
        } finally {
            if (had) {
                scope.set("_", outer);
            } else {
                scope.remove("_");
            }
        }
    }

    private static boolean takes(TypeName type, ShellFailure failure) {
        try {
            return ExceptionType.takes(type.text(), failure);
        } catch (ShellFailure unknown) {
            throw unknown.at(type.extent());
        }
    }

    ShellFailure thrown(Statement.Throw statement) {
        Object value = statement.value().map(evaluator::value).orElse(null);
        if (statement.value().isEmpty()) {
            Object present = evaluator.variables().get("_");
            if (present instanceof ShellFailure caught) {
                return caught.stopping();
            }
            return failure("ScriptHalted", null).at(statement.extent());
        }
        if (value instanceof ShellFailure again) {
            return again.stopping();
        }
        if (value instanceof ErrorRecords.Thrown exception) {
            return exception.failure().stopping();
        }
        return failure(TextForm.of(value), value).at(statement.extent());
    }

    private static ShellFailure failure(String text, Object value) {
        return ShellFailure.of(ShellFailure.Category.OperationStopped, text, "RuntimeException", text)
                .withTarget(value == null ? "" : text)
                .about(value)
                .stopping();
    }
}
