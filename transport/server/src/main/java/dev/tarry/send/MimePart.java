package dev.tarry.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;

/// One entity of a message (RFC 2045): what its header says of it.
///
/// @param number      in order of appearance, the message itself is 0
/// @param fields      each with its line ends; what stands behind the last is not among them
/// @param type        in lower case; what holds where nothing is written
/// @param typed       whether it is written
/// @param mimeVersion whether the header says that this is MIME
/// @param encoding    Content-Transfer-Encoding in lower case; empty if not written
/// @param root        whether it is a message, and not a part of a multipart
/// @param boundary    of a multipart
/// @param sealed      whether a signature or encryption around it would be broken by any change (RFC 1847)
record MimePart(
        int number,
        List<byte[]> fields,
        String type,
        boolean typed,
        boolean mimeVersion,
        String encoding,
        boolean root,
        Optional<String> boundary,
        boolean sealed) {
    static final String ENCODING_FIELD = "content-transfer-encoding";

    /// @param head   with or without the empty line behind it
    /// @param parent of which it is a part, if of any
    static MimePart of(int number, byte[] head, Optional<MimePart> parent) {
        List<byte[]> fields = fields(head);
        boolean digest = parent.filter(p -> p.type.equals("multipart/digest")).isPresent();
        String type = digest ? "message/rfc822" : "text/plain";
        boolean typed = false;
        boolean mimeVersion = false;
        String encoding = "";
        Optional<String> boundary = Optional.empty();
        for (byte[] field : fields) {
            switch (name(field)) {
                case "content-type" -> {
                    RawBody body = body(field);
                    type = body.getValue() == null
                            ? type
                            : body.getValue().strip().toLowerCase(Locale.ROOT);
                    typed = true;
                    boundary = body.getParams().stream()
                            .filter(p -> "boundary".equalsIgnoreCase(p.getName()))
                            .map(NameValuePair::getValue)
                            .filter(value -> value != null && !value.isEmpty())
                            .findFirst();
                }
                case ENCODING_FIELD ->
                    encoding = Optional.ofNullable(body(field).getValue())
                            .orElse("")
                            .strip()
                            .toLowerCase(Locale.ROOT);
                case "mime-version" -> mimeVersion = true;
                default -> {}
            }
        }
        boolean root = parent.filter(p -> !p.type.equals("message/rfc822")).isEmpty();
        boolean sealed = parent.filter(p -> p.sealed || p.seals()).isPresent();
        return new MimePart(number, fields, type, typed, mimeVersion, encoding, root, boundary, sealed);
    }

    private static RawBody body(byte[] field) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        return RawFieldParser.DEFAULT.parseRawBody(new RawField(
                text.substring(0, colon).strip(),
                text.substring(colon + 1).replace("\r", "").replace("\n", "")));
    }

    /// A field begins where a line does not begin with a blank.
    private static List<byte[]> fields(byte[] head) {
        List<byte[]> fields = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= head.length; i++) {
            boolean lineStart = head[i - 1] == '\n';
            boolean over = i == head.length;
            if (over || (lineStart && head[i] != ' ' && head[i] != '\t')) {
                byte[] field = Arrays.copyOfRange(head, from, i);
                from = i;
                if (!new String(field, StandardCharsets.ISO_8859_1).isBlank()) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /// In lower case; empty if the line is no field.
    static String name(byte[] field) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    private boolean seals() {
        return type.equals("multipart/signed") || type.equals("multipart/encrypted");
    }

    /// Whether its octets stand for themselves.
    boolean plain() {
        return encoding.isEmpty() || encoding.equals("7bit") || encoding.equals("8bit") || encoding.equals("binary");
    }

    /// Whether it consists of others: it cannot be encoded itself (RFC 2045 §6.4).
    boolean container() {
        return plain() && (boundary.isPresent() && type.startsWith("multipart/") || type.equals("message/rfc822"));
    }

    boolean text() {
        return type.startsWith("text/");
    }

    /// Whether other octets may stand for its own.
    boolean encodable() {
        return plain() && !sealed && !type.startsWith("multipart/") && !type.startsWith("message/");
    }
}
