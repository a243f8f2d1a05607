package dev.tarry.shell.run;

import dev.tarry.client.AnswerBrokenOffException;
import dev.tarry.client.ProblemException;
import dev.tarry.client.TarryClient;
import dev.tarry.client.UnexpectedAnswerException;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.cmdlet.Session;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.Redirection;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Comparing;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One command of one running pipeline: takes objects from the one before, hands its own to the one after.
final class RunningCommand implements Call {
    private final Cmdlet cmdlet;
    private final Extent extent;
    private final Binding binding;
    private final boolean piped;
    private final boolean takesAnything;
    private final Evaluator evaluator;
    private final Stage stage;
    private final List<Redirection> redirections;
    private final CommonVariables common;
    private final Consents consents;
    private Optional<Redirected> redirected = Optional.empty();
    private Frame frame;
    private Consumer<Object> next;
    private Map<String, Object> present;
    private Object item;
    private boolean ranAlone;
    private boolean ended;

    RunningCommand(Callee callee, Statement.Command command, Binding binding, boolean piped, Evaluator evaluator) {
        this.cmdlet = callee.cmdlet();
        this.extent = command.extent();
        this.binding = binding;
        this.piped = piped;
        this.takesAnything = callee.takesAnything();
        this.evaluator = evaluator;
        this.stage = cmdlet.opening().get();
        this.present = binding.values();
        this.redirections = command.redirections();
        this.frame = evaluator.frame();
        this.common = new CommonVariables(binding, evaluator.variables());
        this.consents = new Consents(cmdlet, binding, evaluator.io(), this::preference);
    }

    void feeds(Consumer<Object> sink) {
        next = sink;
    }

    Binding binding() {
        return binding;
    }

    String name() {
        return cmdlet.name();
    }

    void begin() {
        if (!redirections.isEmpty()) {
            redirected = Optional.of(new Redirected(redirections, evaluator, next));
            next = redirected.get().output();
            frame = frame.with(redirected.get().streams());
        }
        common.begin();
        guarded(() -> stage.begin(this));
    }

    /// Whether or not the pipeline came to its end.
    void close() {
        stage.close();
        redirected.ifPresent(Redirected::close);
    }

    /// An object from the command before.
    void accept(Object value) {
        evaluator.within(frame, () -> taken(value));
    }

    private void taken(Object value) {
        item = value;
        present = new LinkedHashMap<>(binding.values());
        boolean[] bound = {takesAnything};
        boolean[] refused = {false};
        for (Parameter parameter : cmdlet.parameters()) {
            if (parameter.piped() != Parameter.Piped.NO
                    && parameter.takesFrom(value, cmdlet.parameters())
                    && !binding.values().containsKey(parameter.name())) {
                fromPipeline(parameter, value).ifPresent(found -> {
                    try {
                        present.put(
                                parameter.name(),
                                ParameterValue.of(
                                        parameter,
                                        found,
                                        Optional.empty(),
                                        evaluator.io().zone()));
                        bound[0] = true;
                    } catch (ShellFailure wrong) {
                        refused[0] = true;
                        report(wrong);
                    }
                });
                bound[0] |= parameter.piped() == Parameter.Piped.WHOLE;
            }
        }
        if (refused[0]) {
            return;
        }
        if (!bound[0] || lacksPiped()) {
            report(ShellFailure.of(
                            Category.InvalidArgument,
                            "InputObjectNotBound",
                            "ParameterBindingException",
                            "The input object cannot be bound to any parameters for the command either because the "
                                    + "command does not take pipeline input or the input and its properties do not "
                                    + "match any of the parameters that take pipeline input.")
                    .withTarget(TextForm.of(value)));
            return;
        }
        guarded(() -> stage.process(this));
    }

    /// Whether a parameter is missing that it cannot do without, and that the object was to give.
    private boolean lacksPiped() {
        return !takesAnything
                && cmdlet.parameters().stream()
                        .anyMatch(parameter -> parameter.mandatory()
                                && parameter.piped() == Parameter.Piped.PROPERTY
                                && !present.containsKey(parameter.name()));
    }

    private static Optional<Object> fromPipeline(Parameter parameter, Object value) {
        if (parameter.piped() == Parameter.Piped.WHOLE) {
            return Optional.ofNullable(value);
        }
        if (value instanceof Row row) {
            return parameter.pipedProperties().stream()
                    .filter(row::has)
                    .map(row::get)
                    .filter(found -> found != null)
                    .findFirst();
        }
        boolean simple = value instanceof String || value instanceof Number;
        return simple && parameter.type() != ParameterType.SWITCH ? Optional.of(value) : Optional.empty();
    }

    /// The commands before have ended.
    void finish() {
        item = null;
        present = binding.values();
        if (!piped && !ranAlone) {
            ranAlone = true;
            guarded(() -> stage.process(this));
        }
        if (!ended) {
            ended = true;
            guarded(() -> stage.end(this));
        }
    }

