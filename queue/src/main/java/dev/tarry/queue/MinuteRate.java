package dev.tarry.queue;

/// Events per second over the last minute, in six buckets of ten seconds, to two decimals. Queue loop only.
final class MinuteRate {
    private static final int BUCKETS = 6;
    private static final int BUCKET_MILLIS = 10_000;

    private final int[] counts = new int[BUCKETS];
    private long newest;

    void count(long nowMillis) {
        moveTo(nowMillis);
        counts[(int) (newest % BUCKETS)]++;
    }

    double perSecond(long nowMillis) {
        moveTo(nowMillis);
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return Math.round(sum * 100_000.0 / (BUCKETS * BUCKET_MILLIS)) / 100.0;
    }

    private void moveTo(long nowMillis) {
        long bucket = nowMillis / BUCKET_MILLIS;
        for (long b = Math.max(newest + 1, bucket - BUCKETS + 1); b <= bucket; b++) {
            counts[(int) (b % BUCKETS)] = 0;
        }
        newest = Math.max(newest, bucket);
    }
}
