package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What recipients of a domain outside may be told, and how (Get-RemoteDomain). The most specific domain counts;
/// `*` is for all others. Of what Exchange has here, reports are obeyed; what forms the messages of mailbox clients is
/// kept and shown.
///
/// @param name            what administrators call it
/// @param domainName      `*`, `contoso.com`, or `*.contoso.com`, which is the domain with all that lies below
/// @param internal        whether senders of the domain are told as our own are
/// @param deliveryReports whether its senders hear of what was delivered, handed on, or is late
/// @param ndr             whether its senders hear of what failed
public record RemoteDomainSettings(
        String name, String domainName, boolean internal, boolean deliveryReports, boolean ndr) {
    /// The domain name of the one that is for all others.
    public static final String ALL = "*";

    private static final Setting<String> NAME = Setting.required(
                    "name", Kinds.NAME, "unnamed", "What administrators call the domain.")
            .exchange("Name")
            .holds(Effect.KEPT);
    private static final Setting<String> DOMAIN_NAME = Setting.required(
                    "domainName",
                    DomainKinds.DOMAIN_OR_ALL,
                    ALL,
                    "The domain, with *. before it for its subdomains too, or * for all that have no entry of their own.")
            .exchange("DomainName");
    private static final Setting<Boolean> INTERNAL = flag(
            "isInternal", "IsInternal", "false", "Whether senders of the domain get reports as senders of ours do.");
    private static final Setting<Boolean> DELIVERY_REPORTS = flag(
            "deliveryReportEnabled",
            "DeliveryReportEnabled",
            "true",
            "Whether senders of the domain hear of what was delivered or handed on, if they ask, and of delays.");
    private static final Setting<Boolean> NDR = flag(
            "ndrEnabled", "NDREnabled", "true", "Whether senders of the domain hear of what could not be delivered.");

    private static final List<Setting<?>> KEPT = List.of(
            kept("targetDeliveryDomain", "TargetDeliveryDomain", SWITCH, "false", "Whether moved mailboxes are in it."),
            kept(
                    "byteEncoderTypeFor7BitCharsets",
                    "ByteEncoderTypeFor7BitCharsets",
                    Kinds.TEXT,
                    "Undefined",
                    "How 7-bit character sets are encoded."),
            kept("characterSet", "CharacterSet", Kinds.TEXT, "iso-8859-1", "The character set of MIME messages."),
            kept(
                    "nonMimeCharacterSet",
                    "NonMimeCharacterSet",
                    Kinds.TEXT,
                    "iso-8859-1",
                    "The character set of other messages."),
            kept(
                    "allowedOOFType",
                    "AllowedOOFType",
                    Kinds.choice("a kind of out-of-office messages", OofType.class, OofType::word),
                    "External",
                    "Which out-of-office messages the domain gets."),
            kept("autoReplyEnabled", "AutoReplyEnabled", SWITCH, "false", "Whether mailboxes answer it by themselves."),
            kept(
                    "autoForwardEnabled",
                    "AutoForwardEnabled",
                    SWITCH,
                    "false",
                    "Whether mailboxes forward to it by themselves."),
            kept(
                    "meetingForwardNotificationEnabled",
                    "MeetingForwardNotificationEnabled",
                    SWITCH,
                    "false",
                    "Whether it hears of forwarded meetings."),
            kept(
                    "contentType",
                    "ContentType",
                    Kinds.choice("a form of messages", ContentType.class, ContentType::word),
                    "MimeHtmlText",
                    "The form that messages are converted to."),
            kept("displaySenderName", "DisplaySenderName", SWITCH, "true", "Whether senders' display names are shown."),
            kept(
                    "preferredInternetCodePageForShiftJis",
                    "PreferredInternetCodePageForShiftJis",
                    Kinds.TEXT,
                    "Undefined",
                    "The code page of Japanese messages."),
            kept(
                    "requiredCharsetCoverage",
                    "RequiredCharsetCoverage",
                    Kinds.optional(Kinds.COUNT),
                    "",
                    "The share of characters that a character set must have, in per cent."),
            kept("tnefEnabled", "TNEFEnabled", Kinds.optional(SWITCH), "", "Whether winmail.dat is sent to it."),
            kept("lineWrapSize", "LineWrapSize", Kinds.COUNT_OR_UNLIMITED, "unlimited", "Where lines are broken.")
                    .between("0", "unlimited"),
            kept(
                    "trustedMailOutboundEnabled",
                    "TrustedMailOutboundEnabled",
                    SWITCH,
                    "false",
                    "Whether our mail is trusted there."),
            kept(
                    "trustedMailInboundEnabled",
                    "TrustedMailInboundEnabled",
                    SWITCH,
                    "false",
                    "Whether its mail is trusted here."),
            kept(
                    "useSimpleDisplayName",
                    "UseSimpleDisplayName",
                    SWITCH,
                    "false",
                    "Whether simple display names are shown."),
            kept(
                    "ndrDiagnosticInfoEnabled",
                    "NDRDiagnosticInfoEnabled",
                    SWITCH,
                    "true",
                    "Whether reports carry what is for administrators."),
            kept(
                            "messageCountThreshold",
                            "MessageCountThreshold",
                            Kinds.COUNT,
                            "2147483647",
                            "The messages after which somebody is told.")
                    .between("0", "2147483647"));

    static final SettingList LIST = new SettingList(
            "remoteDomains",
            "name",
            Stream.of(List.<Setting<?>>of(NAME, DOMAIN_NAME, INTERNAL, DELIVERY_REPORTS, NDR), KEPT)
                    .<Setting<?>>flatMap(List::stream)
                    .toList(),
            _ -> List.of(Map.of("name", "Default", "domainName", ALL)),
            "Domains outside, and what their senders and recipients are told.");

    private static Setting<Boolean> flag(String key, String exchangeName, String builtIn, String says) {
        return Setting.of(key, SWITCH, builtIn, says).exchange(exchangeName);
    }

    private static <T> Setting<T> kept(String key, String exchangeName, Kind<T> kind, String builtIn, String says) {
        return Setting.of(key, kind, builtIn, says).exchange(exchangeName).holds(Effect.KEPT);
    }

    static RemoteDomainSettings from(Values values) {
        KEPT.forEach(values::of);
        return new RemoteDomainSettings(
                values.of(NAME),
                values.of(DOMAIN_NAME),
                values.of(INTERNAL),
                values.of(DELIVERY_REPORTS),
                values.of(NDR));
    }

    /// The properties, by Exchange's names, that are kept and shown only.
    public static List<String> withoutEffect() {
        return KEPT.stream().map(row -> row.exchangeName().orElseThrow()).toList();
    }
}
