package dev.tarry.shell;

import dev.tarry.client.ClientException;
import dev.tarry.client.TarryClient;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.run.Evaluator;
import dev.tarry.shell.run.ExitRequest;
import dev.tarry.shell.run.Interruption;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.terminal.Session;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A shell whose lines a person types. Lives on the thread that the terminal is read on; interruptions come from
/// others.
final class TypedSession implements Session {
    private final Shell shell;
    private final ShellIo io;
    private final TarryClient client;
    private final CmdletTable cmdlets;
    private final Duration patience;
    private final Interruption interruption = new Interruption();
    private int code;
    /// The thread that a line runs on; null while none runs.
    private Thread running;

    /// @param patience how long the tab key may wait for the server, in real time
    TypedSession(ShellIo io, TarryClient client, CmdletTable cmdlets, Duration patience) {
        this.patience = patience;
        this.shell = new Shell(io, client, cmdlets, interruption);
        this.io = io;
        this.client = client;
        this.cmdlets = cmdlets;
    }

    @Override
    public void run(String typed) {
        begin();
        try {
            shell.typed(shell.prompt(), typed);
            code = shell.run(Script.typed(typed));
        } finally {
            end();
        }
    }

    @Override
    public String prompt() {
        return shell.prompt();
    }

    /// Ends the session.
    void leave() {
        shell.leave();
    }

    private synchronized void begin() {
        interruption.clear();
        running = Thread.currentThread();
    }

    /// From here on no interruption comes; one that came late means nothing to the prompt.
    private synchronized void end() {
        running = null;
        Thread.interrupted();
    }

    @Override
    public synchronized boolean interrupt() {
        if (running == null) {
            return false;
        }
        interruption.request();
        running.interrupt(); // a request that is under way hangs up
        return true;
    }

    @Override
    public boolean hasExited() {
        return shell.hasExited();
    }

    @Override
    public int exitCode() {
        return code;
    }

    @Override
    public boolean isUnfinished(String typed) {
        try {
            Parser.parse(Script.typed(typed));
            return false;
        } catch (ParseFailure failure) {
            return failure.incomplete();
        }
    }

    @Override
    public List<String> variables() {
        return shell.variables();
    }

    @Override
    public List<String> functions() {
        return shell.functions();
    }

    /// On a thread of its own, which is interrupted, and so hangs up, when time is over.
    @Override
    public List<Object> look(String line) {
        FutureTask<List<Object>> task = new FutureTask<>(() -> quietly(line));
        Thread.ofVirtual().name("tarry-completion").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            task.cancel(true);
            return List.of();
        } catch (InterruptedException _) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<Object> quietly(String line) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ShellIo silent = new ShellIo(
                io.in(), nowhere, nowhere, io.width(), io.zone(), io.environment(), Person.NOBODY, () -> false);
        Evaluator evaluator = new Evaluator(silent, client, cmdlets);
        List<Object> found = new ArrayList<>();
        try {
            Parser.parse(Script.typed(line)).forEach(statement -> evaluator.run(statement, found::add));
        } catch (ClientException | ParseFailure | ExitRequest _) {
            return List.of();
        }
        return evaluator.failures() == 0 ? found : List.of();
    }
}
