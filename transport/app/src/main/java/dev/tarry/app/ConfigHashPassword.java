package dev.tarry.app;

import dev.tarry.config.HashedPassword;
import dev.tarry.login.Passwords;
import dev.tarry.time.SystemSource;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tarry config hash-password`: turns a password into what the settings keep of it. The password comes from the
/// terminal, where it is not shown, or in one line on stdin; never as an argument, which everybody on the machine can
/// see.
@Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        description = "Prints what the settings keep of a password, for users[].password.")
final class ConfigHashPassword implements Callable<Integer>, Manual.Documented {
    private static final int MAX_CHARACTERS = 1_024;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "" + Passwords.DEFAULT_ITERATIONS,
            description = "How often PBKDF2 goes round: more is safer, and slower at each log-in (4096 to 10000000;"
                    + " ${DEFAULT-VALUE} unless told otherwise).")
    private int iterations;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (iterations < HashedPassword.MIN_ITERATIONS || iterations > HashedPassword.MAX_ITERATIONS) {
            throw wrong("--iterations is " + HashedPassword.MIN_ITERATIONS + " to " + HashedPassword.MAX_ITERATIONS
                    + ", not " + iterations);
        }
        Console console = System.console();
        String password = console != null && console.isTerminal() ? asked(console) : firstLine(System.in);
        try {
            HashedPassword hashed = Passwords.hash(password, iterations, new SystemSource().secrets());
            spec.commandLine().getOut().println(hashed.text());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private String asked(Console console) {
        char[] password = console.readPassword("Password: ");
        char[] again = console.readPassword("Once more: ");
        if (password == null || !Arrays.equals(password, again)) {
            throw wrong("the two are not the same; nothing was hashed");
        }
        return new String(password);
    }

    private String firstLine(InputStream in) throws IOException {
        return read(in).orElseThrow(() -> wrong("there is no password on stdin: write it there in one line of at most "
                + MAX_CHARACTERS + " characters, or run the command in a terminal"));
    }

    /// The first line, without its end; empty if there is none, or it is too long.
    static Optional<String> read(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
            line.append((char) c);
            if (line.length() > MAX_CHARACTERS) {
                return Optional.empty();
            }
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "The password is asked for in the terminal and not shown, or read from stdin (its first line). What"
                                + " is printed is salted, another each time, and serves LOGIN, PLAIN and SCRAM-SHA-256"
                                + " alike: PBKDF2 with SHA-256, in the form of RFC 5803 and PostgreSQL."),
                List.of(),
                List.of(),
                List.of(),
                Manual.entries("0", "Done.", "2", "Bad usage, or no password that can be hashed."),
                List.of(Example.of(
                        "A user who may log in",
                        "tarry config hash-password <<< 'Secret-1'",
                        "SCRAM-SHA-256$100000:")));
    }
}
