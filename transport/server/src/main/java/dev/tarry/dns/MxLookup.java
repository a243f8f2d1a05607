package dev.tarry.dns;

import dev.tarry.config.DnsFaultTolerance;
import dev.tarry.routing.Literals;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Finds the hosts of one domain (RFC 5321 §5.1, RFC 7505; reference §4.3 and §4.4). Lives on the resolver's loop,
/// for one search; the records come from a [RecordLookup].
///
/// MX first; only if the name exists and has none, its own address. Each exchange's addresses are asked for by
/// name: those that came along as additional records are not believed. Exchanges are taken in order of preference,
/// then of name; who asks shuffles equal ones.
final class MxLookup {
    private record Exchange(int preference, String name, Name dnsName) {}

    /// One host's addresses.
    private sealed interface Addresses {
        record Known(List<InetAddress> addresses) implements Addresses {}

        /// It does not exist, or has none that could be dialled.
        record None() implements Addresses {}

        record Unknown(String detail) implements Addresses {}
    }

    private static final Comparator<Exchange> BEST_FIRST =
            Comparator.comparingInt(Exchange::preference).thenComparing(Exchange::name);

    private final RecordLookup records;
    private final LookupSettings settings;
    private final Ourselves ourselves;
    private final String domain;
    private final Consumer<MxAnswer> done;

    private List<Exchange> exchanges = List.of();
    private final List<MxHost> usable = new ArrayList<>();
    private final List<String> useless = new ArrayList<>();
    private Optional<String> firstUnknown = Optional.empty();
    private boolean loop;
    private boolean badData;
    /// exchanges were left out that might be fine: past the bound, or no better than a bad one under Normal
    private boolean unseen;
    /// the host whose addresses were looked up last is an alias
    private boolean aliased;
    private final Set<DnsRow> met = EnumSet.noneOf(DnsRow.class);

    /// @param domain    in lower case
    /// @param ourselves who must not be among the hosts
    MxLookup(
            RecordLookup records,
            LookupSettings settings,
            Ourselves ourselves,
            String domain,
            Consumer<MxAnswer> done) {
        this.records = records;
        this.settings = settings;
        this.ourselves = ourselves;
        this.domain = domain;
        this.done = done;
    }

    /// What went another way than straight, though there are hosts; when it is over.
    Set<DnsRow> met() {
        if (records.detours().contains(Detour.TRUNCATED)) {
            met.add(DnsRow.D19);
        }
        return met;
    }

    void start(Name name) {
        records.ask(name, Type.MX, result -> {
            switch (result) {
                case RecordLookup.Result.Found(var _, var found) -> exchanges(found);
                case RecordLookup.Result.NoRecords(var owner) -> implicit(owner);
                case RecordLookup.Result.NoName _ -> {
                    records.keepLearned();
                    done.accept(new MxAnswer.NoSuchDomain(domain));
                }
                case RecordLookup.Result.Failed(var status, var detail) -> failed(status, detail);
            }
        });
    }

    private void failed(DnsStatus status, String detail) {
        done.accept(new MxAnswer.QueryFailed(status, detail, records.attempts()));
    }

    private void implicit(Name name) {
        addresses(name, addresses -> {
            switch (addresses) {
                case Addresses.Known(var known) -> {
                    records.keepLearned();
                    met.add(DnsRow.D5);
                    done.accept(
                            ourselves.called(domain) || ourselves.at(known)
                                    ? new MxAnswer.Loop(domain)
                                    : new MxAnswer.Hosts(List.of(new MxHost(domain, 0, known))));
                }
                case Addresses.None _ -> {
                    records.keepLearned();
                    done.accept(new MxAnswer.NoRecords(domain));
                }
                // the search failed before any host was known, so this is the query's own failure
                case Addresses.Unknown(var detail) -> failed(lastStatus, detail);
            }
        });
    }

    private void exchanges(List<Record> found) {
        List<Exchange> good = new ArrayList<>();
        int worstBearable = Integer.MAX_VALUE;
        boolean nullMx = false;
        for (Record record : found) {
            MXRecord mx = (MXRecord) record;
            Name target = mx.getTarget();
            if (target.equals(Name.root)) {
                nullMx = true;
                continue;
            }
            String name = DomainNames.text(target);
            if (DomainNames.parse(name).isEmpty() || Literals.address(name).isPresent()) {
                badData = true;
                useless.add(Printable.text(name) + " is no host name");
                if (settings.faultTolerance() == DnsFaultTolerance.NORMAL) {
                    worstBearable = Math.min(worstBearable, mx.getPriority() - 1);
                }
            } else {
                good.add(new Exchange(mx.getPriority(), name, target));
            }
        }
        if (nullMx && good.isEmpty() && useless.isEmpty()) {
            records.keepLearned();
            done.accept(new MxAnswer.NullMx(domain));
            return;
        }
        int worst = worstBearable;
        unseen = good.removeIf(exchange -> exchange.preference() > worst);
        good.sort(BEST_FIRST);
        exchanges = withoutOurs(withoutRepeats(good));
        resolveFrom(0);
    }

