package dev.tarry.shell.cmdlet;

import dev.tarry.shell.print.Transcripts;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What a cmdlet may know, and change, of the session that runs it. Lives on the thread that runs the script.
public interface Session {
    /// All cmdlets there are.
    CmdletTable cmdlets();

    /// The variables that can be seen, by name; a copy.
    SortedMap<String, Object> variables();

    /// @throws dev.tarry.shell.value.ShellFailure where it may not be written
    void setVariable(String name, Object value);

    /// Forgets a variable.
    ///
    /// @return whether there was one
    boolean removeVariable(String name);

    /// Reads and runs a piece of script; its output goes to `out`, object by object.
    ///
    /// @throws dev.tarry.shell.value.ShellFailure where it does not read
    void run(String script, Consumer<Object> out);

    /// What `[type]::new(…)` makes.
    ///
    /// @throws dev.tarry.shell.value.ShellFailure where there is no such type, or it is not made so
    Object make(String type, List<Object> arguments);

    /// Chance for whom nothing hangs on it: never for secrets.
    RandomGenerator chance();

    /// The folder that relative paths are taken from.
    Location location();

    /// The files that this session is written to.
    Transcripts transcripts();

    /// Lets real time pass, until the script is interrupted.
    void pause(Duration real);
}
