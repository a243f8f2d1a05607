package dev.tarry.host;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.dns.DnsProbe;
import dev.tarry.dns.DnsReply;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Windows' DNS client: asks the adapter's servers one after the other, remembers what they say, and knows the
/// machine's own name. A server that fails or is silent leaves the question to the next one; NXDOMAIN does not.
///
/// Any thread; answers complete on an io loop, as soon as lab time lets them. Whoever cancels an answer ends the
/// question.
public final class NameClient {
    /// How long one server may think, UDP and TCP together, in lab time.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /// The same for who is in a hurry.
    public static final Duration QUICK = Duration.ofSeconds(1);

    /// Servers that are asked about one thing.
    public static final int MAX_SERVERS = 10;

    private static final long OWN_TTL_SECONDS = 1_200;

    private final DnsProbe probe;
    private final NameCache cache;
    private final Ground ground;

    public NameClient(DnsProbe probe, NameCache cache, Ground ground) {
        this.probe = probe;
        this.cache = cache;
        this.ground = ground;
    }

    public NameCache cache() {
        return cache;
    }

    /// @param text with or without a last dot
    /// @return empty if DNS cannot hold it
    public static Optional<Name> name(String text) {
        return NameText.parse(text);
    }

    /// Without the last dot, in lower case.
    public static String text(Name name) {
        return NameText.of(name);
    }

    /// An address as people write it: `2001:db8::1`.
    public static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    /// The longest that an answer may take, in lab time.
    public Duration longest(NameQuestion question) {
        int servers = Math.clamp(servers(question).size(), 1, MAX_SERVERS);
        return (question.quick() ? QUICK : PATIENCE)
                .multipliedBy((long) servers * question.types().size());
    }

    private List<InetSocketAddress> servers(NameQuestion question) {
        return question.servers().isEmpty() ? ground.dnsServers() : question.servers();
    }

    /// Asks one question, type after type. That there is no answer is an answer too; who cancels it asks no further.
    public CompletableFuture<NameAnswer> ask(NameQuestion question) {
        Asking asking = new Asking(question);
        asking.type(0, Optional.empty());
        asking.done.whenComplete((_, _) -> {
            if (asking.done.isCancelled()) {
                asking.underWay.cancel(false);
            }
        });
        return asking.done;
    }

    /// The address of a host by its name, as a program that dials it finds it: IPv4 if there is one.
    ///
    /// @param host a name or an address
    /// @return empty if it has none that can be found
    public CompletableFuture<Optional<InetAddress>> address(String host) {
        return addresses(host)
                .thenApply(all -> all.stream()
                        .filter(Inet4Address.class::isInstance)
                        .findFirst()
                        .or(() -> all.stream().findFirst()));
    }

