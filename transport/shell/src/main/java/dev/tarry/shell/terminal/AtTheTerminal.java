package dev.tarry.shell.terminal;

import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.SafeText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final Supplier<LineEntry> lines;

    /// @param lines where answers come from; asked for when there is a question
    AtTheTerminal(Terminal terminal, Supplier<LineEntry> lines) {
        this.terminal = terminal;
        this.lines = lines;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public Optional<String> line(String prompt) {
        return lines.get().answer(SafeText.line(prompt), false);
    }

    @Override
    public Optional<String> secret(String prompt) {
        return lines.get().answer(SafeText.line(prompt), true);
    }

    @Override
    public Consent consent(String deed) {
        PrintWriter out = terminal.writer();
        out.println();
        out.println("Confirm");
        out.println("Are you sure you want to perform this action?");
        out.println(SafeText.line(deed));
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
