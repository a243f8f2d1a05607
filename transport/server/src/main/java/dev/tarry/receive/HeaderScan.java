package dev.tarry.receive;

import dev.tarry.mail.HeaderOctets;
import dev.tarry.queue.Incoming;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads a message's header (RFC 5322 §2.2) while it comes in: where it ends, and the few fields that a queue
/// wants to know. One pass over the lines, no recursion, nothing of MIME; whoever feeds it bounds the header.
/// Not thread-safe.
///
/// The header ends with the first empty line. A message whose first line is no header field has no header at
/// all; lines that are no fields further down are passed over. Of fields that may stand once, the first
/// counts.
public final class HeaderScan {
    /// Characters of a Message-ID, brackets included; what is longer is cut before its `>`.
    public static final int MAX_MESSAGE_ID_CHARACTERS = 998;
    /// Octets of a field that are looked at; what is behind them is as if it weren't there.
    private static final int MAX_VALUE_OCTETS = 8_192;

    // all offsets count from the message's first octet
    private int lineStart;
    private int looked;
    private int fieldStart = -1;
    private int nameLength;
    private boolean complete;
    private boolean emptyLine;

    private Optional<String> messageId = Optional.empty();
    private Optional<String> subject = Optional.empty();
    private Optional<Integer> importance = Optional.empty();
    private Optional<Integer> xPriority = Optional.empty();
    private Optional<Integer> urgency = Optional.empty();
    private boolean date;
    private int received;
    private int receivedHere;
    private boolean authAs;
    private final Set<String> ourNames;

    /// For whom it does not matter which hops were ours.
    public HeaderScan() {
        this(Set.of());
    }

    /// @param ourNames the host names that our own Received fields bear, in lower case; empty: none is ours
    HeaderScan(Set<String> ourNames) {
        this.ourNames = ourNames;
    }

    /// Reads a whole message.
    public static HeaderScan of(ByteBuf message) {
        HeaderScan scan = new HeaderScan();
        if (!scan.advance(message)) {
            scan.end(message);
        }
        return scan;
    }

    /// Goes on with what has been added.
    ///
    /// @param message from its first octet on, in each call the same octets and more behind them; its indices
    /// are left alone
    /// @return whether the header is complete
    public boolean advance(ByteBuf message) {
        int base = message.readerIndex();
        int end = message.writerIndex();
        while (!complete) {
            int lf = message.indexOf(base + looked, end, (byte) '\n');
            if (lf < 0) {
                looked = end - base;
                return false;
            }
            looked = lf + 1 - base;
            if (lf > base + lineStart && message.getByte(lf - 1) == '\r') {
                line(message, base, lf - 1 - base);
                lineStart = looked;
            }
        }
        return true;
    }

    /// Says that no more comes: all of it is header.
    public void end(ByteBuf message) {
        if (!complete) {
            int length = message.readableBytes();
            if (length > lineStart) {
                line(message, message.readerIndex(), length);
            }
            if (!complete) {
                field(message, message.readerIndex(), length);
                lineStart = length;
                complete = true;
            }
        }
    }

    /// Octets of the header, up to and with the empty line; 0 if there is none.
    public int headerBytes() {
        return lineStart;
    }

    /// Whether an empty line ends the header. Where it doesn't and fields are put in front, one has to be put
    /// there too unless the header goes on to the message's end.
    public boolean hasEmptyLine() {
        return emptyLine;
    }

    /// With angle brackets, printable ASCII without spaces; absent if there is none.
    public Optional<String> messageId() {
        return messageId;
    }

    /// Decoded (RFC 2047), without controls, at most [Incoming#MAX_SUBJECT_CHARACTERS]; empty if there is
    /// none.
    public String subject() {
        return subject.orElse("");
    }

    public boolean hasDate() {
        return date;
    }

    /// How many Received fields there are, whatever the case of their names.
    public int received() {
        return received;
    }

    /// Whether it says already how its sender was known.
    boolean hasAuthAs() {
        return authAs;
    }

    /// How many of them are our own.
    int receivedHere() {
        return receivedHere;
    }

