package dev.tarry.shell.print;

import java.util.List;
import java.util.Optional;

/// What a Format cmdlet made of one object: values that are read, and not laid out yet, because only the screen, or
/// the file, that it comes to knows how wide it is. Nothing else has use for it. What one run of a Format cmdlet makes
/// shares one style, the very object, so that a screen can tell one table from the next.
public sealed interface Formatted {
    /// A row of a table.
    ///
    /// @param group what the group that it belongs to has in common; null without groups
    record TableRow(TableStyle style, Object group, List<Object> values) implements Formatted {}

    /// An object of a list, each of its properties on a line.
    record ListEntry(ListStyle style, Object group, List<String> labels, List<String> texts) implements Formatted {}

    /// One of several values on a line.
    record WideItem(WideStyle style, Object group, String text) implements Formatted {}

    /// A line that stands for itself.
    record Line(String text) implements Formatted {}

    /// @param autoSize whether all rows are read before the first is shown
    /// @param wraps whether values that do not fit go on below, instead of being cut
    /// @param groupLabel what the groups are made by; empty: no groups
    record TableStyle(
            List<Column> columns, boolean autoSize, boolean wraps, boolean headings, Optional<String> groupLabel) {}

    record ListStyle(Optional<String> groupLabel) {}

    /// @param columns how many values stand on a line; 0: as many as fit
    record WideStyle(int columns, Optional<String> groupLabel) {}

    /// .NET's name of such things, which is all that they are in a text.
    String TYPE = "Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData";
}
