package dev.tarry.shell.syntax;

/// Which characters mean what. Quotes and dashes that word processors and web pages make of the plain ones count as
/// those, as in PowerShell.
final class Letters {
    private Letters() {}

    static boolean isSingleQuote(char c) {
        return c == '\'' || c >= '\u2018' && c <= '\u201b';
    }

    static boolean isDoubleQuote(char c) {
        return c == '"' || c >= '\u201c' && c <= '\u201e';
    }

    static boolean isDash(char c) {
        return c == '-' || c >= '\u2013' && c <= '\u2015';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\u000b' || c == '\u00a0' || c == '\ufeff';
    }

    static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether a bareword stops before this character.
    static boolean endsWord(char c) {
        return isBlank(c) || "\r\n;|&(){},<>".indexOf(c) >= 0 || c == Cursor.NONE;
    }

    static char escaped(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'e' -> '\u001b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> c;
        };
    }
}
