package dev.tarry.send;

import dev.tarry.mail.Reply;
import dev.tarry.routing.SmartHostLogin;
import dev.tarry.send.SendSession.State;
import dev.tarry.tls.TlsDemand;
import java.util.List;
import java.util.Optional;

/// The beginning of a conversation, from the host's greeting to where it takes mail, as plain code. Not thread-safe.
///
/// ```
/// BANNER ─220▷ HELLO ─250▷ ( STARTTLS ─220▷ TLS ─secured▷ HELLO ─250▷ )  ( LOGIN ─235▷ )  IDLE
///               │ 5xx to EHLO: HELO
///               ▽
///            OVER (another host)
/// ```
/// What the host said before TLS is forgotten, as is what it says in the clear behind its 220 (RFC 3207 §4.2): only
/// what stands in its second answer to EHLO counts. There is no way back from TLS to the clear on one connection.
/// Credentials leave last, behind everything that was required of the line.
final class Opening {
    /// What is wanted of it.
    ///
    /// @param ourName       in EHLO
    /// @param forceHelo     HELO instead
    /// @param tls           how the line must be protected
    /// @param login         with what we log in; absent: not at all
    /// @param exchangeLogin whether an Exchange server's log-in is wanted, which we have not got
    record Wishes(
            String ourName, boolean forceHelo, TlsDemand tls, Optional<SmartHostLogin> login, boolean exchangeLogin) {
        /// No TLS and no log-in.
        static Wishes plain(String ourName, boolean forceHelo) {
            return new Wishes(ourName, forceHelo, TlsDemand.NONE, Optional.empty(), false);
        }
    }

    private final Wishes wishes;
    private State state = State.BANNER;
    private boolean saidEhlo;
    private boolean secured;
    private boolean heardUnderTls;
    private boolean triedTls;
    private Capabilities host = Capabilities.NONE;
    private SignIn signIn;

    Opening(Wishes wishes) {
        this.wishes = wishes;
    }

    /// BANNER, HELLO, STARTTLS, TLS or LOGIN; IDLE when the host takes mail, OVER when it does not.
    State state() {
        return state;
    }

    /// What it offers.
    Capabilities host() {
        return host;
    }

    void replied(Reply reply, List<SendSession.Step> steps) {
        heardUnderTls |= secured;
        switch (state) {
            case BANNER -> banner(reply, steps);
            case HELLO -> hello(reply, steps);
            case STARTTLS -> startTls(reply, steps);
            case TLS -> {} // said in the clear, by whoever stands in between
            case LOGIN -> login(reply, steps);
            default -> throw new IllegalStateException("it is open");
        }
    }

    /// The handshake has succeeded.
    void secured(List<SendSession.Step> steps) {
        if (state != State.TLS) {
            throw new IllegalStateException("this belongs to TLS, not to " + state);
        }
        secured = true;
        host = Capabilities.NONE;
        greet(steps);
    }

    void lost(ConnectionProblem problem, List<SendSession.Step> steps) {
        ConnectionProblem why = switch (problem) {
            case ConnectionProblem.Lost _
            when state == State.TLS -> new ConnectionProblem.TlsFailed("the host hung up in the handshake");
            case ConnectionProblem.Silent _
            when state == State.TLS -> new ConnectionProblem.TlsFailed("the host did not end the handshake in time");
            case ConnectionProblem.TlsBroken(var detail)
            when state == State.TLS -> new ConnectionProblem.TlsFailed(detail);
            // A host of TLS 1.3 may refuse us after our last word of the handshake (RFC 8446 §4.4.2.4: it wants a
            // certificate), and then that handshake has failed as any other.
            case ConnectionProblem.TlsBroken(var detail)
            when refusedAfterHandshake() -> new ConnectionProblem.TlsFailed(detail);
            case ConnectionProblem.Lost _
            when refusedAfterHandshake() -> new ConnectionProblem.TlsFailed("the host hung up after the handshake");
            default -> problem;
        };
        unusable(why, steps);
    }

    /// Whether a loss would mean that TLS was refused, and the mail may go without: nothing has been heard under it.
    private boolean refusedAfterHandshake() {
        return secured && !heardUnderTls && !wishes.tls().required();
    }

