package dev.tarry.tls;

/// Text of others, for one line of a log: printable ASCII, and not too much of it.
final class PlainText {
    static final int MAX_CHARACTERS = 300;

    private PlainText() {}

    static String of(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS) + 3);
        for (int i = 0; i < Math.min(text.length(), MAX_CHARACTERS); i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return clean.append(text.length() > MAX_CHARACTERS ? "..." : "").toString();
    }
}
