package dev.tarry.shell;

import dev.tarry.client.ClientException;
import dev.tarry.client.ServerUnreachableException;
import dev.tarry.client.TarryClient;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.print.ErrorText;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.Screen;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.print.Transcripts;
import dev.tarry.shell.run.Evaluator;
import dev.tarry.shell.run.ExitRequest;
import dev.tarry.shell.run.History;
import dev.tarry.shell.run.Interruption;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.utility.RecordingCmdlets;
import dev.tarry.shell.value.TextForm;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A session: scripts run one after the other and share their variables. Blocks the calling thread; for one thread
/// at a time.
public final class Shell {
    /// All statements did what they should.
    public static final int OK = 0;
    /// A statement failed, the script does not read, or no server answers.
    public static final int FAILED = 1;

    static final String NO_MEMORY =
            "tarry shell: so many objects at once do not fit into memory. Let a pipeline work on them one by one"
                    + " (ForEach-Object, Where-Object, Export-Csv), or give the shell more: TARRY_JAVA_OPTS=-Xmx2g.";

    private final ShellIo io;
    private final TarryClient client;
    private final CmdletTable cmdlets;
    private final Interruption interruption;
    private final Evaluator evaluator;
    private boolean exited;

    public Shell(ShellIo io, TarryClient client) {
        this(io, client, new Interruption());
    }

    Shell(ShellIo io, TarryClient client, Interruption interruption) {
        this(io, client, StandardCmdlets.table(), interruption);
    }

    /// @param interruption what stops a running script, from any thread
    Shell(ShellIo io, TarryClient client, CmdletTable cmdlets, Interruption interruption) {
        this.cmdlets = cmdlets;
        this.interruption = interruption;
        this.client = client;
        this.evaluator = new Evaluator(io, client, cmdlets, interruption);
        this.io = evaluator.io();
    }

    /// Runs one script in a session of its own.
    ///
    /// @return the exit code: [#OK], [#FAILED], or what `exit` says
    public static int run(Script source, ShellIo io, TarryClient client) {
        Shell shell = new Shell(io, client);
        try {
            return shell.run(source);
        } finally {
            shell.leave();
        }
    }

    /// A person has typed this behind this prompt, and it is about to run.
    void typed(String prompt, String text) {
        Transcripts transcripts = evaluator.transcripts();
        if (transcripts.count() > 0) {
            List<String> moment = transcripts.wantsMoments()
                    ? now().map(RecordingCmdlets::invocation).orElse(List.of())
                    : List.of();
            transcripts.typed(prompt, text, moment);
        }
    }

    /// Ends the session: what it was written down in is closed.
    void leave() {
        Transcripts transcripts = evaluator.transcripts();
        while (transcripts.count() > 0) {
            try {
                transcripts.stop(RecordingCmdlets.footer(now()));
            } catch (IOException e) {
                io.err()
                        .println("WARNING: A transcript could not be ended: "
                                + SafeText.line(String.valueOf(e.getMessage())));
            }
        }
    }

    /// The server's time; nothing where it does not say.
    private Optional<ZonedDateTime> now() {
        try {
            return Optional.of(client.serverTime().atZone(io.zone()));
        } catch (ClientException _) {
            return Optional.empty();
        }
    }

    /// The folder that relative paths are taken from.
    Location location() {
        return evaluator.location();
    }

    /// Before each line, as the Exchange Management Shell writes it; a folder that the session went to is named.
    String prompt() {
        Location location = evaluator.location();
        return "[PS] " + (location.moved() ? SafeText.line(location.here().toString()) : "C:\\") + ">";
    }

    /// Parses the whole, then runs statement by statement: one that fails is reported and the next one runs.
    ///
    /// @return the exit code: [#OK], [#FAILED], or what `exit` says
    public int run(Script source) {
        ScriptBlock script;
        try {
            script = Parser.script(source);
        } catch (ParseFailure failure) {
            ErrorText.of(failure, io.widthColumns()).forEach(io.err()::println);
            if (io.interactive()) {
                io.err().println();
            }
            return FAILED;
        }
        int before = evaluator.failures();
        try {
            if (script.isPlain()) {
                for (Statement statement : script.statements()) {
                    if (!shown(out -> evaluator.run(statement, out))) {
                        break;
                    }
                }
            } else {
                shown(out -> evaluator.run(script, out));
            }
        } catch (OutOfMemoryError _) {
            io.err().println(NO_MEMORY); // what filled it is garbage by now
            return FAILED;
        } catch (StackOverflowError _) {
            io.err().println("tarry shell: values that lie so deep in each other cannot be shown.");
            return FAILED;
        } catch (ExitRequest exit) {
            exited = true;
            return exit.code();
        } catch (Interruption.Interrupted _) {
            return FAILED;
        } catch (ServerUnreachableException lost) {
            if (interruption.isRequested()) {
                return FAILED; // hung up, because somebody wanted it
            }
            io.err()
                    .println("tarry shell: " + SafeText.line(lost.getMessage())
                            + " Start a server with './tarry serve', or name another one with --server URL.");
            return FAILED;
        }
        return evaluator.failures() == before ? OK : FAILED;
    }

    /// Whether a script said `exit`.
    boolean hasExited() {
        return exited;
    }

    /// Names of the variables that are set, without the dollar sign.
    List<String> variables() {
        return evaluator.variableNames();
    }

    /// Aliases and what they stand for.
    SortedMap<String, String> aliases() {
        return evaluator.aliases();
    }

    /// What was typed so far.
    History history() {
        return evaluator.history();
    }

    /// Names of the functions that are defined.
    List<String> functions() {
        return evaluator.functionNames();
    }

    private boolean shown(Predicate<Consumer<Object>> running) {
        Screen screen = new Screen(
                cmdlets.views(),
                io.widthColumns(),
                io.out()::println,
                text -> io.err().println("WARNING: " + text));
        return ScopedValue.where(TextForm.ENUMERATION, evaluator::enumerationLimit)
                .call(() -> {
                    try {
                        return running.test(screen::show);
                    } finally {
                        screen.flush();
                        io.out().flush();
                    }
                });
    }
}
