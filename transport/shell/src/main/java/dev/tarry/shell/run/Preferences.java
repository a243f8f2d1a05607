package dev.tarry.shell.run;

import dev.tarry.shell.value.TextForm;
import java.util.Locale;

/// `$ErrorActionPreference` and its like: what is done with errors, warnings and questions where a command says
/// nothing else.
final class Preferences {
    private Preferences() {}

    static void initial(Scope global) {
        global.set("ErrorActionPreference", "Continue");
        global.set("WarningPreference", "Continue");
        global.set("VerbosePreference", "SilentlyContinue");
        global.set("DebugPreference", "SilentlyContinue");
        global.set("InformationPreference", "SilentlyContinue");
        global.set("ProgressPreference", "Continue");
        global.set("ConfirmPreference", "High");
        global.set("WhatIfPreference", false);
        global.set("FormatEnumerationLimit", (long) TextForm.ENUMERATION_LIMIT);
        global.set("true", true);
        global.set("false", false);
    }

    /// How many elements of a list a cell shows; below 0 all.
    static int enumerationLimit(Variables variables) {
        return variables.get("FormatEnumerationLimit") instanceof Long limit && limit.intValue() == limit
                ? limit.intValue()
                : TextForm.ENUMERATION_LIMIT;
    }

    static Binding.OnError onError(Variables variables) {
        return switch (text(variables, "ErrorActionPreference")) {
            case "stop" -> Binding.OnError.STOP;
            case "silentlycontinue" -> Binding.OnError.SILENT;
            case "ignore" -> Binding.OnError.IGNORE;
            default -> Binding.OnError.CONTINUE;
        };
    }

    /// @param name of one of the preferences that are about messages
    static boolean shows(Variables variables, String name) {
        String text = text(variables, name);
        return text.equals("continue") || text.equals("stop") || text.equals("inquire");
    }

    private static String text(Variables variables, String name) {
        return TextForm.of(variables.get(name)).toLowerCase(Locale.ROOT);
    }
}