    /// Whose a Received field is: the word behind `by`, comments left out (RFC 5321 §4.4); empty if there is none.
    private static String by(String value) {
        boolean by = false;
        int depth = 0;
        int word = -1;
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : ' ';
            boolean part = depth == 0 && c > ' ' && c != '(' && c != ')' && c != ';';
            if (part && word < 0) {
                word = i;
            } else if (!part && word >= 0) {
                String found = value.substring(word, i);
                if (by) {
                    return found;
                }
                by = found.equalsIgnoreCase("by");
                word = -1;
            }
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
        }
        return "";
    }

    /// 0 High, 1 Normal, 2 Low: Importance decides, then X-Priority, then Priority (RFC 4021 §2.1.54).
    public int priority() {
        return importance.or(() -> xPriority).or(() -> urgency).orElse(Incoming.NORMAL_PRIORITY);
    }

    /// @param to offset behind the line's last octet
    private void line(ByteBuf message, int base, int to) {
        if (to == lineStart) {
            field(message, base, to);
            complete = true;
            emptyLine = true;
            lineStart = to + 2;
            looked = lineStart;
            return;
        }
        byte first = message.getByte(base + lineStart);
        boolean continuation = first == ' ' || first == '\t';
        if (continuation && lineStart > 0) {
            return;
        }
        field(message, base, lineStart);
        int colon = continuation ? -1 : message.indexOf(base + lineStart, base + to, (byte) ':') - base;
        int length = colon <= lineStart ? 0 : nameLength(message, base + lineStart, base + colon);
        if (length > 0) {
            fieldStart = lineStart;
            nameLength = length;
        } else if (lineStart == 0 && !startsWith(message, base, to, "From ")) {
            complete = true;
            looked = 0;
            lineStart = 0;
        }
    }

    /// RFC 5322 §3.6.8: printable octets but the colon; §4.5 lets white space stand before the colon.
    private static int nameLength(ByteBuf message, int from, int colon) {
        int to = colon;
        while (to > from && (message.getByte(to - 1) == ' ' || message.getByte(to - 1) == '\t')) {
            to--;
        }
        for (int i = from; i < to; i++) {
            byte octet = message.getByte(i);
            if (octet <= ' ' || octet == 0x7f) {
                return 0;
            }
        }
        return to - from;
    }

    private static boolean startsWith(ByteBuf message, int base, int to, String text) {
        return to >= text.length()
                && message.toString(base, text.length(), StandardCharsets.ISO_8859_1)
                        .equals(text);
    }

    /// The field that began at `fieldStart` ends.
    private void field(ByteBuf message, int base, int to) {
        if (fieldStart < 0) {
            return;
        }
        int name = base + fieldStart;
        int end = base + to;
        fieldStart = -1;
        switch (nameLength) {
            case 4 -> date |= named(message, name, "date");
            case 7 -> {
                if (subject.isEmpty() && named(message, name, "subject")) {
                    subject = Optional.of(shown(EncodedWords.decode(value(message, name, end))));
                }
            }
            case 8 -> {
                if (named(message, name, "received")) {
                    received++;
                    if (!ourNames.isEmpty()
                            && ourNames.contains(by(value(message, name, end)).toLowerCase(Locale.ROOT))) {
                        receivedHere++;
                    }
                } else if (urgency.isEmpty() && named(message, name, "priority")) {
                    urgency = urgency(value(message, name, end));
                }
            }
            case 10 -> {
                if (messageId.isEmpty() && named(message, name, "message-id")) {
                    messageId = messageId(value(message, name, end));
                } else if (importance.isEmpty() && named(message, name, "importance")) {
                    importance = importance(value(message, name, end));
                } else if (xPriority.isEmpty() && named(message, name, "x-priority")) {
                    xPriority = xPriority(value(message, name, end));
                }
            }
            case 33 -> authAs |= named(message, name, "x-ms-exchange-organization-authas");
            default -> {}
        }
    }

    private static boolean named(ByteBuf message, int at, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((message.getByte(at + i) | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// What stands behind the colon, unfolded.
    private String value(ByteBuf message, int name, int end) {
        int colon = message.indexOf(name + nameLength, end, (byte) ':');
        int from = colon + 1;
        int length = Math.min(end - from, MAX_VALUE_OCTETS);
        // a cut goes before a character of UTF-8, not through it
        while (length < end - from && length > 0 && (message.getByte(from + length) & 0xc0) == 0x80) {
            length--;
        }
        byte[] octets = new byte[length];
        message.getBytes(from, octets);
        return HeaderOctets.text(octets).replace("\r\n", "").strip();
    }

    private static String shown(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), Incoming.MAX_SUBJECT_CHARACTERS));
        for (int i = 0; i < text.length() && clean.length() < Incoming.MAX_SUBJECT_CHARACTERS; i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                clean.append(' ');
            } else if (!Character.isISOControl(c) && c != '\u2028' && c != '\u2029') {
                clean.append(c);
            }
        }
        int last = clean.length() - 1;
        if (last >= 0 && Character.isHighSurrogate(clean.charAt(last))) {
            clean.setLength(last);
        }
        return clean.toString();
    }

    private static Optional<String> messageId(String value) {
        int open = value.indexOf('<');
        int close = value.indexOf('>', open + 1);
        String inside = open >= 0 && close >= 0 ? value.substring(open + 1, close) : value;
        StringBuilder id = new StringBuilder(Math.min(inside.length() + 2, MAX_MESSAGE_ID_CHARACTERS)).append('<');
        for (int i = 0; i < inside.length() && id.length() < MAX_MESSAGE_ID_CHARACTERS - 1; i++) {
            char c = inside.charAt(i);
            if (c > ' ' && c < 0x7f && c != '<' && c != '>') {
                id.append(c);
            }
        }
        return id.length() == 1 ? Optional.empty() : Optional.of(id.append('>').toString());
    }

    private static Optional<Integer> importance(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "high" -> Optional.of(0);
            case "normal" -> Optional.of(1);
            case "low" -> Optional.of(2);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> xPriority(String value) {
        return switch (value.isEmpty() ? ' ' : value.charAt(0)) {
            case '1', '2' -> Optional.of(0);
            case '3' -> Optional.of(1);
            case '4', '5' -> Optional.of(2);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> urgency(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "urgent" -> Optional.of(0);
            case "normal" -> Optional.of(1);
            case "non-urgent" -> Optional.of(2);
            default -> Optional.empty();
        };
    }
}
