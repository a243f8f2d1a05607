package dev.tarry.shell.bridge;

import dev.tarry.client.ClientException;
import dev.tarry.client.TarryClient;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.run.Evaluator;
import dev.tarry.shell.run.ExitRequest;
import dev.tarry.shell.run.Interruption;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.value.ShellFailure;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;

/// One use of one cmdlet, on a thread of its own, which waits wherever whoever asked for it has to say or take
/// something. It is written as a script of one pipeline, so that everything binds and fails as it does in the shell.
final class BridgeCall {
    /// So many records wait to be fetched before the cmdlet does.
    static final int MAX_WAITING = 500;
    /// So many are in one answer.
    static final int MAX_ANSWERED = 200;

    /// Puts the objects into the pipeline that are sent; no name that anybody types.
    private static final String INPUT = "Receive-BridgeInput";
    /// Puts out the value of a parameter by its place.
    private static final String VALUE = "Receive-BridgeValue";

    /// What comes in while the call runs.
    private sealed interface Reply {
        record Input(List<Object> objects) implements Reply {}

        record End() implements Reply {}

        record Consented(Person.Consent consent) implements Reply {}
    }

    private final CmdletTable cmdlets;
    private final TarryClient client;
    private final ShellIo surroundings;
    private final WireForm form;
    private final Interruption interruption = new Interruption();
    private final BlockingQueue<Happening> happenings = new ArrayBlockingQueue<>(MAX_WAITING);
    private final BlockingQueue<Reply> replies = new SynchronousQueue<>();
    private final String script;
    private final List<Object> values;
    private Thread thread;
    /// What may be asked next, as the last answer said.
    private String state = "";

    /// @param cmdlet which
    /// @param parameters name to value, as JSON has them
    /// @param piped whether objects will be sent
    BridgeCall(
            CmdletTable table,
            TarryClient client,
            ShellIo surroundings,
            Cmdlet cmdlet,
            Map<?, ?> parameters,
            boolean piped) {
        this.client = client;
        this.surroundings = surroundings;
        this.form = new WireForm(surroundings.zone());
        this.values = new ArrayList<>();
        this.script = script(cmdlet, parameters, piped);
        List<Cmdlet> all = new ArrayList<>(table.all());
        all.add(Cmdlet.named(INPUT).simply(this::input));
        all.add(Cmdlet.named(VALUE)
                .takes(Parameter.of("Place", ParameterType.WHOLE).at(0))
                .simply(call ->
                        call.write(values.get(call.whole("Place").orElseThrow().intValue()))));
        this.cmdlets = new CmdletTable(all);
    }

