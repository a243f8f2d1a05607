package dev.tarry.lab.dns;

import dev.tarry.lab.dns.ZoneIndex.Place;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// One question on its way through the world, as the server that was asked pursues it.
///
/// A public resolver asks the name servers of the domain, follows delegations and aliases; an internal server looks at
/// its own zones and asks its forwarders. Whoever is asked meets with their own faults. Silence, a failure, a refusal
/// or an answer of somebody who does not know (a lame server) leads to the next one, and to SERVFAIL when none is left.
/// Addresses that came along with an answer are handed on for [AdditionalAddresses] to choose from.
///
/// Lives on the loop of the channel that brought the question; waits for nothing but alarms in lab time.
final class Resolving {
    /// A resolver waits so long for a name server, then asks the next. Two silent ones are found out before an
    /// internal server gives up on the resolver.
    static final Duration AUTHORITY_WAIT = Duration.ofSeconds(1);

    /// So many questions to name servers for one question of a client.
    static final int QUESTIONS_MAX = 32;

    private final NameServers servers;
    private final Knowledge known;
    private final NameServers.Asked asked;
    private final Consumer<Reply> then;
    private final int type;
    private final List<Record> aliases = new ArrayList<>();
    private List<Record> broughtAlong = List.of();
    private boolean authoritative;
    private int hops;
    private int questions;

    Resolving(NameServers servers, Knowledge known, NameServers.Asked asked, Consumer<Reply> then) {
        this.servers = servers;
        this.known = known;
        this.asked = asked;
        this.then = then;
        this.type = asked.question().type();
    }

    void begin() {
        step(asked.question().name());
    }

    private void step(Name at) {
        if (hops++ > ZoneIndex.ALIASES_MAX) {
            fail();
        } else if (NameServers.INTERNAL.contains(asked.server())) {
            var own = known.inside(at, type);
            if (own.isPresent()) {
                authoritative |= aliases.isEmpty();
                take(own.get());
            } else {
                forward(at);
            }
        } else {
            switch (known.outside().place(at, type)) {
                case Place.Here(var finding) -> take(finding);
                case Place.Elsewhere(var zone, var addresses) -> pursue(at, zone, addresses);
            }
        }
    }

    private void take(Finding finding) {
        var alias = finding.alias(type);
        if (alias.isPresent()) {
            aliases.add(alias.get());
            step(alias.get().getTarget());
        } else {
            then.accept(Reply.of(finding.after(aliases), authoritative).beside(broughtAlong));
        }
    }

    private void fail() {
        then.accept(Reply.failed(Rcode.SERVFAIL));
    }

    /// A refusal or failure is passed over, an answer (also "no such name") is passed on.
    private void forward(Name at) {
        if (asked.forwards() >= NameServers.FORWARDS_MAX) {
            fail();
            return;
        }
        var forwarders = new ArrayDeque<>(known.forwarders(asked.server(), at));
        inTurn(forwarders, NameServers.FORWARDER_WAIT, question(at), answered -> {
            if (!understood(answered) || !answered.referral().isEmpty()) {
                return false;
            }
            var records = new ArrayList<>(aliases);
            records.addAll(answered.records());
            then.accept(new Reply.Answered(authoritative, answered.rcode(), records, answered.soa())
                    .beside(answered.additional()));
            return true;
        });
    }

    /// @param zone what these servers are asked as authorities on
    private void pursue(Name at, Name zone, List<InetAddress> authorities) {
        var addresses = authorities.stream()
                .map(InetAddress::getHostAddress)
                .filter(address -> !NameServers.resolverAt(address))
                .toList();
        inTurn(new ArrayDeque<>(addresses), AUTHORITY_WAIT, question(at), answered -> heard(at, zone, answered));
    }

    /// @return whether that was an answer, or led to where there is one
    private boolean heard(Name at, Name zone, Reply.Answered answered) {
        if (!understood(answered)) {
            return false;
        }
        var cut = referredTo(at, zone, answered);
        if (cut.isPresent()) {
            var glue = answered.additional().stream()
                    .map(AddressBook::address)
                    .filter(address -> address != null)
                    .toList();
            pursue(at, cut.get(), glue);
            return true;
        }
        boolean says = answered.authoritative()
                || !answered.records().isEmpty()
                || answered.soa().isPresent()
                || answered.rcode() == Rcode.NXDOMAIN;
        if (!says) {
            return false; // lame: it only knows that it does not know
        }
        // Only what the question leads to is believed, however much comes along (RFC 2181 §5.4.1).
        Name name = at;
        for (var record : answered.records()) {
            if (record.getName().equals(name) && record instanceof CNAMERecord alias && type != Type.CNAME) {
                aliases.add(alias);
                name = alias.getTarget();
                hops++;
            }
        }
        Name last = name;
        var found = answered.records().stream()
                .filter(record -> record.getName().equals(last) && record.getType() == type)
                .toList();
        if (!found.isEmpty()) {
            broughtAlong = answered.additional().stream()
                    .filter(address -> address.getName().subdomain(zone))
                    .toList();
            take(new Finding.Found(found));
        } else if (answered.soa().isPresent()) {
            then.accept(new Reply.Answered(false, answered.rcode(), List.copyOf(aliases), answered.soa()));
        } else if (!last.equals(at)) {
            step(last);
        } else {
            then.accept(new Reply.Answered(false, answered.rcode(), List.copyOf(aliases), Optional.empty()));
        }
        return true;
    }

    /// The delegation that the answer is, if it leads further down.
    private static Optional<Name> referredTo(Name at, Name zone, Reply.Answered answered) {
        if (answered.authoritative()
                || answered.referral().isEmpty()
                || !answered.records().isEmpty()) {
            return Optional.empty();
        }
        Name cut = answered.referral().getFirst().getName();
        return at.subdomain(cut) && cut.subdomain(zone) && !cut.equals(zone) ? Optional.of(cut) : Optional.empty();
    }

    private static boolean understood(Reply.Answered answered) {
        return answered.rcode() == Rcode.NOERROR || answered.rcode() == Rcode.NXDOMAIN;
    }

    private Question question(Name at) {
        return at.equals(asked.question().name())
                ? asked.question()
                : new Question(Message.newQuery(Record.newRecord(at, type, DClass.IN)), at, type);
    }

    /// Asks one after the other until one gives an answer that will do.
    ///
    /// @param use says whether it does, and has seen to it then
    private void inTurn(
            Deque<String> addresses, Duration patience, Question question, Function<Reply.Answered, Boolean> use) {
        if (addresses.isEmpty() || questions++ >= QUESTIONS_MAX) {
            fail();
            return;
        }
        var next = addresses.removeFirst();
        var onward = asked.passedOn(next, question, servers.now());
        var wait = new Wait();
        if (servers.at(next)) {
            servers.ask(onward, reply -> {
                servers.note(onward, reply);
                switch (reply) {
                    case Reply.Silence() -> {}
                    case Reply.Answered answered
                    when wait.end() -> {
                        if (!use.apply(answered)) {
                            inTurn(addresses, patience, question, use);
                        }
                    }
                    case Reply.Answered _ -> {
                        // Too late: the next one has been asked.
                    }
                }
            });
        }
        if (!wait.over) {
            wait.cancel = servers.later(patience, asked.loop(), () -> {
                if (wait.end()) {
                    inTurn(addresses, patience, question, use);
                }
            });
        }
    }

    /// Waiting for one server, on one loop.
    private static final class Wait {
        private boolean over;
        private Runnable cancel = () -> {};

        /// @return whether it was still going on
        boolean end() {
            boolean first = !over;
            over = true;
            cancel.run();
            return first;
        }
    }
}