    private void banner(Reply reply, List<SendSession.Step> steps) {
        if (reply.code() / 100 == 2) {
            greet(steps);
        } else {
            unusable(refusal(reply), steps);
        }
    }

    private void greet(List<SendSession.Step> steps) {
        state = State.HELLO;
        saidEhlo = !wishes.forceHelo();
        steps.add(new SendSession.Step.Command((saidEhlo ? "EHLO " : "HELO ") + wishes.ourName()));
    }

    private void hello(Reply reply, List<SendSession.Step> steps) {
        if (reply.code() / 100 == 2) {
            host = saidEhlo ? Capabilities.of(reply) : Capabilities.NONE;
            protect(steps);
        } else if (saidEhlo && reply.permanentNegative()) {
            // older than ESMTP, or pretending to be (RFC 5321 §3.2)
            saidEhlo = false;
            steps.add(new SendSession.Step.Command("HELO " + wishes.ourName()));
        } else {
            unusable(refusal(reply), steps);
        }
    }

    private void protect(List<SendSession.Step> steps) {
        if (secured || triedTls || wishes.tls().use() == TlsDemand.Use.NEVER) {
            logIn(steps);
        } else if (host.startTls()) {
            triedTls = true;
            state = State.STARTTLS;
            steps.add(new SendSession.Step.Command("STARTTLS"));
        } else {
            steps.add(new SendSession.Step.TlsUnavailable(SendMeter.Tls.NOT_OFFERED));
            inTheClear(new ConnectionProblem.TlsNotOffered(), steps);
        }
    }

    private void startTls(Reply reply, List<SendSession.Step> steps) {
        if (reply.code() == 421) {
            unusable(refusal(reply), steps);
        } else if (reply.code() / 100 == 2) {
            state = State.TLS;
            steps.add(new SendSession.Step.BeginTls());
        } else {
            steps.add(new SendSession.Step.TlsUnavailable(SendMeter.Tls.REFUSED));
            inTheClear(new ConnectionProblem.TlsRefused(reply), steps);
        }
    }

    private void inTheClear(ConnectionProblem whyNot, List<SendSession.Step> steps) {
        if (wishes.tls().required()) {
            unusable(whyNot, steps);
        } else {
            logIn(steps);
        }
    }

    private void logIn(List<SendSession.Step> steps) {
        if (wishes.exchangeLogin()) {
            unusable(new ConnectionProblem.ExchangeLoginImpossible(), steps);
            return;
        }
        if (wishes.login().isEmpty()) {
            state = State.IDLE;
            return;
        }
        Optional<SignIn> possible = SignIn.at(host.auth(), wishes.login().get());
        if (possible.isEmpty()) {
            unusable(new ConnectionProblem.LoginImpossible(offers(wishes.login().get())), steps);
            return;
        }
        signIn = possible.get();
        state = State.LOGIN;
        steps.add(signIn.begin());
    }

    private String offers(SmartHostLogin login) {
        String wanted = String.join(" or ", SignIn.wanted(login));
        return host.auth().isEmpty()
                ? "the host offers no AUTH, where " + wanted + " is needed"
                : "of AUTH the host does not offer " + wanted;
    }

    private void login(Reply reply, List<SendSession.Step> steps) {
        if (reply.code() == 421) {
            unusable(refusal(reply), steps);
        } else if (reply.code() == 334) {
            signIn.answer()
                    .ifPresentOrElse(
                            steps::add,
                            () -> unusable(
                                    new ConnectionProblem.OutOfStep("\"" + reply + "\" without end in answer to AUTH"),
                                    steps));
        } else if (reply.code() / 100 == 2) {
            state = State.IDLE;
        } else {
            unusable(new ConnectionProblem.LoginRefused(reply), steps);
        }
    }

    private void unusable(ConnectionProblem problem, List<SendSession.Step> steps) {
        state = State.OVER;
        steps.add(new SendSession.Step.HostUnusable(problem));
    }

    /// @param reply not the one hoped for
    static ConnectionProblem refusal(Reply reply) {
        return reply.code() >= 400
                ? new ConnectionProblem.RemoteError(reply)
                : new ConnectionProblem.OutOfStep("\"" + reply + "\" in greeting");
    }
}
