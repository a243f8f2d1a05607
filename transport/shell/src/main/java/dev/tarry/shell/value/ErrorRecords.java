package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Extent;
import java.util.Locale;

/// The properties of an error, as `$_` in a `catch` and `$Error` have them.
public final class ErrorRecords {
    static final String CATEGORY_TYPE = "System.Management.Automation.ErrorCategoryInfo";

    private ErrorRecords() {}

    /// The exception inside an error.
    public record Thrown(ShellFailure failure) {
        String fullName() {
            return switch (failure.exceptionName()) {
                case "RuntimeException",
                        "ParameterBindingException",
                        "ParameterBindingValidationException",
                        "ParameterBindingArgumentTransformationException",
                        "CommandNotFoundException",
                        "MethodInvocationException",
                        "MethodException",
                        "PSInvalidCastException",
                        "PSArgumentException",
                        "SessionStateUnauthorizedAccessException",
                        "ScriptCallDepthException",
                        "ActionPreferenceStopException",
                        "ItemNotFoundException" -> "System.Management.Automation." + failure.exceptionName();
                case "IOException" -> "System.IO.IOException";
                default ->
                    failure.exceptionName().indexOf('.') >= 0
                            ? failure.exceptionName()
                            : "System." + failure.exceptionName();
            };
        }

        @Override
        public String toString() {
            return fullName() + ": " + failure.getMessage();
        }
    }

    /// Null where an error has no such property.
    static Object property(ShellFailure failure, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "exception" -> new Thrown(failure);
            case "targetobject" ->
                failure.subject() != null ? failure.subject() : failure.target().isEmpty() ? null : failure.target();
            case "fullyqualifiederrorid" ->
                failure.errorId() + (failure.cmdlet().isEmpty() ? "" : "," + failure.cmdlet());
            case "categoryinfo" -> category(failure);
            case "errordetails" -> null;
            case "invocationinfo" -> invocation(failure);
            case "scriptstacktrace" ->
                failure.extent()
                        .map(extent -> "at <ScriptBlock>, "
                                + (extent.script().name().isEmpty()
                                        ? "<No file>"
                                        : extent.script().name())
                                + ": line " + extent.line())
                        .orElse(null);
            case "count", "length" -> 1L;
            default -> null;
        };
    }

    static Object property(Thrown exception, String name) {
        ShellFailure failure = exception.failure();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "message" -> failure.getMessage();
            case "errorrecord" -> failure;
            case "innerexception", "stacktrace", "helplink" -> null;
            case "source" -> "tarry";
            case "count", "length" -> 1L;
            default -> null;
        };
    }

    /// As an error prints it: `ObjectNotFound: (x:String) [Get-Queue], ItemNotFoundException`.
    static String categoryText(Row category) {
        String target = TextForm.of(category.get("TargetName"));
        return TextForm.of(category.get("Category")) + ": ("
                + target + ":" + TextForm.of(category.get("TargetType")) + ") ["
                + TextForm.of(category.get("Activity")) + "], " + TextForm.of(category.get("Reason"));
    }

    private static Row category(ShellFailure failure) {
        return new Row(CATEGORY_TYPE)
                .with("Category", failure.category().name())
                .with("Activity", failure.cmdlet())
                .with("Reason", failure.exceptionName())
                .with("TargetName", failure.target())
                .with("TargetType", failure.target().isEmpty() ? "" : "String");
    }

    private static Object invocation(ShellFailure failure) {
        if (failure.extent().isEmpty()) {
            return null;
        }
        Extent extent = failure.extent().get();
        return new Row("System.Management.Automation.InvocationInfo")
                .with("MyCommand", failure.cmdlet())
                .with("ScriptLineNumber", (long) extent.line())
                .with("OffsetInLine", (long) extent.column())
                .with("ScriptName", extent.script().name())
                .with("Line", extent.lineText())
                .with(
                        "PositionMessage",
                        "At "
                                + (extent.script().name().isEmpty()
                                        ? "line"
                                        : extent.script().name()) + ":"
                                + extent.line() + " char:" + extent.column() + "\n+ " + extent.lineText() + "\n+ "
                                + " ".repeat(extent.column() - 1) + "~".repeat(extent.widthInLine()));
    }
}
