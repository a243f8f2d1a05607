package dev.tarry.scenario.condition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of text to the object that says the same. Words stand between blanks; in quotes, single or double, blanks
/// belong to the word. `and` or `or` between two conditions joins them; both in one line would leave open which comes
/// first, and is refused.
final class ConditionLine {
    /// Characters of a line.
    static final int LENGTH_MAX = 10_000;

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern MEMBER = Pattern.compile("(?s)([A-Za-z]+)(>=|<=|!=|==|=|>|<)(.*)");
    private static final String RIGHT = "such as queue gmail.com status=Retry messageCount>=1";

    private ConditionLine() {}

    static Map<String, Object> read(String where, String line) {
        if (line.length() > LENGTH_MAX) {
            throw new BadCondition(where, "the line is too long", LENGTH_MAX + " characters at most");
        }
        List<Object> conditions = new ArrayList<>();
        String joint = "";
        List<String> words = new ArrayList<>();
        for (String word : words(where, line)) {
            if (!word.equalsIgnoreCase("and") && !word.equalsIgnoreCase("or")) {
                words.add(word);
                continue;
            }
            if (!joint.isEmpty() && !joint.equalsIgnoreCase(word)) {
                throw new BadCondition(
                        where, "it has both 'and' and 'or'", "write it as an object, with all and any in each other");
            }
            joint = word;
            conditions.add(single(where, words));
            words = new ArrayList<>();
        }
        Map<String, Object> last = single(where, words);
        if (joint.isEmpty()) {
            return last;
        }
        conditions.add(last);
        return Map.of(joint.equalsIgnoreCase("and") ? "all" : "any", conditions);
    }

    private static List<String> words(String where, String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find()) {
            if (!line.substring(end, word.start()).isBlank()) {
                break;
            }
            words.add(word.group());
            end = word.end();
        }
        if (!line.substring(end).isBlank()) {
            throw new BadCondition(where, "a quote is open: " + BadCondition.quoted(line), "close it");
        }
        return words;
    }

    private static Map<String, Object> single(String where, List<String> words) {
        if (words.isEmpty()) {
            throw new BadCondition(where, "a condition is missing", RIGHT);
        }
        String kind = Conditions.kindOf(where, words.getFirst());
        Map<String, Object> members = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            Matcher member = MEMBER.matcher(word);
            String name = Conditions.bareWordOf(kind);
            String value = unquoted(word);
            if (member.matches()) {
                name = member.group(1);
                String sign = member.group(2);
                value = (sign.equals("=") ? "" : sign) + unquoted(member.group(3));
            } else if (name.isEmpty()) {
                throw new BadCondition(where, BadCondition.quoted(word) + " has no name before it", RIGHT);
            }
            if (members.put(name, value) != null) {
                throw new BadCondition(where, BadCondition.quoted(name) + " is there twice", "once is enough");
            }
        }
        return Map.of(kind, members);
    }

    private static String unquoted(String word) {
        return word.replaceAll("\"([^\"]*)\"|'([^']*)'", "$1$2");
    }
}
