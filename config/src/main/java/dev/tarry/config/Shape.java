package dev.tarry.config;

import java.util.List;

/// How a kind's values look in YAML, as far as an editor can check it: everything that the server takes fits,
/// and most slips of the hand do not.
///
/// @param whole    whether a bare whole number is one
/// @param truth    whether true and false are
/// @param words    texts that are offered, if they are few; case does not count
/// @param patterns regular expressions (ECMA 262) of which a text must fit one, or fit a word; empty: any
/// text will do
record Shape(boolean whole, boolean truth, List<String> words, List<String> patterns) {
    static final Shape TEXT = new Shape(false, false, List.of(), List.of());

    /// Text, also where YAML sees a number in it: a name, a path.
    static final Shape ANY = new Shape(true, false, List.of(), List.of());

    Shape {
        words = List.copyOf(words);
        patterns = List.copyOf(patterns);
    }

    static Shape text(String pattern) {
        return new Shape(false, false, List.of(), List.of(pattern));
    }

    static Shape whole(String pattern, String... words) {
        return new Shape(true, false, List.of(words), List.of(pattern));
    }

    static Shape words(List<String> words) {
        return new Shape(words.stream().anyMatch(word -> word.matches("\\d+")), false, words, List.of());
    }

    /// Whether any text at all will do.
    boolean open() {
        return words.isEmpty() && patterns.isEmpty();
    }
}
