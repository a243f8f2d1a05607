package dev.tarry.smtp;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import dev.tarry.mail.EmailAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What stands behind `RCPT TO:`, `MAIL FROM:` and `EHLO`: an address that is taken is inside its bounds, can be
/// written and read again as itself, here and in our own records, and plain addresses are taken or refused as a
/// pattern of RFC 5321 §4.1.2 has it.
public final class AddressTarget implements FuzzTarget {
    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    /// The address of an ordinary path alone in its angle brackets.
    private static final Pattern PLAIN =
            Pattern.compile("<" + ATEXT + "(?:\\." + ATEXT + ")*+@" + LABEL + "(?:\\." + LABEL + ")*+>");

    private static final Pattern LOOKS_PLAIN = Pattern.compile("<[!-~&&[^\"\\[<>:,]]+>");
    private static final int MAX_LABEL_OCTETS = 63;

    @Override
    public List<String> words() {
        return List.of(
                "<>",
                "<a@b>",
                "<@a,@b:c@d>",
                "<Postmaster>",
                "\"a b\"@c",
                "\\\"",
                "[127.0.0.1]",
                "[IPv6:::1]",
                "IPv6:",
                "xn--",
                "xn--mnchen-3ya",
                "m\u00fcnchen",
                "\u65e5\u672c",
                "\u3002",
                "\uff0e",
                "\u00df",
                "\u200d",
                "\u0130",
                "\u202e",
                "%",
                "!");
    }

    @Override
    public void run(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (parse("RCPT TO:" + text) instanceof Command.Rcpt(var address, var _, var _)) {
            address.ifPresent(AddressTarget::taken);
        }
        Optional<EmailAddress> sender = parse("MAIL FROM:" + text) instanceof Command.Mail mail
                ? mail.sender().address()
                : Optional.empty();
        sender.ifPresent(AddressTarget::taken);
        if (text.length() <= PathParser.MAX_PATH_OCTETS
                && LOOKS_PLAIN.matcher(text).matches()) {
            Promise.same(plain(text), sender.isPresent(), "a plain address is what the grammar says");
        }
        if (parse("EHLO " + text) instanceof Command.Ehlo(var domain)) {
            Promise.oneLine(domain, "a client's name");
            Promise.holds(domain.length() <= EmailAddress.MAX_DOMAIN_OCTETS, "a client's name is bounded");
            Promise.same(new Command.Ehlo(domain), parse("EHLO " + domain), "a client's name is read again as itself");
        }
    }

    private static void taken(EmailAddress address) {
        Promise.oneLine(address.toString(), "an address");
        Promise.holds(
                octets(address.localPart()) <= EmailAddress.MAX_LOCAL_PART_OCTETS
                        && octets(address.domain()) <= EmailAddress.MAX_DOMAIN_OCTETS,
                "an address is bounded");
        Promise.same(
                new Command.Rcpt(Optional.of(address), Optional.empty(), Optional.empty()),
                parse("RCPT TO:<" + address + ">"),
                "an address is read again as itself");
        Promise.same(address, EmailAddress.of(address.toString()), "an address is what our records say it is");
    }

    private static boolean plain(String path) {
        if (!PLAIN.matcher(path).matches()) {
            return false;
        }
        int at = path.lastIndexOf('@');
        String domain = path.substring(at + 1, path.length() - 1);
        return at - 1 <= EmailAddress.MAX_LOCAL_PART_OCTETS
                && domain.length() <= EmailAddress.MAX_DOMAIN_OCTETS
                && List.of(domain.split("\\.")).stream().allMatch(label -> label.length() <= MAX_LABEL_OCTETS);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Command parse(String line) {
        ByteBuf octets = Unpooled.copiedBuffer(line, StandardCharsets.UTF_8);
        return CommandParser.parse(octets, 0, octets.readableBytes());
    }
}
