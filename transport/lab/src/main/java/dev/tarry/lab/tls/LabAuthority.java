package dev.tarry.lab.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// The authority that everybody in the lab's world trusts. It is made when it is first needed, or by [#prepare], and
/// kept in its folder: the same root after every restart. Certificates are made on demand, held by lab time, kept
/// for the names asked for last, and made anew when lab time has moved past them.
///
/// Thread-safe. [#contextOn], [#rootOn] and [#prepare] never wait; everything else may, for the disk and for
/// another caller, some tens of milliseconds the first time and a few after that: not on a loop.
public final class LabAuthority {
    /// Whom a certificate of the wrong name is for.
    public static final String WRONG_NAME = "somebody-else.invalid";

    /// Wildcards and controls are no part of it.
    private static final Pattern HOST = Pattern.compile("[a-z0-9_:.-]{1,253}");

    /// Names and kinds whose certificates are kept; of more, the ones that were not asked for the longest go.
    private static final int CERTIFICATES_KEPT = 1_000;

    private static final String ROOT_NAME = "tarry lab root CA";
    private static final String UNKNOWN_ROOT_NAME = "Unheard-of Root CA";
    /// Lab time may be set far ahead, and clients outside go by real time: the root holds for both.
    private static final Duration ROOT_BEFORE = Duration.ofDays(5 * 365);

    private static final Duration ROOT_AFTER = Duration.ofDays(50 * 365);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<AuthorityFolder> folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Executor worker;
    private final Runnable begin;
    private final Runnable end;
    private final int keptMax;
    /// Guarded by itself, and never for long: loops look here.
    private final SequencedMap<Key, Issued> kept = new LinkedHashMap<>();

    /// Guarded by `this`, like all making.
    private Signer root;

    private Signer unknownRoot;

    private record Key(String name, CertificateKind kind) {}

    private record Issued(HostCertificate certificate, SslContext context, Span span) {}

    /// Reads and makes nothing yet.
    ///
    /// @param folder where it is kept; empty: in memory only
    /// @param clock lab time
    /// @param random for keys and serial numbers
    /// @param worker makes certificates for callers that must not wait; in a simulation, on the caller's thread
    /// @param begin work for such a caller begins
    /// @param end and ends, on that caller's loop; once for each `begin`
    public LabAuthority(
            Optional<Path> folder,
            InstantSource clock,
            SecureRandom random,
            Executor worker,
            Runnable begin,
            Runnable end) {
        this(folder, clock, random, worker, begin, end, CERTIFICATES_KEPT);
    }

    LabAuthority(
            Optional<Path> folder,
            InstantSource clock,
            SecureRandom random,
            Executor worker,
            Runnable begin,
            Runnable end,
            int keptMax) {
        this.folder = folder.map(AuthorityFolder::new);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.worker = Objects.requireNonNull(worker, "worker");
        this.begin = Objects.requireNonNull(begin, "begin");
        this.end = Objects.requireNonNull(end, "end");
        this.keptMax = keptMax;
    }

    /// Makes the root in the background if the folder holds none.
    public void prepare() {
        if (folder.isPresent() && !folder.get().holdsOne()) {
            worker.execute(this::signer);
        }
    }

    /// The authority's own certificate.
    ///
    /// @throws UncheckedIOException if it can be neither read nor written
    public X509Certificate root() {
        return signer().certificate();
    }

    /// The authority's own certificate as clients take it in, PEM.
    public String rootPem() {
        return AuthorityFolder.pem(root());
    }

    /// Key and chain for a host.
    ///
    /// @param host its name, of any case, or its address
    /// @throws IllegalArgumentException if it is no host name
    /// @throws UncheckedIOException if the authority can be neither read nor written
    public HostCertificate certificate(String host, CertificateKind kind) {
        return issued(key(host, kind)).certificate;
    }

    /// What a host begins TLS with: TLS 1.2 and 1.3, no client certificates. Throws as [#certificate].
    public SslContext serverContext(String host, CertificateKind kind) {
        return issued(key(host, kind)).context;
    }

