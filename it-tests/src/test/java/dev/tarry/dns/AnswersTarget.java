package dev.tarry.dns;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What a DNS server, or somebody who passes for one, sends back: it is somebody else's, broken, or ours; of ours only
/// records on the chain of aliases from the question count, and that something does not exist is believed only of a
/// message that is whole.
public final class AnswersTarget implements FuzzTarget {
    private static final int MAX_DETAIL_CHARACTERS = 1_000;

    private final List<DnsQuestion> questions;

    public AnswersTarget() {
        try {
            Name name = Name.fromString("example.com.");
            questions = List.of(new DnsQuestion(name, Type.MX), new DnsQuestion(name, Type.A));
        } catch (TextParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> words() {
        return List.of(
                "\u0007example\u0003com\u0000", "\u00c0\u000c", "\u0000\u000f\u0000\u0001", "\u0000\u0005\u0000\u0001");
    }

    @Override
    public void run(byte[] input) {
        int id = input.length < 2 ? 0 : (input[0] & 0xff) << 8 | input[1] & 0xff;
        for (DnsQuestion question : questions) {
            switch (question.read(input, id)) {
                case DnsQuestion.Reading.Foreign _ ->
                    Promise.holds(input.length < 2, "under our id it is for us, whatever it is");
                case DnsQuestion.Reading.Broken(var detail) -> told(detail);
                case DnsQuestion.Reading.Ours(var message, var whole) -> {
                    if (message.getHeader().getRcode() < 16) {
                        read(AnswerReading.read(message, question, 0, whole), question, whole);
                    }
                }
            }
            Promise.holds(
                    question.read(input, id ^ 1) instanceof DnsQuestion.Reading.Foreign,
                    "under another id it is somebody else's");
        }
    }

    private static void read(AnswerReading reading, DnsQuestion question, boolean whole) {
        switch (reading) {
            case AnswerReading.Found(var owner, var records, var ttl) -> {
                Promise.holds(!records.isEmpty() && ttl >= 0, "what is found is something, and for a time");
                Promise.holds(
                        records.stream()
                                .allMatch(record ->
                                        record.getName().equals(owner) && record.getType() == question.type()),
                        "only what was asked for counts");
            }
            case AnswerReading.Alias(var target, var steps, var ttl) ->
                Promise.holds(
                        steps > 0 && steps <= LookupSettings.MAX_ALIAS_STEPS + 1 && ttl >= 0 && target != null,
                        "aliases lead on for so many steps");
            case AnswerReading.NoRecords(var _, var ttl) ->
                Promise.holds(whole && ttl >= 0, "that there is nothing says a message that is whole");
            case AnswerReading.NoName(var _, var ttl) ->
                Promise.holds(whole && ttl >= 0, "that there is nobody says a message that is whole");
            case AnswerReading.AliasLoop _ -> {}
            case AnswerReading.Bad(var detail) -> told(detail);
        }
    }

    private static void told(String detail) {
        Promise.oneLine(detail, "what is wrong");
        Promise.holds(detail.length() <= MAX_DETAIL_CHARACTERS, "what is wrong is bounded");
    }
}
