package dev.tarry.shell.run;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.ErrorText;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.print.Transcripts;
import dev.tarry.shell.syntax.Redirection;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Comparing;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Runs scripts, keeping variables from one statement to the next: the session. What a statement does is [Statements]'
/// work, what has a value [Expressions]'. Lives on the thread that calls it.
public final class Evaluator {
    /// How deep blocks may call blocks.
    static final int MAX_CALL_DEPTH = 100;
    /// The most errors that `$Error` remembers ($MaximumErrorCount).
    static final int MAX_ERRORS = 256;

    private final Transcripts transcripts;
    private final ShellIo io;
    private final Location location;
    private final TarryClient client;
    private final CmdletTable cmdlets;
    private final Interruption interruption;
    private final Comparing comparing;
    private final Variables variables;
    private final Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Object> errors = new ArrayList<>();
    private final Expressions expressions;
    private final Statements statements;
    private final Commands commands;
    private final History history = new History();
    private Frame frame = new Frame(Scope.global(), Streams.OF_THE_SCREEN, false);
    private RandomGenerator chance;
    private boolean succeeded = true;
    private int failures;
    private int callDepth;

    public Evaluator(ShellIo io, TarryClient client, CmdletTable cmdlets) {
        this(io, client, cmdlets, new Interruption());
    }

