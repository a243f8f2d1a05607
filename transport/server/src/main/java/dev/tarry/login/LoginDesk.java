package dev.tarry.login;

import dev.tarry.config.HashedPassword;
import dev.tarry.time.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Where clients log in. Passwords are checked on threads of its own, and only so many wait for them: a
/// flood of log-ins costs those threads and nothing else. Thread-safe.
public final class LoginDesk {
    /// Stands in for a password that cannot be prepared: the work is done all the same.
    private static final String NO_PASSWORD = "?";

    /// Who may log in, and how many at once.
    ///
    /// @param acceptAny  whether any password is right, and any name somebody
    /// @param maxWaiting passwords that may wait to be checked, those that are being checked included; at
    /// least 1
    public record Terms(Users users, boolean acceptAny, int maxWaiting) {
        /// Nobody may.
        public static final Terms NOBODY = new Terms(Users.NOBODY, false, 100);
    }

    private final Executor checkers;
    private final InstantSource labTime;
    private final Secrets secrets;
    private final Keys.Derivation derivation;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Terms terms = Terms.NOBODY;
    /// null until it is needed or given
    private volatile byte[] decoyKey;

    /// @param checkers where passwords are checked; may refuse
    /// @param labTime  tokens expire by it
    public LoginDesk(Executor checkers, InstantSource labTime, Secrets secrets) {
        this(checkers, labTime, secrets, Keys.Derivation.PBKDF2);
    }

    LoginDesk(Executor checkers, InstantSource labTime, Secrets secrets, Keys.Derivation derivation) {
        this.checkers = checkers;
        this.labTime = labTime;
        this.secrets = secrets;
        this.derivation = derivation;
    }

    /// Others hold for conversations that begin from now on. Who has logged in stays so.
    public void terms(Terms next) {
        terms = next;
    }

    /// What decoys are made with ([Users]) from now on: for a server whose decoys must be the same after a restart.
    /// Without a call each desk makes up its own.
    ///
    /// @param secret not to be guessed
    public void decoys(String secret) {
        decoyKey = Keys.sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] decoyKey() {
        byte[] key = decoyKey;
        return key != null ? key : madeUp();
    }

    private synchronized byte[] madeUp() {
        if (decoyKey == null) {
            decoys(secrets.token());
        }
        return decoyKey;
    }

    /// Begins an attempt to log in.
    public Conversation converse(Mechanism mechanism) {
        Terms now = terms;
        return switch (mechanism) {
            case LOGIN -> new LoginConversation();
            case PLAIN -> new PlainConversation();
            case XOAUTH2 -> new Xoauth2Conversation(now.users(), now.acceptAny(), labTime);
            case SCRAM_SHA_256 -> new ScramConversation(now.users(), decoyKey(), secrets.token());
        };
    }

    /// Checks what a conversation has come to.
    ///
    /// @param wanted whether anybody still waits for it; asked on a thread of the desk's: for a client that is gone
    /// nothing is worked out
    /// @param answer told the verdict once, at once where there is no room, else on a thread of the desk's
    public void check(Turn.Check turn, BooleanSupplier wanted, Consumer<Verdict> answer) {
        Terms now = terms;
        if (waiting.incrementAndGet() > now.maxWaiting()) {
            waiting.decrementAndGet();
            answer.accept(Verdict.BUSY);
            return;
        }
        try {
            checkers.execute(() -> {
                Verdict verdict = Verdict.BUSY; // should something of ours break, or nobody want to know
                try {
                    if (wanted.getAsBoolean()) {
                        verdict = judge(now, turn.claim());
                    }
                } finally {
                    waiting.decrementAndGet();
                    answer.accept(verdict);
                }
            });
        } catch (RejectedExecutionException _) {
            waiting.decrementAndGet();
            answer.accept(Verdict.BUSY);
        }
    }

    private Verdict judge(Terms now, Claim claim) {
        Optional<User> user = now.users().find(claim.name());
        if (now.acceptAny()) {
            return anybody(claim.name(), user);
        }
        Optional<String> password = Prepared.of(claim.password()).filter(text -> !text.isEmpty());
        HashedPassword decoy = now.users().decoy(decoyKey(), claim.name());
        HashedPassword known = user.flatMap(User::password).orElse(decoy);
        byte[] salted = derivation.salted(password.orElse(NO_PASSWORD), known.salt(), known.iterations());
        boolean right = MessageDigest.isEqual(Keys.sha256(Keys.clientKey(salted)), known.storedKey());
        boolean itself = claim.actAs().isEmpty() || claim.actAs().equalsIgnoreCase(claim.name());
        return right
                        && password.isPresent()
                        && itself
                        && user.isPresent()
                        && user.get().password().isPresent()
                        && !user.get().disabled()
                ? new Verdict.Welcome(user.get().login())
                : Verdict.REFUSED;
    }

    /// Whoever says a name is welcome, but for those who are disabled; those who are there keep their
    /// addresses.
    static Verdict anybody(String name, Optional<User> user) {
        boolean welcome = user.map(one -> !one.disabled()).orElse(!name.isBlank());
        return welcome
                ? new Verdict.Welcome(user.map(User::login).orElseGet(() -> new Login(name, SendAs.ANYBODY)))
                : Verdict.REFUSED;
    }
}
