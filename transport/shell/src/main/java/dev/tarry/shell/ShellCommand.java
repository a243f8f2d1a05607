package dev.tarry.shell;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `tarry shell`: the words of a command line to a script, a server and an exit code.
public final class ShellCommand {
    /// The command line makes no sense, or a script file cannot be read.
    public static final int BAD_USAGE = 2;

    /// The longest script that is read from a file or a pipe.
    static final int MAX_SCRIPT_BYTES = 10 * 1024 * 1024;

    private static final String TOKEN_VARIABLE = "TARRY_TOKEN";

    private static final String USAGE = """
            Usage: tarry shell [-c 'SCRIPT'] [FILE] [--server URL] [--token-file FILE]
              -c SCRIPT      run this script and exit
              FILE           run the script in this file ('-': standard input) and exit
              --server URL   the server to talk to (default %s)
              --token-file FILE
                             its first line is the token that the server wants, if it wants one; else the
                             variable TARRY_TOKEN has it
            Without SCRIPT and FILE: a prompt on a terminal, else the script is read from standard input.
            Exit code: 0 all went well, 1 a statement failed, 2 bad usage.""".formatted(TarryClient.DEFAULT_SERVER);

    private record Request(String script, String file, URI server, Optional<String> token) {}

    private static final class BadUsage extends Exception {
        BadUsage(String message) {
            super(message);
        }
    }

    private ShellCommand() {}

    /// @param args the words after `tarry shell`
    /// @return the exit code
    public static int main(String[] args, InputStream in, PrintStream out, PrintStream err) {
        try {
            Optional<Request> asked = parse(args);
            if (asked.isEmpty()) {
                out.println(USAGE);
                return Shell.OK;
            }
            Request request = asked.get();
            try (TarryClient client = new TarryClient(request.server(), request.token())) {
                return run(request, client, in, out, err);
            }
        } catch (BadUsage wrong) {
            err.println("tarry shell: " + SafeText.line(wrong.getMessage()));
            err.println(USAGE);
            return BAD_USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /// @return what is to be done, or nothing where help was asked for
    private static Optional<Request> parse(String[] args) throws BadUsage {
        String script = null;
        String file = null;
        URI server = TarryClient.DEFAULT_SERVER;
        Optional<String> token =
                Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(t -> !t.isBlank());
        for (int i = 0; i < args.length; i++) {
            String word = args[i];
            String name = word.toLowerCase(Locale.ROOT);
            if (name.equals("-h") || name.equals("--help")) {
                return Optional.empty();
            }
            if (name.equals("-c") || name.equals("-command") || name.equals("--command")) {
                if (script != null) {
                    throw new BadUsage("-c may be given once only.");
                }
                script = following(args, i++);
            } else if (name.equals("--server")) {
                server = server(following(args, i++));
            } else if (name.startsWith("--server=")) {
                server = server(word.substring("--server=".length()));
            } else if (name.equals("--token-file")) {
                token = Optional.of(token(following(args, i++)));
            } else if (name.startsWith("--token-file=")) {
                token = Optional.of(token(word.substring("--token-file=".length())));
            } else if (word.startsWith("-") && !word.equals("-")) {
                throw new BadUsage("there is no option '" + word + "'.");
            } else if (file != null) {
                throw new BadUsage("only one script file may be given, not also '" + word + "'.");
            } else {
                file = word;
            }
        }
        if (script != null && file != null) {
            throw new BadUsage("-c and a script file exclude each other.");
        }
        return Optional.of(new Request(script, file, server, checked(token)));
    }

    private static String following(String[] args, int i) throws BadUsage {
        if (i + 1 >= args.length) {
            throw new BadUsage(args[i] + " needs a value.");
        }
        return args[i + 1];
    }

    private static Optional<String> checked(Optional<String> token) throws BadUsage {
        if (token.filter(t -> !t.matches("[\\x21-\\x7e]{1,4096}")).isPresent()) {
            throw new BadUsage(
                    "a token is one word of printable ASCII; look at " + TOKEN_VARIABLE + " or --token-file.");
        }
        return token;
    }

    private static String token(String file) throws BadUsage {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return read(file, in).lines().findFirst().orElse("").strip();
        } catch (IOException | InvalidPathException _) {
            throw new BadUsage("the token file '" + file + "' cannot be read; its first line is to be the token.");
        }
    }

    private static URI server(String text) throws BadUsage {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null
                    && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new BadUsage("a server address looks like " + TarryClient.DEFAULT_SERVER + ", not '" + text + "'.");
    }

    private static int run(Request request, TarryClient client, InputStream in, PrintStream out, PrintStream err)
            throws BadUsage {
        if (request.script() != null) {
            return Shell.run(Script.typed(request.script()), io(in, out, err, false), client);
        }
        if (request.file() != null && !request.file().equals("-")) {
            Script script = new Script(request.file(), read(request.file()));
            return Shell.run(script, io(in, out, err, false), client);
        }
        // Asking for a console loads a good deal, so it is asked for here only.
        boolean terminal = request.file() == null
                && in == System.in
                && System.console() != null
                && System.console().isTerminal();
        if (terminal) {
            return converse(io(in, out, err, true), client);
        }
        return Shell.run(Script.typed(read("standard input", in)), io(in, out, err, false), client);
    }

    private static ShellIo io(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        // The server's name, not this machine's: scripts pass it to cmdlets as the server to act on.
        environment.put("COMPUTERNAME", "MAIL");
        return new ShellIo(
                in,
                out,
                err,
                width(environment),
                ZoneId.systemDefault(),
                environment,
                interactive,
                () -> err == System.err
                        && System.console() != null
                        && System.console().isTerminal());
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        boolean usable =
                !columns.isEmpty() && columns.length() < 5 && columns.chars().allMatch(Character::isDigit);
        return usable ? Integer.parseInt(columns) : ShellIo.DEFAULT_WIDTH_COLUMNS;
    }

    private static String read(String file) throws BadUsage {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return read(file, in);
        } catch (NoSuchFileException _) {
            throw new BadUsage(
                    "there is no file '" + file + "'; -c runs a script that is written on the command line.");
        } catch (IOException | InvalidPathException e) {
            throw new BadUsage("the script '" + file + "' cannot be read: " + e.getMessage() + ".");
        }
    }