    /// All of them, in the order of the answers.
    ///
    /// @param host a name or an address
    public CompletableFuture<List<InetAddress>> addresses(String host) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.ofLiteral(host)));
        } catch (IllegalArgumentException _) {
            // a name
        }
        Optional<Name> name = name(host);
        if (name.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return ask(NameQuestion.ordinary(name.get(), List.of(Type.A, Type.AAAA)))
                .thenApply(answer -> answer.records().stream()
                        .flatMap(record -> addressOf(record.record()).stream())
                        .toList());
    }

    private static Optional<InetAddress> addressOf(Record record) {
        return switch (record) {
            case ARecord a -> Optional.of(a.getAddress());
            case AAAARecord a -> Optional.of(a.getAddress());
            default -> Optional.empty();
        };
    }

    /// One question on its way: type after type, and of each server after server.
    private final class Asking {
        private final NameQuestion question;
        private final CompletableFuture<NameAnswer> done = new CompletableFuture<>();
        private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

        Asking(NameQuestion question) {
            this.question = question;
        }

        void type(int index, Optional<NameAnswer> before) {
            Function<NameAnswer, NameAnswer> joined =
                    answer -> before.map(b -> b.and(answer)).orElse(answer);
            if (index == question.types().size()) {
                done.complete(before.orElseThrow());
                return;
            }
            int type = question.types().get(index);
            Optional<NameAnswer> known = known(type);
            if (known.isPresent()) {
                type(index + 1, Optional.of(joined.apply(known.get())));
                return;
            }
            List<InetSocketAddress> servers = servers(question);
            if (servers.isEmpty()) {
                done.complete(NameAnswer.without(
                        NameAnswer.Status.NO_SERVERS, Optional.empty(), "the network adapter has no DNS servers"));
                return;
            }
            server(type, servers.subList(0, Math.min(servers.size(), MAX_SERVERS)), answer -> {
                NameAnswer all = joined.apply(answer);
                if (answer.status().compareTo(NameAnswer.Status.NOT_CACHED) > 0) {
                    done.complete(all); // whoever could not be asked for the one cannot be for the other
                } else {
                    type(index + 1, Optional.of(all));
                }
            });
        }

        /// What needs no server.
        private Optional<NameAnswer> known(int type) {
            if (!question.servers().isEmpty()) {
                return Optional.empty();
            }
            if (question.hostsFile()) {
                List<NameRecord> own = own(question.name(), type);
                if (!own.isEmpty()) {
                    return Optional.of(new NameAnswer(NameAnswer.Status.SUCCESS, own, Optional.empty(), ""));
                }
            }
            Optional<NameAnswer> cached = cache.get(question.name(), type);
            return cached.isEmpty() && question.cacheOnly()
                    ? Optional.of(NameAnswer.without(NameAnswer.Status.NOT_CACHED, Optional.empty(), ""))
                    : cached;
        }

        private void server(int type, List<InetSocketAddress> left, Consumer<NameAnswer> then) {
            InetSocketAddress server = left.getFirst();
            CompletableFuture<DnsReply> asked = probe.ask(
                    question.name(),
                    type,
                    question.recursive(),
                    server,
                    question.tcpOnly() ? DnsProtocolOption.USE_TCP_ONLY : DnsProtocolOption.ANY,
                    question.quick() ? QUICK : PATIENCE);
            underWay = asked;
            if (done.isCancelled()) {
                asked.cancel(false);
                return;
            }
            asked.whenComplete((reply, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                    return;
                }
                NameAnswer answer = read(reply, server);
                boolean says = answer.status().compareTo(NameAnswer.Status.NOT_CACHED) < 0;
                if (!says && left.size() > 1) {
                    server(type, left.subList(1, left.size()), then);
                    return;
                }
                if (says && question.servers().isEmpty()) {
                    cache.put(question.name(), type, answer);
                }
                then.accept(answer);
            });
        }
    }

    private List<NameRecord> own(Name name, int type) {
        String asked = NameText.of(name);
        if (asked.equals("localhost")) {
            return own(name, type, List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
        }
        return asked.equalsIgnoreCase(ground.computerName()) || asked.equalsIgnoreCase(ground.fqdn())
                ? own(name, type, ground.addresses())
                : List.of();
    }

    private static List<NameRecord> own(Name name, int type, List<InetAddress> addresses) {
        List<NameRecord> records = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (type == Type.A && address instanceof Inet4Address) {
                records.add(answer(new ARecord(name, DClass.IN, OWN_TTL_SECONDS, address)));
            } else if (type == Type.AAAA && address instanceof Inet6Address) {
                records.add(answer(new AAAARecord(name, DClass.IN, OWN_TTL_SECONDS, address)));
            }
        }
        return records;
    }

    private static NameRecord answer(Record record) {
        return new NameRecord(record, NameRecord.Section.ANSWER, record.getTTL());
    }

    private static NameAnswer read(DnsReply reply, InetSocketAddress server) {
        Optional<InetSocketAddress> from = Optional.of(server);
        return switch (reply) {
            case DnsReply.Answer(var message, var _) -> read(message, from);
            case DnsReply.ServerFailure(var rcode) ->
                NameAnswer.without(
                        switch (rcode) {
                            case Rcode.SERVFAIL -> NameAnswer.Status.SERVER_FAILURE;
                            case Rcode.REFUSED -> NameAnswer.Status.REFUSED;
                            case Rcode.FORMERR -> NameAnswer.Status.FORMAT_ERROR;
                            case Rcode.NOTIMP -> NameAnswer.Status.NOT_IMPLEMENTED;
                            default -> NameAnswer.Status.OTHER_ERROR;
                        },
                        from,
                        Rcode.string(rcode));
            case DnsReply.NoAnswer _ -> NameAnswer.without(NameAnswer.Status.TIMEOUT, from, "");
            case DnsReply.Unreachable(var detail) -> NameAnswer.without(NameAnswer.Status.UNREACHABLE, from, detail);
            case DnsReply.Malformed(var detail) -> NameAnswer.without(NameAnswer.Status.BAD_PACKET, from, detail);
            case DnsReply.Truncated _ -> NameAnswer.without(NameAnswer.Status.BAD_PACKET, from, "truncated");
        };
    }

    private static NameAnswer read(Message message, Optional<InetSocketAddress> from) {
        List<NameRecord> records = new ArrayList<>();
        add(records, message, Section.ANSWER, NameRecord.Section.ANSWER);
        boolean found = !records.isEmpty() && message.getRcode() == Rcode.NOERROR;
        if (!found) {
            records.clear();
            for (Record record : message.getSection(Section.AUTHORITY)) {
                if (record instanceof SOARecord) {
                    records.add(new NameRecord(record, NameRecord.Section.AUTHORITY, ttl(record)));
                }
            }
        } else {
            add(records, message, Section.AUTHORITY, NameRecord.Section.AUTHORITY);
            add(records, message, Section.ADDITIONAL, NameRecord.Section.ADDITIONAL);
        }
        NameAnswer.Status status = found
                ? NameAnswer.Status.SUCCESS
                : message.getRcode() == Rcode.NXDOMAIN ? NameAnswer.Status.NAME_ERROR : NameAnswer.Status.NO_RECORDS;
        return new NameAnswer(status, records, from, "");
    }

    private static void add(List<NameRecord> to, Message message, int section, NameRecord.Section word) {
        for (Record record : message.getSection(section)) {
            if (record.getType() != Type.OPT) {
                to.add(new NameRecord(record, word, ttl(record)));
            }
        }
    }

    /// RFC 2181 §8: a TTL with the highest bit set counts as 0.
    private static long ttl(Record record) {
        return record.getTTL() > Integer.MAX_VALUE ? 0 : record.getTTL();
    }

    /// The name under which DNS keeps an address's name.
    ///
    /// @return empty if the text is no address
    public static Optional<Name> reverse(String text) {
        try {
            return Optional.of(ReverseMap.fromAddress(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
