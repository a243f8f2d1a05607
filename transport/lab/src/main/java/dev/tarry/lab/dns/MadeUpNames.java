package dev.tarry.lab.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The names that only faults speak of, all below `made-up.test`. What they mean is said in the name, so that who
/// follows them step by step finds the same each time, at each server, also when the fault is gone.
///
/// - `back-to.NAME`: an alias of NAME, which is an alias of this
/// - `alias-of.NAME`: an alias of NAME
/// - `alias-7.NAME`: an alias of `alias-6.NAME`, and so on; `alias-0.NAME` has what NAME has
/// - `loopback`: its address is 127.0.0.1
/// - all else, and the name that looks like an address: does not exist
final class MadeUpNames {
    static final Name ZONE = Name.fromConstantString("made-up.test.");

    /// Nobody has it (RFC 5737); where lies are told, they lead here.
    static final String NOBODY = "192.0.2.66";

    /// An address as a name.
    static final Name ADDRESS = Name.fromConstantString(NOBODY + ".");

    static final Name LOOPBACK = Name.fromConstantString("loopback." + ZONE);
    static final Name NOWHERE = Name.fromConstantString("nowhere." + ZONE);
    /// Of what is made up.
    static final long TTL_SECONDS = 300;

    private static final String BACK_TO = "back-to";
    private static final String ALIAS_OF = "alias-of";
    private static final Pattern ALIAS = Pattern.compile("alias-(\\d{1,4})");

    private MadeUpNames() {}

    static boolean has(Name name) {
        return name.subdomain(ZONE) || name.equals(ADDRESS);
    }

    private static Optional<Name> backTo(Name name) {
        return below(BACK_TO, name);
    }

    /// @return empty where that would be too long for a name
    static Optional<Name> aliasOf(Name name) {
        return below(ALIAS_OF, name);
    }

    private static Optional<Name> alias(int number, Name name) {
        return below("alias-" + number, name);
    }

    private static Optional<Name> below(String label, Name name) {
        try {
            var relative = name.relativize(Name.root);
            return Optional.of(Name.concatenate(Name.concatenate(Name.fromString(label), relative), ZONE));
        } catch (NameTooLongException _) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Record cname(Name owner, Name target) {
        return new CNAMERecord(owner, DClass.IN, TTL_SECONDS, target);
    }

    /// @param question for a name that is made up
    /// @param truth what the same server would say to another question
    static void answer(Question question, BiConsumer<Question, Consumer<Reply>> truth, Consumer<Reply> then) {
        var name = question.name();
        var label = name.getLabelString(0).toLowerCase(Locale.ROOT);
        var about = about(name);
        var number = ALIAS.matcher(label);
        if (name.equals(ADDRESS)) {
            then.accept(Reply.of(new Finding.NoSuchName(List.of(), RecordText.rootSoa()), false));
        } else if (name.equals(LOOPBACK)) {
            then.accept(loopback(question));
        } else if (about.isEmpty()) {
            then.accept(no(name));
        } else if (label.equals(BACK_TO)) {
            then.accept(answered(loop(about.get()).reversed()));
        } else if (label.equals(ALIAS_OF)) {
            var alias = cname(name, about.get());
            truth.accept(asking(question, about.get()), reply -> then.accept(after(List.of(alias), reply)));
        } else if (number.matches()) {
            chain(question, about.get(), Integer.parseInt(number.group(1)), truth, then);
        } else {
            then.accept(no(name));
        }
    }

    /// The aliases from the question's name on, and the truth at their end.
    private static void chain(
            Question question,
            Name about,
            int number,
            BiConsumer<Question, Consumer<Reply>> truth,
            Consumer<Reply> then) {
        var aliases = new ArrayList<Record>();
        Name at = question.name();
        for (int next = number - 1; next >= 0; next--) {
            var target = alias(next, about).orElse(about);
            aliases.add(cname(at, target));
            at = target;
        }
        var last = at;
        truth.accept(asking(question, about), reply -> then.accept(after(aliases, renamed(reply, about, last))));
    }

    /// Two aliases of each other, or one of itself.
    static List<Record> loop(Name name) {
        return backTo(name)
                .map(other -> List.of(cname(name, other), cname(other, name)))
                .orElseGet(() -> List.of(cname(name, name)));
    }

    /// A chain of so many aliases that begins at a name outside and ends with what it truly has.
    static Reply.Answered chained(Question question, int length, Reply.Answered truth) {
        var aliases = new ArrayList<Record>();
        Name at = question.name();
        for (int next = length - 1; next >= 0; next--) {
            var target = alias(next, question.name());
            if (target.isEmpty()) {
                return truth;
            }
            aliases.add(cname(at, target.get()));
            at = target.get();
        }
        return after(aliases, renamed(truth, question.name(), at));
    }

    private static Reply renamed(Reply reply, Name from, Name to) {
        return switch (reply) {
            case Reply.Silence silence -> silence;
            case Reply.Answered answered -> renamed(answered, from, to);
        };
    }

    private static Reply.Answered renamed(Reply.Answered answered, Name from, Name to) {
        return FalseRecords.with(
                answered,
                answered.records().stream()
                        .map(record ->
                                record.getName().equals(from) ? FalseRecords.copy(record, to, record.getTTL()) : record)
                        .toList());
    }

    private static Reply after(List<Record> aliases, Reply reply) {
        return switch (reply) {
            case Reply.Silence silence -> silence;
            case Reply.Answered answered -> after(aliases, answered);
        };
    }

    private static Reply.Answered after(List<Record> aliases, Reply.Answered answered) {
        var records = new ArrayList<>(aliases);
        records.addAll(answered.records());
        return FalseRecords.with(answered, records);
    }

    private static Reply.Answered answered(List<Record> records) {
        return new Reply.Answered(false, Rcode.NOERROR, records, Optional.empty());
    }

    private static Reply loopback(Question question) {
        return question.type() == Type.A
                ? answered(List.of(new ARecord(LOOPBACK, DClass.IN, TTL_SECONDS, InetAddress.ofLiteral("127.0.0.1"))))
                : Reply.of(new Finding.NoSuchRecord(List.of(), RecordText.soa(ZONE)), false);
    }

    private static Reply no(Name name) {
        var soa = RecordText.soa(ZONE);
        return Reply.of(
                name.equals(ZONE) ? new Finding.NoSuchRecord(List.of(), soa) : new Finding.NoSuchName(List.of(), soa),
                false);
    }

    /// The name within the name.
    private static Optional<Name> about(Name name) {
        if (!name.subdomain(ZONE) || name.labels() <= ZONE.labels() + 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Name.concatenate(new Name(name, 1).relativize(ZONE), Name.root));
        } catch (NameTooLongException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Question asking(Question question, Name name) {
        var message = question.message().clone();
        message.removeAllRecords(Section.QUESTION);
        message.addRecord(Record.newRecord(name, question.type(), DClass.IN), Section.QUESTION);
        return new Question(message, name, question.type());
    }
}
