package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.config.ALabels;
import dev.tarry.dns.DnsCache;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.Inquirer;
import dev.tarry.dns.Inquiry;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.MxHost;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.routing.Literals;
import dev.tarry.routing.Router;
import dev.tarry.routing.SendConnector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Looking into the server's DNS: whom it asks, what it remembers, and what it would be told now
/// (reference §4). Thread-safe; [#resolve] blocks.
public final class DnsOperations {
    /// How long a question may take, in real time: the look-up's own budget is lab time, which may
    /// stand still.
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    /// Questions that may be under way at once.
    static final int MAX_UNDER_WAY = 32;

    /// Smart hosts of one dry run that are asked for at once.
    private static final int MAX_TOGETHER = 16;

    private static final int DNS_PORT = 53;

    private final Supplier<DnsServers> servers;
    private final Supplier<Router> router;
    private final DnsCache cache;
    private final Inquirer inquirer;
    private final Duration patience;
    private final Semaphore places = new Semaphore(MAX_UNDER_WAY);

    /// @param servers asked anew for every request
    /// @param router likewise
    public DnsOperations(Supplier<DnsServers> servers, Supplier<Router> router, DnsCache cache, Inquirer inquirer) {
        this(servers, router, cache, inquirer, PATIENCE);
    }

    DnsOperations(
            Supplier<DnsServers> servers,
            Supplier<Router> router,
            DnsCache cache,
            Inquirer inquirer,
            Duration patience) {
        this.patience = patience;
        this.servers = servers;
        this.router = router;
        this.cache = cache;
        this.inquirer = inquirer;
    }

    /// Whom the server asks now: of `external` and `internal` each `servers`, `from` (`adapter` or
    /// `list`), `list`, `protocolOption`, `usedBy` (enabled send connectors); and `adapter`, the
    /// network adapter's servers.
    public SequencedMap<String, Object> settings() {
        DnsServers now = servers.get();
        SequencedMap<String, Object> settings = new LinkedHashMap<>();
        settings.put("external", set(now, now.external(), true));
        settings.put("internal", set(now, now.internal(), false));
        settings.put("adapter", texts(now.adapter()));
        return settings;
    }

    private SequencedMap<String, Object> set(DnsServers all, DnsServers.Set one, boolean external) {
        SequencedMap<String, Object> set = new LinkedHashMap<>();
        set.put("servers", texts(all.chosen(one).servers()));
        set.put("from", one.adapterEnabled() ? "adapter" : "list");
        set.put("list", texts(one.servers()));
        set.put("protocolOption", one.protocol().word());
        set.put(
                "usedBy",
                router.get().connectors().stream()
                        .filter(SendConnector::enabled)
                        .filter(connector -> connector.useExternalDnsServersEnabled() == external)
                        .map(SendConnector::name)
                        .toList());
        return set;
    }

    /// The record sets that the server remembers, in the order in which it learned them: `name`,
    /// `type`, `status`, `records`, `ttlSeconds` (left, in lab time, rounded up), `from`, `servers` (those that
    /// it is remembered for).
    ///
    /// @param name only those that were asked for under this name, in any case
    public Listing cached(Optional<String> name) {
        Optional<String> wanted = name.map(DnsOperations::canonical);
        List<DnsCache.Listed> found = cache.list().stream()
                .filter(one -> wanted.isEmpty() || wanted.get().equals(one.name()))
                .toList();
        return to -> {
            found.stream().map(DnsOperations::bag).forEach(to);
            return false;
        };
    }

