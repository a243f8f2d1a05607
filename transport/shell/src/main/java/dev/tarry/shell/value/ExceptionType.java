package dev.tarry.shell.value;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The exceptions that `catch [type]` may name, and which of them are which.
public final class ExceptionType {
    /// Short name to what it derives from; `Exception` derives from nothing.
    private static final Map<String, String> PARENTS = Map.ofEntries(
            Map.entry("systemexception", "exception"),
            Map.entry("runtimeexception", "systemexception"),
            Map.entry("parameterbindingexception", "runtimeexception"),
            Map.entry("parameterbindingvalidationexception", "parameterbindingexception"),
            Map.entry("parameterbindingargumenttransformationexception", "parameterbindingexception"),
            Map.entry("commandnotfoundexception", "runtimeexception"),
            Map.entry("itemnotfoundexception", "sessionstateexception"),
            Map.entry("drivenotfoundexception", "sessionstateexception"),
            Map.entry("sessionstateexception", "runtimeexception"),
            Map.entry("sessionstateunauthorizedaccessexception", "sessionstateexception"),
            Map.entry("methodexception", "runtimeexception"),
            Map.entry("methodinvocationexception", "methodexception"),
            Map.entry("methodnotfoundexception", "methodexception"),
            Map.entry("propertynotfoundexception", "runtimeexception"),
            Map.entry("psinvalidcastexception", "invalidcastexception"),
            Map.entry("psinvalidoperationexception", "invalidoperationexception"),
            Map.entry("psargumentexception", "argumentexception"),
            Map.entry("psargumentoutofrangeexception", "argumentoutofrangeexception"),
            Map.entry("psargumentnullexception", "argumentnullexception"),
            Map.entry("psnotsupportedexception", "notsupportedexception"),
            Map.entry("scriptcalldepthexception", "systemexception"),
            Map.entry("actionpreferencestopexception", "runtimeexception"),
            Map.entry("argumenttransformationmetadataexception", "runtimeexception"),
            Map.entry("wildcardpatternexception", "runtimeexception"),
            Map.entry("invalidcastexception", "systemexception"),
            Map.entry("invalidoperationexception", "systemexception"),
            Map.entry("argumentexception", "systemexception"),
            Map.entry("argumentnullexception", "argumentexception"),
            Map.entry("argumentoutofrangeexception", "argumentexception"),
            Map.entry("formatexception", "systemexception"),
            Map.entry("arithmeticexception", "systemexception"),
            Map.entry("dividebyzeroexception", "arithmeticexception"),
            Map.entry("overflowexception", "arithmeticexception"),
            Map.entry("notsupportedexception", "systemexception"),
            Map.entry("notimplementedexception", "systemexception"),
            Map.entry("indexoutofrangeexception", "systemexception"),
            Map.entry("nullreferenceexception", "systemexception"),
            Map.entry("timeoutexception", "systemexception"),
            Map.entry("unauthorizedaccessexception", "systemexception"),
            Map.entry("ioexception", "systemexception"),
            Map.entry("filenotfoundexception", "ioexception"),
            Map.entry("directorynotfoundexception", "ioexception"),
            Map.entry("win32exception", "systemexception"),
            Map.entry("socketexception", "win32exception"),
            Map.entry("webexception", "invalidoperationexception"),
            Map.entry("smtpexception", "exception"),
            Map.entry("smtpfailedrecipientexception", "smtpexception"),
            Map.entry("cimexception", "exception"),
            Map.entry("servicecommandexception", "systemexception"),
            Map.entry("managementobjectnotfoundexception", "exception"),
            Map.entry("serverexception", "exception"));

    private ExceptionType() {}

    private static String shortName(String name) {
        return name.strip().substring(name.strip().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// @param name with or without its namespace
    public static boolean isKnown(String name) {
        String plain = shortName(name);
        return plain.equals("exception") || PARENTS.containsKey(plain);
    }

    /// Whether a `catch` of this type takes a failure.
    ///
    /// @throws ShellFailure where this shell does not know the type
    public static boolean takes(String name, ShellFailure failure) {
        if (!isKnown(name)) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidOperation,
                    "TypeNotFound",
                    "RuntimeException",
                    "Unable to find type [" + name.strip()
                            + "]: it is outside the part of PowerShell that tarry speaks.");
        }
        String wanted = shortName(name);
        return wanted.equals("exception")
                || derives(shortName(failure.exceptionName()), wanted)
                // What .NET threw inside is looked at too.
                || derives(shortName(failure.errorId()), wanted)
                || failure.getMessage().equals(Calculation.DIVIDED_BY_ZERO) && derives("dividebyzeroexception", wanted);
    }

    private static boolean derives(String name, String wanted) {
        Optional<String> is = Optional.of(name);
        while (is.isPresent()) {
            if (is.get().equals(wanted)) {
                return true;
            }
            is = Optional.ofNullable(PARENTS.get(is.get()));
        }
        return false;
    }
}
