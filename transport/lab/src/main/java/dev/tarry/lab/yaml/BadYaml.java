package dev.tarry.lab.yaml;

/// A text that is no YAML, or more of it than is taken: says what is wrong, where it stands, and what would be right.
public final class BadYaml extends IllegalArgumentException {
    BadYaml(String place, String wrong, String right) {
        super(place + ": " + wrong + "; " + right);
    }
}
