package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What reports of failures say to their readers: New-, Get-, Set- and Remove-SystemMessage (reference §7.3).
final class SystemMessageCmdlets {
    private static final ManagedObjects TEXTS = new ManagedObjects(
            "SystemMessage",
            "system message",
            call -> call.client().management().systemMessages());

    private static final String QUOTAS = "Mailboxes have no quotas here, so there are no messages about them.";
    private static final String ENGLISH = "Reports are written in English here: -Language takes en.";

    private SystemMessageCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                shown("Get-SystemMessage")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).pipedBy(),
                                Parameter.of("Original", SWITCH),
                                ManagedObjects.domainController())
                        .oneOf("Identity", "Original")
                        .summary("Shows the texts of your own in reports of failures; with -Original what reports say"
                                + " without them.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(SystemMessageCmdlets::get),
                shown("New-SystemMessage")
                        .takes(
                                Parameter.of("DsnCode", TEXT).required(),
                                Parameter.of("Internal", BOOLEAN).required(),
                                Parameter.of("Language", TEXT).required(),
                                Parameter.of("Text", TEXT).required(),
                                ManagedObjects.domainController())
                        .acts()
                        .summary(
                                "Has reports of failures with a code say something else, to senders inside or outside.")
                        .remark(ENGLISH)
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(QUOTAS, "QuotaMessageType")
                        .simply(SystemMessageCmdlets::create),
                Cmdlet.named("Set-SystemMessage")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).required().pipedBy(),
                                Parameter.of("Text", TEXT),
                                ManagedObjects.domainController())
                        .acts()
                        .summary("Changes a text of your own in reports of failures.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("Remove-SystemMessage gives the original text back.", SWITCH, "Original")
                        .simply(SystemMessageCmdlets::set),
                Cmdlet.named("Remove-SystemMessage")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).required().pipedBy(),
                                ManagedObjects.domainController())
                        .prompts()
                        .acts()
                        .summary("Removes a text of your own: reports say what Exchange's say.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(TEXTS::remove));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name).shows("SystemMessage", "Identity", "Text");
    }

    private static void get(Call call) {
        if (call.flag("Original")) {
            call.client().management().originalSystemMessages().forEach(text -> TEXTS.write(call, text));
        } else {
            TEXTS.get(call);
        }
    }

    private static void create(Call call) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("DsnCode", call.text("DsnCode").orElseThrow());
        wanted.put("Internal", call.flag("Internal"));
        wanted.put("Language", call.text("Language").orElseThrow());
        wanted.put("Text", call.text("Text").orElseThrow());
        String side = call.flag("Internal") ? "\\Internal\\" : "\\External\\";
        TEXTS.create(call, wanted.get("Language") + side + wanted.get("DsnCode"), wanted);
    }

    private static void set(Call call) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        call.text("Text").ifPresent(text -> wanted.put("Text", text));
        TEXTS.change(call, wanted);
    }
}
