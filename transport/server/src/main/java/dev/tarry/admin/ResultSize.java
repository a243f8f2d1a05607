package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;

/// How many objects a listing gives at most (reference §11.2).
///
/// @param most 1 to [#UNLIMITED]
public record ResultSize(int most) {
    /// What one gets without asking.
    public static final ResultSize DEFAULT = new ResultSize(1_000);

    /// What `Unlimited` means where nothing sets a lower bound; of queues and messages a listing gives
    /// MaxQueueViewerQueryResultCount at most, whatever it is asked for.
    public static final int UNLIMITED = 1_000_000;

    /// MaxQueueViewerQueryResultCount as Exchange has it (reference §2.1).
    static final int QUEUE_VIEWER = 250_000;

    /// @throws OperationRefused if it is out of bounds
    public ResultSize {
        if (most < 1 || most > UNLIMITED) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER, "a result size is 1 to " + UNLIMITED + " or Unlimited");
        }
    }

    /// The same, or the bound if that is lower.
    ResultSize within(int bound) {
        return most <= bound ? this : new ResultSize(bound);
    }

    /// @throws OperationRefused if the text is neither a number in bounds nor `Unlimited`
    public static ResultSize parse(String text) {
        if (text.equalsIgnoreCase("Unlimited")) {
            return new ResultSize(UNLIMITED);
        }
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER,
                    "a result size is 1 to " + UNLIMITED + " or Unlimited, not " + OperationRefused.quoted(text));
        }
        return new ResultSize(Integer.parseInt(text));
    }
}
