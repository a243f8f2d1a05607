package dev.tarry.dsn;

import dev.tarry.dsn.DsnRequest.OriginalMessage;
import dev.tarry.dsn.DsnRequest.ReportingServer;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ExchangeProfile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a report in Exchange's order and layout (reference §7.1, §7.2): header, text and HTML, machine part, and the
/// original or its header. Pure; any thread.
public final class DsnWriter {
    /// The local part of Exchange's own recipient, the same in every organisation.
    static final String EXCHANGE_RECIPIENT = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e";

    private final DsnRequest request;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);

    private DsnWriter(DsnRequest request) {
        this.request = request;
    }

    /// The report; its octets are all CRLF lines of at most 998, seven-bit unless it returns an eight-bit original
    /// whole or is addressed to an address that is not ASCII.
    public static Dsn write(DsnRequest request) {
        return new DsnWriter(request).dsn();
    }

    /// The address that reports are from: the postmaster for senders outside, Exchange's recipient for our own.
    public static EmailAddress from(ReportingServer server, boolean internalSender) {
        return internalSender
                ? new EmailAddress(EXCHANGE_RECIPIENT, server.defaultDomain())
                : server.postmaster().orElseGet(() -> new EmailAddress("postmaster", server.defaultDomain()));
    }

    private Dsn dsn() {
        OriginalMessage original = request.original();
        EmailAddress from = from(request.server(), original.internal());
        String messageId =
                "<" + request.ids().message() + "@" + request.server().fqdn() + ">";
        String subject = Cleaned.line(
                        request.kind().subjectPrefix() + original.subject().strip(), Dsn.MAX_SUBJECT_CHARACTERS)
                .strip();
        boolean whole = returnsWhole();
        boolean eightBit = whole && isEightBit(original);
        boolean smtpUtf8 = !Cleaned.isAscii(from.toString())
                || !Cleaned.isAscii(original.sender().toString());

        header(from, messageId, subject, eightBit);
        line("");
        int headerBytes = out.size();

        String report = request.ids().report().toString();
        line("--" + report);
        human();
        line("--" + report);
        line("Content-Type: message/delivery-status");
        line("");
        line(DeliveryStatus.of(request));
        line("--" + report);
        List<Dsn.Part> parts = new ArrayList<>();
        if (whole) {
            line("Content-Type: message/rfc822");
            if (eightBit) {
                line("Content-Transfer-Encoding: 8bit");
            }
            line("");
            parts.add(new Dsn.Part.Octets(out.toByteArray()));
            parts.add(new Dsn.Part.WholeOriginal(original.bytes()));
            out.reset();
        } else {
            originalHeader();
        }
        line("");
        line("--" + report + "--");
        parts.add(new Dsn.Part.Octets(out.toByteArray()));
        return new Dsn(
                messageId,
                subject,
                from,
                original.sender(),
                eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                smtpUtf8,
                headerBytes,
                List.copyOf(parts),
                parts.stream().mapToLong(DsnWriter::bytes).sum());
    }

    private static long bytes(Dsn.Part part) {
        return switch (part) {
            case Dsn.Part.Octets octets -> octets.octets().length;
            case Dsn.Part.WholeOriginal original -> original.bytes();
        };
    }

    private void header(EmailAddress from, String messageId, String subject, boolean eightBit) {
        OriginalMessage original = request.original();
        String name = original.internal() ? "\"Microsoft Outlook\" " : "";
        line("MIME-Version: 1.0");
        line("From: " + name + HeaderText.angle(from));
        line("To: " + HeaderText.angle(original.sender()));
        line("Date: " + DsnText.date(request.moment()));
        line("Content-Type: multipart/report; report-type=delivery-status;");
        line("\tboundary=\"" + request.ids().report() + "\"");
        if (eightBit) {
            line("Content-Transfer-Encoding: 8bit");
        }
        if (request.kind() instanceof DsnKind.Failure && request.server().profile() != ExchangeProfile.E2010) {
            line("X-MS-Exchange-Message-Is-Ndr:");
        }
        line("Content-Language: en-US");
        line("Message-ID: " + messageId);
        String about = HeaderText.messageId(original.messageId());
        if (!about.isEmpty()) {
            line("In-Reply-To: " + about);
            line("References: " + about);
        }
        line(HeaderText.unstructured("Subject", subject));
        line("Auto-Submitted: auto-replied");
    }

    private void human() {
        HumanText text = HumanText.of(request);
        String plain = HumanParts.plain(text);
        if (!request.server().sendHtml()) {
            textPart("plain", plain, charset(plain));
            line("");
            return;
        }
        String html = HumanParts.html(text);
        Charset charset = charset(plain + html);
        String boundary = request.ids().alternative().toString();
        line("Content-Type: multipart/alternative; differences=Content-Type;");
        line("\tboundary=\"" + boundary + "\"");
        line("");
        line("--" + boundary);
        textPart("plain", plain, charset);
        line("");
        line("--" + boundary);
        textPart("html", html, charset);
        line("");
        line("--" + boundary + "--");
        line("");
    }

    private void textPart(String subtype, String text, Charset charset) {
        String name = charset == StandardCharsets.US_ASCII ? "us-ascii" : "utf-8";
        line("Content-Type: text/" + subtype + "; charset=\"" + name + "\"");
        line("Content-Transfer-Encoding: quoted-printable");
        line("");
        byte[] octets = text.getBytes(charset);
        out.writeBytes(QuotedPrintable.encode(octets, octets.length));
    }

    private static Charset charset(String text) {
        return Cleaned.isAscii(text) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
    }

    /// RFC 6522 §4: a header that is not seven-bit, or not made of proper lines, is encoded; so is one that
    /// could imitate a boundary.
    private void originalHeader() {
        byte[] header = request.original().header();
        int length = header.length;
        while (length >= 4
                && header[length - 1] == '\n'
                && header[length - 2] == '\r'
                && header[length - 3] == '\n'
                && header[length - 4] == '\r') {
            length -= 2;
        }
        line("Content-Type: text/rfc822-headers");
        if (isPlain(header, length)) {
            line("");
            out.write(header, 0, length);
        } else {
            line("Content-Transfer-Encoding: quoted-printable");
            line("");
            out.writeBytes(QuotedPrintable.encode(header, length));
        }
        if (length == 0 || header[length - 1] != '\n') {
            line("");
        }
    }

    /// Headers only, if the sender wants that or the whole is too large (reference §7.2; RFC 3461 §4.3: RET is about
    /// failures). So are originals that only a few hosts could take back: BINARYMIME (RFC 3030) and SMTPUTF8 ones.
    private boolean returnsWhole() {
        OriginalMessage original = request.original();
        long limit = request.server().maxAttachBytes();
        boolean carried = original.body() != BodyType.BINARY_MIME && !original.smtpUtf8();
        return request.kind() instanceof DsnKind.Failure
                && !original.ret().equals(Optional.of(Ret.HDRS))
                && carried
                && limit > 0
                && original.bytes() <= limit;
    }

    private static boolean isEightBit(OriginalMessage original) {
        if (original.body() == BodyType.EIGHT_BIT_MIME) {
            return true;
        }
        for (byte octet : original.header()) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(byte[] octets, int length) {
        int column = 0;
        for (int i = 0; i < length; i++) {
            byte c = octets[i];
            boolean lineEnd = c == '\r' && i + 1 < length && octets[i + 1] == '\n';
            if (lineEnd) {
                column = 0;
                i++;
            } else if (c <= 0 || c == '\r' || c == '\n' || ++column > 998 || (column == 1 && c == '-')) {
                return false;
            }
        }
        return true;
    }

    /// Everything of a header is cleaned before it comes here.
    private void line(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write('\r');
        out.write('\n');
    }
}
