package dev.tarry.lab.dns;

import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A well-formed query for one name and type of the Internet class.
///
/// @param message as it came: its id, flags and OPT decide the form of the answer
record Question(Message message, Name name, int type) {
    String nameText() {
        return name.toString(true);
    }

    Question withoutEdns() {
        var plain = message.clone();
        plain.removeAllRecords(Section.ADDITIONAL);
        return new Question(plain, name, type);
    }

    String typeText() {
        return Type.string(type);
    }
}
