package dev.tarry.smtp;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What stands behind the path of MAIL and RCPT (RFC 3461, with those of RFC 1870, 6152 and 6531): what is taken
/// makes an envelope, is inside its bounds and ASCII, and written again it is read as itself.
public final class DsnParametersTarget implements FuzzTarget {
    @Override
    public List<String> words() {
        return List.of(
                " RET=FULL",
                " RET=HDRS",
                " ENVID=",
                " NOTIFY=NEVER",
                " NOTIFY=SUCCESS,FAILURE,DELAY",
                " ORCPT=rfc822;",
                "utf-8;",
                "+2B",
                "+3D",
                "+0D+0A",
                "\\x{E9}",
                "\\x{10FFFF}",
                "\\x{D800}",
                " SIZE=",
                " BODY=8BITMIME",
                " BODY=BINARYMIME",
                " BODY=7BIT",
                " SMTPUTF8",
                " AUTH=<>",
                "+C3+A9",
                "=",
                ";",
                "9223372036854775807");
    }

    @Override
    public void run(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<Recipient> recipients = List.of();
        if (parse("RCPT TO:<a@b> " + text) instanceof Command.Rcpt given) {
            given.originalRecipient().ifPresent(kept -> {
                ascii(kept, "ORCPT");
                Promise.holds(kept.length() <= Recipient.MAX_ORIGINAL_RECIPIENT_OCTETS, "ORCPT is bounded");
            });
            Promise.same(given, parse("RCPT TO:<a@b>" + written(given)), "RCPT is read again as itself");
            recipients = List.of(given.recipient("b"));
        }
        if (parse("MAIL FROM:<> " + text) instanceof Command.Mail given) {
            given.envelopeId().ifPresent(id -> {
                ascii(id, "ENVID");
                Promise.holds(id.length() <= Envelope.MAX_ENVELOPE_ID_OCTETS, "ENVID is bounded");
            });
            Promise.holds(given.sizeBytes().orElse(0) >= 0, "SIZE is no negative number");
            Promise.same(given, parse("MAIL FROM:<>" + written(given)), "MAIL is read again as itself");
            Envelope envelope = new Envelope(
                    given.sender(),
                    given.body(),
                    given.smtpUtf8(),
                    given.ret(),
                    given.envelopeId(),
                    recipients(recipients));
            Promise.same(ReversePath.NULL, envelope.sender(), "nobody sent it");
        }
    }

    private static List<Recipient> recipients(List<Recipient> given) {
        return given.isEmpty()
                ? List.of(new Command.Rcpt(Optional.empty(), Optional.empty(), Optional.empty()).recipient("b"))
                : given;
    }

    private static String written(Command.Rcpt given) {
        return given.notifyOn().map(on -> " NOTIFY=" + on).orElse("")
                + given.originalRecipient()
                        .map(original -> " ORCPT=" + original)
                        .orElse("");
    }

    private static String written(Command.Mail given) {
        return (given.sizeBytes().isPresent() ? " SIZE=" + given.sizeBytes().getAsLong() : "")
                + " BODY=" + given.body().keyword()
                + (given.smtpUtf8() ? " SMTPUTF8" : "")
                + given.ret().map(ret -> " RET=" + ret).orElse("")
                + given.envelopeId().map(id -> " ENVID=" + id).orElse("");
    }

    private static void ascii(String text, String what) {
        Promise.holds(text.chars().allMatch(c -> c > ' ' && c < 0x7f), what + " is printable ASCII without spaces");
    }

    private static Command parse(String line) {
        ByteBuf octets = Unpooled.copiedBuffer(line, StandardCharsets.UTF_8);
        return CommandParser.parse(octets, 0, octets.readableBytes());
    }
}
