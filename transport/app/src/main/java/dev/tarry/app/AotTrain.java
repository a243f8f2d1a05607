package dev.tarry.app;

import dev.tarry.config.Settings;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/// Walks the paths of a start once, so that the JVM can keep their classes, linked and profiled, in a cache (JEP 514).
/// The launcher runs it after a build with `-XX:AOTCacheOutput`; for people it does nothing.
@Command(name = "aot-train", hidden = true, description = "Walks the paths of a start, for the start-up cache.")
final class AotTrain implements Callable<Integer> {
    @Override
    public Integer call() {
        Settings settings = Settings.defaults().onFreePorts();
        LoggerFactory.getLogger(AotTrain.class)
                .debug("trained with {} settings", settings.explained().size());
        return 0;
    }
}
