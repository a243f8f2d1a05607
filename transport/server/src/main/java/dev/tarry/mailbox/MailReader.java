package dev.tarry.mailbox;

import dev.tarry.mail.HeaderOctets;
import dev.tarry.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/// Reads messages for people, within bounds: a hostile one is read in part, and never fails. Only looked at here,
/// never where mail passes. One thread.
public final class MailReader {
    /// Octets of a message that are looked at.
    static final int MAX_BYTES = 16 * 1024 * 1024;
    /// Octets of a header that are looked at.
    static final int MAX_HEADER_BYTES = 1024 * 1024;

    static final int MAX_FIELDS = 2_000;
    static final int MAX_PARTS = 200;
    static final int MAX_DEPTH = 16;
    static final int MAX_TEXT_CHARACTERS = 256 * 1024;
    /// Octets of a delivery status.
    static final int MAX_REPORT_BYTES = 1024 * 1024;

    private static final MimeConfig CONFIG = new MimeConfig.Builder()
            .setMaxLineLen(-1)
            .setMaxHeaderCount(MAX_FIELDS)
            .setMaxHeaderLen(MAX_HEADER_BYTES)
            .setMaxContentLen(MAX_BYTES)
            .build();

    private final Bounded in;
    private final MimeTokenStream tokens = new MimeTokenStream(CONFIG);
    private final List<HeaderField> headers = new ArrayList<>();
    private final List<ReadMail.Part> parts = new ArrayList<>();
    private final List<List<HeaderField>> report = new ArrayList<>();
    private Optional<String> text = Optional.empty();
    private boolean plain;
    private boolean textCut;
    private int depth;
    private int entities;

    private MailReader(InputStream in, int most) {
        this.in = new Bounded(in, most);
    }

    /// All of a message.
    ///
    /// @param in is read, and not closed
    /// @throws StoreException if it cannot be read
    public static ReadMail read(InputStream in) throws StoreException {
        MailReader reader = new MailReader(in, MAX_BYTES);
        boolean whole = reader.read(false);
        return reader.mail(whole);
    }

    /// A message's header alone.
    ///
    /// @param in is read as far as needed, and not closed
    /// @return whose `whole` says whether this is all of the header
    /// @throws StoreException if it cannot be read
    public static ReadMail header(InputStream in) throws StoreException {
        MailReader reader = new MailReader(in, MAX_HEADER_BYTES);
        boolean whole = reader.read(true);
        return reader.mail(whole);
    }

    private ReadMail mail(boolean whole) {
        return new ReadMail(headers, text, textCut, parts, report, whole);
    }

    /// @return whether nothing was left out
    private boolean read(boolean headerOnly) throws StoreException {
        // a report's original is a part, not more parts
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(in);
        try {
            for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
                if (state == EntityState.T_END_HEADER && depth == 0 && headerOnly) {
                    return !in.cut;
                }
                if (!token(state)) {
                    return false;
                }
            }
            return !in.cut;
        } catch (MimeException | IllegalArgumentException e) {
            return false;
        } catch (IOException e) {
            if (e.getCause() instanceof StoreException store) {
                throw store;
            }
            return false; // mime4j tells bounds and broken encodings so
        }
    }

    /// @return whether to go on
    private boolean token(EntityState state) throws IOException {
        switch (state) {
            case T_START_BODYPART -> depth++;
            case T_END_BODYPART -> depth--;
            case T_FIELD -> {
                if (depth == 0) {
                    headers.add(HeaderField.of(tokens.getField().getRaw().toByteArray()));
                }
            }
            case T_START_MULTIPART -> {
                add(0);
                return depth < MAX_DEPTH;
            }
            case T_BODY -> body();
            default -> {
                // preambles, epilogues and ends say nothing
            }
        }
        return ++entities < MAX_FIELDS * MAX_DEPTH && parts.size() < MAX_PARTS;
    }

    private void body() throws IOException {
        BodyDescriptor descriptor = tokens.getBodyDescriptor();
        String type = type(descriptor);
        boolean better = type.equals("text/plain") && !plain || type.startsWith("text/") && text.isEmpty();
        int most = type.equals("message/delivery-status") && report.isEmpty()
                ? MAX_REPORT_BYTES
                : better ? MAX_TEXT_CHARACTERS * 4 : 0;
        if (most == 0) {
            add(tokens.getInputStream().transferTo(OutputStream.nullOutputStream()));
            return;
        }
        InputStream decoded = tokens.getDecodedInputStream();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        long all = 0;
        for (int n = decoded.read(buffer); n >= 0; n = decoded.read(buffer)) {
            kept.write(buffer, 0, Math.min(n, most - kept.size()));
            all += n;
        }
        add(all);
        if (better) {
            keepText(decoded(kept.toByteArray(), descriptor.getCharset()), type.equals("text/plain"), all > most);
        } else {
            readReport(kept.toByteArray());
        }
    }

    private void keepText(String all, boolean isPlain, boolean cut) {
        int end = Math.min(all.length(), MAX_TEXT_CHARACTERS);
        textCut = cut || end < all.length();
        text = Optional.of(all.substring(0, end));
        plain = isPlain;
    }

    private void add(long sizeBytes) {
        BodyDescriptor descriptor = tokens.getBodyDescriptor();
        parts.add(new ReadMail.Part(
                depth,
                type(descriptor),
                Optional.ofNullable(descriptor.getCharset()),
                String.valueOf(descriptor.getTransferEncoding()).toLowerCase(Locale.ROOT),
                sizeBytes));
    }

    private static String type(BodyDescriptor descriptor) {
        return String.valueOf(descriptor.getMimeType()).toLowerCase(Locale.ROOT);
    }

    /// Where no charset is named that is known, or ASCII is, which no longer says much: UTF-8 if it is that.
    private static String decoded(byte[] octets, String charset) {
        if (charset != null && !charset.equalsIgnoreCase("us-ascii")) {
            try {
                return new String(octets, Charset.forName(charset));
            } catch (IllegalArgumentException _) {
                // as if none were named
            }
        }
        return HeaderOctets.text(octets);
    }

    /// RFC 3464 §2.1: groups of fields with empty lines between them.
    private void readReport(byte[] octets) {
        List<HeaderField> group = new ArrayList<>();
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        ByteArrayInputStream all = new ByteArrayInputStream(octets);
        while (all.available() > 0) {
            byte[] line = line(all);
            boolean empty = HeaderOctets.text(line).isBlank();
            boolean folded = line.length > 0 && (line[0] == ' ' || line[0] == '\t');
            if (!folded && field.size() > 0) {
                group.add(HeaderField.of(field.toByteArray()));
                field.reset();
            }
            if (!empty) {
                field.writeBytes(line);
            } else if (!group.isEmpty()) {
                report.add(group);
                group = new ArrayList<>();
            }
        }
        if (field.size() > 0) {
            group.add(HeaderField.of(field.toByteArray()));
        }
        if (!group.isEmpty()) {
            report.add(group);
        }
    }

    /// With its end.
    private static byte[] line(ByteArrayInputStream from) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        do {
            octet = from.read();
            if (octet >= 0) {
                line.write(octet);
            }
        } while (octet >= 0 && octet != '\n');
        return line.toByteArray();
    }

    /// Ends where the bound is.
    private static final class Bounded extends FilterInputStream {
        private final int most;
        private long read;
        private boolean cut;

        Bounded(InputStream in, int most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int count) throws IOException {
            if (read >= most) {
                cut |= in.read() >= 0;
                return -1;
            }
            int n = in.read(to, offset, (int) Math.min(count, most - read));
            read += Math.max(0, n);
            return n;
        }
    }
}
