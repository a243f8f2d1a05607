package dev.tarry.shell.terminal;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.run.Evaluator;
import dev.tarry.shell.terminal.Level.Element;
import dev.tarry.shell.terminal.Level.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the tab key offers: cmdlets, parameters, their values, variables, properties of what comes down the pipeline,
/// and the names of what the server has.
final class Suggestions {
    /// What may stand where the line ends.
    ///
    /// @param start where the word begins that they would replace
    /// @param texts in order; none where nothing is known
    record Found(int start, List<String> texts) {}

    /// Cmdlets that look the same objects over, or a part of them.
    private static final Set<String> PASSING =
            Set.of("where-object", "sort-object", "select-object", "tee-object", "foreach-object");

    private final CmdletTable cmdlets;
    private final Session session;
    private final ServerNames names;
    private final Collection<String> environment;

    /// @param environment names of environment variables
    Suggestions(CmdletTable cmdlets, Session session, ServerNames names, Collection<String> environment) {
        this.cmdlets = cmdlets;
        this.session = session;
        this.names = names;
        this.environment = new TreeSet<>(environment);
        this.environment.add("COMPUTERNAME"); // the server's, whatever the process has
    }

    /// @param line all that stands before the cursor
    Found at(String line) {
        Sketch sketch = Sketch.of(line);
        Level level = sketch.level();
        int word = lastWord(line);
        if (sketch.openText() < 0 && FileNames.isPathWord(line.substring(word))) {
            // Wherever it stands, also at the place of a command.
            return quoted(word, line.substring(word), files(line.substring(word)));
        }
        Optional<Sketch.Piece> touching =
                sketch.pieces().isEmpty() || sketch.pieces().getLast().end() < line.length()
                        ? Optional.empty()
                        : Optional.of(sketch.pieces().getLast());
        if (touching.isPresent()) {
            Sketch.Piece piece = touching.get();
            String typed = line.substring(piece.start());
            switch (piece.kind()) {
                case VARIABLE -> {
                    return found(piece.start(), typed, variables(typed));
                }
                case MEMBER -> {
                    return found(piece.start(), typed, level.opener == '@' ? List.of() : members(level));
                }
                case COMMENT, NUMBER, TYPE, OPERATOR -> {
                    return nothing(line);
                }
                case COMMAND, KEYWORD -> {
                    return found(piece.start(), typed, commands());
                }
                case PARAMETER -> {
                    return found(piece.start(), typed, parameters(level));
                }
                case TEXT, WORD -> {
                    // A value, below.
                }
            }
        }
        if (line.endsWith(".") && !line.endsWith("..") && level.place == Place.EXPRESSION) {
            return found(line.length(), "", members(level));
        }
        return switch (level.place) {
            case START -> level.opener == '@' && !level.keyed ? nothing(line) : found(line.length(), "", commands());
            case EXPRESSION -> nothing(line);
            case ARGUMENTS -> value(line, sketch, level);
        };
    }

    private List<String> files(String typed) {
        return new FileNames(session.location()).beginning(typed);
    }

    private static int lastWord(String line) {
        int start = line.length();
        while (start > 0
                && !Character.isWhitespace(line.charAt(start - 1))
                && ";|&{(".indexOf(line.charAt(start - 1)) < 0) {
            start--;
        }
        return start;
    }

    private static Found nothing(String line) {
        return new Found(line.length(), List.of());
    }

    private static Found found(int start, String typed, Collection<String> known) {
        List<String> texts = known.stream().filter(text -> begins(text, typed)).toList();
        return new Found(start, texts);
    }

    private static boolean begins(String text, String typed) {
        return text.regionMatches(true, 0, typed, 0, typed.length());
    }

    // -- names

    private List<String> commands() {
        TreeSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        cmdlets.all().forEach(cmdlet -> all.add(cmdlet.name()));
        all.addAll(session.functions());
        session.aliases().keySet().stream()
                .filter(alias -> cmdlets.find(alias).isEmpty())
                .forEach(all::add);
        return List.copyOf(all);
    }

    private Optional<Cmdlet> cmdlet(String command) {
        return cmdlets.find(session.aliases().getOrDefault(command, command));
    }

    private List<String> variables(String typed) {
        if (begins(typed, "$env:")) {
            return environment.stream().map(name -> "$env:" + name).toList();
        }
        TreeSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        session.variables().forEach(name -> all.add("$" + name));
        all.addAll(List.of("$true", "$false", "$null", "$_", "$env:"));
        return List.copyOf(all);
    }

    private List<String> parameters(Level level) {
        Optional<Cmdlet> cmdlet = cmdlet(level.command);
        if (cmdlet.isEmpty()) {
            return List.of();
        }
        TreeSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Evaluator.parameters(cmdlet.get()).forEach(parameter -> all.add("-" + parameter.name()));
        return List.copyOf(all);
    }

    // -- values

    private Found value(String line, Sketch sketch, Level level) {
        Optional<Cmdlet> cmdlet = cmdlet(level.command);
        if (cmdlet.isEmpty()) {
            return nothing(line);
        }
        List<Element> elements = level.elements;
        boolean typing = !elements.isEmpty()
                && !elements.getLast().parameter()
                && (elements.getLast().end() == line.length() || endsInComma(line, elements.getLast()));
        int start = line.length();
        if (typing) {
            start = sketch.openText() >= 0 ? sketch.openText() : lastWord(sketch, line, elements.getLast());
        } else if (sketch.openText() >= 0) {
            return nothing(line);
        }
        List<Element> done = typing ? elements.subList(0, elements.size() - 1) : elements;
        String typed = line.substring(start);
        Optional<Parameter> parameter = wanted(cmdlet.get(), done, line);
        String bare = typed.replaceFirst("^['\"]", "");
        if (FileNames.isPathWord(bare)
                || parameter.filter(p -> FileNames.isPath(p.name())).isPresent()) {
            return quoted(start, typed, files(bare));
        }
        return quoted(
                start,
                typed,
                parameter.map(p -> values(cmdlet.get(), p, level, done, line)).orElse(List.of()));
    }

