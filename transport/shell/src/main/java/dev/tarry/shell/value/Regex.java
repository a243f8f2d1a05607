package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression in .NET's syntax, run by the JDK's engine, within bounds: a pattern that would take for ever
/// ends as an error.
public final class Regex {
    /// How often one match may look at a character.
    static final long MAX_STEPS = 20_000_000;
    /// The longest text that replacing may make.
    static final int MAX_REPLACED_CHARACTERS = 100_000_000;

    private final String source;
    private final Pattern pattern;
    /// Names as .NET numbers groups: those without a name first.
    private final List<RegexSyntax.Group> groups;

    private Regex(String source, Pattern pattern, List<RegexSyntax.Group> groups) {
        this.source = source;
        this.pattern = pattern;
        this.groups = groups;
    }

    /// @throws ShellFailure where the text is no regular expression
    public static Regex of(String text, boolean mindsCase) {
        RegexSyntax syntax = new RegexSyntax(text);
        try {
            int flags = Pattern.UNIX_LINES | (mindsCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return new Regex(text, Pattern.compile(syntax.translated(), flags), syntax.groups());
        } catch (PatternSyntaxException e) {
            throw wrong(text, e.getDescription());
        } catch (StackOverflowError _) {
            throw wrong(text, "It is nested too deeply");
        }
    }

    private static ShellFailure wrong(String text, String why) {
        return ShellFailure.of(
                ShellFailure.Category.InvalidOperation,
                "System.ArgumentException",
                "ArgumentException",
                "parsing \"" + text + "\" - " + why + ".");
    }

    /// A group of a match; `number` as .NET counts, `name` the number where it has none.
    public record Capture(int number, String name, boolean matched, String value, int start) {}

    /// A match: where it is and what its groups took, the whole match first.
    public record Match(int start, String value, List<Capture> captures) {}

    /// A text that counts how often it is looked at.
    private final class Counted implements CharSequence {
        private final CharSequence text;
        private final long[] steps;

        Counted(CharSequence text, long[] steps) {
            this.text = text;
            this.steps = steps;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MAX_STEPS) {
                throw ShellFailure.of(
                        ShellFailure.Category.OperationTimeout,
                        "RegexMatchTimeout",
                        "RegexMatchTimeoutException",
                        "The regular expression \"" + source + "\" takes too long on this text.");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private Matcher matcher(String text) {
        return pattern.matcher(new Counted(text, new long[1]));
    }

    private boolean find(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError _) {
            throw ShellFailure.of(
                    ShellFailure.Category.LimitsExceeded,
                    "RegexTooDeep",
                    "InsufficientExecutionStackException",
                    "The regular expression \"" + source + "\" goes too deep on this text.");
        }
    }

    /// Whether it is found anywhere in the text.
    ///
    /// @throws ShellFailure if it takes too long or goes too deep
    public boolean matches(String text) {
        return find(matcher(text));
    }

    /// Where it is found first.
    ///
    /// @throws ShellFailure if it takes too long or goes too deep
    public Optional<Match> first(String text) {
        Matcher matcher = matcher(text);
        return find(matcher) ? Optional.of(match(matcher)) : Optional.empty();
    }

    /// All places in order, none overlapping another.
    ///
    /// @throws ShellFailure if it takes too long or goes too deep
    public List<Match> all(String text) {
        List<Match> matches = new ArrayList<>();
        Matcher matcher = matcher(text);
        while (find(matcher)) {
            matches.add(match(matcher));
        }
        return matches;
    }

    private Match match(Matcher matcher) {
        List<Capture> captures = new ArrayList<>();
        captures.add(new Capture(0, "0", true, matcher.group(), matcher.start()));
        for (int i = 0; i < groups.size(); i++) {
            RegexSyntax.Group group = groups.get(i);
            String value = matcher.group(group.index());
            captures.add(new Capture(
                    i + 1,
                    group.name().isEmpty() ? String.valueOf(i + 1) : group.name(),
                    value != null,
                    value == null ? "" : value,
                    Math.max(0, matcher.start(group.index()))));
        }
        return new Match(matcher.start(), matcher.group(), captures);
    }

    /// What `$Matches` holds: groups by number or name, without those that took no part.
    static HashTable table(Match match) {
        HashTable table = new HashTable();
        for (Capture capture : match.captures()) {
            if (capture.matched()) {
                boolean named = !capture.name().equals(String.valueOf(capture.number()));
                table.put(named ? capture.name() : (Object) (long) capture.number(), capture.value());
            }
        }
        return table;
    }

    /// @param replacement with .NET's `$1`, `${name}`, `$&` and `$$`
    public String replaced(String text, String replacement) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (Match match : all(text)) {
            result.append(text, from, match.start());
            expand(replacement, match, text, result);
            from = match.start() + match.value().length();
        }
        return result.append(text.substring(from)).toString();
    }

    private static void expand(String replacement, Match match, String text, StringBuilder result) {
        if (replacement.indexOf('$') < 0) {
            append(replacement, result);
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        match.captures().forEach(capture -> {
            values.put(capture.name(), capture.value());
            values.put(String.valueOf(capture.number()), capture.value());
        });
        int i = 0;
        while (i < replacement.length()) {
            char c = replacement.charAt(i);
            char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : '\0';
            if (c != '$') {
                result.append(c);
                i++;
                continue;
            }
            int end = i + 2;
            String value = switch (next) {
                case '$' -> "$";
                case '&' -> match.value();
                case '`' -> text.substring(0, match.start());
                case '\'' -> text.substring(match.start() + match.value().length());
                case '+' -> match.captures().getLast().value();
                case '_' -> text;
                default -> null;
            };
            if (next == '{') {
                int close = replacement.indexOf('}', i);
                value = close < 0 ? null : values.get(replacement.substring(i + 2, close));
                end = close + 1;
            } else if (next >= '0' && next <= '9') {
                end = i + 1;
                while (end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
                    end++;
                }
                value = values.get(replacement.substring(i + 1, end));
            }
            // What names no group stands for itself.
            append(value == null ? "$" : value, result);
            i = value == null ? i + 1 : end;
        }
    }

    private static void append(String text, StringBuilder result) {
        if (text.length() > MAX_REPLACED_CHARACTERS - result.length()) {
            throw ShellFailure.of(
                    ShellFailure.Category.LimitsExceeded,
                    "ReplacedTooLong",
                    "RuntimeException",
                    "More than " + MAX_REPLACED_CHARACTERS + " characters would come of this replacement.");
        }
        result.append(text);
    }

    /// The pieces between matches, and what groups took between them, as .NET has it.
    ///
    /// @param limit the most pieces; 0 for any number
    List<String> split(String text, int limit) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int pieces = 1;
        for (Match match : all(text)) {
            if (limit > 0 && pieces >= limit) {
                break;
            }
            parts.add(text.substring(from, match.start()));
            match.captures().stream().skip(1).filter(Capture::matched).forEach(capture -> parts.add(capture.value()));
            from = match.start() + match.value().length();
            pieces++;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// A pattern that finds just this text, as .NET's Regex.Escape writes it.
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\f' -> escaped.append("\\f");
                default -> {
                    if ("\\*+?|{[()^$.# ".indexOf(c) >= 0) {
                        escaped.append('\\');
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return source;
    }
}
