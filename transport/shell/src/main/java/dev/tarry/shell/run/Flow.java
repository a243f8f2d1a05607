package dev.tarry.shell.run;

/// Leaving statements by a word: not errors, only ways out.
abstract sealed class Flow extends RuntimeException {
    private Flow() {
        super(null, null, false, false);
    }

    /// `break` and `continue`. As in PowerShell they look for a loop wherever they were called from, and end the
    /// script where there is none.
    abstract static sealed class OfLoop extends Flow {
        private final String label;

        private OfLoop(String label) {
            this.label = label;
        }

        /// Whether the loop with this label is the one that is meant.
        boolean means(String loop) {
            return label.isEmpty() || label.equalsIgnoreCase(loop);
        }
    }

    static final class Break extends OfLoop {
        Break(String label) {
            super(label);
        }
    }

    static final class Continue extends OfLoop {
        Continue(String label) {
            super(label);
        }
    }

    /// `return`: what it gives has been put out already.
    static final class Return extends Flow {}
}
