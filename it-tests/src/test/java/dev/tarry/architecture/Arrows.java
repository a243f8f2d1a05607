package dev.tarry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/// Which room may know which: config ← queue ← server ← scenario, app; the lab knows nobody (design §1).
final class Arrows {
    private static final String[] QUEUE_ROOMS = {
        "dev.tarry.mail..",
        "dev.tarry.time..",
        "dev.tarry.log..",
        "dev.tarry.tracking..",
        "dev.tarry.eventlog..",
        "dev.tarry.store..",
        "dev.tarry.dsn..",
        "dev.tarry.queue.."
    };
    private static final String[] SERVER_ROOMS = {
        "dev.tarry.smtp..",
        "dev.tarry.pressure..",
        "dev.tarry.receive..",
        "dev.tarry.login..",
        "dev.tarry.pickup..",
        "dev.tarry.routing..",
        "dev.tarry.categorize..",
        "dev.tarry.dns..",
        "dev.tarry.host..",
        "dev.tarry.tls..",
        "dev.tarry.send..",
        "dev.tarry.connectivity..",
        "dev.tarry.protocol..",
        "dev.tarry.delivery..",
        "dev.tarry.mailbox..",
        "dev.tarry.pickup..",
        "dev.tarry.admin..",
        "dev.tarry.server.."
    };
    private static final String[] UPPER_ROOMS = {
        "dev.tarry.simulation..", "dev.tarry.scenario..", "dev.tarry.app..", "dev.tarry.junit.."
    };
    private static final String LAB = "dev.tarry.lab..";
    private static final String CLIENT = "dev.tarry.client..";
    private static final String SHELL = "dev.tarry.shell..";

    static final ArchRule CONFIG_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.tarry.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms(QUEUE_ROOMS, SERVER_ROOMS, UPPER_ROOMS, LAB, CLIENT, SHELL));

    static final ArchRule THE_QUEUE_NEVER_CALLS_TRANSPORT = noClasses()
            .that()
            .resideInAnyPackage(QUEUE_ROOMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms(SERVER_ROOMS, UPPER_ROOMS, LAB, CLIENT, SHELL));

    static final ArchRule THE_SERVER_KNOWS_NO_LAB = noClasses()
            .that()
            .resideInAnyPackage(SERVER_ROOMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms(UPPER_ROOMS, LAB, CLIENT, SHELL));

    static final ArchRule THE_LAB_IS_A_STRANGER = noClasses()
            .that()
            .resideInAPackage(LAB)
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are tarry's outside the lab",
                    one -> (one.getPackageName() + ".").startsWith("dev.tarry.")
                            && !(one.getPackageName() + ".").startsWith("dev.tarry.lab.")));

    static final ArchRule CLIENT_AND_SHELL_SPEAK_HTTP_ONLY = noClasses()
            .that()
            .resideInAnyPackage(CLIENT, SHELL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms(QUEUE_ROOMS, SERVER_ROOMS, UPPER_ROOMS, LAB, "dev.tarry.config.."));

    static final ArchRule THE_CLIENT_KNOWS_NO_SHELL = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SHELL);

    static final ArchRule EVERY_CLASS_HAS_A_ROOM = classes()
            .that()
            .resideInAPackage("dev.tarry..")
            .should()
            .resideInAnyPackage(
                    rooms(QUEUE_ROOMS, SERVER_ROOMS, UPPER_ROOMS, LAB, CLIENT, SHELL, "dev.tarry.config.."));

    static final ArchRule ROOMS_HAVE_NO_CIRCLES =
            slices().matching("dev.tarry.(*)..").should().beFreeOfCycles();

    /// What crosses the seam of the store is plain octets; sockets, loops and counted buffers are not its business.
    static final ArchRule THE_STORE_KNOWS_NO_NETTY = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.tarry.store..",
                    "dev.tarry.mail..",
                    "dev.tarry.log..",
                    "dev.tarry.tracking..",
                    "dev.tarry.eventlog..",
                    "dev.tarry.dsn..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    static final ArchRule ONLY_THE_STORE_KNOWS_WHICH_STORE_IT_IS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tarry.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    private Arrows() {}

    private static String[] rooms(Object... parts) {
        return Arrays.stream(parts)
                .flatMap(part -> part instanceof String[] several ? Arrays.stream(several) : Stream.of((String) part))
                .toArray(String[]::new);
    }
}
