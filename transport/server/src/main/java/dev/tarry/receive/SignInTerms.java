package dev.tarry.receive;

import dev.tarry.login.Mechanism;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Who may use a receive connector, and how that is proved (reference §6.1, §6.3).
///
/// @param startTls       whether STARTTLS is offered, where there is a certificate
/// @param implicitTls    whether TLS begins with the connection
/// @param requireTls     whether mail is taken behind TLS only
/// @param mechanisms     with which a client may log in
/// @param secretsNeedTls whether those that show a secret are offered behind TLS only
/// @param anonymous      whether a client that has not logged in may send to our domains
/// @param users          whether one that has may send anywhere
/// @param allAreServers  whether every client is taken for a server of ours
/// @param maxFailures    failures to log in that end a session; 0: none do
/// @param tarpit         how long such a failure is held back, on wire time; loopback is never made to wait
public record SignInTerms(
        boolean startTls,
        boolean implicitTls,
        boolean requireTls,
        Set<Mechanism> mechanisms,
        boolean secretsNeedTls,
        boolean anonymous,
        boolean users,
        boolean allAreServers,
        int maxFailures,
        Duration tarpit) {
    /// Of Exchange's Default Frontend connector: anybody may send to our domains; LOGIN behind TLS, for
    /// nobody's good.
    public static final SignInTerms DEFAULT_FRONTEND = new SignInTerms(
            true, false, false, Set.of(Mechanism.LOGIN), true, true, false, false, 3, Duration.ofSeconds(5));

    /// Of Exchange's Client Frontend connector: users only.
    public static final SignInTerms CLIENT_FRONTEND = new SignInTerms(
            true, false, false, Set.of(Mechanism.LOGIN), true, false, true, false, 3, Duration.ofSeconds(5));

    public SignInTerms {
        if (maxFailures < 0 || tarpit.isNegative()) {
            throw new IllegalArgumentException("neither failures nor the tarpit of log-ins are negative");
        }
        mechanisms = Set.copyOf(mechanisms);
    }

    /// What AUTH is offered with, in the order of [Mechanism].
    ///
    /// @param secured whether the connection is protected
    List<Mechanism> offered(boolean secured) {
        return List.of(Mechanism.values()).stream()
                .filter(mechanisms::contains)
                .filter(mechanism -> secured || !secretsNeedTls || !mechanism.showsSecret())
                .toList();
    }

    public SignInTerms withMechanisms(Set<Mechanism> others, boolean behindTls) {
        return new SignInTerms(
                startTls,
                implicitTls,
                requireTls,
                others,
                behindTls,
                anonymous,
                users,
                allAreServers,
                maxFailures,
                tarpit);
    }

    public SignInTerms withTls(boolean started, boolean implicit, boolean required) {
        return new SignInTerms(
                started,
                implicit,
                required,
                mechanisms,
                secretsNeedTls,
                anonymous,
                users,
                allAreServers,
                maxFailures,
                tarpit);
    }
}
