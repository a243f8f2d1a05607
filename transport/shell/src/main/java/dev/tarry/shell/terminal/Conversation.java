package dev.tarry.shell.terminal;

import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.ShellIo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/// A terminal, and the person at it: the prompt, line after line, until they leave. Blocks the calling thread, on which
/// everything runs that is typed; Ctrl-C comes on a thread of the terminal's.
public final class Conversation implements AutoCloseable {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final AtTheTerminal person;
    private final PrintStream out;
    private final PrintStream err;
    private LineEntry entry;

    /// @param environment the process's: where the history goes, whether colours are wanted
    public Conversation(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
        this.person = new AtTheTerminal(terminal, () -> entry);
        this.out = new PrintStream(terminal.output(), true, terminal.outputEncoding());
        this.err = isColoured()
                ? new PrintStream(new ErrorColours(terminal.output()), true, terminal.outputEncoding())
                : out;
    }

    /// The one that the process was started at.
    ///
    /// @throws IOException where there is none
    public static Terminal terminal() throws IOException {
        return TerminalBuilder.builder().system(true).graphemeCluster(false).build();
    }

    /// Whether this terminal shows colours, and the person has not asked for none (`NO_COLOR`).
    public boolean isColoured() {
        return !isDumb() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /// Whoever types.
    public Person person() {
        return person;
    }

    /// How wide the window is, now.
    public int widthColumns() {
        int columns = terminal.getColumns();
        return columns > 0 ? columns : ShellIo.DEFAULT_WIDTH_COLUMNS;
    }

    public PrintStream out() {
        return out;
    }

    /// Errors and warnings, which stand out where there are colours.
    public PrintStream err() {
        return err;
    }

    /// Reads and runs, until `exit` or the end of input.
    ///
    /// @return the exit code
    public int hold(Session session, CmdletTable cmdlets) {
        entry = isDumb() ? new PlainLines(terminal, session) : edited(session, cmdlets);
        listen(session);
        boolean kept = true;
        while (!session.hasExited()) {
            switch (entry.next()) {
                case LineEntry.Entry.Line line when line.text().isBlank() -> {}
                case LineEntry.Entry.Line line -> {
                    kept = kept && keep();
                    session.run(line.text());
                    out.flush();
                    err.flush();
                }
                case LineEntry.Entry.Dropped _ -> {}
                case LineEntry.Entry.End _ -> {
                    return 0;
                }
            }
        }
        return session.exitCode();
    }

    private void listen(Session session) {
        Runnable stop = () -> {
            boolean running = session.interrupt();
            entry.interrupted(running);
        };
        terminal.handle(Terminal.Signal.INT, _ -> stop.run());
        if (isDumb()) {
            // A terminal that can do nothing does not hear of signals either; without this Ctrl-C ends the process.
            Signals.register(Terminal.Signal.INT.name(), stop);
        }
    }

    private LineEntry edited(Session session, CmdletTable cmdlets) {
        ServerNames names = new ServerNames(cmdlets, session);
        Suggestions suggestions = new Suggestions(cmdlets, session, names, environment.keySet());
        return new EditedLines(terminal, session, suggestions, isColoured(), history());
    }

    private boolean isDumb() {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /// Says once that lines are not kept, and goes on.
    private boolean keep() {
        try {
            entry.keep();
            return true;
        } catch (IOException e) {
            err.println("WARNING: The history cannot be written: " + SafeText.line(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private Optional<Path> history() {
        Optional<Path> file = KeptHistory.file(environment);
        try {
            if (file.isPresent()) {
                KeptHistory.prepare(file.get());
            }
            return file;
        } catch (IOException | UnsupportedOperationException e) {
            err.println("WARNING: The history cannot be kept in "
                    + SafeText.line(file.get().toString()) + ": " + SafeText.line(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
