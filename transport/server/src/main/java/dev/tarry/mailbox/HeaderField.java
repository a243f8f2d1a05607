package dev.tarry.mailbox;

import dev.tarry.mail.HeaderOctets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/// One field of a header.
///
/// @param name as it stands there
/// @param value unfolded, its octets as UTF-8 if they are that, else one character an octet; nothing is taken out
public record HeaderField(String name, String value) {
    /// A field's octets, name and line ends included.
    static HeaderField of(byte[] octets) {
        String text = HeaderOctets.text(octets);
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        return new HeaderField(name, unfolded(text.substring(colon + 1)));
    }

    /// RFC 5322 §2.2.3: the line ends go, the blanks behind them stay.
    private static String unfolded(String text) {
        return text.replace("\r\n", "").replace("\n", "").strip();
    }

    /// With its encoded words (RFC 2047) read; the value itself where there are none.
    public String decoded() {
        if (!value.contains("=?")) {
            return value;
        }
        try {
            return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }
}
