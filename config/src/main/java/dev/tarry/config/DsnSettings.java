package dev.tarry.config;

import java.util.List;
import java.util.Optional;

/// Delivery status notifications (reference §7.6).
///
/// @param postmaster         who they come from; absent: postmaster at the default accepted domain
/// @param maxAttachSize      bytes of the original up to which it is attached whole; above, its headers only; 0: always
///                           headers only
/// @param sendHtml           whether there is an HTML part
public record DsnSettings(Optional<String> postmaster, long maxAttachSize, boolean sendHtml) {
    private static final Setting<Optional<String>> POSTMASTER = Setting.of(
                    "dsn.postmaster",
                    Kinds.optional(Kinds.MAIL_ADDRESS),
                    "",
                    "The address that reports come from; without one, postmaster at the default accepted domain.")
            .exchange("ExternalPostmasterAddress");
    private static final Setting<Long> MAX_ATTACH_SIZE = Setting.of(
                    "dsn.maxAttachSize",
                    Kinds.SIZE,
                    "10MB",
                    "The size up to which a report carries the whole original; of a larger one it carries the headers.")
            .between("0", "2147483647")
            .exchange("ExternalDsnMaxMessageAttachSize");
    private static final Setting<Boolean> SEND_HTML = Setting.of(
                    "dsn.sendHtml", Kinds.SWITCH, "true", "Whether reports have an HTML part beside the text.")
            .exchange("ExternalDsnSendHtml");

    static final List<Setting<?>> ROWS = List.of(POSTMASTER, MAX_ATTACH_SIZE, SEND_HTML);

    static DsnSettings from(Values values) {
        return new DsnSettings(values.of(POSTMASTER), values.of(MAX_ATTACH_SIZE), values.of(SEND_HTML));
    }
}
