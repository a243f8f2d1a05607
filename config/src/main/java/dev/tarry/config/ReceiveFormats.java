package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;

/// The shapes that mail may have on its way into a receive connector (reference §6.2).
///
/// @param chunkingEnabled   whether CHUNKING is offered
/// @param binaryMimeEnabled whether BINARYMIME is offered; without CHUNKING it is not
/// @param smtpUtf8Enabled   whether SMTPUTF8 is offered
/// @param bareLineEnds      what becomes of bare line ends that are not refused
public record ReceiveFormats(
        boolean chunkingEnabled, boolean binaryMimeEnabled, boolean smtpUtf8Enabled, BareLineEndsOption bareLineEnds) {
    private static final Setting<Boolean> CHUNKING = Setting.of(
                    "chunkingEnabled", SWITCH, "true", "Whether CHUNKING is offered, which is BDAT beside DATA.")
            .exchange("ChunkingEnabled")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> BINARY = Setting.of(
                    "binaryMimeEnabled",
                    SWITCH,
                    "true",
                    "Whether BINARYMIME is offered; it needs CHUNKING and is not offered without it.")
            .exchange("BinaryMimeEnabled")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Boolean> UTF8 = Setting.of(
                    "smtpUtf8Enabled", SWITCH, "true", "Whether SMTPUTF8 is offered: addresses in any script.")
            .exchange("SmtpUtf8Enabled")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<BareLineEndsOption> BARE_LINE_ENDS = Setting.of(
                    "bareLineEnds",
                    Kinds.choice("a way with bare line ends", BareLineEndsOption.class, BareLineEndsOption::word),
                    "Normalise",
                    "What becomes of a bare CR, bare LF or NUL in a message where bareLinefeedRejectionEnabled is false:"
                            + " Normalise makes CRLF of the first two and drops the third, Pass keeps all for those who"
                            + " read the mailbox; none ever leaves for another host.")
            .holds(Effect.NEW_SESSIONS);

    static final List<Setting<?>> ROWS = List.of(CHUNKING, BINARY, UTF8, BARE_LINE_ENDS);

    static ReceiveFormats from(Values values) {
        return new ReceiveFormats(values.of(CHUNKING), values.of(BINARY), values.of(UTF8), values.of(BARE_LINE_ENDS));
    }
}
