package dev.tarry.smtp;

import dev.tarry.fuzz.Dice;
import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import dev.tarry.mail.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/// What a host answers: the same replies however it is cut, each inside its bounds and without anything that could
/// break a log line; or an error that says so in one line.
public final class RepliesTarget implements FuzzTarget {
    @Override
    public List<String> words() {
        return List.of(
                "250 ", "250-", "550 5.1.1 ", "421 4.3.2 ", "\r\n", "\n", "\t", "599", "200", "\u00e9", "\u2028");
    }

    @Override
    public void run(byte[] input) {
        Promise.same(
                heard(List.of(Unpooled.copiedBuffer(input))),
                heard(new Dice(input).cut(input)),
                "the same is understood however it is cut");
    }

    private static List<String> heard(List<ByteBuf> pieces) {
        ReplyReader reader = new ReplyReader();
        List<String> heard = new ArrayList<>();
        try {
            for (ByteBuf piece : pieces) {
                reader.read(piece, reply -> heard.add(sound(reply)));
            }
            heard.add("more to come: " + reader.midReply());
        } catch (ReplyFormatException e) {
            Promise.oneLine(e.getMessage(), "an error");
            Promise.holds(e.getMessage().length() <= 200, "an error is bounded");
            // a line that is too long is seen as soon as it is: what its message shows depends on where it was cut
            heard.add("no reply");
        }
        return heard;
    }

    private static String sound(Reply reply) {
        int octets = 0;
        for (String line : reply.lines()) {
            Promise.oneLine(line, "a line of a reply");
            octets += line.length();
        }
        Promise.holds(octets <= ReplyReader.MAX_REPLY_OCTETS + 4 * ReplyReader.MAX_LINES, "a reply is bounded");
        Promise.holds(reply.lines().size() <= ReplyReader.MAX_LINES, "a reply has a bounded number of lines");
        reply.status();
        return reply.code() + " " + reply.lines();
    }
}
