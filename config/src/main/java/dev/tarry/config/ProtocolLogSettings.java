package dev.tarry.config;

import java.util.List;

/// The protocol logs: what was said over SMTP, by the connectors whose level is Verbose (reference §8.1, §8.7).
final class ProtocolLogSettings {
    private static final LogFileSettings.Rows RECEIVE = LogFileSettings.Rows.of(
            "receiveProtocolLog",
            "ReceiveProtocolLog",
            "SMTP receive protocol log",
            "logs/Hub/ProtocolLog/SmtpReceive",
            "30.00:00:00",
            "250MB");
    private static final LogFileSettings.Rows SEND = LogFileSettings.Rows.of(
            "sendProtocolLog",
            "SendProtocolLog",
            "SMTP send protocol log",
            "logs/Hub/ProtocolLog/SmtpSend",
            "30.00:00:00",
            "250MB");

    static final List<Setting<?>> RECEIVE_ROWS = RECEIVE.all();
    static final List<Setting<?>> SEND_ROWS = SEND.all();

    private ProtocolLogSettings() {}

    static LogFileSettings receive(Values values) {
        return RECEIVE.from(values);
    }

    static LogFileSettings send(Values values) {
        return SEND.from(values);
    }
}
