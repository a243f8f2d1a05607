package dev.tarry.shell.terminal;

import java.util.List;

/// What runs the lines that a person types. Everything but [#interrupt] is called on one thread, the one that types.
public interface Session {
    /// Runs what was typed; errors are reported where errors go.
    void run(String typed);

    /// What stands before the line that is typed next.
    String prompt();

    /// Whether a script said `exit`.
    boolean hasExited();

    /// The code that `exit` named; 0 where there was none.
    int exitCode();

    /// Whether this text ends in the middle of something, so that another line may complete it.
    boolean isUnfinished(String typed);

    /// Ends what runs now. From any thread.
    ///
    /// @return false where nothing ran
    boolean interrupt();

    /// Names of the variables that are set, without the dollar sign.
    List<String> variables();

    /// Names of the functions that are defined.
    List<String> functions();

    /// What a line would put out, asked for in passing: nothing is printed, errors are dropped.
    ///
    /// @return as many objects as came; none where it failed, or took longer than a person waits for the tab key
    List<Object> look(String line);
}
