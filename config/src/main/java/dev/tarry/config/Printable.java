package dev.tarry.config;

/// Text made fit for one line of a terminal or a log.
public final class Printable {
    private static final int MAX_CHARS = 500;

    private Printable() {}

    /// Controls, line separators and direction marks become `?`; what is very long is cut.
    public static String line(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_CHARS));
        text.codePoints()
                .limit(MAX_CHARS)
                .forEach(c -> clean.appendCodePoint(
                        switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.SURROGATE,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR -> '?';
                            default -> c;
                        }));
        return text.length() > MAX_CHARS ? clean + "…" : clean.toString();
    }
}
