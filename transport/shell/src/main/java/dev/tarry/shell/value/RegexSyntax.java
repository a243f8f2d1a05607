package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// .NET's regular expressions written as the JDK's, where the two differ in what people use: names of groups, braces
/// that stand for themselves, brackets within brackets.
final class RegexSyntax {
    /// A group: its name, empty where it has none, and its place among all as the JDK counts.
    record Group(String name, int index) {}

    private final String given;
    private final StringBuilder out = new StringBuilder();
    private final List<Group> unnamed = new ArrayList<>();
    private final List<Group> named = new ArrayList<>();
    private final Map<String, String> aliases = new HashMap<>();
    private int count;
    private int at;

    RegexSyntax(String given) {
        this.given = given;
        while (at < given.length()) {
            step();
        }
    }

    String translated() {
        return out.toString();
    }

    /// Those without a name first, as .NET numbers them.
    List<Group> groups() {
        List<Group> all = new ArrayList<>(unnamed);
        all.addAll(named);
        return all;
    }

    private char peek(int ahead) {
        return at + ahead < given.length() ? given.charAt(at + ahead) : '\0';
    }

    private void step() {
        char c = peek(0);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case '{' -> {
                if (!isQuantifier()) {
                    out.append('\\');
                }
                out.append(c);
                at++;
            }
            default -> {
                out.append(c);
                at++;
            }
        }
    }

    private void escape() {
        if (peek(1) == 'k' && (peek(2) == '<' || peek(2) == '\'')) {
            int close = given.indexOf(peek(2) == '<' ? '>' : '\'', at + 3);
            if (close > 0) {
                String name = given.substring(at + 3, close);
                out.append("\\k<").append(aliases.getOrDefault(name, name)).append('>');
                at = close + 1;
                return;
            }
        }
        out.append('\\');
        at++;
        if (at < given.length()) {
            out.append(given.charAt(at++));
        }
    }

    private void group() {
        if (peek(1) == '?' && peek(2) == '#') {
            int close = given.indexOf(')', at);
            at = close < 0 ? given.length() : close + 1;
            return;
        }
        boolean quoted = peek(1) == '?' && peek(2) == '\'';
        boolean angled = peek(1) == '?' && peek(2) == '<' && peek(3) != '=' && peek(3) != '!';
        if (quoted || angled) {
            int close = given.indexOf(quoted ? '\'' : '>', at + 3);
            if (close > 0) {
                String name = given.substring(at + 3, close);
                // The JDK's names have no underscores.
                String plain = name.matches("[a-zA-Z][a-zA-Z0-9]*") ? name : "tarry" + count + "g";
                aliases.put(name, plain);
                named.add(new Group(name, ++count));
                out.append("(?<").append(plain).append('>');
                at = close + 1;
                return;
            }
        }
        if (peek(1) != '?') {
            unnamed.add(new Group("", ++count));
        }
        out.append('(');
        at++;
        if (peek(0) == '?') {
            out.append('?');
            at++;
        }
    }

    private boolean isQuantifier() {
        int i = at + 1;
        int digits = 0;
        while (i < given.length() && Character.isDigit(given.charAt(i))) {
            i++;
            digits++;
        }
        if (i < given.length() && given.charAt(i) == ',') {
            i++;
            while (i < given.length() && Character.isDigit(given.charAt(i))) {
                i++;
            }
        }
        return digits > 0 && i < given.length() && given.charAt(i) == '}' && at > 0;
    }

    private void characterClass() {
        out.append('[');
        at++;
        if (peek(0) == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (at < given.length()) {
            char c = peek(0);
            if (c == ']' && !first) {
                out.append(']');
                at++;
                return;
            }
            if (c == '-' && peek(1) == '[' && !first) {
                at++;
                subtraction();
                continue;
            }
            switch (c) {
                case '\\' -> escape();
                case '[', ']', '&' -> {
                    out.append('\\').append(c);
                    at++;
                }
                default -> {
                    out.append(c);
                    at++;
                }
            }
            first = false;
        }
    }

    /// `[a-z-[aeiou]]`: without those.
    private void subtraction() {
        int start = out.length();
        characterClass();
        String inner = out.substring(start);
        out.setLength(start);
        out.append("&&").append(inner.startsWith("[^") ? "[" + inner.substring(2) : "[^" + inner.substring(1));
    }
}
