package dev.tarry.dsn;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The header of a message that goes back to its sender. What our servers wrote there for one another bears
/// another name in it, as it does in Exchange's bounced copies (reference §6.7): nobody takes it for what a
/// server says of the report. Pure; any thread.
public final class ReturnedHeader {
    /// A field's name, at the beginning of a line.
    private static final Pattern OURS =
            Pattern.compile("(?imd)^(x-ms-exchange-)organization(?=-[\\x21-\\x39\\x3b-\\x7e]*[ \\t]*:)");

    private ReturnedHeader() {}

    /// @param header as stored
    public static byte[] of(byte[] header) {
        String text = new String(header, StandardCharsets.ISO_8859_1);
        String renamed = OURS.matcher(text).replaceAll("$1CrossPremises");
        return renamed.equals(text) ? header : renamed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
