package dev.tarry.shell.cmdlet;

import dev.tarry.shell.print.Alignment;
import dev.tarry.shell.print.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A row of the cmdlet table.
///
/// @param aliases other names
/// @param exclusive groups of parameters of which only one may be given
/// @param shows the type of object it puts out, where that has a default table; else empty
/// @param table the columns of that table
/// @param otherTables the columns of other types of objects that it puts out, by type
/// @param wordy whether it takes its words as they were written, as Windows' own programs do: all of them are the
/// parameter [#WORDS], and none is a parameter's name
/// @param acts whether it changes something, and so has -WhatIf and -Confirm
/// @param prompts whether it asks before it acts unless it is told not to
/// @param summary one sentence that says what it does, for Get-Help
/// @param remarks where it does better or other than Windows or Exchange; mostly none
/// @param examples uses of it, with what they are for
/// @param opening makes the stage for one use
public record Cmdlet(
        String name,
        List<String> aliases,
        List<Parameter> parameters,
        List<List<String>> exclusive,
        String shows,
        List<Column> table,
        Map<String, List<Column>> otherTables,
        boolean wordy,
        boolean acts,
        boolean prompts,
        String summary,
        List<String> remarks,
        List<Example> examples,
        Supplier<Stage> opening) {
    /// @param script as one would type it
    /// @param words what it does
    public record Example(String script, String words) {}

    /// Whose words it is in, as Get-Command says it: the room of the code behind it.
    public String source() {
        Stage stage = opening.get();
        String room = (stage instanceof Refusing(Stage inner, var _) ? inner : stage)
                .getClass()
                .getPackageName();
        return switch (room.substring(room.lastIndexOf('.') + 1)) {
            case "exchange" -> "Microsoft.Exchange";
            case "windows" -> "Microsoft.Windows";
            case "utility" -> "Microsoft.PowerShell";
            default -> "Tarry";
        };
    }
    /// What a program that takes its words as they were written finds them under.
    public static final String WORDS = "Words";

    /// Whether another parameter may be given in its place: of a mandatory one, that it is not always wanted.
    public boolean isReplaceable(Parameter parameter) {
        return exclusive.stream().anyMatch(group -> group.contains(parameter.name()));
    }

    public static Draft named(String name, String... aliases) {
        return new Draft(name, List.of(aliases));
    }

    /// The parameters that it refuses by name, see [Draft#refuses].
    public List<String> refused() {
        return opening.get() instanceof Refusing refusing
                ? List.copyOf(refusing.why().keySet())
                : List.of();
    }

    /// A row being written.
    public static final class Draft {
        private final String name;
        private final List<String> aliases;
        private List<Parameter> parameters = List.of();
        private final List<List<String>> exclusive = new ArrayList<>();
        private String shows = "";
        private final List<Column> table = new ArrayList<>();
        private final Map<String, List<Column>> otherTables = new LinkedHashMap<>();
        private boolean wordy;
        private boolean acts;
        private boolean prompts;
        private String summary = "";
        private final List<String> remarks = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private final List<Parameter> refused = new ArrayList<>();
        private final SequencedMap<String, String> why = new LinkedHashMap<>();

        private Draft(String name, List<String> aliases) {
            this.name = name;
            this.aliases = aliases;
        }

        public Draft takes(Parameter... all) {
            parameters = List.of(all);
            return this;
        }

        public Draft oneOf(String... names) {
            exclusive.add(List.of(names));
            return this;
        }

        /// @param columns names of properties; `Identity/17` is at least 17 characters wide, `Count/5>` stands at the
        /// right, `Heading=Property` has another heading
        public Draft shows(String type, String... columns) {
            shows = type;
            for (String written : columns) {
                boolean right = written.endsWith(">");
                String column = right ? written.substring(0, written.length() - 1) : written;
                int slash = column.indexOf('/');
                String named = slash < 0 ? column : column.substring(0, slash);
                int heading = named.indexOf('=');
                Column made = Column.ofView(
                        named.substring(heading + 1), slash < 0 ? 0 : Integer.parseInt(column.substring(slash + 1)));
                Column headed = heading < 0 ? made : made.headed(named.substring(0, heading));
                table.add(right ? headed.laidOut(0, Alignment.RIGHT) : headed);
            }
            return this;
        }

        /// The table of another type of object that it puts out. @param columns as of [#shows]
        public Draft alsoShows(String type, String... columns) {
            otherTables.put(type, List.copyOf(new Draft(name, List.of()).shows(type, columns).table));
            return this;
        }

        /// Takes its words as they were written: [Cmdlet#WORDS].
        public Draft wordy() {
            wordy = true;
            return this;
        }

        public Draft acts() {
            acts = true;
            return this;
        }

        /// Asks before it acts, as what destroys things does; where nobody can be asked it wants `-Confirm:$false`.
        public Draft prompts() {
            prompts = true;
            return this;
        }

        /// @param sentence what it does, for Get-Help
        public Draft summary(String sentence) {
            summary = sentence;
            return this;
        }

        /// @param sentence where it does better or other than what it stands in for
        public Draft remark(String sentence) {
            remarks.add(sentence);
            return this;
        }

        /// @param script as one would type it
        /// @param words what it does
        public Draft example(String script, String words) {
            examples.add(new Example(script, words));
            return this;
        }

        /// Parameters that what it stands in for has and that have nothing to act on here: whoever gives one is told
        /// so, instead of that there is no such parameter, and nothing is done.
        ///
        /// @param reason a sentence
        public Draft refuses(String reason, String... names) {
            return refuses(reason, ParameterType.ANY, names);
        }

        /// As [#refuses(String, String...)], of parameters of that type: a switch stands alone.
        public Draft refuses(String reason, ParameterType type, String... names) {
            for (String parameter : names) {
                refused.add(Parameter.of(parameter, type));
                why.put(parameter, reason);
            }
            return remark("Refused: "
                    + Stream.of(names).map(parameter -> "-" + parameter).collect(Collectors.joining(", ")) + ". "
                    + reason);
        }

        public Cmdlet does(Supplier<Stage> opening) {
            return new Cmdlet(
                    name,
                    aliases,
                    Stream.concat(parameters.stream(), refused.stream()).toList(),
                    List.copyOf(exclusive),
                    shows,
                    List.copyOf(table),
                    Collections.unmodifiableMap(new LinkedHashMap<>(otherTables)),
                    wordy,
                    acts,
                    prompts,
                    summary,
                    List.copyOf(remarks),
                    List.copyOf(examples),
                    why.isEmpty() ? opening : () -> new Refusing(opening.get(), why));
        }

        /// For stages that remember nothing.
        public Cmdlet simply(Stage stage) {
            return does(() -> stage);
        }
    }
}
