package dev.tarry.lab.dns;

/// Split DNS: who knows a zone.
public enum View {
    /// The wide world, and whoever asks it.
    OUTSIDE,
    /// The internal servers alone, of their own knowledge; hides the same domain outside from those who ask them.
    INSIDE
}
