package dev.tarry.shell.terminal;

import dev.tarry.shell.run.Interruption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/// The line that is typed next, edited by JLine: completed, coloured, called back, and gone on with on another line as
/// long as it is unfinished.
final class EditedLines implements LineEntry {
    /// More candidates than this are not shown without asking.
    private static final int MOST_LISTED = 100;

    private final LineReader reader;
    private final Session session;
    /// Made at the first question.
    private LineReader answers;

    EditedLines(Terminal terminal, Session session, Suggestions suggestions, boolean coloured, Optional<Path> history) {
        this.session = session;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tarry")
                .parser(new Typed(session, suggestions))
                .completer((_, line, candidates) -> offer(line, candidates))
                .completionMatcher(new AsOffered())
                .highlighter(new Colouring(coloured))
                .history(new KeptHistory())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
                .variable(LineReader.LIST_MAX, MOST_LISTED)
                .variable(LineReader.HISTORY_SIZE, KeptHistory.MAX_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, KeptHistory.MAX_LINES)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.CASE_INSENSITIVE_SEARCH, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.INSERT_TAB, false)
                .option(LineReader.Option.AUTO_REMOVE_SLASH, false);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        reader = builder.build();
        freeBackslashes(reader);
    }

    /// JLine binds the mouse's key as terminfo writes it, with a backslash and an E for the escape character, and so
    /// takes the backslash out of `C:\Exchange`. A key map never forgets how a key began; so new ones are made.
    private static void freeBackslashes(LineReader reader) {
        Map<KeyMap<Binding>, KeyMap<Binding>> freed = new IdentityHashMap<>(); // main is one of the others
        reader.getKeyMaps().replaceAll((_, keys) -> freed.computeIfAbsent(keys, EditedLines::withoutBackslashes));
    }

    private static KeyMap<Binding> withoutBackslashes(KeyMap<Binding> keys) {
        KeyMap<Binding> freed = new KeyMap<>();
        freed.setNomatch(keys.getNomatch());
        freed.setUnicode(keys.getUnicode());
        freed.setAmbiguousTimeout(keys.getAmbiguousTimeout());
        keys.getBoundKeys().forEach((key, binding) -> {
            if (key.length() == 1 || !key.startsWith("\\")) {
                freed.bind(binding, key);
            }
        });
        return freed;
    }

    @Override
    public Entry next() {
        try {
            return new Entry.Line(reader.readLine(session.prompt()));
        } catch (UserInterruptException _) {
            return new Entry.Dropped();
        } catch (EndOfFileException _) {
            return new Entry.End();
        }
    }

    @Override
    public Optional<String> answer(String prompt, boolean hidden) {
        if (answers == null) {
            DefaultParser asTyped = new DefaultParser();
            asTyped.setEscapeChars(null);
            asTyped.setQuoteChars(null);
            answers = LineReaderBuilder.builder()
                    .terminal(reader.getTerminal())
                    .parser(asTyped)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.DISABLE_HIGHLIGHTER, true)
                    .variable(LineReader.DISABLE_HISTORY, true)
                    .build();
            freeBackslashes(answers);
        }
        try {
            return Optional.of(hidden ? answers.readLine(prompt, '*') : answers.readLine(prompt));
        } catch (UserInterruptException _) {
            throw new Interruption.Interrupted();
        } catch (EndOfFileException _) {
            return Optional.empty();
        }
    }

    @Override
    public void keep() throws IOException {
        reader.getHistory().save();
    }

    private static void offer(org.jline.reader.ParsedLine line, List<Candidate> candidates) {
        if (line instanceof Word word) {
            word.found()
                    .texts()
                    .forEach(text ->
                            // No blank behind it: in PowerShell a dot, a comma or a bracket may come next.
                            candidates.add(new Candidate(text, text, null, null, null, null, false)));
        }
    }

    /// The line as JLine wants it: unfinished or not, and which part of it a suggestion would replace.
    private record Typed(Session session, Suggestions suggestions) implements Parser {
        @Override
        public Word parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.COMPLETE) {
                return new Word(line, cursor, suggestions.at(line.substring(0, cursor)));
            }
            if (context == ParseContext.ACCEPT_LINE && session.isUnfinished(line)) {
                throw new EOFError(-1, cursor, "unfinished", "");
            }
            return new Word(line, cursor, new Suggestions.Found(cursor, List.of()));
        }

        @Override
        public boolean isEscapeChar(char c) {
            return c == '`';
        }
    }

    /// A line whose only word is the one that the cursor is at.
    private record Word(String line, int cursor, Suggestions.Found found) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(found.start(), cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - found.start();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }

    /// Takes all candidates: they were chosen by what is typed already, quotes considered.
    private static final class AsOffered implements CompletionMatcher {
        private List<Candidate> all = List.of();
        private String typed = "";

        @Override
        public void compile(
                Map<LineReader.Option, Boolean> options,
                boolean prefix,
                CompletingParsedLine line,
                boolean caseInsensitive,
                int errors,
                String originalGroupName) {
            typed = line.word();
        }

        @Override
        public List<Candidate> matches(List<Candidate> candidates) {
            all = candidates;
            return candidates;
        }

        @Override
        public Candidate exactMatch() {
            return all.stream()
                    .filter(c -> c.value().equalsIgnoreCase(typed))
                    .findFirst()
                    .orElse(null);
        }

        /// What all have in common; what was typed where that is not how they begin, as where they are quoted.
        @Override
        public String getCommonPrefix() {
            String common = all.isEmpty() ? typed : all.getFirst().value();
            for (Candidate candidate : all) {
                int same = 0;
                while (same < Math.min(common.length(), candidate.value().length())
                        && Character.toLowerCase(common.charAt(same))
                                == Character.toLowerCase(candidate.value().charAt(same))) {
                    same++;
                }
                common = common.substring(0, same);
            }
            return common.regionMatches(true, 0, typed, 0, typed.length()) ? common : typed;
        }
    }
}
