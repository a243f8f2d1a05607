package dev.tarry.pickup;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Recipient;
import dev.tarry.pickup.FileHeader.Field;
import dev.tarry.smtp.Command;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file in Replay (reference §9.4): X-Sender and X-Receiver say the envelope as MAIL and RCPT would, and stand with
/// the other fields of this kind before everything else. They do not leave with the message; all else does, as it is.
final class ReplayForm {
    private static final String SENDER = "x-sender";
    private static final String RECEIVER = "x-receiver";
    private static final String END = "x-endofinjectedxheaders";
    private static final String SOURCE = "x-source";
    private static final String SOURCE_IP = "x-sourceipaddress";
    private static final String HELO = "x-helodomain";
    /// what these say is not needed here, and is no part of the message either
    private static final List<String> UNUSED = List.of("x-createdby", "x-extendedmessageprops", END);

    private static final int MAX_WORD_CHARACTERS = 255;
    /// Far more than any limit of a receive connector.
    static final int MAX_RECIPIENTS = 100_000;

    private static final Pattern UNTYPED_ORCPT = Pattern.compile("(?i)(\\sORCPT=)([^;\\s]+)(?=\\s|$)");

    private ReplayForm() {}

    /// @throws BadFile saying what is missing or wrong
    static Prepared read(FileHeader header, String ownDomain) throws BadFile {
        int injected = injected(header.fields());
        FileHeader said = new FileHeader(header.fields().subList(0, injected));
        List<Field> senders = said.all(SENDER);
        if (senders.size() != 1) {
            throw new BadFile(
                    senders.isEmpty()
                            ? "there is no X-Sender before the other header fields"
                            : "there is more than one X-Sender");
        }
        Command.Mail mail = Paths.sender(senders.getFirst().value(), "X-Sender");
        Map<EmailAddress, Recipient> recipients = new LinkedHashMap<>();
        for (Field field : said.all(RECEIVER)) {
            Recipient recipient = Paths.recipient(typed(field.value()), mail.smtpUtf8(), "X-Receiver")
                    .recipient(ownDomain);
            recipients.putIfAbsent(recipient.address(), recipient);
            if (recipients.size() > MAX_RECIPIENTS) {
                throw new BadFile("there are more than " + MAX_RECIPIENTS + " recipients");
            }
        }
        if (recipients.isEmpty()) {
            throw new BadFile("there is no X-Receiver before the other header fields");
        }
        StringBuilder kept = new StringBuilder();
        header.fields().subList(injected, header.fields().size()).forEach(field -> kept.append(field.lines()));
        return new Prepared(
                mail.sender(),
                mail.body(),
                mail.smtpUtf8(),
                mail.ret(),
                mail.envelopeId(),
                new ArrayList<>(recipients.values()),
                kept.toString(),
                word(said, SOURCE).orElse(Drop.REPLAY.word()),
                ip(said),
                word(said, HELO).orElse(""));
    }

    /// How many fields at the beginning are said to us, and not part of the message.
    private static int injected(List<Field> fields) {
        int count = 0;
        for (Field field : fields) {
            boolean ours = List.of(SENDER, RECEIVER, SOURCE, SOURCE_IP, HELO).contains(field.name())
                    || UNUSED.contains(field.name());
            if (!ours) {
                return count;
            }
            count++;
            if (field.is(END)) {
                return count;
            }
        }
        return count;
    }

    /// Exchange leaves the type of ORCPT out (`ORcpt=b@c`), which RFC 3461 §4.2 does not.
    private static String typed(String path) {
        return UNTYPED_ORCPT.matcher(path).replaceAll("$1rfc822;$2");
    }

    private static Optional<String> word(FileHeader said, String name) throws BadFile {
        Optional<String> value = said.first(name).map(Field::value).filter(text -> !text.isEmpty());
        if (value.isPresent()
                && (value.get().length() > MAX_WORD_CHARACTERS
                        || !value.get().chars().allMatch(c -> c >= ' ' && c < 0x7f))) {
            throw new BadFile(name + " is printable ASCII of at most " + MAX_WORD_CHARACTERS + " characters");
        }
        return value;
    }

    private static String ip(FileHeader said) throws BadFile {
        String ip = word(said, SOURCE_IP).orElse("0.0.0.0");
        if (!NetUtil.isValidIpV4Address(ip) && !NetUtil.isValidIpV6Address(ip)) {
            throw new BadFile("X-SourceIPAddress is not an IP address");
        }
        return ip;
    }
}
