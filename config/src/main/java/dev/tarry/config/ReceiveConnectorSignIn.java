package dev.tarry.config;

import static dev.tarry.config.Kinds.COUNT;
import static dev.tarry.config.Kinds.SPAN;
import static dev.tarry.config.Kinds.SWITCH;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Who may use a receive connector, and how that is proved (reference §6.1–6.3).
///
/// @param mechanisms         what Exchange's AuthMechanism names
/// @param permissionGroups   who may send
/// @param requireTls         whether mail is taken behind TLS only
/// @param implicitTls        whether TLS begins with the connection, as on port 465
/// @param plain              whether AUTH PLAIN is offered; Exchange has none
/// @param xoauth2            whether AUTH XOAUTH2 is offered
/// @param scram              whether AUTH SCRAM-SHA-256 is offered
/// @param maxLogonFailures   failures that end a session; 0: none do
/// @param authTarpitInterval delay before a failure is told
public record ReceiveConnectorSignIn(
        Set<ReceiveAuthMechanism> mechanisms,
        Set<PermissionGroup> permissionGroups,
        boolean requireTls,
        boolean implicitTls,
        boolean plain,
        boolean xoauth2,
        boolean scram,
        int maxLogonFailures,
        Duration authTarpitInterval) {
    static final String DEFAULT_FRONTEND_MECHANISMS = "Tls,Integrated,BasicAuth,BasicAuthRequireTLS,ExchangeServer";
    static final String CLIENT_FRONTEND_MECHANISMS = "Tls,Integrated,BasicAuth,BasicAuthRequireTLS";

    private static final Setting<Set<ReceiveAuthMechanism>> MECHANISMS = Setting.of(
                    "authMechanism",
                    Kinds.words("a way to log in", ReceiveAuthMechanism.class, ReceiveAuthMechanism::word),
                    DEFAULT_FRONTEND_MECHANISMS,
                    "How clients may prove who they are: Tls offers STARTTLS, BasicAuth offers AUTH LOGIN,"
                            + " BasicAuthRequireTLS offers it behind TLS only, ExternalAuthoritative takes every client"
                            + " for a server of ours; Integrated and ExchangeServer are kept and offered to nobody.")
            .exchange("AuthMechanism")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Set<PermissionGroup>> GROUPS = Setting.of(
                    "permissionGroups",
                    Kinds.words("a permission group", PermissionGroup.class, PermissionGroup::word),
                    "AnonymousUsers,ExchangeServers,ExchangeLegacyServers",
                    "Who may send: AnonymousUsers to accepted domains, ExchangeUsers (who have logged in) anywhere,"
                            + " ExchangeServers anywhere and of any size; clients in anonymousRelayRanges always may.")
            .exchange("PermissionGroups")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> REQUIRE_TLS = Setting.of(
                    "requireTLS", SWITCH, "false", "Whether mail is taken behind TLS only.")
            .exchange("RequireTLS")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> IMPLICIT_TLS = Setting.of(
                    "implicitTLS",
                    SWITCH,
                    "false",
                    "Whether TLS begins with the connection, as on port 465, and not with STARTTLS.")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> PLAIN = mechanism("authPlainEnabled", "PLAIN", "behind TLS if LOGIN is");
    private static final Setting<Boolean> XOAUTH2 =
            mechanism("authXOAuth2Enabled", "XOAUTH2", "with the users' tokens, behind TLS if LOGIN is");
    private static final Setting<Boolean> SCRAM =
            mechanism("authScramSha256Enabled", "SCRAM-SHA-256", "with or without TLS");
    private static final Setting<Integer> FAILURES = Setting.of(
                    "maxLogonFailures",
                    COUNT,
                    "3",
                    "The failures to log in after which a session is closed; 0 for never.")
            .between("0", "10")
            .exchange("MaxLogonFailures")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Duration> TARPIT = Setting.of(
                    "authTarpitInterval",
                    SPAN,
                    "00:00:05",
                    "The delay before a failure to log in is told; loopback is free of it in the lab.")
            .between("00:00:00", "00:10:00")
            .exchange("AuthTarpitInterval")
            .holds(Effect.NEW_SESSIONS);

    static final List<Setting<?>> ROWS =
            List.of(MECHANISMS, GROUPS, REQUIRE_TLS, IMPLICIT_TLS, PLAIN, XOAUTH2, SCRAM, FAILURES, TARPIT);

    private static Setting<Boolean> mechanism(String key, String keyword, String when) {
        return Setting.of(
                        key,
                        SWITCH,
                        "false",
                        "Whether AUTH " + keyword + " is offered, " + when + "; Exchange's connectors do not have it.")
                .holds(Effect.NEW_SESSIONS);
    }

    static ReceiveConnectorSignIn from(Values values) {
        return new ReceiveConnectorSignIn(
                values.of(MECHANISMS),
                values.of(GROUPS),
                values.of(REQUIRE_TLS),
                values.of(IMPLICIT_TLS),
                values.of(PLAIN),
                values.of(XOAUTH2),
                values.of(SCRAM),
                values.of(FAILURES),
                values.of(TARPIT));
    }
}