    private static String read(String name, InputStream in) throws BadUsage {
        try {
            byte[] bytes = in.readNBytes(MAX_SCRIPT_BYTES + 1);
            if (bytes.length > MAX_SCRIPT_BYTES) {
                throw new BadUsage("the script from " + name + " is longer than " + MAX_SCRIPT_BYTES + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadUsage("the script from " + name + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /// A plain prompt: a line that does not end what it began is continued on the next.
    static int converse(ShellIo io, TarryClient client) {
        Shell shell = new Shell(io, client);
        BufferedReader lines = new BufferedReader(new InputStreamReader(io.in(), StandardCharsets.UTF_8));
        StringBuilder pending = new StringBuilder();
        int code = Shell.OK;
        try {
            while (true) {
                io.out().print(pending.isEmpty() ? "[PS] " + io.environment().get("COMPUTERNAME") + "> " : ">> ");
                io.out().flush();
                String line = lines.readLine();
                if (line == null || pending.isEmpty() && line.strip().equalsIgnoreCase("quit")) {
                    return code;
                }
                boolean continues = !pending.isEmpty();
                pending.append(line).append('\n');
                if (!isUnfinished(pending.toString()) || continues && line.isBlank()) {
                    code = shell.run(Script.typed(pending.toString()));
                    pending.setLength(0);
                    if (shell.hasExited()) {
                        return code;
                    }
                }
            }
        } catch (IOException e) {
            io.err().println("tarry shell: the terminal cannot be read: " + e.getMessage());
            return Shell.FAILED;
        }
    }

    private static boolean isUnfinished(String text) {
        try {
            Parser.parse(Script.typed(text));
            return false;
        } catch (ParseFailure failure) {
            return failure.incomplete();
        }
    }
}
