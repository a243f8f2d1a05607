package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.cmdlet.Session;
import dev.tarry.shell.print.Transcripts;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The session of an [Evaluator], as its cmdlets see it.
record ScriptSession(Evaluator evaluator) implements Session {
    private static final long SLICE_MILLIS = 100;

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
        evaluator.variables().set("", name, value);
    }

    @Override
    public boolean removeVariable(String name) {
        return evaluator.variables().remove(name);
    }

    @Override
    public SortedMap<String, String> aliases() {
        return evaluator.commands().aliases();
    }

    @Override
    public void setAlias(String name, String definition) {
        evaluator.commands().setAlias(name, definition);
    }

    @Override
    public void removeAlias(String name) {
        evaluator.commands().removeAlias(name);
    }

    @Override
    public SortedMap<Long, String> history() {
        return evaluator.history().lines();
    }

    @Override
    public void forget(long id) {
        evaluator.history().forget(id);
    }

    @Override
    public void invoked(String line) {
        evaluator.history().invoked(line);
    }

    @Override
    public void strictness(int version) {
        evaluator.frame().scope().strictness(version);
    }

    @Override
    public void run(String script, Consumer<Object> out) {
        ScriptBlock block;
        try {
            block = Parser.script(Script.typed(script));
        } catch (ParseFailure failure) {
            throw Commands.unreadable(failure);
        }
        evaluator.guarded(block.statements(), out);
    }

    @Override
    public void invoke(
            ScriptBlock block, List<Object> arguments, List<Object> input, boolean dotted, Consumer<Object> out) {
        evaluator.commands().invoke("", block, input, arguments, dotted, out);
    }

    @Override
    public Object make(String type, List<Object> arguments) {
        return evaluator.expressions().statics().call(TypeRef.named(type), "new", arguments);
    }

    @Override
    public RandomGenerator chance() {
        return evaluator.chance();
    }

    @Override
    public Location location() {
        return evaluator.location();
    }

    @Override
    public Transcripts transcripts() {
        return evaluator.transcripts();
    }

    /// In slices, so that whoever interrupts the script does not wait long.
    @Override
    public void pause(Duration real) {
        CountDownLatch never = new CountDownLatch(1);
        try {
            for (long left = real.toMillis(); left > 0; left -= SLICE_MILLIS) {
                evaluator.interruption().check();
                if (never.await(Math.min(left, SLICE_MILLIS), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts this down");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        evaluator.interruption().check();
    }
}
