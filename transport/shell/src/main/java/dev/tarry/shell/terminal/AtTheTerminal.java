package dev.tarry.shell.terminal;

import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.SafeText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/// The person who typed the line that now runs, and asks something. Answers are not kept in any history.
final class AtTheTerminal implements Person {
    private static final String CHOICES =
            "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"Y\"): ";

    private static final String HELP = """
            Y - Continue with only the next step of the operation.
            A - Continue with all the steps of the operation.
            N - Skip this operation and proceed with the next operation.
            L - Skip this operation and all subsequent operations.""";

    private final Terminal terminal;
    private LineReader reader;

    AtTheTerminal(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public Optional<String> line(String prompt) {
        return read(prompt, null);
    }

    @Override
    public Optional<String> secret(String prompt) {
        return read(prompt, '*');
    }

    private Optional<String> read(String prompt, Character mask) {
        if (reader == null) {
            DefaultParser asTyped = new DefaultParser();
            asTyped.setEscapeChars(null);
            asTyped.setQuoteChars(null);
            reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(asTyped)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.DISABLE_HIGHLIGHTER, true)
                    .option(LineReader.Option.INSERT_TAB, true)
                    .variable(LineReader.DISABLE_HISTORY, true)
                    .build();
        }
        try {
            return Optional.of(reader.readLine(SafeText.line(prompt), mask));
        } catch (UserInterruptException _) {
            throw new Interrupted();
        } catch (EndOfFileException _) {
            return Optional.empty();
        }
    }

    @Override
    public Consent consent(String operation, String target) {
        PrintWriter out = terminal.writer();
        out.println();
        out.println("Confirm");
        out.println("Are you sure you want to perform this action?");
        out.println("Performing the operation \"" + SafeText.line(operation) + "\" on target \""
                + SafeText.line(target) + "\".");
        out.flush();
        while (true) {
            Optional<String> answer = line(CHOICES);
            if (answer.isEmpty()) {
                return Consent.NO_TO_ALL; // the input has ended: nothing may be taken for a yes
            }
            switch (answer.get().strip().toLowerCase(Locale.ROOT)) {
                case "", "y", "yes" -> {
                    return Consent.YES;
                }
                case "a", "yes to all" -> {
                    return Consent.YES_TO_ALL;
                }
                case "n", "no" -> {
                    return Consent.NO;
                }
                case "l", "no to all" -> {
                    return Consent.NO_TO_ALL;
                }
                case "?" -> {
                    HELP.lines().forEach(out::println);
                    out.flush();
                }
                default -> {
                    // Asked again, as PowerShell does.
                }
            }
        }
    }
}
