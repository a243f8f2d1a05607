package dev.tarry.config;

import java.util.List;

/// A text of the operator's own for failures of one code (New-SystemMessage, reference §7.3).
///
/// @param dsnCode  the enhanced status code, as in `5.4.4`
/// @param internal whether it is for senders of the accepted domains, or for all others
/// @param language `En`: reports are in English
/// @param text     what stands in place of Exchange's own sentence
public record DsnTextSettings(String dsnCode, boolean internal, String language, NoticeText text) {
    private static final Setting<String> CODE = Setting.required(
                    "dsnCode", Kinds.DSN_CODE, "5.4.4", "The code of the failures that it is for.")
            .exchange("DsnCode");
    private static final Setting<Boolean> INTERNAL = Setting.of(
                    "internal",
                    Kinds.SWITCH,
                    "true",
                    "Whether it is for senders of the accepted domains, or for those outside.")
            .exchange("Internal");
    private static final Setting<String> LANGUAGE = Setting.of(
                    "language", Kinds.DSN_LANGUAGE, "En", "The language; reports are in English only.")
            .exchange("Language");
    private static final Setting<NoticeText> TEXT = Setting.required(
                    "text", Kinds.NOTICE_TEXT, "text", "What the sender is told in place of Exchange's own sentence.")
            .exchange("Text");

    static final SettingList LIST = new SettingList(
            "dsn.texts",
            "dsnCode",
            List.of(CODE, INTERNAL, LANGUAGE, TEXT),
            _ -> List.of(),
            "Texts of your own in reports of failures.");

    static DsnTextSettings from(Values values) {
        return new DsnTextSettings(values.of(CODE), values.of(INTERNAL), values.of(LANGUAGE), values.of(TEXT));
    }

    /// As Exchange names it: `En\Internal\5.4.4`.
    public String identity() {
        return language + (internal ? "\\Internal\\" : "\\External\\") + dsnCode;
    }
}
