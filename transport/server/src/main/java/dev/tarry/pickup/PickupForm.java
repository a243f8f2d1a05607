package dev.tarry.pickup;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.pickup.FileHeader.Field;
import dev.tarry.smtp.HeaderFirewall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file in Pickup (reference §9.4): its sender is in Sender, or else in From; its recipients are in To, Cc and Bcc.
/// Received, Resent-… and Bcc do not leave with it; nor do the fields of servers of our organization
/// ([HeaderFirewall]), as Exchange's help on its header firewall has it, which leaves them in Replay.
final class PickupForm {
    private static final List<String> RECIPIENTS = List.of("to", "cc", "bcc");

    private PickupForm() {}

    /// @throws BadFile saying what is missing or wrong
    static Prepared read(FileHeader header, int maxRecipients) throws BadFile {
        Set<Recipient> recipients = new LinkedHashSet<>();
        for (Field field : header.fields()) {
            if (RECIPIENTS.contains(field.name())) {
                for (String address : AddressList.parse(field.value())) {
                    recipients.add(Recipient.of(Paths.recipient("<" + address + ">", false, shown(field))
                            .address()
                            .orElseThrow(() -> new BadFile(shown(field) + " holds an address without a domain"))));
                    if (recipients.size() > maxRecipients) {
                        throw new BadFile("there are more than " + maxRecipients + " recipients");
                    }
                }
            }
        }
        if (recipients.isEmpty()) {
            throw new BadFile("there is no recipient: none of To, Cc and Bcc holds an address");
        }
        return new Prepared(
                sender(header),
                Envelope.BodyType.SEVEN_BIT,
                false,
                Optional.empty(),
                Optional.empty(),
                List.copyOf(recipients),
                kept(header),
                Drop.PICKUP.word(),
                "",
                "");
    }

    private static ReversePath sender(FileHeader header) throws BadFile {
        List<Field> fields = header.all("sender").isEmpty() ? header.all("from") : header.all("sender");
        List<String> addresses = new ArrayList<>();
        for (Field field : fields) {
            addresses.addAll(AddressList.parse(field.value()));
        }
        if (addresses.isEmpty()) {
            throw new BadFile("there is no sender: neither Sender nor From holds an address");
        }
        if (addresses.size() > 1) {
            throw new BadFile("there is more than one sender: with several addresses in From, Sender says whose the"
                    + " message is, and holds one");
        }
        return Paths.sender("<" + addresses.getFirst() + ">", shown(fields.getFirst()))
                .sender();
    }

    private static String kept(FileHeader header) {
        StringBuilder kept = new StringBuilder();
        boolean named = false;
        for (Field field : header.fields()) {
            if (!field.is("received")
                    && !field.is("bcc")
                    && !field.name().startsWith("resent-")
                    && !HeaderFirewall.stops(field.name())) {
                kept.append(field.lines());
                named |= field.is("to") || field.is("cc");
            }
        }
        return named
                ? kept.toString()
                : kept.append("To: Undisclosed Recipients:;\r\n").toString();
    }

    private static String shown(Field field) {
        return Character.toUpperCase(field.name().charAt(0)) + field.name().substring(1);
    }
}
