package dev.tarry.shell.terminal;

import dev.tarry.shell.run.Interruption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Optional;
import org.jline.terminal.Terminal;

/// Lines from a terminal that can do nothing but print (`TERM=dumb`): its driver echoes and edits, and nothing is
/// completed. [#interrupted] comes from the terminal's own thread.
final class PlainLines implements LineEntry {
    private final Terminal terminal;
    private final Session session;
    private final BufferedReader lines;
    private volatile boolean dropped;

    PlainLines(Terminal terminal, Session session) {
        this.terminal = terminal;
        this.session = session;
        this.lines = new BufferedReader(new InputStreamReader(terminal.input(), terminal.inputEncoding()));
    }

    @Override
    public Entry next() {
        StringBuilder typed = new StringBuilder();
        dropped = false;
        prompt(session.prompt());
        try {
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    return new Entry.End();
                }
                if (dropped) {
                    dropped = false;
                    typed.setLength(0);
                }
                typed.append(typed.isEmpty() ? "" : "\n").append(line);
                if (!session.isUnfinished(typed.toString())) {
                    return new Entry.Line(typed.toString());
                }
                prompt(CONTINUED);
            }
        } catch (IOException _) {
            return new Entry.End();
        }
    }

    @Override
    public Optional<String> answer(String prompt, boolean hidden) {
        boolean echo = terminal.echo();
        prompt(prompt);
        try {
            terminal.echo(echo && !hidden);
            Optional<String> line = Optional.ofNullable(lines.readLine());
            if (dropped) {
                throw new Interruption.Interrupted();
            }
            return line;
        } catch (IOException _) {
            return Optional.empty();
        } finally {
            terminal.echo(echo);
            if (hidden) {
                terminal.writer().println();
                terminal.flush();
            }
        }
    }

    @Override
    public void interrupted(boolean running) {
        dropped = true;
        terminal.writer().println();
        prompt(running ? "" : session.prompt());
    }

    private void prompt(String text) {
        PrintWriter out = terminal.writer();
        out.print(text);
        out.flush();
    }
}
