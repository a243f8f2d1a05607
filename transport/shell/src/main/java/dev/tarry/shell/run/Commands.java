package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.ParseFailure;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Finds what a command means: an alias, a function, a cmdlet, a script file or a block, in this order.
final class Commands {
    /// The longest script file that is read.
    static final int MAX_SCRIPT_BYTES = 10 * 1024 * 1024;

    /// How many aliases may stand for aliases.
    static final int MAX_ALIASES = 20;

    private final Evaluator evaluator;
    /// Those that the session made.
    private final SortedMap<String, String> aliases = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    /// Those of the table that the session took away.
    private final SortedSet<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Commands(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// @throws ShellFailure where there is no such command
    Callee find(Statement.Command command) {
        if (command.calling() == Statement.Calling.NAMED) {
            return named(command.name(), command.nameExtent(), false);
        }
        boolean dotted = command.calling() == Statement.Calling.DOTTED;
        Object callee = evaluator.expressions().value(command.callee());
        return switch (callee) {
            case ScriptBlock block -> BlockStage.callee("", block, dotted, evaluator);
            // What Get-Command gives.
            case Row info
            when info.has("CommandType") -> named(TextForm.of(info.get("Name")), command.nameExtent(), dotted);
            case String name when !name.isBlank() -> named(name, command.nameExtent(), dotted);
            case null, default ->
                throw ShellFailure.runtime(
                                "BadExpression",
                                "The expression after '" + (dotted ? "." : "&")
                                        + "' in a pipeline element produced an object that was not valid. It must "
                                        + "result in a command name, a script block, or a CommandInfo object.")
                        .withTarget(TextForm.of(callee))
                        .at(command.nameExtent());
        };
    }

    /// All there are, and what they stand for; a copy.
    SortedMap<String, String> aliases() {
        SortedMap<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        evaluator.cmdlets().aliases().forEach((alias, cmdlet) -> all.put(alias, cmdlet.name()));
        all.keySet().removeAll(removed);
        all.putAll(aliases);
        return all;
    }

    void setAlias(String name, String definition) {
        aliases.remove(name); // so that it is spelt as it was the last time
        aliases.put(name, definition);
    }

    void removeAlias(String name) {
        aliases.remove(name);
        removed.add(name);
    }

    /// What an alias of the session stands for in the end. One that leads nowhere stands for itself.
    private String meant(String name) {
        String meant = name;
        for (int i = 0; i < MAX_ALIASES; i++) {
            String next = aliases.get(meant);
            if (next == null) {
                return meant;
            }
            meant = next;
        }
        return name;
    }

    private Callee named(String written, Extent extent, boolean dotted) {
        String name = meant(written);
        Optional<Cmdlet> found = evaluator.cmdlets().find(name);
        boolean alias = found.filter(one -> !one.name().equalsIgnoreCase(name)).isPresent();
        Optional<Cmdlet> cmdlet = alias && removed.contains(name) ? Optional.empty() : found;
        Optional<ScriptBlock> function = alias && cmdlet.isPresent() ? Optional.empty() : function(name);
        if (function.isPresent()) {
            return BlockStage.callee(name, function.get(), dotted, evaluator);
        }
        if (cmdlet.isPresent()) {
            return Callee.of(cmdlet.get());
        }
        if (isScript(name)) {
            return script(name, extent, dotted);
        }
        throw unknown(name).at(extent);
    }

    private Optional<ScriptBlock> function(String name) {
        int colon = name.indexOf(':');
        String scope = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
        Scope here = evaluator.frame().scope();
        return switch (scope) {
            case "" -> here.function(name);
            case "global", "script", "local", "private" ->
                Optional.ofNullable(here.named(scope).functions().get(name.substring(colon + 1)));
            default -> Optional.empty();
        };
    }

    private ShellFailure unknown(String name) {
        Optional<String> refusal = evaluator.cmdlets().refusal(name);
        if (refusal.isPresent()) {
            return ShellFailure.of(
                            ShellFailure.Category.NotImplemented,
                            "OutsideThisShell",
                            "NotSupportedException",
                            "'" + name + "' is outside the part of PowerShell that tarry speaks: " + refusal.get())
                    .withTarget(name);
        }
        return ShellFailure.of(
                        ShellFailure.Category.ObjectNotFound,
                        "CommandNotFoundException",
                        "CommandNotFoundException",
                        "The term '" + name + "' is not recognized as the name of a cmdlet, function, script "
                                + "file, or operable program. Check the spelling of the name, or if a path was "
                                + "included, verify that the path is correct and try again.")
                .withTarget(name)
                .saidBy(name);
    }

    // -- script files

    private static boolean isScript(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".ps1") && (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0);
    }

    private Callee script(String name, Extent extent, boolean dotted) {
        Path file;
        String text;
        try {
            file = evaluator.location().resolve(name);
            if (!Files.exists(file)) {
                throw unknown(name).at(extent);
            }
            byte[] octets;
            try (InputStream in = Files.newInputStream(file)) {
                octets = in.readNBytes(MAX_SCRIPT_BYTES + 1);
            }
            if (octets.length > MAX_SCRIPT_BYTES) {
                throw ShellFailure.of(
                                ShellFailure.Category.LimitsExceeded,
                                "ScriptTooLong",
                                "IOException",
                                "The script '" + name + "' is longer than " + MAX_SCRIPT_BYTES + " bytes.")
                        .at(extent);
            }
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (IOException e) {
            throw ShellFailure.of(
                            ShellFailure.Category.ReadError,
                            "ScriptNotReadable",
                            "IOException",
                            "The script '" + name + "' cannot be read: " + e.getMessage() + ".")
                    .at(extent);
        }
        ScriptBlock block;
        try {
            block = Parser.script(new Script(file.toString(), text));
        } catch (ParseFailure failure) {
            throw unreadable(failure);
        }
        return BlockStage.script(file, block, dotted, evaluator);
    }

    /// A parse error as an error of the command that would run what does not read.
    static ShellFailure unreadable(ParseFailure failure) {
        return ShellFailure.of(
                        ShellFailure.Category.ParserError, failure.errorId(), "ParseException", failure.getMessage())
                .at(failure.extent())
                .causedBy(failure);
    }

    // -- blocks

    /// Runs a block as `&` and `.` do.
    ///
    /// @param input what is piped to it
    /// @param arguments by position
    /// @param dotted whether it runs in the scope of whoever calls
    void invoke(
            String name,
            ScriptBlock block,
            List<Object> input,
            List<Object> arguments,
            boolean dotted,
            Consumer<Object> out) {
        Script none = Script.typed("");
        Extent nowhere = new Extent(none, 0, 0);
        List<Statement.Element> elements = new ArrayList<>();
        for (Object argument : arguments) {
            elements.add(new Statement.Argument(new Expression.Literal(argument, "", nowhere), nowhere));
        }
        Statement.Command command = new Statement.Command(
                Statement.Calling.CALLED, new Expression.Literal(name, name, nowhere), elements, List.of(), nowhere);
        new PipelineRun(command, BlockStage.callee(name, block, dotted, evaluator), !input.isEmpty(), evaluator, out)
                .run(input);
    }
}
