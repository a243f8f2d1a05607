package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Extent;
import java.util.Optional;

/// What PowerShell calls an error record: the statement that meets it ends. Where it happened and which cmdlet
/// was running is added on its way out, by those who know.
public final class ShellFailure extends RuntimeException {
    /// PowerShell's ErrorCategory, as far as this shell needs it.
    public enum Category {
        NotSpecified,
        OpenError,
        ReadError,
        WriteError,
        InvalidArgument,
        InvalidData,
        InvalidOperation,
        InvalidResult,
        InvalidType,
        MetadataError,
        ObjectNotFound,
        OperationStopped,
        OperationTimeout,
        ConnectionError,
        ResourceExists,
        ResourceUnavailable,
        PermissionDenied,
        SecurityError,
        LimitsExceeded,
        NotImplemented,
        NotInstalled,
        ParserError
    }

    private final Category category;
    private final String errorId;
    private final String exceptionName;
    private final String target;
    private final Extent extent;
    private final String cmdlet;
    private final boolean stopping;

    private ShellFailure(
            String message,
            Category category,
            String errorId,
            String exceptionName,
            String target,
            Extent extent,
            String cmdlet,
            boolean stopping,
            Throwable cause) {
        super(message, cause, false, false);
        this.category = category;
        this.errorId = errorId;
        this.exceptionName = exceptionName;
        this.target = target;
        this.extent = extent;
        this.cmdlet = cmdlet;
        this.stopping = stopping;
    }

    /// @param errorId the first part of FullyQualifiedErrorId
    /// @param exceptionName the exception's short name, as CategoryInfo shows it
    public static ShellFailure of(Category category, String errorId, String exceptionName, String message) {
        return new ShellFailure(message, category, errorId, exceptionName, "", null, "", false, null);
    }

    public static ShellFailure runtime(String errorId, String message) {
        return of(Category.InvalidOperation, errorId, "RuntimeException", message);
    }

    /// "Cannot convert value …", as casts and parameters say it.
    public static ShellFailure cannotConvert(Object value, String type, String why) {
        String reason = why.isEmpty() ? "" : " Error: \"" + why + "\"";
        return of(
                Category.InvalidArgument,
                "InvalidCastFromStringToType",
                "PSInvalidCastException",
                "Cannot convert value \"" + TextForm.of(value) + "\" to type \"" + type + "\"." + reason);
    }

    public ShellFailure withTarget(String text) {
        return new ShellFailure(
                getMessage(), category, errorId, exceptionName, text, extent, cmdlet, stopping, getCause());
    }

    /// Keeps the innermost place: who was nearer knew better.
    public ShellFailure at(Extent place) {
        return extent != null
                ? this
                : new ShellFailure(
                        getMessage(), category, errorId, exceptionName, target, place, cmdlet, stopping, getCause());
    }

    public ShellFailure in(String cmdletName) {
        return cmdlet.isEmpty()
                ? new ShellFailure(
                        getMessage(),
                        category,
                        errorId,
                        exceptionName,
                        target,
                        extent,
                        cmdletName,
                        stopping,
                        getCause())
                : this;
    }

    /// The same, ending the whole script and not only its statement (`-ErrorAction Stop`).
    public ShellFailure stopping() {
        return new ShellFailure(
                getMessage(), category, errorId, exceptionName, target, extent, cmdlet, true, getCause());
    }

    public ShellFailure causedBy(Throwable cause) {
        return new ShellFailure(
                getMessage(), category, errorId, exceptionName, target, extent, cmdlet, stopping, cause);
    }

    public Category category() {
        return category;
    }

    public String errorId() {
        return errorId;
    }

    public String exceptionName() {
        return exceptionName;
    }

    /// What it was about, as text; often empty.
    public String target() {
        return target;
    }

    public Optional<Extent> extent() {
        return Optional.ofNullable(extent);
    }

    /// The cmdlet that was running; empty where none was.
    public String cmdlet() {
        return cmdlet;
    }

    public boolean isStopping() {
        return stopping;
    }
}