    /// The same for a caller on a loop: if it has to be made, that happens elsewhere and counts as work in flight.
    ///
    /// @return complete at once if it is there, else completed on `loop`; fails as [#certificate] throws, and
    /// where the lab is closed
    public CompletableFuture<SslContext> contextOn(EventExecutor loop, String host, CertificateKind kind) {
        Key key;
        try {
            key = key(host, kind);
        } catch (IllegalArgumentException noName) {
            return CompletableFuture.failedFuture(noName);
        }
        var there = known(key);
        return there.isPresent()
                ? CompletableFuture.completedFuture(there.get().context)
                : elsewhere(loop, () -> issued(key).context);
    }

    /// [#root] for a caller on a loop, as [#contextOn].
    public CompletableFuture<X509Certificate> rootOn(EventExecutor loop) {
        return elsewhere(loop, this::root);
    }

    private <T> CompletableFuture<T> elsewhere(EventExecutor loop, Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Runnable making = () -> {
            Runnable telling;
            try {
                var made = work.get();
                telling = () -> result.complete(made);
            } catch (RuntimeException failed) {
                telling = () -> result.completeExceptionally(failed);
            }
            Runnable told = telling;
            loop.execute(() -> {
                try {
                    told.run();
                } finally {
                    end.run();
                }
            });
        };
        begin.run();
        try {
            worker.execute(making);
        } catch (RejectedExecutionException closed) {
            end.run();
            result.completeExceptionally(closed);
        }
        return result;
    }

    private static Key key(String host, CertificateKind kind) {
        var name = host.toLowerCase(Locale.ROOT);
        var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!HOST.matcher(bare).matches()) {
            throw new IllegalArgumentException(
                    "no certificate can be made for this name: a host name or an address is needed, of letters, digits,"
                            + " '-', '_', '.' and ':'");
        }
        return new Key(bare, Objects.requireNonNull(kind, "kind"));
    }

    private Optional<Issued> known(Key key) {
        var now = clock.instant();
        synchronized (kept) {
            var there = Optional.ofNullable(kept.get(key)).filter(issued -> issued.span.holds(now));
            there.ifPresent(issued -> kept.putLast(key, issued)); // behind all others: asked for last
            return there;
        }
    }

    private synchronized Issued issued(Key key) {
        var issued = known(key).orElseGet(() -> issue(key, clock.instant()));
        synchronized (kept) {
            kept.remove(key);
            kept.put(key, issued); // behind all others: asked for last
            while (kept.size() > keptMax) {
                kept.pollFirstEntry();
            }
        }
        return issued;
    }

    private Issued issue(Key key, Instant now) {
        var span = Span.of(key.kind, now);
        var certificate = switch (key.kind) {
            case GOOD, EXPIRED, NOT_YET -> signer().issue(key.name, span.from(), span.to(), random);
            case WRONG_NAME -> signer().issue(WRONG_NAME, span.from(), span.to(), random);
            case SELF_SIGNED -> Signer.selfSigned(key.name, span.from(), span.to(), random);
            case UNKNOWN_AUTHORITY -> unknownSigner().issue(key.name, span.from(), span.to(), random);
        };
        return new Issued(certificate, context(certificate), span);
    }

    private static SslContext context(HostCertificate certificate) {
        try {
            return SslContextBuilder.forServer(certificate.key(), certificate.chain())
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .build();
        } catch (SSLException wrong) {
            throw new IllegalStateException("this JDK has no TLS", wrong);
        }
    }

    private synchronized Signer signer() {
        if (root == null) {
            try {
                root = loadOrMake();
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        "the lab's certificate authority can be neither read nor written: " + failed.getMessage(),
                        failed);
            }
        }
        return root;
    }

    private Signer loadOrMake() throws IOException {
        if (folder.isEmpty()) {
            return make(ROOT_NAME);
        }
        var kept = folder.get().load();
        if (kept.isPresent()) {
            return kept.get();
        }
        var made = make(ROOT_NAME);
        folder.get().save(made);
        return made;
    }

    private synchronized Signer unknownSigner() {
        if (unknownRoot == null) {
            unknownRoot = make(UNKNOWN_ROOT_NAME);
        }
        return unknownRoot;
    }

    private Signer make(String name) {
        var now = clock.instant();
        return Signer.make(name, now.minus(ROOT_BEFORE), now.plus(ROOT_AFTER), random);
    }
}