    private static SequencedMap<String, Object> bag(DnsCache.Listed one) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", one.name());
        bag.put("type", one.type());
        bag.put("status", one.status().name());
        bag.put("records", one.records());
        bag.put("ttlSeconds", one.ttlLeft().plusNanos(999_999_999).toSeconds());
        bag.put("from", text(one.from()));
        bag.put("servers", texts(one.servers()));
        return bag;
    }

    /// Has the server forget everything, as a restart does.
    ///
    /// @return how many record sets it had
    public int forget() {
        return cache.flush();
    }

    /// Has it forget one name.
    ///
    /// @return how many record sets it had of it
    /// @throws OperationRefused if it had none
    public int forget(String name) {
        int forgotten = cache.forget(name);
        if (forgotten == 0) {
            throw new OperationRefused(
                    Reason.UNKNOWN_OBJECT, "nothing is remembered about " + OperationRefused.quoted(name));
        }
        return forgotten;
    }

    /// A question.
    ///
    /// @param name a name, or a recipient domain
    /// @param type of the records; absent: the hosts that take the domain's mail are sought, as a
    /// delivery does
    /// @param external whom to ask
    public record Question(String name, Optional<String> type, boolean external) {}

    /// Asks as the server would, reads what it remembers and leaves nothing there.
    ///
    /// Of a domain: `answer` (`Hosts`, `NoSuchDomain`, `QueryFailed` …), `hosts` (`name`, `preference`,
    /// `addresses`), `detail`; of a name: `answer` (`NOERROR`, `NODATA`, `NXDOMAIN`, or why nobody
    /// could say), `owner`, `records`, `detail`. Of both `attempts`: `server`, `protocol`, `question`,
    /// `outcome`, `tookMillis` in lab time.
    ///
    /// @throws OperationRefused if the question is none, the answer takes too long, or too many questions are
    /// under way
    public SequencedMap<String, Object> resolve(Question question) {
        return placed(() -> asked(question));
    }

    /// The hosts of a recipient domain, as [#resolve] asks for them.
    ///
    /// @throws OperationRefused if the answer takes too long, or too many questions are under way
    Inquiry.Hosts hosts(String domain, DnsServers.Chosen whom) {
        return placed(() -> {
            try {
                return (Inquiry.Hosts) await(inquirer.hosts(domain, whom));
            } catch (IllegalArgumentException _) {
                return noSuchDomain(domain);
            }
        });
    }

    private static Inquiry.Hosts noSuchDomain(String name) {
        return new Inquiry.Hosts(new MxAnswer.NoSuchDomain(name), List.of()); // as for a delivery
    }

    /// The hosts behind the names of smart hosts, several asked for at once and all of them within the time that one
    /// question may take.
    ///
    /// @return one for each name, in their order; empty where the answer did not come in time
    /// @throws OperationRefused if too many questions are under way
    List<Optional<Inquiry.Hosts>> smartHosts(List<String> names, DnsServers.Chosen whom) {
        return placed(() -> {
            SmartHostQuestions questions = new SmartHostQuestions(names, whom);
            try {
                questions.ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // what has been answered is told
            } catch (ExecutionException e) {
                throw new IllegalStateException("the question could not be asked", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationRefused(Reason.UNAVAILABLE, "the server is stopping", e);
            } finally {
                questions.giveUp();
            }
            return questions.answers();
        });
    }

    /// Asks for some names at once, and for the next where one has been answered. Any thread.
    private final class SmartHostQuestions {
        private final List<String> names;
        private final DnsServers.Chosen whom;
        private final AtomicReferenceArray<CompletableFuture<Inquiry>> asked;
        private final AtomicInteger unanswered;
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private volatile boolean over;

        SmartHostQuestions(List<String> names, DnsServers.Chosen whom) {
            this.names = names;
            this.whom = whom;
            this.asked = new AtomicReferenceArray<>(names.size());
            this.unanswered = new AtomicInteger(names.size());
        }

        CompletableFuture<Void> ask() {
            for (int i = 0; i < Math.min(names.size(), MAX_TOGETHER); i++) {
                ask(i);
            }
            return names.isEmpty() ? CompletableFuture.completedFuture(null) : all;
        }

        private void ask(int i) {
            if (over || i >= names.size()) {
                return;
            }
            CompletableFuture<Inquiry> answer = smartHost(names.get(i), whom);
            asked.set(i, answer);
            if (over) {
                answer.cancel(false);
            }
            answer.whenComplete((_, failure) -> {
                if (failure != null && !over) {
                    all.completeExceptionally(failure);
                } else if (unanswered.decrementAndGet() == 0) {
                    all.complete(null);
                }
                ask(i + MAX_TOGETHER);
            });
        }

        /// Whoever gives up leaves no socket and no alarm behind.
        void giveUp() {
            over = true;
            for (int i = 0; i < names.size(); i++) {
                CompletableFuture<Inquiry> answer = asked.get(i);
                if (answer != null) {
                    answer.cancel(false);
                }
            }
        }

        List<Optional<Inquiry.Hosts>> answers() {
            return IntStream.range(0, names.size())
                    .mapToObj(asked::get)
                    .map(answer -> answer == null || answer.isCompletedExceptionally()
                            ? Optional.<Inquiry.Hosts>empty()
                            : Optional.of((Inquiry.Hosts) answer.join()))
                    .toList();
        }
    }

    private CompletableFuture<Inquiry> smartHost(String name, DnsServers.Chosen whom) {
        try {
            return inquirer.smartHost(name, whom);
        } catch (IllegalArgumentException _) {
            return CompletableFuture.completedFuture(noSuchDomain(name));
        }
    }

    /// What is answered where nobody has been.
    OperationRefused unanswered(String about) {
        return new OperationRefused(Reason.UNAVAILABLE, tooLate(about));
    }

    private String tooLate(String about) {
        return "no answer" + about + " within " + patience.toSeconds()
                + " s; a server that is silent is waited for in lab time, so the clock must run";
    }

    private <T> T placed(Supplier<T> question) {
        if (!places.tryAcquire()) {
            throw new OperationRefused(
                    Reason.BUSY, "there are " + MAX_UNDER_WAY + " questions under way, which is as many as may be");
        }
        try {
            return question.get();
        } finally {
            places.release();
        }
    }

    private SequencedMap<String, Object> asked(Question question) {
        DnsServers now = servers.get();
        DnsServers.Chosen whom = now.chosen(question.external() ? now.external() : now.internal());
        try {
            return told(await(
                    question.type().isPresent()
                            ? inquirer.records(question.name(), question.type().get(), whom)
                            : inquirer.hosts(question.name(), whom)));
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(Reason.INVALID_PARAMETER, e.getMessage());
        }
    }

    private Inquiry await(CompletableFuture<Inquiry> inquiry) {
        try {
            return inquiry.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the question could not be asked", e.getCause());
        } catch (TimeoutException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, tooLate(""), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationRefused(Reason.UNAVAILABLE, "the server is stopping", e);
        } finally {
            inquiry.cancel(false); // whoever gives up leaves no socket and no alarm behind
        }
    }

    private static SequencedMap<String, Object> told(Inquiry inquiry) {
        SequencedMap<String, Object> told = new LinkedHashMap<>();
        switch (inquiry) {
            case Inquiry.Hosts(MxAnswer answer, var _) -> {
                told.put("answer", answer.getClass().getSimpleName());
                told.put(
                        "hosts",
                        answer instanceof MxAnswer.Hosts(List<MxHost> hosts)
                                ? hosts.stream().map(DnsOperations::bag).toList()
                                : List.of());
                told.put("detail", detail(answer));
            }
            case Inquiry.Records(String status, String owner, List<String> records, String detail, var _) -> {
                told.put("answer", status);
                told.put("owner", owner);
                told.put("records", records);
                told.put("detail", detail);
            }
        }
        told.put("attempts", inquiry.attempts().stream().map(DnsOperations::bag).toList());
        return told;
    }

    static String detail(MxAnswer answer) {
        return switch (answer) {
            case MxAnswer.Hosts _ -> "";
            case MxAnswer.NoSuchDomain _ -> "the name does not exist";
            case MxAnswer.NoRecords _ -> "the name exists, and has neither MX nor address records";
            case MxAnswer.NullMx _ -> "the domain takes no mail (RFC 7505)";
            case MxAnswer.Loop _ -> "the domain's best host is this server";
            case MxAnswer.NoUsableHost(var _, String detail, var _) -> detail;
            case MxAnswer.QueryFailed(var status, String detail, var _) -> status + ": " + detail;
        };
    }

    private static SequencedMap<String, Object> bag(MxHost host) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", host.name());
        bag.put("preference", host.preference());
        bag.put(
                "addresses",
                host.addresses().stream().map(InetAddress::getHostAddress).toList());
        return bag;
    }

    static SequencedMap<String, Object> bag(ServerAttempt attempt) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("server", text(attempt.server()));
        bag.put("protocol", attempt.protocol().name());
        bag.put("question", attempt.question());
        bag.put("outcome", attempt.outcome());
        bag.put("tookMillis", attempt.took().toMillis());
        return bag;
    }

    static List<String> texts(List<InetSocketAddress> servers) {
        return servers.stream().map(DnsOperations::text).toList();
    }

    private static String text(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress();
        if (server.getPort() == DNS_PORT) {
            return host;
        }
        return Literals.withPort(host, server.getPort());
    }

    private static String canonical(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return ALabels.canonical(bare);
    }
}
