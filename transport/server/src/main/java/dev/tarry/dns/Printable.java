package dev.tarry.dns;

/// Text from elsewhere on its way into journals and error texts.
final class Printable {
    static final int MAX_CHARACTERS = 200;

    private Printable() {}

    /// Printable ASCII, shortened; everything else becomes `?`.
    static String text(String text) {
        return text(text, MAX_CHARACTERS);
    }

    /// The same, shortened to so many.
    static String text(String text, int maxCharacters) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), maxCharacters); i++) {
            char c = text.charAt(i);
            out.append(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return out.toString();
    }
}
