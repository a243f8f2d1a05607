package dev.tarry.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Questions and answers as octets.
public final class Queries {
    private Queries() {}

    public static byte[] query(String name, String type) {
        return message(name, type).toWire();
    }

    public static Message message(String name, String type) {
        var owner = Name.fromConstantString(name.endsWith(".") ? name : name + ".");
        return Message.newQuery(Record.newRecord(owner, Type.value(type), DClass.IN));
    }

    public static byte[] framed(byte[] octets) {
        var framed = new byte[octets.length + 2];
        framed[0] = (byte) (octets.length >> 8);
        framed[1] = (byte) octets.length;
        System.arraycopy(octets, 0, framed, 2, octets.length);
        return framed;
    }

    public static Message parse(byte[] octets) {
        try {
            return new Message(octets);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /// The code, and what stands in the answer section.
    public static String text(byte[] octets) {
        var message = parse(octets);
        List<String> answers = message.getSection(Section.ANSWER).stream()
                .map(record -> Type.string(record.getType()) + " " + record.rdataToString())
                .toList();
        return Rcode.string(message.getRcode()) + " " + answers;
    }
}