    private void guarded(Runnable action) {
        evaluator.interruption().check();
        try {
            evaluator.within(frame, action);
        } catch (ProblemException | UnexpectedAnswerException | AnswerBrokenOffException refusal) {
            report(Failures.of(refusal));
        } catch (ShellFailure failure) {
            ShellFailure placed = placed(failure);
            common.failed(placed);
            throw onError() == Binding.OnError.STOP && !isBlock() ? placed.stopping() : placed;
        }
    }

    /// A block has said itself what becomes of its errors.
    private boolean isBlock() {
        return stage instanceof BlockStage;
    }

    private ShellFailure placed(ShellFailure failure) {
        return isBlock() ? failure.at(extent) : failure.in(cmdlet.name()).at(extent);
    }

    private Binding.OnError onError() {
        return binding.onError()
                .orElseGet(() -> evaluator.within(frame, () -> Preferences.onError(evaluator.variables())));
    }

    // -- Call

    @Override
    public boolean has(String parameter) {
        return present.get(parameter) != null;
    }

    @Override
    public boolean mentions(String parameter) {
        return present.containsKey(parameter);
    }

    @Override
    public Object value(String parameter) {
        return present.get(parameter);
    }

    @Override
    public Object input() {
        return piped ? item : present.get("InputObject");
    }

    @Override
    public boolean isPiped() {
        return piped;
    }

    @Override
    public void write(Object value) {
        common.put(value);
        next.accept(value);
    }

    @Override
    public void report(ShellFailure failure) {
        ShellFailure placed = placed(failure);
        common.failed(placed);
        switch (onError()) {
            case CONTINUE -> evaluator.within(frame, () -> evaluator.report(placed));
            case SILENT -> evaluator.remember(placed);
            case IGNORE -> evaluator.succeeded(false);
            case STOP -> throw placed.stopping();
        }
    }

    @Override
    public void warn(String message) {
        Binding.OnError action = binding.onWarning()
                .orElseGet(() -> evaluator.within(
                        frame,
                        () -> Preferences.shows(evaluator.variables(), "WarningPreference")
                                ? Binding.OnError.CONTINUE
                                : Binding.OnError.SILENT));
        common.warned(message);
        if (action == Binding.OnError.CONTINUE || action == Binding.OnError.STOP) {
            say(Redirection.Stream.WARNING, "WARNING: ", message);
        }
        if (action == Binding.OnError.STOP) {
            throw placed(ShellFailure.of(
                            Category.OperationStopped,
                            "ActionPreferenceStop",
                            "ActionPreferenceStopException",
                            "The running command stopped because the preference variable \"WarningPreference\" or common "
                                    + "parameter is set to Stop: " + message))
                    .stopping();
        }
    }

    @Override
    public void verbose(String message) {
        if (binding.verbose().orElseGet(() -> shows("VerbosePreference"))) {
            say(Redirection.Stream.VERBOSE, "VERBOSE: ", message);
        }
    }

    @Override
    public void debug(String message) {
        if (binding.debug().orElseGet(() -> shows("DebugPreference"))) {
            say(Redirection.Stream.DEBUG, "DEBUG: ", message);
        }
    }

    private boolean shows(String preference) {
        return evaluator.within(frame, () -> Preferences.shows(evaluator.variables(), preference));
    }

    private void say(Redirection.Stream stream, String prefix, String message) {
        frame.streams()
                .of(stream)
                .ifPresentOrElse(
                        sink -> sink.accept(message),
                        () -> evaluator.io().err().println(prefix + SafeText.line(message)));
    }

    @Override
    public boolean host(String text, boolean endsLine) {
        Optional<Consumer<Object>> sink = frame.streams().of(Redirection.Stream.INFORMATION);
        sink.ifPresent(elsewhere -> elsewhere.accept(text));
        return sink.isPresent();
    }

    @Override
    public boolean proceed(String target) {
        return proceed("Performing the operation \"" + cmdlet.name() + "\" on target \"" + target + "\".", target);
    }

    @Override
    public boolean proceedWith(String deed) {
        return proceed(deed, deed);
    }

    /// @param deed what would be done, a sentence
    boolean proceed(String deed, String target) {
        return consents.proceed(deed, target);
    }

    private Object preference(String name) {
        return evaluator.within(frame, () -> evaluator.variables().get(name));
    }

    @Override
    public Object run(ScriptBlock block, Object value) {
        List<Object> output = new ArrayList<>();
        evaluator.within(frame, () -> evaluator.block(block, value, output::add));
        return Conversion.collected(output);
    }

    @Override
    public void pass(ScriptBlock block, Object value) {
        evaluator.within(frame, () -> evaluator.block(block, value, this::write));
    }

    @Override
    public void enough() {
        throw new Enough(this);
    }

    @Override
    public TarryClient client() {
        return evaluator.client();
    }

    @Override
    public ShellIo io() {
        return evaluator.io();
    }

    @Override
    public Comparing comparing() {
        return evaluator.comparing();
    }

    @Override
    public Map<String, List<Column>> views() {
        return evaluator.cmdlets().views();
    }

    @Override
    public ZonedDateTime now() {
        return evaluator.client().serverTime().atZone(evaluator.io().zone());
    }

    @Override
    public Session session() {
        return new ScriptSession(evaluator);
    }
}
