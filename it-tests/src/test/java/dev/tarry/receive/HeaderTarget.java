package dev.tarry.receive;

import dev.tarry.fuzz.Dice;
import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import dev.tarry.queue.Incoming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A message's header, as it comes in: read the same however it is cut, its end where the first empty line
/// is, and what a queue is told of it is bounded and can break no log line.
public final class HeaderTarget implements FuzzTarget {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-~&&[^<>]]+>");
    private static final Pattern FIELD = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]+[ \\t]*:.*", Pattern.DOTALL);
    private static final String OUR_NAME = "mail.company.com";

    @Override
    public List<String> words() {
        return List.of(
                "Subject: ",
                "Message-ID: <",
                "Date: ",
                "Received: from a by mail.company.com",
                "Importance: high",
                "X-Priority: 1",
                "Priority: urgent",
                "From somebody",
                "\r\n\r\n",
                "\r\n ",
                "=?utf-8?Q?",
                "=?utf-8?B?",
                "?=",
                "=?iso-2022-jp?B?",
                "=?UTF-16?B?",
                "=?utf-7?Q?",
                "=?x-unknown?Q?",
                "=?us-ascii*en?Q?",
                "=C3=A9",
                "w6k=",
                "(",
                ")",
                "\u2028",
                "\u00e9");
    }

    @Override
    public void run(byte[] input) {
        ByteBuf whole = Unpooled.wrappedBuffer(input);
        HeaderScan scan = new HeaderScan(Set.of(OUR_NAME));
        if (!scan.advance(whole)) {
            scan.end(whole);
        }
        Promise.same(seen(scan), seen(inPieces(input)), "the same is understood however it is cut");

        String text = new String(input, StandardCharsets.ISO_8859_1);
        Promise.same(headerBytes(text), scan.headerBytes(), "the header ends with the first empty line");
        Promise.oneLine(scan.subject(), "a subject");
        Promise.holds(scan.subject().length() <= Incoming.MAX_SUBJECT_CHARACTERS, "a subject is bounded");
        scan.messageId().ifPresent(id -> {
            Promise.holds(MESSAGE_ID.matcher(id).matches(), "a Message-ID is printable: " + id);
            Promise.holds(id.length() <= HeaderScan.MAX_MESSAGE_ID_CHARACTERS, "a Message-ID is bounded");
        });
        Promise.holds(scan.priority() >= 0 && scan.priority() <= 2, "there are three priorities");
        Promise.holds(scan.receivedHere() <= scan.received(), "our hops are hops");
    }

    private static HeaderScan inPieces(byte[] input) {
        HeaderScan scan = new HeaderScan(Set.of(OUR_NAME));
        ByteBuf come = Unpooled.buffer();
        for (ByteBuf piece : new Dice(input).cut(input)) {
            come.writeBytes(piece);
            piece.release();
            if (scan.advance(come)) {
                break;
            }
        }
        scan.end(come);
        return scan;
    }

    private static String seen(HeaderScan scan) {
        return String.join(
                " ",
                List.of(
                        "" + scan.headerBytes(),
                        "" + scan.hasEmptyLine(),
                        "" + scan.messageId(),
                        scan.subject(),
                        "" + scan.hasDate(),
                        "" + scan.received(),
                        "" + scan.receivedHere(),
                        "" + scan.priority()));
    }

    /// The plain way: all of it is there, as text.
    private static int headerBytes(String text) {
        int firstEnd = text.indexOf("\r\n");
        String first = firstEnd < 0 ? text : text.substring(0, firstEnd);
        if (first.isEmpty()) {
            return firstEnd < 0 ? 0 : 2;
        }
        if (!FIELD.matcher(first).matches() && !first.startsWith("From ")) {
            return 0;
        }
        int empty = text.indexOf("\r\n\r\n");
        return empty < 0 ? text.length() : empty + 4;
    }
}
