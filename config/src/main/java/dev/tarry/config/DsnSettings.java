package dev.tarry.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Delivery status notifications (reference §7.6).
///
/// @param internal                  how reports to our own senders look
/// @param external                  how all others look
/// @param externalPostmasterAddress who reports to senders outside come from; absent: postmaster at the default
///                                  accepted domain
/// @param generateCopyOfDsnFor      enhanced status codes: of failures that carry one the postmaster gets a copy
public record DsnSettings(
        Style internal, Style external, Optional<String> externalPostmasterAddress, List<String> generateCopyOfDsnFor) {
    /// What is set for senders inside and outside apart.
    ///
    /// @param delayDsnEnabled      whether delays are reported
    /// @param maxMessageAttachSize bytes up to which the original is attached whole; above, its headers only
    /// @param sendHtml             whether there is an HTML part
    /// @param reportingAuthority   who reports, in the machine part; absent: the server's name
    public record Style(
            boolean delayDsnEnabled,
            long maxMessageAttachSize,
            boolean sendHtml,
            Optional<String> reportingAuthority) {}

    /// The rows of one side.
    private record Side(
            Setting<Boolean> delayDsnEnabled,
            Setting<Long> maxMessageAttachSize,
            Setting<Boolean> sendHtml,
            Setting<Optional<String>> reportingAuthority) {
        static Side of(String side, String exchange, String whom) {
            return new Side(
                    Setting.of(
                                    "dsn." + side + "DelayDsnEnabled",
                                    Kinds.SWITCH,
                                    "true",
                                    "Whether " + whom + " are told that a message is late.")
                            .exchange(exchange + "DelayDsnEnabled"),
                    Setting.of(
                                    "dsn." + side + "DsnMaxMessageAttachSize",
                                    Kinds.SIZE,
                                    "10MB",
                                    "The size up to which a failed message is returned whole to " + whom
                                            + "; of a larger one the headers are; 0: always the headers.")
                            .between("0", "2147483647")
                            .exchange(exchange + "DsnMaxMessageAttachSize"),
                    Setting.of(
                                    "dsn." + side + "DsnSendHtml",
                                    Kinds.SWITCH,
                                    "true",
                                    "Whether reports to " + whom + " have an HTML part beside the text.")
                            .exchange(exchange + "DsnSendHtml"),
                    Setting.of(
                                    "dsn." + side + "DsnReportingAuthority",
                                    Kinds.optional(Kinds.HOST),
                                    "",
                                    "Who reports, in the machine part of reports to " + whom
                                            + "; without one, this server.")
                            .exchange(exchange + "DsnReportingAuthority"));
        }

        Stream<Setting<?>> rows() {
            return Stream.of(delayDsnEnabled, maxMessageAttachSize, sendHtml, reportingAuthority);
        }

        Style from(Values values) {
            return new Style(
                    values.of(delayDsnEnabled),
                    values.of(maxMessageAttachSize),
                    values.of(sendHtml),
                    values.of(reportingAuthority));
        }
    }

    private static final Side INTERNAL = Side.of("internal", "Internal", "senders of the accepted domains");
    private static final Side EXTERNAL = Side.of("external", "External", "senders outside");
    private static final Setting<Optional<String>> POSTMASTER = Setting.of(
                    "dsn.externalPostmasterAddress",
                    Kinds.optional(Kinds.MAIL_ADDRESS),
                    "",
                    "The address that reports to senders outside come from; without one, postmaster at the default"
                            + " accepted domain.")
            .exchange("ExternalPostmasterAddress");
    private static final Setting<List<String>> COPIES = Setting.of(
                    "dsn.generateCopyOfDsnFor",
                    Kinds.list(Kinds.DSN_CODE),
                    "5.4.8,5.4.6,5.4.4,5.2.4,5.2.0,5.1.4",
                    "Failures with one of these codes are reported to the postmaster too, if his mailbox is here.")
            .exchange("GenerateCopyOfDSNFor");

    static final List<Setting<?>> ROWS = Stream.of(INTERNAL.rows(), EXTERNAL.rows(), Stream.of(POSTMASTER, COPIES))
            .<Setting<?>>flatMap(rows -> rows)
            .toList();

    static DsnSettings from(Values values) {
        return new DsnSettings(INTERNAL.from(values), EXTERNAL.from(values), values.of(POSTMASTER), values.of(COPIES));
    }
}
