package dev.tarry.shell;

import dev.tarry.client.ClientException;
import dev.tarry.client.TarryClient;
import dev.tarry.shell.ShellRequest.BadUsage;
import dev.tarry.shell.bridge.Bridge;
import dev.tarry.shell.bridge.PowerShellModule;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.terminal.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/// `tarry shell`: the words of a command line to a script, a server and an exit code.
public final class ShellCommand {
    /// The command line makes no sense, or a script file cannot be read.
    public static final int BAD_USAGE = 2;

    /// How long the tab key may wait for the server.
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /// The launcher says here where it is.
    private static final String LAUNCHER_PROPERTY = "tarry.launcher";

    private final ShellRequest request;
    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    private ShellCommand(
            ShellRequest request, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        this.request = request;
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /// @param args the words after `tarry shell`
    /// @return the exit code
    public static int main(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return main(args, System.getenv(), in, out, err);
    }

    /// @param args the words after `tarry shell`
    /// @param environment the process's variables
    /// @return the exit code
    static int main(String[] args, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        try {
            ShellRequest request = ShellRequest.of(args, environment);
            if (request.help()) {
                out.println(ShellRequest.USAGE);
                return Shell.OK;
            }
            if (request.moduleFolder().isPresent()) {
                writeModule(request.moduleFolder().get(), out);
                return Shell.OK;
            }
            try (TarryClient client = new TarryClient(request.server(), request.token())) {
                return new ShellCommand(request, environment, in, out, err).run(client);
            }
        } catch (BadUsage wrong) {
            err.println("tarry shell: " + SafeText.line(wrong.getMessage()));
            err.println(ShellRequest.USAGE);
            return BAD_USAGE;
        } catch (OutOfMemoryError _) {
            err.println(Shell.NO_MEMORY);
            return Shell.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static void writeModule(String folder, PrintStream out) throws BadUsage {
        String version = ShellCommand.class.getPackage().getImplementationVersion();
        PowerShellModule module = new PowerShellModule(
                StandardCmdlets.table(),
                version != null && version.matches("\\d+(\\.\\d+){1,3}") ? version : "0.0.1",
                System.getProperty(LAUNCHER_PROPERTY, "tarry"));
        try {
            Path place = Files.createDirectories(Path.of(folder));
            for (Map.Entry<String, String> file : module.files().entrySet()) {
                Files.writeString(place.resolve(file.getKey()), file.getValue());
                out.println(place.resolve(file.getKey()));
            }
        } catch (IOException | InvalidPathException e) {
            throw new BadUsage("the module cannot be written to '" + folder + "': " + e.getMessage() + ".");
        }
    }

    private int run(TarryClient client) throws BadUsage {
        if (request.objects()) {
            try {
                new Bridge(StandardCmdlets.table(), client, io()).answer(in, out);
                return Shell.OK;
            } catch (IOException e) {
                err.println("tarry shell: " + SafeText.line(String.valueOf(e.getMessage())));
                return Shell.FAILED;
            }
        }
        if (request.script().isPresent()) {
            return Shell.run(Script.typed(request.script().get()), io(), client);
        }
        String file = request.file().orElse("-");
        if (!file.equals("-")) {
            return Shell.run(new Script(file, ShellRequest.read(file)), io(), client);
        }
        // Asking for a console loads a good deal, so it is asked for here only.
        boolean terminal = request.file().isEmpty()
                && in == System.in
                && System.console() != null
                && System.console().isTerminal();
        if (terminal) {
            return converse(client);
        }
        return Shell.run(Script.typed(ShellRequest.read("standard input", in)), io(), client);
    }

    private int converse(TarryClient client) {
        try (Conversation conversation = new Conversation(Conversation.terminal(), environment)) {
            return converse(conversation, client);
        } catch (IOException e) {
            err.println("tarry shell: the terminal cannot be used: " + SafeText.line(String.valueOf(e.getMessage())));
            return Shell.FAILED;
        }
    }

    private int converse(Conversation conversation, TarryClient client) {
        IntSupplier width =
                request.widthColumns().isPresent() ? request.widthColumns()::getAsInt : conversation::widthColumns;
        ShellIo io = new ShellIo(
                InputStream.nullInputStream(),
                conversation.out(),
                conversation.err(),
                width,
                ZoneId.systemDefault(),
                scriptEnvironment(),
                conversation.person(),
                () -> true);
        greet(io, client);
        CmdletTable cmdlets = StandardCmdlets.table();
        TypedSession session = new TypedSession(io, client, cmdlets, PATIENCE);
        try {
            return conversation.hold(session, cmdlets);
        } finally {
            session.leave();
        }
    }

    private static void greet(ShellIo io, TarryClient client) {
        try {
            client.health();
            io.out()
                    .println("Connected to " + client.server()
                            + ". Get-Command shows what there is, Get-Help tells more, " + "exit ends.");
        } catch (ClientException lost) {
            io.err()
                    .println("WARNING: " + SafeText.line(lost.getMessage())
                            + " Start a server with './tarry serve', or name another one with --server URL.");
        }
        io.out().println();
    }

    private ShellIo io() {
        int width = request.widthWithoutWindow(environment);
        return new ShellIo(
                in,
                out,
                err,
                () -> width,
                ZoneId.systemDefault(),
                scriptEnvironment(),
                Person.NOBODY,
                () -> err == System.err
                        && System.console() != null
                        && System.console().isTerminal());
    }

    /// The server's name, not this machine's: scripts pass it to cmdlets as the server to act on.
    private Map<String, String> scriptEnvironment() {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("COMPUTERNAME", "MAIL");
        return variables;
    }
}
