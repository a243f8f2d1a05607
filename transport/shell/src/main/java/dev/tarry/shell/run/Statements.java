package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What each kind of statement does. Pipelines run here, with where their output goes; what branches and loops is
/// [ControlFlow]'s work. Lives on its evaluator's thread.
final class Statements {
    private final Evaluator evaluator;
    private final ControlFlow controlFlow;

    Statements(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.controlFlow = new ControlFlow(evaluator);
    }

    /// @param out takes its output, object by object
    /// @throws RuntimeException where it fails, unguarded
    void execute(Statement statement, Consumer<Object> out) {
        evaluator.interruption().check();
        switch (statement) {
            case Statement.Pipeline pipeline -> pipeline(pipeline, out);
            case Statement.Chain chain -> chain(chain, out);
            case Statement.Assignment assignment -> {
                evaluator.succeeded(true); // unless what is assigned fails
                evaluator.expressions().assign(assignment);
            }
            case Statement.Exit exit ->
                throw new ExitRequest(exit.code()
                        .map(this::value)
                        .flatMap(Conversion::whole)
                        .orElse(0L)
                        .intValue());
            case Statement.Return back -> {
                back.value().ifPresent(value -> execute(value, out));
                throw new Flow.Return();
            }
            case Statement.Break leave -> throw new Flow.Break(label(leave.label()));
            case Statement.Continue next -> throw new Flow.Continue(label(next.label()));
            case Statement.Throw thrown -> throw controlFlow.thrown(thrown);
            case Statement.Function function -> define(function);
            case Statement.If choice -> controlFlow.choose(choice, out);
            case Statement.ForEach loop -> controlFlow.forEach(loop, out);
            case Statement.For loop -> controlFlow.count(loop, out);
            case Statement.While loop -> controlFlow.whileHolds(loop, out);
            case Statement.Do loop -> controlFlow.repeat(loop, out);
            case Statement.Switch selection -> controlFlow.select(selection, out);
            case Statement.Try attempt -> controlFlow.attempt(attempt, out);
        }
    }

    private String label(Optional<Expression> label) {
        return label.map(evaluator.expressions()::value).map(TextForm::of).orElse("");
    }

    private void define(Statement.Function function) {
        String name = function.name();
        int colon = name.indexOf(':');
        String scope = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
        evaluator.frame().scope().named(scope).define(name.substring(colon + 1), function.block());
    }

    private void chain(Statement.Chain chain, Consumer<Object> out) {
        evaluator.guarded(chain.left(), out);
        if (evaluator.succeeded() == chain.onSuccess()) {
            execute(chain.right(), out);
        }
    }

    private void pipeline(Statement.Pipeline pipeline, Consumer<Object> out) {
        if (pipeline.redirections().isEmpty()) {
            piped(pipeline, out);
            return;
        }
        try (Redirected redirected = new Redirected(pipeline.redirections(), evaluator, out)) {
            evaluator.within(evaluator.frame().with(redirected.streams()), () -> {
                // An error of the expression itself goes where its errors go.
                try {
                    piped(pipeline, redirected.output());
                } catch (ShellFailure failure) {
                    evaluator.settle(failure.at(pipeline.extent()));
                }
            });
        }
    }

    private void piped(Statement.Pipeline pipeline, Consumer<Object> out) {
        if (pipeline.commands().isEmpty()) {
            Object value = evaluator.expressions().output(pipeline.head().orElseThrow());
            evaluator.succeeded(true);
            if (value != Expressions.NOTHING) {
                Conversion.elements(value).forEach(out);
            }
            return;
        }
        List<Object> input = pipeline.head()
                .map(head -> Conversion.elements(evaluator.expressions().value(head)))
                .orElse(List.of());
        evaluator.succeeded(true);
        PipelineRun run;
        try {
            run = new PipelineRun(pipeline, evaluator, out);
        } catch (ShellFailure failure) {
            misdirected(pipeline, failure, out);
            return;
        }
        run.run(input);
    }

    /// A command that is not there, or is called wrongly, says so where its errors go.
    private void misdirected(Statement.Pipeline pipeline, ShellFailure failure, Consumer<Object> out) {
        Statement.Command wrong = pipeline.commands().stream()
                .filter(command -> !command.redirections().isEmpty())
                .filter(command -> failure.extent()
                        .filter(place -> place.start() >= command.extent().start()
                                && place.end() <= command.extent().end())
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> failure);
        try (Redirected redirected = new Redirected(wrong.redirections(), evaluator, out)) {
            evaluator.within(evaluator.frame().with(redirected.streams()), () -> evaluator.settle(failure));
        }
    }

    /// What a statement is worth where a value is wanted. A plain expression stays what it is: an empty array is not
    /// nothing.
    Object value(Statement statement) {
        if (statement instanceof Statement.Pipeline pipeline
                && pipeline.commands().isEmpty()
                && pipeline.redirections().isEmpty()) {
            Object value = evaluator.expressions().value(pipeline.head().orElseThrow());
            evaluator.succeeded(true);
            return value;
        }
        if (statement instanceof Statement.Assignment assignment) {
            return evaluator.expressions().assign(assignment);
        }
        List<Object> output = new ArrayList<>();
        execute(statement, output::add);
        return Conversion.collected(output);
    }
}
