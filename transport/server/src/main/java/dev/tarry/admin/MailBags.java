package dev.tarry.admin;

import dev.tarry.mailbox.HeaderField;
import dev.tarry.mailbox.ReadMail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A message that was read, as property bags.
final class MailBags {
    private MailBags() {}

    static SequencedMap<String, Object> of(ReadMail mail) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Headers", mail.headers().stream().map(MailBags::of).toList());
        bag.put("Text", mail.text().orElse(""));
        bag.put("TextCut", mail.textCut());
        bag.put("Parts", mail.parts().stream().map(MailBags::of).toList());
        bag.put("Report", mail.report().isEmpty() ? null : report(mail.report()));
        bag.put("Whole", mail.whole());
        return bag;
    }

    static SequencedMap<String, Object> of(HeaderField field) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Name", field.name());
        bag.put("Value", field.value());
        bag.put("Decoded", field.decoded());
        return bag;
    }

    private static SequencedMap<String, Object> of(ReadMail.Part part) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Depth", part.depth());
        bag.put("Type", part.type());
        bag.put("Charset", part.charset().orElse(null));
        bag.put("Encoding", part.encoding());
        bag.put("SizeBytes", part.sizeBytes());
        return bag;
    }

    private static SequencedMap<String, Object> report(List<List<HeaderField>> groups) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Message", fields(groups.getFirst()));
        bag.put(
                "Recipients",
                groups.subList(1, groups.size()).stream().map(MailBags::fields).toList());
        return bag;
    }

    /// Each field may stand once (RFC 3464 §2.2, §2.3); of two the first counts.
    private static SequencedMap<String, Object> fields(List<HeaderField> group) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        group.forEach(field -> bag.putIfAbsent(field.name(), field.decoded()));
        return bag;
    }
}
