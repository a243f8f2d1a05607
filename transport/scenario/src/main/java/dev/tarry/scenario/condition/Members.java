package dev.tarry.scenario.condition;

import dev.tarry.lab.fault.Glob;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The members of one condition, taken one by one; what nobody took is told as unknown. Names mind no case.
final class Members {
    private final String where;
    private final Map<String, Object> left = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<String> known = new ArrayList<>();

    Members(String where, Object written) {
        this.where = where;
        if (!(written instanceof Map<?, ?> map)) {
            throw new BadCondition(where, "it must be an object", "{} if it asks for nothing in particular");
        }
        map.forEach((name, value) -> {
            if (left.put(String.valueOf(name), value) != null) {
                throw new BadCondition(where, BadCondition.quoted(name) + " is there twice", "once is enough");
            }
        });
    }

    private Optional<Object> take(String name) {
        known.add(name);
        return Optional.ofNullable(left.remove(name));
    }

    Optional<String> text(String name) {
        return take(name).map(value -> {
            if (value instanceof String text && !text.isBlank()) {
                return text;
            }
            throw new BadCondition(where + "." + name, BadCondition.quoted(value) + " is no text", "write one");
        });
    }

    /// Anything where it was not given.
    Glob glob(String name) {
        return take(name)
                .map(value -> {
                    if (!(value instanceof String) && !(value instanceof Long)) {
                        throw new BadCondition(
                                where + "." + name,
                                BadCondition.quoted(value) + " is no pattern",
                                "write a text, in which * stands for anything");
                    }
                    try {
                        return new Glob(value.toString());
                    } catch (IllegalArgumentException tooLong) {
                        throw new BadCondition(where + "." + name, "it is too long", tooLong.getMessage());
                    }
                })
                .orElse(Glob.ANYTHING);
    }

    Optional<Count> count(String name) {
        return take(name)
                .map(value -> Count.of(String.valueOf(value))
                        .orElseThrow(() -> new BadCondition(
                                where + "." + name,
                                BadCondition.quoted(value) + " is no number to compare with",
                                "write such as 0, >=1, <5 or !=2")));
    }

    Optional<Long> number(String name) {
        return take(name).map(value -> {
            try {
                return Long.parseLong(String.valueOf(value));
            } catch (NumberFormatException _) {
                throw new BadCondition(
                        where + "." + name, BadCondition.quoted(value) + " is no whole number", "such as 1");
            }
        });
    }

    /// @param reads throws an IllegalArgumentException that says what would be right
    <T> Optional<T> named(String name, Function<String, T> reads) {
        return text(name).map(text -> {
            try {
                return reads.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw new BadCondition(
                        where + "." + name, BadCondition.quoted(text) + " is not known", wrong.getMessage());
            }
        });
    }

    Since since() {
        return text("since")
                .map(text -> {
                    try {
                        return Since.of(text);
                    } catch (DateTimeException _) {
                        throw new BadCondition(
                                where + ".since",
                                BadCondition.quoted(text) + " is no moment",
                                "write ever, now, or lab time such as 2026-03-02T08:00:00Z");
                    }
                })
                .orElse(new Since.Ever());
    }

    BadCondition lacks(String name, String right) {
        return new BadCondition(where, name + " is missing", right);
    }

    void end() {
        if (!left.isEmpty()) {
            throw new BadCondition(
                    where,
                    BadCondition.quoted(left.keySet().iterator().next()) + " is unknown",
                    "there are " + String.join(", ", known));
        }
    }
}
