package dev.tarry.shell.terminal;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The line as it is typed, in the colours that PSReadLine gives it.
final class Colouring implements Highlighter {
    private final boolean coloured;

    /// @param coloured whether the terminal knows colours and the person wants them
    Colouring(boolean coloured) {
        this.coloured = coloured;
    }

    @Override
    public AttributedString highlight(LineReader reader, String line) {
        return coloured ? painted(line) : new AttributedString(line);
    }

    static AttributedString painted(String line) {
        AttributedStringBuilder painted = new AttributedStringBuilder(line.length());
        int end = 0;
        for (Sketch.Piece piece : Sketch.of(line).pieces()) {
            painted.append(line, end, piece.start());
            painted.styled(style(piece.kind()), line.substring(piece.start(), piece.end()));
            end = piece.end();
        }
        return painted.append(line, end, line.length()).toAttributedString();
    }

    private static AttributedStyle style(Sketch.Kind kind) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (kind) {
            case COMMAND -> plain.foreground(AttributedStyle.BRIGHT | AttributedStyle.YELLOW);
            case KEYWORD, VARIABLE -> plain.foreground(AttributedStyle.BRIGHT | AttributedStyle.GREEN);
            case PARAMETER, OPERATOR -> plain.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
            case TEXT -> plain.foreground(AttributedStyle.CYAN);
            case NUMBER -> plain.foreground(AttributedStyle.BRIGHT | AttributedStyle.WHITE);
            case COMMENT -> plain.foreground(AttributedStyle.GREEN);
            case MEMBER, TYPE, WORD -> plain;
        };
    }
}
