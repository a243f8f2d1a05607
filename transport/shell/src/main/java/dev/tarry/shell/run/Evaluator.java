package dev.tarry.shell.run;

import dev.tarry.client.AnswerBrokenOffException;
import dev.tarry.client.ClientException;
import dev.tarry.client.ProblemException;
import dev.tarry.client.TarryClient;
import dev.tarry.client.UnexpectedAnswerException;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.print.ErrorText;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.syntax.Comparison;
import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Calculation;
import dev.tarry.shell.value.Comparing;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Methods;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.TextOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs statements and works out expressions, keeping variables from one to the next. Lives on the thread that calls
/// it.
public final class Evaluator {
    /// The most numbers that a range may stand for.
    static final int MAX_RANGE = 1_000_000;
    /// How deep blocks may call blocks.
    static final int MAX_CALL_DEPTH = 100;

    private final ShellIo io;
    private final TarryClient client;
    private final CmdletTable cmdlets;
    private final Comparing comparing;
    private final Methods methods;
    private final Interruption interruption;
    private final Variables variables = new Variables();
    private final Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int failures;
    private int callDepth;

    public Evaluator(ShellIo io, TarryClient client, CmdletTable cmdlets) {
        this(io, client, cmdlets, new Interruption());
    }

    /// @param interruption what stops a running script
    public Evaluator(ShellIo io, TarryClient client, CmdletTable cmdlets, Interruption interruption) {
        this.interruption = interruption;
        this.io = io;
        this.client = client;
        this.cmdlets = cmdlets;
        this.comparing = new Comparing(io.zone());
        this.methods = new Methods(io.zone());
        this.environment.putAll(io.environment());
    }

    ShellIo io() {
        return io;
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

    /// Names of the variables that are set, without the dollar sign, in alphabetical order.
    public List<String> variables() {
        return variables.names();
    }

    /// How many errors have been reported so far.
    public int failures() {
        return failures;
    }

    /// Prints an error and counts it.
    void report(ShellFailure failure) {
        interruption.check(); // what broke because somebody stopped it is no error
        failures++;
        ErrorText.of(failure).forEach(io.err()::println);
        if (failure.category() == ShellFailure.Category.NotSpecified && failure.getCause() != null) {
            failure.getCause().printStackTrace(io.err());
        }
    }

    // -- statements

    /// Runs one statement; an error in it is reported here.
    ///
    /// @param out takes its output, object by object
    /// @return false where the script must end (`-ErrorAction Stop`)
    /// @throws ExitRequest where it says `exit`
    /// @throws dev.tarry.client.ServerUnreachableException where no server answers
    public boolean run(Statement statement, Consumer<Object> out) {
        try {
            guarded(statement, out);
            return true;
        } catch (ShellFailure stop) {
            report(stop);
            return false;
        }
    }

    /// Lets nothing out but what ends the script.
    private void guarded(Statement statement, Consumer<Object> out) {
        ShellFailure failure;
        try {
            execute(statement, out);
            return;
        } catch (ShellFailure known) {
            failure = known;
        } catch (ProblemException | UnexpectedAnswerException | AnswerBrokenOffException refused) {
            failure = ShellFailure.of(
                    ShellFailure.Category.InvalidOperation, "ServerRefused", "ServerException", refused.getMessage());
        } catch (Enough | ExitRequest | Interruption.Interrupted | ClientException passing) {
            throw passing;
        } catch (RuntimeException bug) {
            failure = ShellFailure.of(
                            ShellFailure.Category.NotSpecified,
                            "InternalError",
                            bug.getClass().getSimpleName(),
                            "An error inside the shell: " + bug)
                    .causedBy(bug);
        }
        ShellFailure placed = failure.at(statement.extent());
        if (placed.isStopping()) {
            throw placed;
        }
        report(placed);
    }

    private void execute(Statement statement, Consumer<Object> out) {
        interruption.check();
        switch (statement) {
            case Statement.Pipeline pipeline -> pipeline(pipeline, out);
            case Statement.Assignment assignment -> assign(assignment);
            case Statement.Exit exit ->
                throw new ExitRequest(exit.code()
                        .map(this::value)
                        .flatMap(Conversion::whole)
                        .orElse(0L)
                        .intValue());
        }
    }

    private void pipeline(Statement.Pipeline pipeline, Consumer<Object> out) {
        List<Object> input = pipeline.head().map(head -> elements(value(head))).orElse(List.of());
        if (pipeline.commands().isEmpty()) {
            input.forEach(out);
        } else {
            new PipelineRun(pipeline, this, out).run(input);
        }
    }

    /// What a value is in a pipeline: an array its elements, nothing nothing.
    private static List<Object> elements(Object value) {
        return Conversion.list(value);
    }

    private Object assign(Statement.Assignment assignment) {
        Object value = value(assignment.value());
        String name = assignment.target().name();
        if (assignment.operation().isPresent()) {
            value = Calculation.of(assignment.operation().get(), variables.get(name), value);
        }
        variables.set(name, value);
        return value;
    }

    /// Runs a block with `$_` set.
    void block(ScriptBlock block, Object item, Consumer<Object> out) {
        if (++callDepth > MAX_CALL_DEPTH) {
            callDepth--;
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidOperation,
                    "CallDepthOverflow",
                    "ScriptCallDepthException",
                    "The script failed due to call depth overflow.");
        }
        Object outer = variables.get("_");
        variables.set("_", item);
        try {
            block.statements().forEach(statement -> guarded(statement, out));
        } finally {
            variables.set("_", outer);
            callDepth--;
        }
    }