    private String script(Cmdlet cmdlet, Map<?, ?> parameters, boolean piped) {
        // In a block, so that also what goes wrong before the cmdlet runs is told as an object.
        StringBuilder text =
                new StringBuilder("& { ").append(piped ? INPUT + " | " : "").append(cmdlet.name());
        parameters.forEach((name, value) -> {
            if (!name.toString().matches("[A-Za-z][A-Za-z0-9]*")) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "NamedParameterNotFound",
                        "ParameterBindingException",
                        "A parameter cannot be found that matches parameter name '" + name + "'.");
            }
            text.append(" -")
                    .append(name)
                    .append(":(")
                    .append(VALUE)
                    .append(' ')
                    .append(values.size())
                    .append(')');
            values.add(form.read(value));
        });
        if (cmdlet.acts() && parameters.keySet().stream().noneMatch(name -> "Confirm".equals(name.toString()))) {
            text.append(" -Confirm:$true"); // whoever calls asks the person, in its own way
        }
        return text.append(" } 2>&1").toString();
    }

    void begin() {
        thread = Thread.ofVirtual().name("tarry-bridge-call").start(this::run);
    }

    // -- on the call's own thread

    private void run() {
        try (PrintStream out = new PrintStream(new Lines(line -> tell("host", line)), true, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(new Lines(this::said), true, StandardCharsets.UTF_8)) {
            ShellIo io = new ShellIo(
                    InputStream.nullInputStream(),
                    out,
                    err,
                    surroundings.width(),
                    surroundings.zone(),
                    surroundings.environment(),
                    new Asked(),
                    () -> false);
            Evaluator evaluator = new Evaluator(io, client, cmdlets, interruption);
            Parser.parse(Script.typed(script)).forEach(statement -> evaluator.run(statement, this::put));
        } catch (ClientException lost) {
            fail(ShellFailure.of(
                    ShellFailure.Category.ResourceUnavailable,
                    "ServerUnreachable",
                    "ServerException",
                    lost.getMessage()));
        } catch (ParseFailure wrong) {
            fail(ShellFailure.of(
                    ShellFailure.Category.InvalidArgument, wrong.errorId(), "ParseException", wrong.getMessage()));
        } catch (Interruption.Interrupted | ExitRequest _) {
            // Stopped.
        } finally {
            happen(new Happening.Done());
        }
    }

    private void put(Object value) {
        if (value instanceof ShellFailure failure) {
            fail(failure);
        } else {
            tell("output", form.written(value));
        }
    }

    /// Warnings are a line on the error output, and whatever else stands there is for the person.
    private void said(String line) {
        String warning = "WARNING: ";
        if (line.startsWith(warning)) {
            tell("warning", line.substring(warning.length()));
        } else {
            tell("host", line);
        }
    }

    private void fail(ShellFailure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", failure.getMessage());
        error.put("category", failure.category().name());
        error.put("id", failure.errorId());
        error.put("exception", failure.exceptionName());
        error.put("target", failure.target());
        tell("error", error);
    }

    private void tell(String what, Object value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(what, value);
        happen(new Happening.Told(entry));
    }

    /// Waits where too much waits to be fetched. The end is always told.
    private void happen(Happening happening) {
        try {
            happenings.put(happening);
        } catch (InterruptedException _) {
            if (!(happening instanceof Happening.Done)) {
                throw new Interruption.Interrupted();
            }
            happenings.clear();
            happenings.add(happening);
        }
    }

    private Reply reply() {
        try {
            return replies.take();
        } catch (InterruptedException _) {
            throw new Interruption.Interrupted();
        }
    }

    private void input(Call call) {
        while (true) {
            happen(new Happening.Hungry());
            if (!(reply() instanceof Reply.Input(List<Object> objects))) {
                return;
            }
            objects.forEach(call::write);
        }
    }

    private final class Asked implements Person {
        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public Optional<String> line(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String prompt) {
            return Optional.empty();
        }

        @Override
        public Consent consent(String deed) {
            happen(new Happening.Asks(deed));
            return reply() instanceof Reply.Consented(Consent consent) ? consent : Consent.NO_TO_ALL;
        }
    }

    // -- on the thread that answers

    /// What may be asked next: `more`, `input`, `asks`, `done`.
    String state() {
        return state;
    }

    /// What has happened since the last time; waits until something has.
    ///
    /// @return `records` and `state`
    Map<String, Object> answer() throws InterruptedException {
        Map<String, Object> answer = happened();
        state = answer.get("state").toString();
        return answer;
    }

    private Map<String, Object> happened() throws InterruptedException {
        List<Object> records = new ArrayList<>();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("records", records);
        Happening next = happenings.take();
        while (next != null) {
            switch (next) {
                case Happening.Told told -> records.add(told.entry());
                case Happening.Hungry _ -> {
                    answer.put("state", "input");
                    return answer;
                }
                case Happening.Asks asks -> {
                    answer.put("state", "asks");
                    answer.put("question", asks.deed());
                    return answer;
                }
                case Happening.Done _ -> {
                    answer.put("state", "done");
                    return answer;
                }
            }
            next = records.size() < MAX_ANSWERED ? happenings.poll() : null;
        }
        answer.put("state", "more");
        return answer;
    }

    /// @param objects as JSON has them
    void input(List<?> objects) throws InterruptedException {
        List<Object> read = new ArrayList<>(objects.size());
        objects.forEach(object -> read.add(form.read(object)));
        replies.put(new Reply.Input(read));
    }

    void end() throws InterruptedException {
        replies.put(new Reply.End());
    }

    void consent(Person.Consent consent) throws InterruptedException {
        replies.put(new Reply.Consented(consent));
    }

    /// Ends it, wherever it is; what it had to tell is dropped.
    void stop() {
        interruption.request();
        thread.interrupt();
        try {
            while (!(happenings.take() instanceof Happening.Done)) {
                // Nobody wants it any more.
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
