package dev.tarry.smtp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Command lines outside ASCII (RFC 6531): octets as text, where they are well-formed UTF-8 and hold
/// nothing that would be seen otherwise than it is.
final class Utf8Text {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private Utf8Text() {}

    /// Empty if the octets are no UTF-8 (overlong forms and surrogates are none) or a character is not
    /// [#printable].
    static Optional<String> of(ByteBuffer octets) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(octets.duplicate())
                    .toString();
            return text.codePoints().allMatch(Utf8Text::printable) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /// For a log: each octet or character that cannot be shown is a `?`.
    static String shown(ByteBuffer octets) {
        CharBuffer decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith("?")
                    .decode(octets.duplicate());
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("the decoder replaces what it does not understand", e);
        }
        StringBuilder text = new StringBuilder(decoded.length());
        decoded.codePoints().forEach(c -> text.appendCodePoint(printable(c) ? c : '?'));
        return text.toString();
    }

    /// Neither a control nor a line end, nor what turns the direction of what stands around it, nor a
    /// space but the common one. The two joiners are needed by some scripts.
    static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }
}
