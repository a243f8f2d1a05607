package dev.tarry.shell.terminal;

import java.io.IOException;
import java.util.Optional;

/// Where the next line comes from.
interface LineEntry {
    /// Before the second line of what is unfinished, and those after it.
    String CONTINUED = ">> ";

    /// What came of asking for a line.
    sealed interface Entry {
        /// @param text whole: as many lines as it takes
        record Line(String text) implements Entry {}

        /// Ctrl-C: what stood in the line is dropped.
        record Dropped() implements Entry {}

        /// Ctrl-D in an empty line, or the terminal is gone.
        record End() implements Entry {}
    }

    /// Waits for the next line.
    Entry next();

    /// Asks for one line that is no command and is kept nowhere.
    ///
    /// @param hidden whether nobody is to see what is typed
    /// @return nothing where the input has ended
    /// @throws dev.tarry.shell.run.Interruption.Interrupted at Ctrl-C
    Optional<String> answer(String prompt, boolean hidden);

    /// Ctrl-C, where the terminal's driver took the key and not the editor. On a thread of the terminal's.
    ///
    /// @param running whether a line is being run
    default void interrupted(boolean running) {}

    /// Writes what the history has not written yet.
    ///
    /// @throws IOException where that is not possible
    default void keep() throws IOException {}
}
