package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `[regex]` values and their matches have.
final class RegexMembers {
    private RegexMembers() {}

    /// The first match; one that says so where there is none.
    static Object first(Regex regex, String text) {
        return regex.first(text).map(Object.class::cast).orElseGet(() -> new Regex.Capture(0, "0", false, "", 0));
    }

    static Object property(Regex.Match match, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "value" -> match.value();
            case "success" -> true;
            case "index" -> (long) match.start();
            case "length" -> (long) match.value().length();
            case "groups" -> new ArrayList<Object>(match.captures());
            case "count" -> 1L;
            default -> null;
        };
    }

    static Object property(Regex.Capture capture, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "value" -> capture.value();
            case "success" -> capture.matched();
            case "index" -> (long) capture.start();
            case "length" -> (long) capture.value().length();
            case "name" -> capture.name();
            case "groups" -> new ArrayList<Object>(List.of(capture));
            case "count" -> 1L;
            default -> null;
        };
    }

    static Object call(Regex regex, Arguments call) {
        return switch (call.is()) {
            case "ismatch/1" -> regex.matches(call.text(0));
            case "match/1" -> first(regex, call.text(0));
            case "matches/1" -> new ArrayList<Object>(regex.all(call.text(0)));
            case "replace/2" -> regex.replaced(call.text(0), call.text(1));
            case "split/1" -> new ArrayList<Object>(regex.split(call.text(0), 0));
            case "tostring/0" -> regex.toString();
            default -> throw call.unknown();
        };
    }

    /// The group of this name in what `.Groups` gives; empty where the list is no such thing.
    static Optional<Object> group(List<?> captures, String name) {
        return captures.isEmpty() || !(captures.getFirst() instanceof Regex.Capture)
                ? Optional.empty()
                : captures.stream()
                        .map(Regex.Capture.class::cast)
                        .filter(capture -> capture.name().equals(name))
                        .map(Object.class::cast)
                        .findFirst();
    }
}
