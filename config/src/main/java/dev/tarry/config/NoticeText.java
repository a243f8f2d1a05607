package dev.tarry.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that an operator puts into reports: at most [#MAX_CHARACTERS] characters in one line, with the tags B, EM, P,
/// BR and A and the escapes `&lt; &gt; &quot; &amp;` (New-SystemMessage, reference §7.3). Everything else that HTML
/// knows is refused when it is set, so that it can stand in a report as it is.
///
/// @param written as the operator wrote it
/// @param html    the same with its tags in one form
/// @param plain   the same as lines without tags; a link's address stands behind its words: `words<address>`
public record NoticeText(String written, String html, List<String> plain) {
    /// Exchange's bound.
    public static final int MAX_CHARACTERS = 512;

    private static final Pattern LINK = Pattern.compile(
            "(?i)a\\s+href\\s*=\\s*(?:\"(?<quoted>[^\"]*)\"|'(?<single>[^']*)'|(?<bare>[^\\s\"']+))\\s*");
    private static final Pattern TARGET = Pattern.compile("(?i)(https?://|mailto:)[^\\s\"'<>`\\\\]+");

    public NoticeText {
        plain = List.copyOf(plain);
    }

    /// @throws IllegalArgumentException saying what is wrong with it
    public static NoticeText of(String written) {
        if (written.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        if (written.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("has " + written.length() + " characters");
        }
        if (written.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException("holds control characters");
        }
        return new Reading(written).text();
    }

    /// One way through the text.
    private static final class Reading {
        private final String written;
        private final StringBuilder html = new StringBuilder();
        private final List<String> plain = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();
        private final Deque<String> open = new ArrayDeque<>();
        private String target = "";
        private int at;

        Reading(String written) {
            this.written = written;
        }

        NoticeText text() {
            while (at < written.length()) {
                char c = written.charAt(at);
                switch (c) {
                    case '<' -> tag();
                    case '&' -> escape();
                    case '>' -> throw new IllegalArgumentException("holds a > outside a tag (write &gt;)");
                    default -> {
                        html.append(c);
                        line.append(c);
                        at++;
                    }
                }
            }
            if (!open.isEmpty()) {
                throw new IllegalArgumentException("has no </" + open.peek() + "> for its <" + open.peek() + ">");
            }
            newLine();
            return new NoticeText(written, html.toString(), plain.isEmpty() ? List.of("") : plain);
        }

        private void escape() {
            for (String[] one : new String[][] {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}) {
                if (written.startsWith(one[0], at)) {
                    html.append(one[0]);
                    line.append(one[1]);
                    at += one[0].length();
                    return;
                }
            }
            throw new IllegalArgumentException("holds an & that begins none of &lt; &gt; &quot; &amp; (write &amp;)");
        }

        private void tag() {
            int end = written.indexOf('>', at);
            if (end < 0) {
                throw new IllegalArgumentException("holds a < that begins no tag (write &lt;)");
            }
            String inside = written.substring(at + 1, end);
            at = end + 1;
            String name = inside.strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "br", "br/", "br /" -> {
                    html.append("<br>");
                    newLine();
                }
                case "p" -> {
                    html.append("<p>");
                    newLine();
                }
                case "/p" -> {
                    html.append("</p>");
                    newLine();
                }
                case "b", "em" -> {
                    open.push(name);
                    html.append('<').append(name).append('>');
                }
                case "/b", "/em", "/a" -> close(name.substring(1));
                default -> link(inside.strip());
            }
        }

        private void close(String name) {
            if (!name.equals(open.poll())) {
                throw new IllegalArgumentException("holds a </" + name + "> where no <" + name + "> is to be closed");
            }
            html.append("</").append(name).append('>');
            if (name.equals("a")) {
                line.append('<').append(target).append('>');
            }
        }

        private void link(String inside) {
            Matcher link = LINK.matcher(inside);
            if (!link.matches()) {
                throw new IllegalArgumentException(
                        "holds <" + Printable.line(inside) + ">; its tags are B, EM, P, BR and A HREF=\"...\"");
            }
            String to = link.group("quoted") != null
                    ? link.group("quoted")
                    : link.group("single") != null ? link.group("single") : link.group("bare");
            if (!TARGET.matcher(to).matches()) {
                throw new IllegalArgumentException(
                        "has a link to '" + Printable.line(to) + "', which is no http, https or mailto address");
            }
            if (open.contains("a")) {
                throw new IllegalArgumentException("has a link within a link");
            }
            open.push("a");
            target = to.replace("&amp;", "&");
            html.append("<a href=\"").append(target.replace("&", "&amp;")).append("\">");
        }

        private void newLine() {
            if (!line.toString().isBlank()) {
                plain.add(line.toString().strip());
            }
            line.setLength(0);
        }
    }
}
