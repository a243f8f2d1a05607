package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Session;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.ShellFailure;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The session of an [Evaluator], as its cmdlets see it.
record ScriptSession(Evaluator evaluator) implements Session {
    @Override
    public CmdletTable cmdlets() {
        return evaluator.cmdlets();
    }

    @Override
    public SortedMap<String, Object> variables() {
        return evaluator.variables().all();
    }

    @Override
    public void setVariable(String name, Object value) {
        evaluator.variables().set(name, value);
    }

    @Override
    public boolean removeVariable(String name) {
        return evaluator.variables().remove(name);
    }

    @Override
    public void run(String script, Consumer<Object> out) {
        List<Statement> statements;
        try {
            statements = Parser.parse(Script.typed(script));
        } catch (ParseFailure failure) {
            throw ShellFailure.of(
                            ShellFailure.Category.ParserError,
                            failure.errorId(),
                            "ParseException",
                            failure.getMessage())
                    .at(failure.extent());
        }
        evaluator.statements(statements, out);
    }

    @Override
    public RandomGenerator chance() {
        return evaluator.chance();
    }

    @Override
    public void pause(Duration real) {
        try {
            if (new CountDownLatch(1).await(real.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this down");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ShellFailure.runtime("PipelineStopped", "The pipeline has been stopped.");
        }
    }
}
