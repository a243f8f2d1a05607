package dev.tarry.shell.print;

/// Where a value stands in its column.
public enum Alignment {
    /// Numbers at the right, all else at the left, as the first row has it.
    BY_KIND,
    LEFT,
    CENTER,
    RIGHT
}
