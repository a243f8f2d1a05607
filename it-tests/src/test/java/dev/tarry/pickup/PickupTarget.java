package dev.tarry.pickup;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// The header of a file in Pickup or in Replay: an envelope that SMTP could have brought and fields that
/// are kept as they stand, or a reason why not.
public final class PickupTarget implements FuzzTarget {
    private static final int MAX_RECIPIENTS = 100;
    private static final int MAX_REASON_CHARACTERS = 2_000;
    private static final Pattern BARE = Pattern.compile("\r(?!\n)|(?<!\r)\n|\0");
    private static final Pattern NOT_KEPT =
            Pattern.compile("(?imd)^(received|bcc|resent-[^:]*|x-ms-exchange-(organization|forest)-[^:]*):");

    @Override
    public List<String> words() {
        return List.of(
                "From: ",
                "Sender: ",
                "To: ",
                "Cc: ",
                "Bcc: ",
                "Undisclosed Recipients:;",
                "\r\n ",
                "\n\n",
                "X-Sender: <a@b.example> BODY=8bitmime RET=HDRS ENVID=1\r\n",
                "X-Receiver: <b@c.example> NOTIFY=NEVER ORcpt=b@c.example\r\n",
                "X-SourceIPAddress: 203.0.113.9\r\n",
                "X-HeloDomain: ",
                "X-Source: ",
                "X-EndOfInjectedXHeaders: 1\r\n",
                "=?utf-8?Q?",
                "(comment)",
                "\"quoted\\\"\"",
                "<@a,@b:c@d>",
                "X-MS-Exchange-Organization-SCL: 1\r\n");
    }

    @Override
    public void run(byte[] input) {
        int end = FileHeader.end(input, input.length);
        if (end < 0) {
            return;
        }
        for (Drop drop : Drop.values()) {
            try {
                FileHeader header = FileHeader.parse(input, end);
                Prepared prepared = drop == Drop.PICKUP
                        ? PickupForm.read(header, MAX_RECIPIENTS)
                        : ReplayForm.read(header, "company.com");
                taken(prepared, drop);
            } catch (BadFile bad) {
                Promise.oneLine(bad.getMessage(), "a reason");
                Promise.holds(bad.getMessage().length() <= MAX_REASON_CHARACTERS, "a reason is bounded");
            }
        }
    }

    private static void taken(Prepared prepared, Drop drop) {
        Promise.oneLine(prepared.sender().toString(), "a sender");
        Promise.oneLine(prepared.helo() + prepared.clientIp() + prepared.source(), "where it comes from");
        prepared.recipients().forEach(one -> Promise.oneLine(one.address().toString(), "a recipient"));
        int most = drop == Drop.PICKUP ? MAX_RECIPIENTS : ReplayForm.MAX_RECIPIENTS;
        Promise.holds(
                !prepared.recipients().isEmpty() && prepared.recipients().size() <= most,
                "it is for somebody, not all");
        Promise.same(
                prepared.recipients().size(),
                (int) prepared.recipients().stream()
                        .map(one -> one.address().toString())
                        .distinct()
                        .count(),
                "each recipient is there once");
        Promise.holds(!BARE.matcher(prepared.kept()).find(), "lines that are kept end with CRLF");
        Promise.holds(prepared.kept().isEmpty() || prepared.kept().endsWith("\r\n"), "and so does the last");
        Promise.holds(!prepared.kept().contains("\r\n\r\n"), "no empty line ends the header early");
        if (drop == Drop.PICKUP) {
            Promise.holds(!NOT_KEPT.matcher(prepared.kept()).find(), "what must not leave is left out");
        }
        int octets = prepared.kept().getBytes(StandardCharsets.ISO_8859_1).length;
        Promise.holds(octets <= 2 * MAX_INPUT_OCTETS + 100, "nothing grows");
    }
}
