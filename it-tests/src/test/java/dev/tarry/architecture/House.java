package dev.tarry.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The classes under test.
final class House {
    /// All that is shipped: every module's classes, and none of the tests'.
    static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tarry");

    private House() {}

    /// Classes planted to break a rule.
    static JavaClasses planted(Class<?>... classes) {
        return new ClassFileImporter().importClasses(classes);
    }
}
