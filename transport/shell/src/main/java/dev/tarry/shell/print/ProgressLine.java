package dev.tarry.shell.print;

/// One line on the error output that is written over and over while something goes on, and is gone at the end; nothing
/// at all where nobody looks. Lives on the thread that runs the script.
public final class ProgressLine implements AutoCloseable {
    private final ShellIo io;
    private int shown;
    private Boolean watched;

    public ProgressLine(ShellIo io) {
        this.io = io;
    }

    /// @param text cut to the width of the terminal
    public void show(String text) {
        if (watched == null) {
            watched = io.watched().getAsBoolean();
        }
        if (watched) {
            String safe = SafeText.line(text);
            String line = safe.substring(0, Math.min(safe.length(), io.widthColumns() - 1));
            io.err().print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            io.err().flush();
            shown = line.length();
        }
    }

    @Override
    public void close() {
        if (shown > 0) {
            io.err().print("\r" + " ".repeat(shown) + "\r");
            io.err().flush();
        }
    }
}
