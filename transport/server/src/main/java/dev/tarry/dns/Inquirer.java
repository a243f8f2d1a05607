package dev.tarry.dns;

import dev.tarry.routing.Literals;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Asks for people who want to look: the same walk through the same servers that a delivery makes, with
/// every query told. It reads the cache and leaves nothing in it, and joins no search of a delivery.
/// Any thread; answers complete on the resolver's loop, as soon as lab time lets them. Whoever cancels one ends the
/// search: its socket is closed, and its alarm with it.
public final class Inquirer {
    private static final Logger LOG = LoggerFactory.getLogger(Inquirer.class);

    private final MxResolver resolver;

    Inquirer(MxResolver resolver) {
        this.resolver = resolver;
    }

    /// Looks for the hosts of a recipient domain; an address literal is its own host, and nobody is asked.
    ///
    /// @throws IllegalArgumentException if the domain is none
    public CompletableFuture<Inquiry> hosts(String domain, DnsServers.Chosen servers) {
        return hosts(domain, servers, false);
    }

    /// Looks for the hosts behind the name of a smart host, which may be this server.
    ///
    /// @throws IllegalArgumentException if the name is none
    public CompletableFuture<Inquiry> smartHost(String host, DnsServers.Chosen servers) {
        return hosts(host, servers, true);
    }

    private CompletableFuture<Inquiry> hosts(String domain, DnsServers.Chosen servers, boolean mayBeUs) {
        Optional<InetAddress> literal = Literals.bracketed(domain);
        if (literal.isPresent()) {
            MxAnswer answer = resolver.literal(domain.toLowerCase(Locale.ROOT), literal.get(), mayBeUs);
            return CompletableFuture.completedFuture(new Inquiry.Hosts(answer, List.of()));
        }
        Name name = name(domain);
        CompletableFuture<Inquiry> done = new CompletableFuture<>();
        ask(done, () -> {
            RecordLookup records = lookup(name, servers, done);
            resolver.walk(
                            records,
                            DomainNames.text(name),
                            mayBeUs,
                            answer -> done.complete(new Inquiry.Hosts(answer, records.attempts())))
                    .start(name);
        });
        return done;
    }

    /// Looks for one record set.
    ///
    /// @param type `MX`, `A`, `TXT` …
    /// @throws IllegalArgumentException if the name or the type is none
    public CompletableFuture<Inquiry> records(String name, String type, DnsServers.Chosen servers) {
        Name asked = name(name);
        int number = Type.value(type.toUpperCase(Locale.ROOT));
        if (number <= 0 || !Type.isRR(number)) {
            throw new IllegalArgumentException("a type is A, AAAA, CNAME, MX, NS, SOA, TXT …");
        }
        CompletableFuture<Inquiry> done = new CompletableFuture<>();
        ask(done, () -> {
            RecordLookup records = lookup(asked, servers, done);
            records.ask(asked, number, result -> done.complete(told(result, records.attempts())));
        });
        return done;
    }

    /// What breaks before anybody has been asked is told as well: whoever asked would wait for nothing else.
    private void ask(CompletableFuture<Inquiry> done, Runnable question) {
        resolver.execute(() -> {
            try {
                question.run();
            } catch (RuntimeException e) {
                LOG.error("a question could not be asked", e);
                done.completeExceptionally(e);
            }
        });
    }

    private static Name name(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return DomainNames.parse(bare)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a name is labels of letters, digits, hyphens and underscores, such as gmail.com"));
    }

    private RecordLookup lookup(Name name, DnsServers.Chosen servers, CompletableFuture<Inquiry> done) {
        RecordLookup.Errand errand = resolver.errand(DnsQuery.Asker.OPERATOR, DomainNames.text(name));
        RecordLookup records = resolver.lookup(servers, errand, e -> {
            LOG.error("asking about {} failed", DomainNames.text(name), e);
            done.completeExceptionally(e);
        });
        done.whenComplete((_, _) -> {
            if (done.isCancelled()) {
                resolver.execute(records::abandon);
            }
        });
        return records;
    }

    private static Inquiry told(RecordLookup.Result result, List<ServerAttempt> attempts) {
        return switch (result) {
            case RecordLookup.Result.Found(Name owner, List<Record> records) ->
                new Inquiry.Records("NOERROR", DomainNames.text(owner), DnsCache.texts(records), "", attempts);
            case RecordLookup.Result.NoRecords(Name owner) ->
                new Inquiry.Records("NODATA", DomainNames.text(owner), List.of(), "", attempts);
            case RecordLookup.Result.NoName(Name owner) ->
                new Inquiry.Records("NXDOMAIN", DomainNames.text(owner), List.of(), "", attempts);
            case RecordLookup.Result.Failed(DnsStatus status, String detail) ->
                new Inquiry.Records(status.name(), "", List.of(), detail, attempts);
        };
    }
}