    private static boolean endsInComma(String line, Element last) {
        return line.stripTrailing().endsWith(",")
                && last.end() == line.stripTrailing().length();
    }

    /// Where the last word of a list begins.
    private static int lastWord(Sketch sketch, String line, Element element) {
        if (line.stripTrailing().endsWith(",")) {
            return line.length();
        }
        return sketch.pieces().stream()
                .filter(piece -> piece.end() == line.length() && piece.start() >= element.start())
                .mapToInt(Sketch.Piece::start)
                .findFirst()
                .orElse(element.start());
    }

    /// The parameter that the next word belongs to.
    private static Optional<Parameter> wanted(Cmdlet cmdlet, List<Element> done, String line) {
        int place = 0;
        Optional<Parameter> named = Optional.empty();
        List<String> given = new ArrayList<>();
        boolean unknown = false;
        for (Element element : done) {
            if (element.parameter()) {
                String name = line.substring(element.start() + 1, element.end());
                named = parameter(cmdlet, name);
                unknown = named.isEmpty();
                named.ifPresent(parameter -> given.add(parameter.name()));
                named = named.filter(parameter -> parameter.type() != ParameterType.SWITCH);
            } else if (named.isPresent()) {
                named = Optional.empty();
            } else if (unknown) {
                unknown = false;
            } else {
                place++;
            }
        }
        if (named.isPresent() || unknown) {
            return named;
        }
        int wanted = place;
        return cmdlet.parameters().stream()
                .filter(parameter -> parameter.position() >= 0 && !given.contains(parameter.name()))
                .filter(parameter -> parameter.position() == wanted || parameter.remaining())
                .filter(parameter -> parameter.type() != ParameterType.BLOCK)
                .findFirst();
    }

    private static Optional<Parameter> parameter(Cmdlet cmdlet, String name) {
        List<Parameter> all = Evaluator.parameters(cmdlet);
        return all.stream()
                .filter(p ->
                        p.name().equalsIgnoreCase(name) || p.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .or(() -> all.stream().filter(p -> begins(p.name(), name)).findFirst());
    }

    private Collection<String> values(
            Cmdlet cmdlet, Parameter parameter, Level level, List<Element> done, String line) {
        if (!parameter.choices().isEmpty()) {
            return parameter.choices();
        }
        if (parameter.type() == ParameterType.BOOLEAN) {
            return List.of("$true", "$false");
        }
        if (parameter.type() == ParameterType.LIMIT) {
            return List.of("Unlimited");
        }
        String name = parameter.name().toLowerCase(Locale.ROOT);
        if (Set.of("property", "expandproperty", "excludeproperty", "membername", "groupby")
                .contains(name)) {
            return properties(level);
        }
        if (cmdlet.name().equals("Where-Object")) {
            return done.isEmpty()
                    ? List.of()
                    : names.valuesOf(
                            upstream(level),
                            line.substring(
                                    done.getFirst().start(), done.getFirst().end()));
        }
        if (name.equals("name")
                && (cmdlet.name().equals("Get-Help") || cmdlet.name().equals("Get-Command"))) {
            return commands();
        }
        return names.of(cmdlet, parameter);
    }

    private Found quoted(int start, String typed, Collection<String> values) {
        char opening = typed.isEmpty() ? '\0' : typed.charAt(0);
        boolean open = opening == '"' || opening == '\'';
        String bare = open ? typed.substring(1) : typed;
        List<String> texts = values.stream()
                .filter(value -> begins(value, bare) && value.equals(SafeText.line(value)))
                .map(value -> open ? within(opening, value) : asWord(value))
                .toList();
        return new Found(start, texts);
    }

    /// Nothing in a value ends the string that it stands in, neither plain quotes nor those of word processors.
    private static String within(char quote, String value) {
        String inner = quote == '\''
                ? value.replaceAll("['\\u2018-\\u201b]", "$0$0")
                : value.replaceAll("[`\"$\\u201c-\\u201e]", "`$0");
        return quote + inner + quote;
    }

    /// As a bareword where that is safe, else in single quotes.
    private static String asWord(String value) {
        boolean plain = value.matches("\\$(true|false)")
                || value.matches("[\\p{L}\\p{N}_*\\\\./:@?=+][\\p{L}\\p{N}_*\\\\./:@?=+-]*");
        return plain ? value : within('\'', value);
    }

    // -- properties

    private List<String> members(Level level) {
        return properties(level);
    }

    /// Of what comes down the pipeline here, or into the block that this is in.
    private List<String> properties(Level level) {
        return names.properties(upstream(level));
    }

    /// The cmdlet whose objects arrive here.
    private Optional<Cmdlet> upstream(Level level) {
        for (Level here = level; here != null; here = here.outer) {
            for (String command : here.before.reversed()) {
                Optional<Cmdlet> cmdlet = cmdlet(command);
                if (cmdlet.isEmpty()) {
                    return Optional.empty();
                }
                if (!PASSING.contains(cmdlet.get().name().toLowerCase(Locale.ROOT))) {
                    return cmdlet;
                }
            }
        }
        return Optional.empty();
    }
}
