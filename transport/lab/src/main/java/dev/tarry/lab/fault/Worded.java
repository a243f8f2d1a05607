package dev.tarry.lab.fault;

import java.util.Locale;

/// An enum whose words in the grammar are its names, small and in one piece.
interface Worded {
    String name();

    default String word() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
