package dev.tarry.send;

import dev.tarry.mail.Envelope.BodyType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.Base64OutputStream;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;

/// Writes a message so that a host can take it that takes fewer kinds of octets (RFC 6152 §3, RFC 3030 §3): the
/// contents that a [MimeSurvey] has found to need it are encoded, their headers and those around them say so, and all
/// else stays as it is. Of a message that is not MIME and has eight bits it says so, as RFC 1428 advises. Not
/// thread-safe.
final class MimeRewriting extends MimeWalk {
    private final MimeSurvey survey;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private OutputStream encoder;

    /// @param survey that has been through the same message
    MimeRewriting(MimeSurvey survey) {
        this.survey = survey;
    }

    /// What has become of what was fed since it was last asked for.
    ByteBuf written() {
        ByteBuf written = Unpooled.wrappedBuffer(out.toByteArray());
        out.reset();
        return written;
    }

    @Override
    void head(MimePart part, byte[] octets) {
        MimeSurvey.Encoding encoding = part.container() ? MimeSurvey.Encoding.AS_IT_IS : survey.encoding(part);
        String label = switch (encoding) {
            case QUOTED_PRINTABLE -> "quoted-printable";
            case BASE64 -> "base64";
            case AS_IT_IS -> relabelled(part);
        };
        if (label.isEmpty() || part.sealed()) {
            out.writeBytes(octets);
            return;
        }
        for (byte[] field : part.fields()) {
            if (!MimePart.name(field).equals(MimePart.ENCODING_FIELD)) {
                out.writeBytes(field);
            }
        }
        if (part.root() && !part.mimeVersion()) {
            field("MIME-Version: 1.0");
            if (!part.typed()) {
                field("Content-Type: text/plain; charset=unknown-8bit");
            }
        }
        field("Content-Transfer-Encoding: " + label);
        field("");
        if (encoding != MimeSurvey.Encoding.AS_IT_IS) {
            encoder = encoding == MimeSurvey.Encoding.BASE64
                    ? new Base64OutputStream(out)
                    : new QuotedPrintableOutputStream(out, false);
        }
    }

    /// What a label becomes that promises more than there will be; empty if it stays.
    private String relabelled(MimePart part) {
        boolean eight = part.encoding().equals("8bit");
        boolean binary = part.encoding().equals("binary");
        if (survey.target() == BodyType.SEVEN_BIT) {
            return eight || binary ? "7bit" : "";
        }
        return binary ? "8bit" : "";
    }

    private void field(String line) {
        out.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void content(MimePart part, byte[] octets, int length) {
        try {
            (encoder == null ? out : encoder).write(octets, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it writes into memory
        }
    }

    @Override
    void contentEnd(MimePart part) {
        if (encoder != null) {
            try {
                encoder.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            encoder = null;
        }
    }

    @Override
    void frame(byte[] octets) {
        out.writeBytes(octets);
    }
}
