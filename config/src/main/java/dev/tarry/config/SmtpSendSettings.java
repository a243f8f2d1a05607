package dev.tarry.config;

import static dev.tarry.config.Kinds.SPAN;

import java.time.Duration;
import java.util.List;

/// The outgoing SMTP client, whatever the connector. The time-outs are RFC 5321 §4.5.3.2's.
///
/// @param port             where DNS-routed delivery dials
/// @param connectTimeout   until a connection stands
/// @param greetingTimeout  until the 220
/// @param commandTimeout   until the reply to EHLO, MAIL, RCPT and others
/// @param dataInitTimeout  until the 354
/// @param dataBlockTimeout while the remote host does not read
/// @param dataEndTimeout   until the reply to the end of the data
public record SmtpSendSettings(
        int port,
        Duration connectTimeout,
        Duration greetingTimeout,
        Duration commandTimeout,
        Duration dataInitTimeout,
        Duration dataBlockTimeout,
        Duration dataEndTimeout) {

    private static final Setting<Integer> PORT = Setting.of(
                    "smtpSend.port", Kinds.COUNT, "25", "The port that DNS-routed delivery dials.")
            .between("1", "65535");
    private static final Setting<Duration> CONNECT =
            timeout("connectTimeout", "00:00:30", "How long a remote host may take to accept a connection.");
    private static final Setting<Duration> GREETING =
            timeout("greetingTimeout", "00:05:00", "How long a remote host may take to greet.");
    private static final Setting<Duration> COMMAND =
            timeout("commandTimeout", "00:05:00", "How long a remote host may take to answer a command.");
    private static final Setting<Duration> DATA_INIT =
            timeout("dataInitTimeout", "00:02:00", "How long a remote host may take to answer DATA.");
    private static final Setting<Duration> DATA_BLOCK =
            timeout("dataBlockTimeout", "00:03:00", "How long a remote host may stop reading within the data.");
    private static final Setting<Duration> DATA_END =
            timeout("dataEndTimeout", "00:10:00", "How long a remote host may take to answer the end of the data.");

    static final List<Setting<?>> ROWS = List.of(PORT, CONNECT, GREETING, COMMAND, DATA_INIT, DATA_BLOCK, DATA_END);

    private static Setting<Duration> timeout(String key, String builtIn, String says) {
        return Setting.of("smtpSend." + key, SPAN, builtIn, says).between("00:00:00.1", "01:00:00");
    }

    static SmtpSendSettings from(Values values) {
        return new SmtpSendSettings(
                values.of(PORT),
                values.of(CONNECT),
                values.of(GREETING),
                values.of(COMMAND),
                values.of(DATA_INIT),
                values.of(DATA_BLOCK),
                values.of(DATA_END));
    }
}
