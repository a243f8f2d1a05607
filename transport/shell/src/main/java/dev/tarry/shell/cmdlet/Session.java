package dev.tarry.shell.cmdlet;

import dev.tarry.shell.print.Transcripts;
import dev.tarry.shell.syntax.ScriptBlock;
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

    /// Aliases and what they stand for, by name in any case: the table's and those of this session; a copy.
    SortedMap<String, String> aliases();

    /// Gives a command another name, in place of what had it.
    void setAlias(String name, String definition);

    /// Takes a name from a command; one of the table's too, as long as the session lasts.
    void removeAlias(String name);

    /// The lines that a person typed, by number; a copy. Empty where a script runs.
    SortedMap<Long, String> history();

    /// Drops a line of the history.
    void forget(long id);

    /// What is being run is this line of the history, and to be remembered as it.
    void invoked(String line);

    /// From now on what PowerShell's strict mode of this version forbids is an error, in the scope of whoever calls.
    ///
    /// @param version from 1; 0 ends it
    void strictness(int version);

    /// Reads and runs a piece of script; its output goes to `out`, object by object.
    ///
    /// @throws dev.tarry.shell.value.ShellFailure where it does not read
    void run(String script, Consumer<Object> out);

    /// Runs a block as `&` does; its output goes to `out`, object by object.
    ///
    /// @param arguments by position
    /// @param input what is piped to it
    /// @param dotted whether it runs in the scope of whoever calls, as `.` has it
    void invoke(ScriptBlock block, List<Object> arguments, List<Object> input, boolean dotted, Consumer<Object> out);

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
