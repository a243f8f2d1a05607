package dev.tarry.shell.print;

import dev.tarry.shell.value.ShellFailure;
import java.util.List;
import java.util.Optional;

/// What a Format cmdlet made of one object: values that are read, and not laid out yet, because only the screen, or
/// the file, that it comes to knows how wide it is. Nothing else has use for it. What one run of a Format cmdlet makes
/// shares one style, the very object, so that a screen can tell one table from the next.
public sealed interface Formatted {
    /// A piece of a table, a list or a group of wide items, which stand together.
    sealed interface Part extends Formatted {
        Style style();

        /// What the group that it belongs to has in common; null without groups.
        Object group();
    }

    /// A row of a table.
    record TableRow(TableStyle style, Object group, List<Object> values) implements Part {}

    /// An object of a list, each of its properties on a line.
    record ListEntry(ListStyle style, Object group, List<String> labels, List<String> texts) implements Part {}

    /// One of several values on a line.
    record WideItem(WideStyle style, Object group, String text) implements Part {}

    /// A line that stands for itself.
    record Line(String text) implements Formatted {}

    /// An error, as it is told to people.
    record Failed(ShellFailure failure) implements Formatted {}

    /// What all pieces of one run of a Format cmdlet share.
    sealed interface Style {
        /// What the groups are made by; empty: no groups.
        Optional<String> groupLabel();
    }

    /// @param autoSize whether all rows are read before the first is shown
    /// @param wraps whether values that do not fit go on below, instead of being cut
    record TableStyle(
            List<Column> columns, boolean autoSize, boolean wraps, boolean headings, Optional<String> groupLabel)
            implements Style {}

    record ListStyle(Optional<String> groupLabel) implements Style {}

    /// @param columns how many values stand on a line; 0: as many as fit
    record WideStyle(int columns, Optional<String> groupLabel) implements Style {}

    /// .NET's name of such things, which is all that they are in a text.
    String TYPE = "Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData";
}