    private List<Exchange> withoutRepeats(List<Exchange> sorted) {
        Set<String> names = new LinkedHashSet<>();
        List<Exchange> kept = new ArrayList<>();
        for (Exchange exchange : sorted) {
            if (!names.add(exchange.name())) {
                continue;
            }
            if (kept.size() < settings.maxExchanges()) {
                kept.add(exchange);
            } else {
                unseen = true;
            }
        }
        return kept;
    }

    /// RFC 5321 §5.1: our own entry goes, and with it all that are no better.
    private List<Exchange> withoutOurs(List<Exchange> sorted) {
        for (Exchange exchange : sorted) {
            if (ourselves.called(exchange.name())) {
                loop = true;
                return sorted.stream()
                        .filter(e -> e.preference() < exchange.preference())
                        .toList();
            }
        }
        return sorted;
    }

    private void resolveFrom(int index) {
        if (index == exchanges.size()) {
            conclude();
            return;
        }
        Exchange exchange = exchanges.get(index);
        addresses(exchange.dnsName(), addresses -> {
            int next = index + 1;
            if (aliased) {
                met.add(DnsRow.D17);
            }
            switch (addresses) {
                case Addresses.Known(var known) -> {
                    if (ourselves.at(known)) {
                        loop = true;
                        usable.removeIf(host -> host.preference() >= exchange.preference());
                        next = exchanges.size();
                    } else {
                        usable.add(new MxHost(exchange.name(), exchange.preference(), known));
                    }
                }
                case Addresses.None _ -> {
                    useless.add(exchange.name() + " has no address");
                    next = afterBad(exchange, next);
                }
                case Addresses.Unknown(var detail) -> {
                    firstUnknown = firstUnknown.or(() -> Optional.of(detail));
                    next = afterBad(exchange, next);
                }
            }
            resolveFrom(next);
        });
    }

    /// DnsFaultTolerance Normal: a bad host takes with it all that are no better, and nobody waits for the rest.
    private int afterBad(Exchange bad, int next) {
        if (settings.faultTolerance() == DnsFaultTolerance.LENIENT) {
            return next;
        }
        unseen |= usable.removeIf(host -> host.preference() >= bad.preference()) || next < exchanges.size();
        return exchanges.size();
    }

    private void conclude() {
        if (useless.isEmpty() && firstUnknown.isEmpty()) {
            records.keepLearned();
        }
        if (!usable.isEmpty()) {
            if (!useless.isEmpty() || firstUnknown.isPresent()) {
                met.add(DnsRow.D13);
            }
            done.accept(new MxAnswer.Hosts(usable));
        } else if (firstUnknown.isPresent()) {
            failed(DnsStatus.HOSTS_UNRESOLVED, firstUnknown.get());
        } else if (loop) {
            done.accept(new MxAnswer.Loop(domain));
        } else if (unseen) {
            // nobody knows that the others are of no use, so nothing is said of the domain for good
            failed(DnsStatus.HOSTS_UNRESOLVED, String.join("; ", useless) + "; no other host is used");
        } else {
            boolean nothingNamed = badData && exchanges.isEmpty();
            done.accept(new MxAnswer.NoUsableHost(domain, String.join("; ", useless), nothingNamed));
        }
    }

    private DnsStatus lastStatus = DnsStatus.SERVER_FAILURE;

    /// AAAA before A where IPv6 is up. An address that was found counts, whatever became of the other question.
    private void addresses(Name host, Consumer<Addresses> known) {
        if (settings.ipv6()) {
            records.ask(host, Type.AAAA, six -> records.ask(host, Type.A, four -> known.accept(both(host, six, four))));
        } else {
            records.ask(host, Type.A, four -> known.accept(both(host, new RecordLookup.Result.NoRecords(host), four)));
        }
    }

    private Addresses both(Name host, RecordLookup.Result six, RecordLookup.Result four) {
        aliased = elsewhere(host, six) || elsewhere(host, four);
        Set<InetAddress> addresses = new LinkedHashSet<>();
        addresses.addAll(dialable(six));
        addresses.addAll(dialable(four));
        if (!addresses.isEmpty()) {
            return new Addresses.Known(
                    addresses.stream().limit(settings.maxAddressesPerHost()).toList());
        }
        for (RecordLookup.Result result : List.of(four, six)) {
            if (result instanceof RecordLookup.Result.Failed(var status, var detail)) {
                lastStatus = status;
                return new Addresses.Unknown(detail);
            }
        }
        return new Addresses.None();
    }

    private static boolean elsewhere(Name host, RecordLookup.Result result) {
        return result instanceof RecordLookup.Result.Found(var owner, var _) && !owner.equals(host);
    }

    private static List<InetAddress> dialable(RecordLookup.Result result) {
        if (!(result instanceof RecordLookup.Result.Found(var _, var found))) {
            return List.of();
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : found) {
            address(record)
                    .filter(a -> !a.isAnyLocalAddress() && !a.isMulticastAddress())
                    .ifPresent(addresses::add);
        }
        return addresses;
    }

    private static Optional<InetAddress> address(Record record) {
        InetAddress named = switch (record) {
            case ARecord a -> a.getAddress();
            case AAAARecord aaaa -> aaaa.getAddress();
            default -> null;
        };
        if (named == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(named.getAddress())); // without the name that dnsjava puts in
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }
}