    private List<Object> output(List<Statement> statements) {
        List<Object> output = new ArrayList<>();
        statements.forEach(statement -> guarded(statement, output::add));
        return output;
    }

    /// What a statement is worth where a value is wanted. A plain expression stays what it is: an empty array is not
    /// nothing.
    private Object value(Statement statement) {
        return switch (statement) {
            case Statement.Pipeline pipeline
            when pipeline.commands().isEmpty() -> value(pipeline.head().orElseThrow());
            case Statement.Assignment assignment -> assign(assignment);
            case Statement.Pipeline _, Statement.Exit _ -> {
                List<Object> output = new ArrayList<>();
                execute(statement, output::add);
                yield Conversion.collected(output);
            }
        };
    }

    // -- expressions

    Object value(Expression expression) {
        try {
            return worth(expression);
        } catch (ShellFailure failure) {
            throw failure.at(expression.extent());
        }
    }

    private Object worth(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Variable variable -> variables.get(variable.name());
            case Expression.EnvironmentVariable variable -> environment.get(variable.name());
            case Expression.Interpolated text -> {
                StringBuilder whole = new StringBuilder();
                text.parts()
                        .forEach(part -> whole.append(
                                part instanceof Expression.Literal literal
                                        ? literal.text()
                                        : TextForm.of(value(part))));
                yield whole.toString();
            }
            case Expression.ArrayOf array -> values(array.elements());
            case Expression.ArrayBlock block -> output(block.statements());
            case Expression.SubExpression sub -> Conversion.collected(output(sub.statements()));
            case Expression.Group group -> value(group.statement());
            case Expression.HashLiteral hash -> {
                HashTable table = new HashTable();
                hash.entries().forEach(entry -> table.add(key(value(entry.key())), value(entry.value())));
                yield table;
            }
            case Expression.BlockLiteral literal -> literal.block();
            case Expression.Unary unary -> unary(unary);
            case Expression.Logical logical -> logical(logical);
            case Expression.Compare compare -> compare(compare);
            case Expression.Arithmetic sum -> Calculation.of(sum.operation(), value(sum.left()), value(sum.right()));
            case Expression.TextOperator operator ->
                TextOperations.of(
                        operator.operation(), operator.mindsCase(), value(operator.left()), value(operator.right()));
            case Expression.Range range -> range(range);
            case Expression.Member member ->
                Members.property(value(member.target()), TextForm.of(value(member.name())));
            case Expression.MethodCall call ->
                methods.call(value(call.target()), call.name(), values(call.arguments()));
            case Expression.Index index -> Members.index(value(index.target()), value(index.index()));
        };
    }

    private static Object key(Object key) {
        if (key == null) {
            throw ShellFailure.runtime("InvalidNullKey", "A null key is not allowed in a hash literal.");
        }
        return key;
    }

    private List<Object> values(List<Expression> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> values.add(value(expression)));
        return values;
    }

    private Object unary(Expression.Unary unary) {
        Object operand = value(unary.operand());
        return switch (unary.sign()) {
            case NOT -> !Conversion.truth(operand);
            case PLUS -> Calculation.of(Expression.Operation.ADD, 0L, operand);
            case MINUS -> Calculation.of(Expression.Operation.SUBTRACT, 0L, operand);
        };
    }

    private Object logical(Expression.Logical logical) {
        boolean left = Conversion.truth(value(logical.left()));
        return switch (logical.connective()) {
            case AND -> left && Conversion.truth(value(logical.right()));
            case OR -> left || Conversion.truth(value(logical.right()));
            case XOR -> left ^ Conversion.truth(value(logical.right()));
        };
    }

    private Object compare(Expression.Compare compare) {
        Object left = value(compare.left());
        Object right = value(compare.right());
        boolean single = !(left instanceof List<?>);
        if (compare.operator().comparison() == Comparison.MATCH && single) {
            comparing.groups(compare.operator(), left, right).ifPresent(groups -> variables.set("Matches", groups));
        }
        return comparing.compare(compare.operator(), left, right);
    }

    private Object range(Expression.Range range) {
        long first = bound(value(range.first()));
        long last = bound(value(range.last()));
        long size = Math.abs(last - first) + 1;
        if (size > MAX_RANGE) {
            throw ShellFailure.of(
                    ShellFailure.Category.LimitsExceeded,
                    "RangeTooLarge",
                    "RuntimeException",
                    "A range may stand for at most " + MAX_RANGE + " numbers, not " + size + ".");
        }
        List<Object> numbers = new ArrayList<>((int) size);
        long step = first <= last ? 1 : -1;
        for (long i = 0; i < size; i++) {
            numbers.add(first + i * step);
        }
        return numbers;
    }

    private static long bound(Object value) {
        return Conversion.whole(value)
                .filter(n -> n == n.intValue())
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(value, "System.Int32", "Input string was not in a correct format."));
    }
}
