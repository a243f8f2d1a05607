package dev.tarry.client;

/// How many results a listing may give.
///
/// @param text as the API's `resultSize` takes it: a positive number, `Unlimited`, or empty for the server's own
/// default (1000)
public record ResultLimit(String text) {
    private static final ResultLimit SERVER_DEFAULT = new ResultLimit("");
    private static final ResultLimit UNLIMITED = new ResultLimit("Unlimited");

    public ResultLimit {
        if (!text.isEmpty() && !text.equals("Unlimited") && !isPositive(text)) {
            throw new IllegalArgumentException("a result size is a positive number or Unlimited, not '" + text + "'");
        }
    }

    public static ResultLimit serverDefault() {
        return SERVER_DEFAULT;
    }

    public static ResultLimit unlimited() {
        return UNLIMITED;
    }

    /// @throws IllegalArgumentException where `count` is below 1
    public static ResultLimit of(long count) {
        return new ResultLimit(Long.toString(count));
    }

    private static boolean isPositive(String text) {
        return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9') && Long.parseLong(text) > 0;
    }
}