    /// @param interruption what stops a running script
    public Evaluator(ShellIo io, TarryClient client, CmdletTable cmdlets, Interruption interruption) {
        this.transcripts = new Transcripts(io);
        this.io = transcripts.heard();
        this.client = client;
        this.cmdlets = cmdlets;
        this.interruption = interruption;
        this.comparing = new Comparing(io.zone());
        this.variables = new Variables(this, io.zone());
        this.environment.putAll(io.environment());
        this.location = new Location(environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", "")));
        this.expressions = new Expressions(this);
        this.statements = new Statements(this);
        this.commands = new Commands(this);
        Preferences.initial(frame.scope());
    }

    /// What it is plugged into: what is printed here is written down where somebody asked for a transcript.
    public ShellIo io() {
        return io;
    }

    /// The files that the session is written to.
    public Transcripts transcripts() {
        return transcripts;
    }

    /// The folder that relative paths are taken from.
    public Location location() {
        return location;
    }

    TarryClient client() {
        return client;
    }

    CmdletTable cmdlets() {
        return cmdlets;
    }

    Comparing comparing() {
        return comparing;
    }

    Interruption interruption() {
        return interruption;
    }

    Variables variables() {
        return variables;
    }

    Expressions expressions() {
        return expressions;
    }

    Commands commands() {
        return commands;
    }

    /// Names of the variables that are set, without the dollar sign.
    public List<String> variableNames() {
        return frame.scope().names();
    }

    /// What was typed so far; whoever reads what is typed writes it there.
    public History history() {
        return history;
    }

    /// Aliases and what they stand for, by name in any case.
    public SortedMap<String, String> aliases() {
        return commands.aliases();
    }

    /// How many elements of a list a cell shows ($FormatEnumerationLimit); below 0 all.
    public int enumerationLimit() {
        return Preferences.enumerationLimit(variables);
    }

    /// Names of the functions that are defined.
    public List<String> functionNames() {
        return frame.scope().functionNames();
    }

    /// All that a cmdlet takes: its own parameters and those that every cmdlet has.
    public static List<Parameter> parameters(Cmdlet cmdlet) {
        return Stream.of(
                        cmdlet.parameters(),
                        CommonParameters.ALL,
                        cmdlet.acts() ? CommonParameters.ACTING : List.<Parameter>of())
                .flatMap(List::stream)
                .toList();
    }

    RandomGenerator chance() {
        if (chance == null) {
            // Differs from run to run, which is all that is asked of it.
            chance = new SplittableRandom(client.serverTime().toEpochMilli() * 31
                    + ProcessHandle.current().pid());
        }
        return chance;
    }

    /// What `$env:` reads and writes; names ignore case.
    Map<String, String> environment() {
        return environment;
    }

    /// What `$Error` is: the newest first.
    List<Object> errors() {
        return errors;
    }

    Frame frame() {
        return frame;
    }

    /// What `$?` is.
    boolean succeeded() {
        return succeeded;
    }

    void succeeded(boolean how) {
        succeeded = how;
    }

    /// How many errors have been reported so far.
    public int failures() {
        return failures;
    }

    /// Does something in other surroundings.
    <T> T within(Frame other, Supplier<T> action) {
        Frame outer = frame;
        frame = other;
        try {
            return action.get();
        } finally {
            frame = outer;
        }
    }

    void within(Frame other, Runnable action) {
        within(other, () -> {
            action.run();
            return null;
        });
    }

    // -- errors

    /// Prints an error, or puts it where errors go, and counts it.
    void report(ShellFailure failure) {
        interruption.check(); // what broke because somebody stopped it is no error
        remember(failure);
        var sink = frame.streams().of(Redirection.Stream.ERROR);
        if (sink.isPresent()) {
            sink.get().accept(failure);
            return;
        }
        failures++;
        ErrorText.of(failure, io.widthColumns()).forEach(io.err()::println);
        if (io.interactive()) {
            io.err().println(); // as PowerShell's console has it
        }
        if (failure.category() == ShellFailure.Category.NotSpecified && failure.getCause() != null) {
            failure.getCause().printStackTrace(io.err());
        }
    }

    /// Notes an error without printing it.
    void remember(ShellFailure failure) {
        succeeded = false;
        errors.addFirst(failure.caught());
        if (errors.size() > MAX_ERRORS) {
            errors.removeLast();
        }
    }

    /// Runs one statement; an error in it is reported here.
    ///
    /// @param out takes its output, object by object
    /// @return false where the script must end (`-ErrorAction Stop`, `throw`, `return`)
    /// @throws ExitRequest where it says `exit`
    /// @throws Interruption.Interrupted where somebody interrupts it
    /// @throws dev.tarry.client.ServerUnreachableException where no server answers
    public boolean run(Statement statement, Consumer<Object> out) {
        return running(() -> guarded(statement, out));
    }

    /// Runs a whole script that declares parameters or named blocks; as [#run(Statement, Consumer)] else.
    public boolean run(ScriptBlock script, Consumer<Object> out) {
        return running(() -> commands.invoke("", script, List.of(), List.of(), true, out));
    }

    private boolean running(Runnable script) {
        try {
            script.run();
            return true;
        } catch (ShellFailure stop) {
            report(stop);
            return false;
        } catch (Flow _) {
            return false;
        } catch (StackOverflowError _) {
            report(Failures.tooDeep());
            return false;
        }
    }

    /// Runs a statement and lets nothing out but what ends the script, or what a `try` around it is to see.
    void guarded(Statement statement, Consumer<Object> out) {
        ShellFailure failure;
        try {
            statements.execute(statement, out);
            return;
        } catch (RuntimeException thrown) {
            failure = Failures.of(thrown);
        } catch (StackOverflowError _) {
            failure = Failures.tooDeep(); // a value nested beyond all measure, say
        }
        settle(failure.at(statement.extent()));
    }

    void guarded(List<Statement> block, Consumer<Object> out) {
        for (Statement statement : block) {
            guarded(statement, out);
        }
    }

    /// What becomes of an error that ended its statement.
    void settle(ShellFailure failure) {
        if (failure.isStopping() || frame.guarded()) {
            throw failure;
        }
        switch (Preferences.onError(variables)) {
            case STOP -> throw failure.stopping();
            case SILENT -> remember(failure);
            case IGNORE -> succeeded = false;
            case CONTINUE -> report(failure);
        }
    }

    // -- values

    /// What a statement is worth where a value is wanted. A plain expression stays what it is: an empty array is not
    /// nothing.
    Object value(Statement statement) {
        return statements.value(statement);
    }

    List<Object> output(List<Statement> block) {
        List<Object> output = new ArrayList<>();
        guarded(block, output::add);
        return output;
    }

    // -- blocks

    /// Runs a block with `$_` set, in the present scope.
    void block(ScriptBlock block, Object item, Consumer<Object> out) {
        deeper(() -> {
            Scope scope = frame.scope();
            boolean had = scope.holds("_");
            Object outer = scope.own("_");
            scope.set("_", item);
            try {
                if (block.isPlain()) {
                    guarded(block.statements(), out);
                } else {
                    commands.invoke("", block, List.of(), List.of(), true, out);
                }
            } catch (Flow.Return _) {
                // The end of the block.
            } finally {
                if (had) {
                    scope.set("_", outer);
                } else {
                    scope.remove("_");
                }
            }
        });
    }

    /// Counts a call within calls.
    void deeper(Runnable call) {
        if (++callDepth > MAX_CALL_DEPTH) {
            callDepth--;
            throw Failures.tooDeep();
        }
        try {
            call.run();
        } finally {
            callDepth--;
        }
    }
}
